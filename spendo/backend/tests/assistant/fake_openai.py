"""The APIs of models on this machine: they say what they are told to and keep what they are asked.

What is asked for under `/responses` is answered as OpenAI does; `/chat/completions` and `/messages`
(Anthropic) are in `fake_other_apis`.
"""

from __future__ import annotations

import asyncio
import json
import socket
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

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
    ResponseOutputRefusal,
    ResponseOutputText,
    ResponseRefusalDeltaEvent,
    ResponseStreamEvent,
    ResponseTextDeltaEvent,
    ResponseTextDoneEvent,
)
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, StreamingResponse
from starlette.responses import Response as HttpResponse
from starlette.routing import Route

from . import fake_other_apis


@dataclass(frozen=True)
class Say:
    """Answers with this text, word by word."""

    text: str


@dataclass(frozen=True)
class CallTool:
    """`arguments` as text are sent as they are."""

    name: str
    arguments: dict[str, Any] | str

    @property
    def written(self) -> str:
        return self.arguments if isinstance(self.arguments, str) else json.dumps(self.arguments)


@dataclass(frozen=True)
class CallTools:
    """Several calls in one response."""

    calls: tuple[CallTool, ...]


@dataclass(frozen=True)
class Refuse:
    """Declines in the way the API has for it."""

    text: str


@dataclass(frozen=True)
class Late:
    """The step, after a while without a byte."""

    seconds: float
    step: Say | CallTool


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


Step = Say | CallTool | CallTools | Refuse | Late | Fail | CutAfter | Silence
Spoken = Say | CallTool | CallTools | Refuse
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
        sent = request.headers
        self.keys.append(sent.get("authorization") or sent.get("x-api-key", ""))
        body = await request.body()
        self.requests.append(json.loads(body) if body else {})
        step = self.steps.pop(0)
        if isinstance(step, Late):
            await asyncio.sleep(step.seconds)
            step = step.step
        match step:
            case Fail(status=status, headers=headers):
                detail = {"error": {"message": f"internal detail {SECRET}", "type": "t"}}
                return JSONResponse(detail, status_code=status, headers=headers)
            case Silence():
                await asyncio.sleep(30)
                return JSONResponse({})
            case CutAfter(text=text):
                begun = self._frames(Say(text))
                return _stream(begun[: len(begun) - 3], cut=self.go_on)
            case Say() | CallTool() | CallTools() | Refuse():
                if self.requests[-1].get("stream"):
                    return _stream(self._frames(step))
                return JSONResponse(self._whole(step))

    def _frames(self, step: Spoken) -> list[bytes]:
        path = self.paths[-1]
        if path.endswith("/chat/completions"):
            return list(fake_other_apis.chat_frames(step))
        if path.endswith("/messages"):
            return list(fake_other_apis.anthropic_frames(step))
        return [
            f"event: {event.type}\ndata: {event.model_dump_json()}\n\n".encode()
            for event in _events(_items(step))
        ]

    def _whole(self, step: Spoken) -> dict[str, Any]:
        path = self.paths[-1]
        if path.endswith("/chat/completions"):
            return fake_other_apis.chat_whole(step)
        if path.endswith("/messages"):
            return fake_other_apis.anthropic_whole(step)
        *_, completed = _events(_items(step))
        assert isinstance(completed, ResponseCompletedEvent)
        return completed.response.model_dump(mode="json")


def _items(step: Spoken) -> list[ResponseOutputItem]:
    match step:
        case Say(text=text):
            return [message(text)]
        case Refuse(text=text):
            return [refusal(text)]
        case CallTool():
            return [call(step, 0)]
        case CallTools(calls=calls):
            return [call(each, place) for place, each in enumerate(calls)]


def _stream(frames: list[bytes], *, cut: threading.Event | None = None) -> HttpResponse:
    async def body() -> AsyncIterator[bytes]:
        for frame in frames:
            yield frame
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


def refusal(text: str) -> ResponseOutputMessage:
    part = ResponseOutputRefusal(type="refusal", refusal=text)
    return message("").model_copy(update={"content": [part]})


def call(tool: CallTool, place: int) -> ResponseFunctionToolCall:
    number = uuid4().hex
    return ResponseFunctionToolCall(
        id=f"fc_{place}_{number}",
        call_id=f"call_{place}_{number}",
        type="function_call",
        name=tool.name,
        arguments=tool.written,
    )


def _events(items: list[ResponseOutputItem]) -> Iterator[ResponseStreamEvent]:
    done = Response(
        id="resp_1",
        created_at=0,
        model="fake",
        object="response",
        output=items,
        parallel_tool_calls=True,
        tool_choice="auto",
        tools=[],
        status="completed",
    )
    begun = done.model_copy(update={"output": [], "status": "in_progress"})
    yield ResponseCreatedEvent(type="response.created", response=begun, sequence_number=0)
    for index, item in enumerate(items):
        yield from _item_events(item, index)
    yield ResponseCompletedEvent(type="response.completed", response=done, sequence_number=4)


def _item_events(item: ResponseOutputItem, index: int) -> Iterator[ResponseStreamEvent]:
    yield ResponseOutputItemAddedEvent(
        type="response.output_item.added",
        item=item.model_copy(update={"content": []}) if item.type == "message" else item,
        output_index=index,
        sequence_number=1,
    )
    if isinstance(item, ResponseOutputMessage):
        part = item.content[0]
        place: dict[str, Any] = {
            "item_id": item.id,
            "output_index": index,
            "content_index": 0,
            "sequence_number": 2,
        }
        yield ResponseContentPartAddedEvent(
            type="response.content_part.added",
            part=ResponseOutputText(type="output_text", text="", annotations=[]),
            **place,
        )
        if isinstance(part, ResponseOutputRefusal):
            yield ResponseRefusalDeltaEvent(
                type="response.refusal.delta", delta=part.refusal, **place
            )
        else:
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
            output_index=index,
            arguments=item.arguments,
            sequence_number=2,
        )
    yield ResponseOutputItemDoneEvent(
        type="response.output_item.done", item=item, output_index=index, sequence_number=3
    )


@contextmanager
def served(app: Callable[..., Any]) -> Iterator[str]:
    """The address at which the app answers, on a free port of this machine."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    server = uvicorn.Server(
        uvicorn.Config(app, log_level="critical", lifespan="off", timeout_graceful_shutdown=1)
    )
    threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        # Nobody waits: it takes a fifth of a second to end, and longer with an answer on its way.
        server.should_exit = True
