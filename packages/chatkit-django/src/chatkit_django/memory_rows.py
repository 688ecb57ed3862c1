"""What a ``MemoryStore`` keeps: the rows of the database's tables, as plain objects."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, TypeVar

from chatkit.types import FeedbackKind

Key = TypeVar("Key", int, tuple[datetime, str])
Row = TypeVar("Row")


class Ordered(Generic[Key, Row]):
    """Rows in the order of their keys. A page is found by halving and costs what it shows,
    however long the whole is."""

    def __init__(self) -> None:
        self._keys: list[Key] = []
        self._rows: list[Row] = []

    def add(self, key: Key, row: Row) -> None:
        place = bisect_left(self._keys, key)
        self._keys.insert(place, key)
        self._rows.insert(place, row)

    def remove(self, key: Key) -> None:
        place = bisect_left(self._keys, key)
        del self._keys[place], self._rows[place]

    def page(self, after: Key | None, limit: int, order: str) -> tuple[list[Row], bool]:
        """At most ``limit`` rows beyond the key, and whether there are more."""
        if order == "asc":
            first = 0 if after is None else bisect_right(self._keys, after)
            return self._rows[first : first + limit], first + limit < len(self._rows)
        end = len(self._rows) if after is None else bisect_left(self._keys, after)
        return self._rows[max(0, end - limit) : end][::-1], end > limit

    def beyond(self, key: Key) -> list[Row]:
        return self._rows[bisect_right(self._keys, key) :]

    def __iter__(self) -> Iterator[Row]:
        return iter(self._rows)

    def __reversed__(self) -> Iterator[Row]:
        return reversed(self._rows)


@dataclass
class ItemRow:
    """One item as JSON. It is hidden until it is written."""

    id: str
    position: int
    type: str = ""
    hidden: bool = True
    payload: str = ""
    feedback: FeedbackKind | None = None


@dataclass(frozen=True)
class AttachmentRow:
    """One attachment as JSON. The message that has it keeps it; ``""`` is none."""

    id: str
    owner: Any
    thread_id: str | None
    message_id: str
    payload: str


@dataclass
class ThreadRow:
    """One thread and its items, in the order of their first appearance."""

    id: str
    owner: Any
    created_at: datetime
    title: str = ""
    titled_by_user: bool = False
    status: str = "active"
    status_reason: str = ""
    allowed_image_domains: str = ""
    metadata: str = "{}"
    items: dict[str, ItemRow] = field(default_factory=dict)
    in_order: Ordered[int, ItemRow] = field(default_factory=Ordered)
    shown: Ordered[int, ItemRow] = field(default_factory=Ordered)
    attachments: set[str] = field(default_factory=set)
    next_position: int = 0

    @property
    def key(self) -> tuple[datetime, str]:
        return self.created_at, self.id

    def write(self, columns: Mapping[str, str]) -> None:
        """Write the columns, the title only if the user has not given another."""
        for name, value in columns.items():
            if name != "title" or not self.titled_by_user:
                setattr(self, name, value)

    def put(self, item_id: str, columns: Mapping[str, Any]) -> None:
        """Write the item in its place, which is the end if it has none."""
        row = self.items.get(item_id)
        if row is None:
            row = self.items[item_id] = ItemRow(item_id, self.next_position)
            self.in_order.add(row.position, row)
            self.next_position += 1
        if row.hidden and not columns["hidden"]:
            self.shown.add(row.position, row)
        elif columns["hidden"] and not row.hidden:
            self.shown.remove(row.position)
        row.type, row.hidden, row.payload = columns["type"], columns["hidden"], columns["payload"]

    def remove(self, row: ItemRow) -> None:
        del self.items[row.id]
        self.in_order.remove(row.position)
        if not row.hidden:
            self.shown.remove(row.position)
