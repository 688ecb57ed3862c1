"""The stories of ``protocol/recordings``: what a client sends and what it gets, with the clock
and the ids frozen."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from types import ModuleType
from typing import Any

import time_machine
from chatkit.types import (
    AssistantMessageContent,
    AssistantMessageContentPartAdded,
    AssistantMessageContentPartDone,
    AssistantMessageContentPartTextDelta,
    AssistantMessageItem,
    CustomSummary,
    CustomTask,
    ProgressUpdateEvent,
    ThreadItemAddedEvent,
    ThreadItemDoneEvent,
    ThreadItemUpdatedEvent,
    ThreadMetadata,
    ThreadStreamEvent,
    Workflow,
    WorkflowItem,
    WorkflowTaskAdded,
    WorkflowTaskUpdated,
)
from django.test import override_settings
from django.urls import path

from chatkit_django.clock import local_now
from chatkit_django.context import RequestContext
from chatkit_django.server import ChatKitServer
from chatkit_django.store import DatabaseStore
from chatkit_django.testing import ChatKitClient, message, parse_events
from chatkit_django.views import ChatKitView

START = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
PATH = "/chatkit/"

GROCERIES = "How much did I spend on groceries last month?"
FOUND = (
    "You spent **$412.50** on groceries, 1–31 October 2026.\n\n",
    "| Shop | Total |\n| --- | ---: |\n",
    "| Café Zürich | $212.00 |\n",
    "| Corner 🛒 | $200.50 |\n",
)


class CountedIds(DatabaseStore):
    """Ids in the order they are asked for: ``thr_1``, ``msg_2``, …"""

    def __init__(self) -> None:
        self._numbers = count(1)

    def generate_thread_id(self, context: RequestContext) -> str:
        return f"thr_{next(self._numbers)}"

    def generate_item_id(self, item_type, thread, context: RequestContext) -> str:
        return f"{item_type}_{next(self._numbers)}"


class Teller(ChatKitServer):
    """Answers with a fixed text, or as the story says."""

    def __init__(self) -> None:
        super().__init__(CountedIds())
        self.script: Script = greeting

    async def respond(self, thread, input_user_message, context):
        async for event in self.script(self, thread, context):
            yield event

    def new_id(self, kind, thread, context) -> str:
        return self.store.generate_item_id(kind, thread, context)


Script = Callable[[Teller, ThreadMetadata, RequestContext], AsyncIterator[ThreadStreamEvent]]


async def say(teller, thread, context, *deltas: str, finish: bool = True):
    item = AssistantMessageItem(
        id=teller.new_id("message", thread, context),
        thread_id=thread.id,
        created_at=local_now(),
        content=[],
    )
    yield ThreadItemAddedEvent(item=item)
    empty = AssistantMessageContent(text="")
    added = AssistantMessageContentPartAdded(content_index=0, content=empty)
    yield ThreadItemUpdatedEvent(item_id=item.id, update=added)
    for delta in deltas:
        said = AssistantMessageContentPartTextDelta(content_index=0, delta=delta)
        yield ThreadItemUpdatedEvent(item_id=item.id, update=said)
    if not finish:
        return
    content = AssistantMessageContent(text="".join(deltas))
    done = AssistantMessageContentPartDone(content_index=0, content=content)
    yield ThreadItemUpdatedEvent(item_id=item.id, update=done)
    yield ThreadItemDoneEvent(item=item.model_copy(update={"content": [content]}))


async def greeting(teller, thread, context):
    async for event in say(teller, thread, context, "Hello! ", "Ask me about ", "your money."):
        yield event


async def another(teller, thread, context):
    async for event in say(teller, thread, context, "Here is ", "another answer."):
        yield event


async def tool_call(teller, thread, context):
    yield ProgressUpdateEvent(icon="search", text="Looking at your transactions")
    item = WorkflowItem(
        id=teller.new_id("workflow", thread, context),
        thread_id=thread.id,
        created_at=local_now(),
        workflow=Workflow(
            type="custom",
            tasks=[
                CustomTask(title="Reading transactions", icon="search", status_indicator="loading")
            ],
        ),
    )
    tasks = item.workflow.tasks
    yield ThreadItemAddedEvent(item=item.model_copy(deep=True))
    tasks[0] = tasks[0].model_copy(update={"status_indicator": "complete"})
    read = WorkflowTaskUpdated(task_index=0, task=tasks[0])
    yield ThreadItemUpdatedEvent(item_id=item.id, update=read)
    tasks.append(CustomTask(title="Adding up", content="23 rows", status_indicator="complete"))
    added = WorkflowTaskAdded(task_index=1, task=tasks[1])
    yield ThreadItemUpdatedEvent(item_id=item.id, update=added)
    item.workflow.summary = CustomSummary(title="Looked at 23 transactions")
    yield ThreadItemDoneEvent(item=item)
    async for event in say(teller, thread, context, *FOUND):
        yield event


async def endless(teller, thread, context):
    said = say(teller, thread, context, "One ", "two ", "three", finish=False)
    async for event in said:
        yield event
    await asyncio.Event().wait()


async def failing(teller, thread, context):
    async for event in say(teller, thread, context, "You spent ", "$41", finish=False):
        yield event
    raise RuntimeError("the model is away")


async def naming(teller, thread, context):
    thread.title = "Groceries in October"
    async for event in say(teller, thread, context, *FOUND[:1]):
        yield event


@dataclass(frozen=True)
class Story:
    """One request and its answer. ``before`` prepares what it needs; ``request`` gets the ids
    that made; the stream is left after ``stop_after`` deltas."""

    about: str
    request: Callable[["Stage"], dict[str, Any]]
    before: Callable[["Stage"], Awaitable[None]] | None = None
    script: Script = greeting
    stop_after: int | None = None


@dataclass
class Stage:
    """Where a story is played: a client, the server behind it, and the clock."""

    client: ChatKitClient
    teller: Teller
    clock: time_machine.Traveller
    threads: list[str] = field(default_factory=list)
    items: list[str] = field(default_factory=list)

    async def ask(self, text: str, thread_id: str | None = None) -> None:
        events = await self.client.ask(text, thread_id)
        self.threads += [e["thread"]["id"] for e in events if e["type"] == "thread.created"]
        self.items += [e["item"]["id"] for e in events if e["type"] == "thread.item.done"]
        self.clock.shift(MINUTE)


def request(kind: str, **params: Any) -> dict[str, Any]:
    return {"type": kind, "params": params}


async def one_answer(stage: Stage) -> None:
    await stage.ask("Hello")


async def three_threads(stage: Stage) -> None:
    for title in ("Rent", "Groceries", ""):
        await stage.ask(f"About {title or 'money'}")
        if title:
            await stage.client.read("threads.update", thread_id=stage.threads[-1], title=title)


async def long_thread(stage: Stage) -> None:
    await stage.ask("Question 1")
    for number in range(2, 14):
        await stage.ask(f"Question {number}", stage.threads[0])


STORIES = {
    "new-thread": Story(
        "A first message opens a thread and is answered.",
        lambda stage: request("threads.create", input=message("Hello")),
    ),
    "next-message": Story(
        "A second message in the same thread.",
        lambda stage: request(
            "threads.add_user_message", thread_id=stage.threads[0], input=message("And now?")
        ),
        before=one_answer,
        script=another,
    ),
    "tool-call": Story(
        "Progress, a workflow with two tasks, then an answer with a table and wide characters.",
        lambda stage: request("threads.create", input=message(GROCERIES)),
        script=tool_call,
    ),
    "cancelled": Story(
        "The client closes the connection after three words; the thread keeps them.",
        lambda stage: request("threads.create", input=message("Count to a million")),
        script=endless,
        stop_after=3,
    ),
    "retried": Story(
        "The first message is asked again; what came after it is gone, without an event for it.",
        lambda stage: request(
            "threads.retry_after_item", thread_id=stage.threads[0], item_id=stage.items[0]
        ),
        before=one_answer,
        script=another,
    ),
    "error": Story(
        "The answer fails half-way; the thread keeps the half.",
        lambda stage: request("threads.create", input=message(GROCERIES)),
        script=failing,
    ),
    "title-updated": Story(
        "The answer gives the thread a title.",
        lambda stage: request("threads.create", input=message(GROCERIES)),
        script=naming,
    ),
    "renamed": Story(
        "The user gives the thread a title.",
        lambda stage: request("threads.update", thread_id=stage.threads[0], title="Über Groceries"),
        before=one_answer,
    ),
    "deleted": Story(
        "The user deletes the thread.",
        lambda stage: request("threads.delete", thread_id=stage.threads[0]),
        before=one_answer,
    ),
    "history-list": Story(
        "The two newest of three threads; one of them has no title.",
        lambda stage: request("threads.list", limit=2, order="desc"),
        before=three_threads,
    ),
    "open-thread": Story(
        'A thread of 26 items opens with its newest 20; "after" is the oldest of them.',
        lambda stage: request("threads.get_by_id", thread_id=stage.threads[0]),
        before=long_thread,
    ),
    "items-page": Story(
        "Paging back from the newest item of a long thread: the five before the last five.",
        lambda stage: request(
            "items.list",
            thread_id=stage.threads[0],
            limit=5,
            order="desc",
            after=stage.items[-5],
        ),
        before=long_thread,
    ),
    "refused": Story(
        "A message into a thread that does not exist: an HTTP error, no stream.",
        lambda stage: request(
            "threads.add_user_message", thread_id="thr_unknown", input=message("Hello?")
        ),
    ),
}


async def play(story: Story, user: Any) -> dict[str, bytes]:
    """The files of a story, by name."""
    teller = Teller()
    urls = ModuleType("urls_of_a_story")
    urls.urlpatterns = [path("chatkit/", ChatKitView.as_view(server=lambda: teller))]
    with (
        override_settings(ROOT_URLCONF=urls),
        time_machine.travel(START, tick=False) as clock,
    ):
        stage = Stage(await ChatKitClient.signed_in(user, PATH), teller, clock)
        if story.before:
            await story.before(stage)
        teller.script = story.script
        asked = story.request(stage)
        response = await stage.client.send(asked["type"], **asked["params"])
        kind = response["Content-Type"]
        files = {
            "story.json": pretty(
                {"about": story.about, "status": response.status_code, "content_type": kind}
            ),
            "request.json": pretty(asked),
        }
        if kind == "text/event-stream":
            files["response.sse"] = await read(response, stop_after=story.stop_after)
        else:
            files["response.json"] = response.content
        if thread := await thread_after(stage, asked, files):
            files["thread.json"] = pretty(thread)
        return files


async def read(response: Any, *, stop_after: int | None) -> bytes:
    """The stream, to its end or until so many words were read."""
    frames: list[bytes] = []
    enough = asyncio.Event()

    async def collect() -> None:
        async for frame in response:
            frames.append(frame)
            if b"".join(frames).count(b".text_delta") == stop_after:
                enough.set()

    reader = asyncio.create_task(collect())
    if stop_after is not None:
        await enough.wait()
        reader.cancel()
        await asyncio.wait({reader})
    else:
        await reader
    return b"".join(frames)


async def thread_after(
    stage: Stage, asked: dict[str, Any], files: dict[str, bytes]
) -> dict[str, Any] | None:
    """The thread as it opens afterwards, if the story has one and leaves it there."""
    thread_id = asked["params"].get("thread_id")
    if "response.sse" in files and thread_id is None:
        thread_id = parse_events(files["response.sse"])[0]["thread"]["id"]
    if thread_id is None:
        return None
    response = await stage.client.send("threads.get_by_id", thread_id=thread_id)
    return json.loads(response.content) if response.status_code == 200 else None


def pretty(value: Any) -> bytes:
    return json.dumps(value, indent=2, ensure_ascii=False).encode() + b"\n"
