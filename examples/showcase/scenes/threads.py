"""What becomes of a thread: many items, a title, a lock, an end."""

import re
from collections.abc import AsyncIterator

from chatkit.types import (
    AssistantMessageContent,
    AssistantMessageItem,
    ClosedStatus,
    InferenceOptions,
    LockedStatus,
    ThreadStatus,
    ThreadStreamEvent,
    UserMessageItem,
    UserMessageTextContent,
)
from examples.showcase.stage import Scene, Stage

from chatkit_django.clock import local_now

MOST = 10_000  # items
PARAGRAPH = "Rent, groceries and the train took most of it; the rest went into the savings. "


async def fill(stage: Stage) -> AsyncIterator[ThreadStreamEvent]:
    """``fill 100``: so many items, as if they had been said before."""
    found = re.search(r"\d+", stage.words)
    count = min(int(found[0]) if found else 100, MOST)
    for number in range(1, count + 1):
        item = _answer(stage, number) if number % 2 == 0 else _question(stage, number)
        await stage.store.add_thread_item(stage.thread.id, item, stage.context)
    async for event in stage.say(f"There are {count} items more. Load the thread again."):
        yield event


async def title(stage: Stage) -> AsyncIterator[ThreadStreamEvent]:
    """``title Rent``: the rest becomes the title of the thread."""
    stage.thread.title = stage.words.split(" ", 1)[-1]
    async for event in stage.say("Named."):
        yield event


async def lock(stage: Stage) -> AsyncIterator[ThreadStreamEvent]:
    async for event in _with_status(stage, LockedStatus(reason="The audit has it for now.")):
        yield event


async def close(stage: Stage) -> AsyncIterator[ThreadStreamEvent]:
    async for event in _with_status(stage, ClosedStatus(reason="This case is settled.")):
        yield event


async def _with_status(stage: Stage, status: ThreadStatus) -> AsyncIterator[ThreadStreamEvent]:
    async for event in stage.say("One moment."):
        yield event
    stage.thread.status = status


def _question(stage: Stage, number: int) -> UserMessageItem:
    return UserMessageItem(
        id=stage.new_id("message"),
        thread_id=stage.thread.id,
        created_at=local_now(),
        content=[UserMessageTextContent(text=f"Question {number}")],
        attachments=[],
        inference_options=InferenceOptions(),
    )


def _answer(stage: Stage, number: int) -> AssistantMessageItem:
    text = f"Answer {number}. {PARAGRAPH * (number // 2 % 5)}"
    return AssistantMessageItem(
        id=stage.new_id("message"),
        thread_id=stage.thread.id,
        created_at=local_now(),
        content=[AssistantMessageContent(text=text)],
    )


SCENES: dict[str, Scene] = {"fill": fill, "title": title, "lock": lock, "close": close}
