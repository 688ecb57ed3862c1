"""What the events of a run have made of the items that are not finished, found out from the
frames alone."""

from collections.abc import Iterable

from chatkit.types import (
    ThreadItem,
    ThreadItemAddedEvent,
    ThreadItemDoneEvent,
    ThreadItemRemovedEvent,
    ThreadItemReplacedEvent,
    ThreadItemUpdatedEvent,
    ThreadStreamEvent,
)
from pydantic import TypeAdapter, ValidationError

from chatkit_django.unfinished import UnfinishedItem

_EVENT: TypeAdapter[ThreadStreamEvent] = TypeAdapter(ThreadStreamEvent)
_DATA = b"data: "


class Replay:
    """Told of all frames of a run from the first one on, in order."""

    def __init__(self) -> None:
        self._unfinished: dict[str, UnfinishedItem] = {}

    def add(self, frames: Iterable[bytes]) -> None:
        for frame in frames:
            begin = frame.find(_DATA)
            if begin >= 0:
                self._add(frame[begin + len(_DATA) :])

    def items(self) -> list[ThreadItem]:
        """What is not finished, each item with all that was said of it so far."""
        return [item.whole() for item in self._unfinished.values()]

    def _add(self, written: bytes) -> None:
        try:
            event = _EVENT.validate_json(written)
        except ValidationError:  # an event of a project's own
            return
        match event:
            case ThreadItemAddedEvent(item=item):
                self._unfinished[item.id] = UnfinishedItem(item)
            case ThreadItemUpdatedEvent(item_id=item_id, update=update):
                if (unfinished := self._unfinished.get(item_id)) is not None:
                    unfinished.apply(update)
            case ThreadItemDoneEvent(item=item) | ThreadItemReplacedEvent(item=item):
                self._unfinished.pop(item.id, None)
            case ThreadItemRemovedEvent(item_id=item_id):
                self._unfinished.pop(item_id, None)
            case _:
                pass
