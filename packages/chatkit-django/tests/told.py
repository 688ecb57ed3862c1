"""An answer without a database: its server, its thread, and what it says."""

from datetime import datetime

from chatkit.types import (
    AssistantMessageContent,
    AssistantMessageContentPartTextDelta,
    AssistantMessageItem,
    ThreadItemUpdatedEvent,
    ThreadMetadata,
    ThreadStreamEvent,
)
from pydantic import TypeAdapter

from chatkit_django.answer import Answer
from chatkit_django.memory_store import MemoryStore
from tests.test_memory_store import somebody
from tests.test_wire_conformance import OurServer

EVENT = TypeAdapter(ThreadStreamEvent)
NOW = datetime(2026, 11, 2, 9, 30)  # noqa: DTZ001  local, as the SDK's helpers write it


def delta(text, item_id="msg_1", place=0):
    update = AssistantMessageContentPartTextDelta(content_index=place, delta=text)
    return ThreadItemUpdatedEvent(item_id=item_id, update=update)


def message(*texts, item_id="msg_1"):
    content = [AssistantMessageContent(text=text) for text in texts]
    return AssistantMessageItem(id=item_id, thread_id="thr_1", created_at=NOW, content=content)


class Told:
    """What ``respond`` yields, as it is said. ``said`` is that, and ``steps`` what the store knew
    in the thread's ``metadata`` just then."""

    def __init__(self, server=OurServer):
        self.server = server(MemoryStore())
        self.context = somebody("ada")
        self.thread = ThreadMetadata(id="thr_1", created_at=NOW, metadata={"steps": []})
        self.said = []
        self.steps = []

    async def tell(self, respond):
        """How it ended."""
        await self.server.store.save_thread(self.thread, self.context)
        parts = self.server, self.server.store, self.thread, self.context, self.server._frames
        return await Answer(*parts, self._hear).tell(respond)

    @property
    def events(self):
        return [EVENT.validate_json(frame.removeprefix(b"data: ")) for frame in self.said]

    @property
    def stored(self):
        try:  # nothing is waited for in this store
            self.server.store.load_thread("thr_1", self.context).send(None)
        except StopIteration as loaded:
            return loaded.value

    def _hear(self, frame):
        self.said.append(frame)
        self.steps.append(self.stored.metadata["steps"])
