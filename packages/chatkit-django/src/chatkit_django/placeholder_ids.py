"""Real ids for items that a model left unnamed.

Models that do not speak the Responses API give every message the same id, and the SDK passes it
on: each answer would overwrite the one before.
"""

from collections.abc import Callable, Iterator

from chatkit.store import StoreItemType
from chatkit.types import (
    ThreadItem,
    ThreadItemAddedEvent,
    ThreadItemDoneEvent,
    ThreadItemRemovedEvent,
    ThreadItemUpdatedEvent,
    ThreadStreamEvent,
)

PLACEHOLDER = "__fake_id__"


class PlaceholderIds:
    """Gives each item named by the placeholder an id of its own, the same in all its events."""

    def __init__(self, new_id: Callable[[StoreItemType], str]) -> None:
        self._new_id = new_id
        self._open: dict[str, str] = {}
        self._given: list[str] = []

    def replace(self, event: ThreadStreamEvent) -> Iterator[ThreadStreamEvent]:
        """The event with its real id; one for each item if it removes them all at once."""
        match event:
            case ThreadItemAddedEvent(item=item) if item.id == PLACEHOLDER:
                self._open[item.type] = self._give(item)
                yield event.model_copy(update={"item": _named(item, self._open[item.type])})
            case ThreadItemDoneEvent(item=item) if item.id == PLACEHOLDER:
                name = self._open.pop(item.type, None) or self._give(item)
                yield event.model_copy(update={"item": _named(item, name)})
            case ThreadItemUpdatedEvent() if event.item_id == PLACEHOLDER:
                for name in self._open.values():
                    yield event.model_copy(update={"item_id": name})
            case ThreadItemRemovedEvent() if event.item_id == PLACEHOLDER:
                for name in self._given:
                    yield event.model_copy(update={"item_id": name})
            case _:
                yield event

    def _give(self, item: ThreadItem) -> str:
        name = self._new_id("tool_call" if item.type == "client_tool_call" else "message")
        self._given.append(name)
        return name


def _named(item: ThreadItem, name: str) -> ThreadItem:
    return item.model_copy(update={"id": name})
