"""What a scene is given, and what it is."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

from chatkit.types import ThreadItem, ThreadMetadata, ThreadStreamEvent, UserMessageItem

from chatkit_django.context import RequestContext
from chatkit_django.store import ChatStore
from chatkit_django.text_answer import stream_text, text_of


@dataclass(frozen=True)
class Stage:
    """One request of a visitor: what was said last, and where the answer goes."""

    thread: ThreadMetadata
    message: UserMessageItem | None
    store: ChatStore
    context: RequestContext
    given: ThreadItem | None = None
    """What the page or the user gave when they were asked; the scene goes on with it."""

    @property
    def words(self) -> str:
        return text_of(self.message)

    def new_id(self, kind: str) -> str:
        """An id for an item: ``message``, ``workflow``, ``task``, …"""
        return self.store.generate_item_id(kind, self.thread, self.context)  # type: ignore[arg-type]

    def say(self, text: str, pause: float = 0.01) -> AsyncIterator[ThreadStreamEvent]:
        """An assistant message, word by word."""
        return stream_text(_slowly(text, pause), self.thread, self.store, self.context)


Scene = Callable[[Stage], AsyncIterator[ThreadStreamEvent]]


async def _slowly(text: str, pause: float) -> AsyncIterator[str]:
    for word in text.split(" "):
        yield f"{word} "
        await asyncio.sleep(pause)
