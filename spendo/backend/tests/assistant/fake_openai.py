"""A Responses API on this machine: says what it is told to, and remembers what it was asked."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import uvicorn
from openai.types.responses import (
    Response,
    ResponseCompletedEvent,
    ResponseContentPartAddedEvent,
    ResponseCreatedEvent,
    ResponseFunctionCallArgumentsDoneEvent,
    ResponseFunctionToolCall,
    ResponseOutputItem,
    ResponseOutputItemAddedEvent,
    ResponseOutputItemDoneEvent,
    ResponseOutputMessage,
    ResponseOutputText,
    ResponseStreamEvent,
    ResponseTextDeltaEvent,
    ResponseTextDoneEvent,
)
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, StreamingResponse
from starlette.responses import Response as HttpResponse
from starlette.routing import Route


@dataclass(frozen=True)
class Say:
    """Answers with this text, word by word."""

    text: str


@dataclass(frozen=True)
class CallTool:
    name: str
    arguments: dict[str, Any]


@dataclass(frozen=True)
class Fail:
    status: int
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class CutAfter:
    """Begins to answer, and drops the connection once `go_on` is set."""

    text: str


@dataclass(frozen=True)
class Silence:
    """Accepts the request and says nothing until the client gives up."""


Step = Say | CallTool | Fail | CutAfter | Silence
SECRET = "sk-test-0123456789"


class FakeOpenAI:
    def __init__(self) -> None:
        self.steps: list[Step] = []
        self.requests: list[dict[str, Any]] = []
        self.paths: list[str] = []
        self.keys: list[str] = []
        self.go_on = threading.Event()
        self.app = Starlette(routes=[Route("/{path:path}", self._answer, methods=["GET", "POST"])])

    async def _answer(self, request: Request) -> HttpResponse:
        self.paths.append(request.url.path)
        self.keys.append(request.headers.get("authorization", ""))
        body = await request.body()
        self.requests.append(json.loads(body) if body else {})
        match self.steps.pop(0):
            case Fail(status=status, headers=headers):
                detail = {"error": {"message": f"internal detail {SECRET}", "type": "t"}}
                return JSONResponse(detail, status_code=status, headers=headers)
            case Silence():
                await asyncio.sleep(30)
                return JSONResponse({})
            case Say(text=text):
                return self._reply(message(text))
            case CallTool(name=name, arguments=arguments):
                return self._reply(call(name, arguments))
            case CutAfter(text=text):
                begun = list(_events(message(text)))
                return _stream(begun[: len(begun) - 3], cut=self.go_on)

    def _reply(self, item: ResponseOutputItem) -> HttpResponse:
        *_, completed = events = list(_events(item))
        if self.requests[-1].get("stream"):
            return _stream(events)
        assert isinstance(completed, ResponseCompletedEvent)
        return JSONResponse(completed.response.model_dump(mode="json"))


def _stream(
    events: list[ResponseStreamEvent], *, cut: threading.Event | None = None
) -> HttpResponse:
    async def body() -> AsyncIterator[bytes]:
        for event in events:
            yield f"event: {event.type}\ndata: {event.model_dump_json()}\n\n".encode()
            await asyncio.sleep(0)
        if cut is not None:
            await asyncio.to_thread(cut.wait, 10)
            raise ConnectionResetError

    return StreamingResponse(body(), media_type="text/event-stream")


def message(text: str) -> ResponseOutputMessage:
    return ResponseOutputMessage(
        id=f"msg_{abs(hash(text))}",
        type="message",
        role="assistant",
        status="completed",
        content=[ResponseOutputText(type="output_text", text=text, annotations=[])],
    )


def call(name: str, arguments: dict[str, Any]) -> ResponseFunctionToolCall:
    return ResponseFunctionToolCall(
        id=f"fc_{name}",
        call_id=f"call_{name}",
        type="function_call",
        name=name,
        arguments=json.dumps(arguments),
    )


def _events(item: ResponseOutputItem) -> Iterator[ResponseStreamEvent]:
    done = Response(
        id="resp_1",
        created_at=0,
        model="fake",
        object="response",
        output=[item],
        parallel_tool_calls=True,
        tool_choice="auto",
        tools=[],
        status="completed",
    )
    begun = done.model_copy(update={"output": [], "status": "in_progress"})
    yield ResponseCreatedEvent(type="response.created", response=begun, sequence_number=0)
    yield ResponseOutputItemAddedEvent(
        type="response.output_item.added",
        item=item.model_copy(update={"content": []}) if item.type == "message" else item,
        output_index=0,
        sequence_number=1,
    )
    if isinstance(item, ResponseOutputMessage):
        part = item.content[0]
        assert isinstance(part, ResponseOutputText)
        place: dict[str, Any] = {
            "item_id": item.id,
            "output_index": 0,
            "content_index": 0,
            "sequence_number": 2,
        }
        yield ResponseContentPartAddedEvent(
            type="response.content_part.added",
            part=ResponseOutputText(type="output_text", text="", annotations=[]),
            **place,
        )
        for word in part.text.split(" "):
            yield ResponseTextDeltaEvent(
                type="response.output_text.delta", delta=f"{word} ", logprobs=[], **place
            )
        yield ResponseTextDoneEvent(
            type="response.output_text.done", text=part.text, logprobs=[], **place
        )
    elif isinstance(item, ResponseFunctionToolCall):
        yield ResponseFunctionCallArgumentsDoneEvent(
            type="response.function_call_arguments.done",
            item_id=item.id or "",
            output_index=0,
            arguments=item.arguments,
            sequence_number=2,
        )
    yield ResponseOutputItemDoneEvent(
        type="response.output_item.done", item=item, output_index=0, sequence_number=3
    )
    yield ResponseCompletedEvent(type="response.completed", response=done, sequence_number=4)


@contextmanager
def served(app: Callable[..., Any]) -> Iterator[str]:
    """The address at which the app answers, on a free port of this machine."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    server = uvicorn.Server(
        uvicorn.Config(app, log_level="critical", lifespan="off", timeout_graceful_shutdown=1)
    )
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(timeout=10)
        listener.close()
