"""The same answer for every server that is measured: deltas of four words, as many and as far
apart as the message asks for."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime
from time import monotonic
from typing import Any

from chatkit.types import (
    AssistantMessageContent,
    AssistantMessageContentPartAdded,
    AssistantMessageContentPartDone,
    AssistantMessageContentPartTextDelta,
    AssistantMessageItem,
    ThreadItemAddedEvent,
    ThreadItemDoneEvent,
    ThreadItemUpdatedEvent,
    ThreadMetadata,
    ThreadStreamEvent,
    UserMessageItem,
)

from asked import asked_for

WORDS = "the same four words "


async def answer(
    thread: ThreadMetadata, item_id: str, message: UserMessageItem | None
) -> AsyncIterator[ThreadStreamEvent]:
    """The events of one answer. Each delta has its time, counted from the beginning, as a model
    has that does not wait for who listens."""

    def item(text: str | None) -> AssistantMessageItem:
        content = [] if text is None else [AssistantMessageContent(text=text, annotations=[])]
        return AssistantMessageItem(
            id=item_id,
            thread_id=thread.id,
            created_at=datetime.now(),  # noqa: DTZ005 (as the SDK's own helpers do)
            content=content,
        )

    def update(part: Any) -> ThreadItemUpdatedEvent:
        return ThreadItemUpdatedEvent(item_id=item_id, update=part)

    def content(text: str) -> AssistantMessageContent:
        return AssistantMessageContent(text=text, annotations=[])

    assert message is not None
    deltas, pace = asked_for(message.content[0].text)
    yield ThreadItemAddedEvent(item=item(None))
    yield update(AssistantMessageContentPartAdded(content_index=0, content=content("")))
    began = monotonic()
    for number in range(1, deltas + 1):
        if pace:
            await asyncio.sleep(max(0, began + number * pace - monotonic()))
        yield update(AssistantMessageContentPartTextDelta(content_index=0, delta=WORDS))
    whole = WORDS * deltas
    yield update(AssistantMessageContentPartDone(content_index=0, content=content(whole)))
    yield ThreadItemDoneEvent(item=item(whole))
