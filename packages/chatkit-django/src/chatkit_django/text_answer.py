"""An answer that is text, for servers that do not use the Agents SDK."""

from collections.abc import AsyncIterable, AsyncIterator, Iterable

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

from chatkit_django.clock import local_now
from chatkit_django.context import RequestContext
from chatkit_django.store import ChatStore


async def stream_text(
    pieces: AsyncIterable[str] | Iterable[str],
    thread: ThreadMetadata,
    store: ChatStore,
    context: RequestContext,
) -> AsyncIterator[ThreadStreamEvent]:
    """The events of one assistant message (Markdown) that is written piece by piece."""
    item = AssistantMessageItem(
        id=store.generate_item_id("message", thread, context),
        thread_id=thread.id,
        created_at=local_now(),
        content=[],
    )
    yield ThreadItemAddedEvent(item=item)
    empty = AssistantMessageContent(text="")
    added = AssistantMessageContentPartAdded(content_index=0, content=empty)
    yield ThreadItemUpdatedEvent(item_id=item.id, update=added)
    text = ""
    async for piece in _each(pieces):
        text += piece
        delta = AssistantMessageContentPartTextDelta(content_index=0, delta=piece)
        yield ThreadItemUpdatedEvent(item_id=item.id, update=delta)
    content = AssistantMessageContent(text=text)
    done = AssistantMessageContentPartDone(content_index=0, content=content)
    yield ThreadItemUpdatedEvent(item_id=item.id, update=done)
    yield ThreadItemDoneEvent(item=item.model_copy(update={"content": [content]}))


async def _each(pieces: AsyncIterable[str] | Iterable[str]) -> AsyncIterator[str]:
    if isinstance(pieces, AsyncIterable):
        async for piece in pieces:
            yield piece
    else:
        for piece in pieces:
            yield piece


def text_of(item: object) -> str:
    """What a user or an assistant has written in this item; ``""`` for ``None`` and others."""
    content = getattr(item, "content", None)
    parts = content if isinstance(content, list) else []
    return " ".join(str(text) for part in parts if (text := getattr(part, "text", None)))
