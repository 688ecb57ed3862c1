"""Asking the way callers do: without a chat, and through the chat server."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

from chatkit.server import StreamingResult
from chatkit.types import HiddenContextItem

from chatkit_django.context import RequestContext
from chatkit_django.testing import parse_events
from spendo.assistant.server import SpendoChatKitServer
from spendo.assistant.workflow import WorkflowInput, WorkflowResult, run_workflow
from spendo.users.models import User

Event = dict[str, Any]


_LINK = re.compile(r"\[([^\]]*)\]\((?:chatkit-link:/)?/transactions[^)\s]*\)")


def without_links(text: str) -> str:
    """The words alone; what the links of answers lead to is tested by itself."""
    return _LINK.sub(r"\1", text)


async def ask(user: User, question: str) -> WorkflowResult:
    result = await run_workflow(WorkflowInput(input_as_text=question), user=user)
    return replace(result, answer=without_links(result.answer))


class Chat:
    """One user's conversation with the server, in one thread."""

    def __init__(self, user: User, server: SpendoChatKitServer | None = None) -> None:
        self.server = server or SpendoChatKitServer()
        self.context = RequestContext(user=user, locale="en", request_id="test")
        self.thread_id: str | None = None

    async def open(self, text: str, model: str | None = None) -> StreamingResult:
        written = {
            "content": [{"type": "input_text", "text": text}],
            "attachments": [],
            "quoted_text": "",
            "inference_options": {"model": model} if model else {},
        }
        if self.thread_id is None:
            body = {"type": "threads.create", "params": {"input": written}}
        else:
            body = {
                "type": "threads.add_user_message",
                "params": {"thread_id": self.thread_id, "input": written},
            }
        result = await self.server.process(json.dumps(body), self.context)
        assert isinstance(result, StreamingResult)
        return result

    async def say(self, text: str, model: str | None = None) -> list[Event]:
        """The events of the answer, read to their end."""
        events = parse_events(b"".join([part async for part in await self.open(text, model)]))
        self.note_thread(events)
        return events

    def note_thread(self, events: list[Event]) -> None:
        for event in events:
            if event["type"] == "thread.created":
                self.thread_id = event["thread"]["id"]

    async def answer(self, text: str, model: str | None = None) -> str:
        return final_text(await self.say(text, model))

    async def items(self) -> list[Event]:
        assert self.thread_id is not None
        page = await self.server.store.load_thread_items(
            self.thread_id, None, 100, "asc", context=self.context
        )
        return [
            json.loads(item.model_dump_json())
            for item in page.data
            if not isinstance(item, HiddenContextItem)
        ]


def final_text(events: list[Event]) -> str:
    done = [
        event["item"]
        for event in events
        if event["type"] == "thread.item.done" and event["item"]["type"] == "assistant_message"
    ]
    return without_links("".join(part["text"] for part in done[-1]["content"]))


def streamed_text(events: list[Event]) -> str:
    return without_links(
        "".join(
            event["update"]["delta"]
            for event in events
            if event["type"] == "thread.item.updated"
            and event["update"]["type"] == "assistant_message.content_part.text_delta"
        )
    )
