"""The same answer for every server that is measured: 200 deltas of four words, without a pause."""

from collections.abc import AsyncIterator
from datetime import datetime
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
)

DELTAS = 200
WORDS = "the same four words "


async def answer(thread: ThreadMetadata, item_id: str) -> AsyncIterator[ThreadStreamEvent]:
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

    yield ThreadItemAddedEvent(item=item(None))
    yield update(AssistantMessageContentPartAdded(content_index=0, content=content("")))
    for _ in range(DELTAS):
        yield update(AssistantMessageContentPartTextDelta(content_index=0, delta=WORDS))
    whole = WORDS * DELTAS
    yield update(AssistantMessageContentPartDone(content_index=0, content=content(whole)))
    yield ThreadItemDoneEvent(item=item(whole))
