"""Spendo itself: the workflow for one message, the chat server for a conversation."""

import asyncio
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from asgiref.sync import sync_to_async
from bench.spendobench.expected import Answer, Question
from bench.spendobench.loader import Loaded
from chatkit.server import StreamingResult
from django.db import connections

from chatkit_django.context import RequestContext
from chatkit_django.testing import parse_events
from spendo.assistant.server import SpendoChatKitServer
from spendo.assistant.turn import Turn
from spendo.assistant.workflow import WorkflowInput, run_workflow
from spendo.ledger.models import Change
from spendo.users.models import User


class SpendoArm:
    """The agent with whatever model the settings choose: without a key the built-in analyst."""

    def __init__(self, loaded: Loaded) -> None:
        self.loaded = loaded

    def knows(self, question: Question) -> bool:
        return True

    def answer_all(self, questions: list[Question]) -> list[Answer]:
        """One after the other, in one event loop."""

        async def run() -> list[Answer]:
            answers = [await self.answer(question) for question in questions]
            # The connections of the threads that answered are closed by those threads.
            await sync_to_async(connections.close_all)()
            return answers

        return asyncio.run(run())

    async def answer(self, question: Question) -> Answer:
        before = await self._changes()
        started = time.perf_counter()
        with _turns() as turns:
            try:
                text = await self._ask(question.messages)
            except Exception as error:
                return Answer("", failed=f"{type(error).__name__}: {error}"[:200])
        seconds = time.perf_counter() - started
        refs = frozenset(
            self.loaded.ref_of[number]
            for number in _rows(turns[-1])
            if number in self.loaded.ref_of
        )
        return Answer(text, refs, seconds, changed=await self._changes() != before)

    async def _changes(self) -> int:
        """How many changes the user's ledger has seen: asking makes none."""
        return await Change.objects.filter(user=self.loaded.user).acount()

    async def _ask(self, messages: tuple[str, ...]) -> str:
        if len(messages) == 1:
            return (await run_workflow(WorkflowInput(messages[0]), user=self.loaded.user)).answer
        chat = Chat(self.loaded.user)
        for message in messages:
            text = await chat.say(message)
        return text


class Chat:
    """A conversation with the chat server, in a thread of its own."""

    def __init__(self, user: User) -> None:
        self.server = SpendoChatKitServer()
        self.context = RequestContext(user=user, locale="en", request_id="spendobench")
        self.thread_id: str | None = None

    async def say(self, text: str) -> str:
        written = {
            "content": [{"type": "input_text", "text": text}],
            "attachments": [],
            "quoted_text": "",
            "inference_options": {},
        }
        params: dict[str, Any] = {"input": written}
        kind = "threads.create"
        if self.thread_id is not None:
            kind, params = "threads.add_user_message", params | {"thread_id": self.thread_id}
        body = json.dumps({"type": kind, "params": params})
        result = await self.server.process(body, self.context)
        if not isinstance(result, StreamingResult):
            raise TypeError("The server does not stream.")
        events = parse_events(b"".join([part async for part in result]))
        return self._read(events)

    def _read(self, events: list[dict[str, Any]]) -> str:
        done = ""
        for event in events:
            if event["type"] == "thread.created":
                self.thread_id = event["thread"]["id"]
            if event["type"] == "thread.item.done" and event["item"]["type"] == "assistant_message":
                done = "".join(part["text"] for part in event["item"]["content"])
        return done


@contextmanager
def _turns() -> Iterator[list[Turn]]:
    """The turns that begin in the meantime: what the tools returned in each."""
    begun: list[Turn] = []
    begin = Turn.begin.__func__  # type: ignore[attr-defined]

    def watched(cls: type[Turn], *args: Any, **kwargs: Any) -> Turn:
        turn: Turn = begin(cls, *args, **kwargs)
        begun.append(turn)
        return turn

    with patch.object(Turn, "begin", classmethod(watched)):
        yield begun


def _rows(turn: Turn) -> list[int]:
    """The rows of the last result that has any."""
    for envelope in reversed(turn.envelopes):
        rows = getattr(envelope, "rows", ())
        if rows:
            return [row.id for row in rows]
    return []
