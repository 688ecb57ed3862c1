"""An item between its first event and the one that says it is done."""

from collections.abc import Callable

from chatkit.types import (
    AssistantMessageContentPartTextDelta,
    AssistantMessageItem,
    ThreadItem,
    ThreadItemUpdate,
)

from chatkit_django.frames import Say, telling
from chatkit_django.item_updates import apply_update


class UnfinishedItem:
    """What its updates have made of an item so far. Its texts stay in pieces until somebody asks
    for the ``whole``. ``tells`` says further deltas of a text, by the part of the content they
    belong to, as long as there are only deltas."""

    def __init__(self, item: ThreadItem) -> None:
        self._item = _copy_of(item)
        self.tells: dict[int, Callable[[str], None]] = {}
        self._pieces: dict[int, list[str]] = {}  # by the part of the content they belong to

    def apply(self, update: ThreadItemUpdate) -> None:
        if not isinstance(update, AssistantMessageContentPartTextDelta):
            apply_update(self.whole(), update)
            return
        pieces, delta = self._pieces.get(update.content_index), update.delta
        if pieces is not None and type(delta) is str:
            pieces.append(delta)
            return
        apply_update(self._item, update)  # no other text has to do with it
        if isinstance(self._item, AssistantMessageItem):
            self._pieces[update.content_index] = []

    def tell_further(self, place: int, before_delta: str, say: Say) -> None:
        """Let ``tells`` take the deltas behind the one that was applied last."""
        if (pieces := self._pieces.get(place)) is not None:
            self.tells[place] = telling(before_delta, pieces, say)

    def whole(self) -> ThreadItem:
        """The item itself: later updates go on changing it."""
        if isinstance(self._item, AssistantMessageItem):
            for place, pieces in self._pieces.items():
                self._item.content[place].text += "".join(pieces)
        self._pieces.clear()
        self.tells.clear()
        return self._item


def _copy_of(item: ThreadItem) -> ThreadItem:
    """A copy that shares nothing that can be changed. Most items are messages without a word."""
    if isinstance(item, AssistantMessageItem) and not item.content:
        return item.model_copy(update={"content": []})
    return item.model_copy(deep=True)
