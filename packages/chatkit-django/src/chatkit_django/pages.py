"""Pages of threads and items as JSON for the wire: the hottest queries, written by hand.

They go through Django's own cursor, to the tables of Django's migrations. What is stored is the
wire's JSON already, so a page is put together from the rows and parsed by nobody. The result is
byte for byte what the SDK makes of the same objects.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from chatkit.store import NotFoundError
from django.db import connections, router
from django.db.backends.base.base import BaseDatabaseWrapper
from pydantic_core import to_json

from chatkit_django import models, rows

OwnerId = Any  # the primary key of the user model, whatever its type

THREADS = models.Thread._meta.db_table
ITEMS = models.ThreadItem._meta.db_table
_OWNER = models.Thread._meta.get_field("owner")
_COLUMNS = "id, title, status, status_reason, allowed_image_domains, metadata, created_at"

# A row of values is a place in an index, on SQLite and on PostgreSQL: the database seeks it.
_BEYOND = {"asc": ">", "desc": "<"}


class ThreadRow(NamedTuple):
    """What the database keeps of a thread; ``stored_at`` as the driver gives it."""

    id: str
    title: str
    status: str
    status_reason: str
    allowed_image_domains: str
    metadata: str
    stored_at: Any

    @property
    def created_at(self) -> datetime:
        if isinstance(self.stored_at, str):  # SQLite has no times
            return datetime.fromisoformat(self.stored_at).replace(tzinfo=UTC)
        moment: datetime = self.stored_at
        return moment.astimezone(UTC)


class ItemRow(NamedTuple):
    item_id: str
    type: str
    payload: str


def thread_row(owner: OwnerId, thread_id: str) -> ThreadRow:
    """Raises ``NotFoundError`` for what is not the owner's."""
    found = _fetch(
        f"SELECT {_COLUMNS} FROM {THREADS} WHERE id = %s AND owner_id = %s",  # noqa: S608
        [thread_id, key_of(owner)],
    )
    if not found:
        raise NotFoundError(f"Thread {thread_id} not found")
    return ThreadRow(*found[0])


def thread_rows(
    owner: OwnerId, limit: int, after: str | None, order: str
) -> tuple[list[ThreadRow], bool]:
    """At most ``limit`` threads, and whether there are more."""
    where, values = "owner_id = %s AND archived_at IS NULL", [key_of(owner)]
    if after is not None:
        last = thread_row(owner, after)
        where += f" AND (created_at, id) {_BEYOND[order]} (%s, %s)"
        values += [last.stored_at, last.id]
    found = _fetch(
        f"SELECT {_COLUMNS} FROM {THREADS} WHERE {where} "  # noqa: S608
        f"ORDER BY created_at {order}, id {order} LIMIT %s",
        [*values, limit + 1],
    )
    return [ThreadRow(*row) for row in found[:limit]], len(found) > limit


def item_rows(
    owner: OwnerId, thread_id: str, after: str | None, limit: int, order: str, *, hidden: bool
) -> tuple[list[ItemRow], bool]:
    """At most ``limit`` items by position, and whether there are more. Without hidden items only
    those that are shown count."""
    position = _position(owner, thread_id, after)
    where = "thread_id = %s"
    values: list[Any] = [thread_id]
    if after is not None:
        where += f" AND position {_BEYOND[order]} %s"
        values.append(position)
    if not hidden:
        where += " AND NOT hidden"
    found = _fetch(
        f"SELECT item_id, type, payload FROM {ITEMS} WHERE {where} "  # noqa: S608
        f"ORDER BY position {order} LIMIT %s",
        [*values, limit + 1],
    )
    return [ItemRow(*row) for row in found[:limit]], len(found) > limit


def threads_json(owner: OwnerId, limit: int, after: str | None, order: str) -> bytes:
    """The answer to ``threads.list``."""
    shown, more = thread_rows(owner, limit, after, order)
    threads = [_thread_json(row, _page_json([], None)) for row in shown]
    return _page_json(threads, shown[-1].id if more else None)


def items_json(owner: OwnerId, thread_id: str, after: str | None, limit: int, order: str) -> bytes:
    """The answer to ``items.list``: what the user may see."""
    shown, more = item_rows(owner, thread_id, after, limit, order, hidden=False)
    return _items_json(shown, shown[-1].item_id if more else None)


def thread_json(owner: OwnerId, thread_id: str, limit: int) -> bytes:
    """The answer to ``threads.get_by_id``: the newest items in the order they were said. What is
    missing comes before the first, where ``after`` points."""
    row = thread_row(owner, thread_id)
    newest, more = item_rows(owner, thread_id, None, limit, "desc", hidden=False)
    return _thread_json(row, _items_json(newest[::-1], newest[-1].item_id if more else None))


def database() -> BaseDatabaseWrapper:
    """This thread's connection to the database that holds the conversations."""
    return connections[router.db_for_write(models.Thread)]


def _position(owner: OwnerId, thread_id: str, item_id: str | None) -> int | None:
    """Where the item stands; the owner is checked with or without one."""
    found = _fetch(
        f"SELECT (SELECT position FROM {ITEMS} i WHERE i.thread_id = t.id AND i.item_id = %s) "  # noqa: S608
        f"FROM {THREADS} t WHERE t.id = %s AND t.owner_id = %s",
        [item_id, thread_id, key_of(owner)],
    )
    if not found:
        raise NotFoundError(f"Thread {thread_id} not found")
    position: int | None = found[0][0]
    if position is None and item_id is not None:
        raise NotFoundError(f"Item {item_id} not found")
    return position


def _fetch(sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    with database().cursor() as cursor:
        cursor.execute(sql, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


def key_of(owner: OwnerId) -> Any:
    return _OWNER.get_db_prep_value(owner, database())


def _items_json(shown: Sequence[ItemRow], after: str | None) -> bytes:
    return _page_json([rows.wire_item(row.type, row.payload) for row in shown], after)


def _page_json(data: Sequence[bytes], after: str | None) -> bytes:
    if after is None:
        return b'{"data":[' + b",".join(data) + b'],"has_more":false}'
    end = b'],"has_more":true,"after":' + to_json(after) + b"}"
    return b'{"data":[' + b",".join(data) + end


def _thread_json(row: ThreadRow, items: bytes) -> bytes:
    moment = row.created_at.isoformat().replace("+00:00", "Z").encode()
    parts = [b'"title":' + to_json(row.title)] if row.title else []
    parts += [b'"id":' + to_json(row.id), b'"created_at":"' + moment + b'"']
    status = b'{"type":' + to_json(row.status)
    if row.status_reason:
        status += b',"reason":' + to_json(row.status_reason)
    parts.append(b'"status":' + status + b"}")
    if row.allowed_image_domains:
        parts.append(b'"allowed_image_domains":' + rows.compact(row.allowed_image_domains))
    parts += [b'"metadata":{}', b'"items":' + items]
    return b"{" + b",".join(parts) + b"}"
