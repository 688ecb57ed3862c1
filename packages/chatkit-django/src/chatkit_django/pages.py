"""Pages of threads and items as JSON for the wire: the hottest queries, written by hand.

They go through Django's own cursor, to the tables of Django's migrations, and a page is one query
together with the check whose it is. What is stored is the wire's JSON already, so a page is put
together from the rows and parsed by nobody. The result is byte for byte what the SDK makes of the
same objects.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from json.encoder import encode_basestring
from typing import Any, NamedTuple

from chatkit.store import NotFoundError
from django.db import router
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import AutoField, BigAutoField, SmallAutoField

from chatkit_django import models, rows
from chatkit_django.own_connections import connection_to
from chatkit_django.rows_by_hand import Condition, NoRows, Row, fetch
from chatkit_django.wire_answer import WireAnswer

_quoted = encode_basestring  # as the SDK's serialiser does: nothing escaped that need not be

OwnerId = Any  # the primary key of the user model, whatever its type

THREADS = models.Thread._meta.db_table
ITEMS = models.ThreadItem._meta.db_table
RUNS = models.Run._meta.db_table
_OWNER = models.Thread._meta.get_field("owner")
_COLUMNS = "id, title, status, status_reason, allowed_image_domains, metadata, created_at"
_SHOWN = "t.id, t.title, t.status, t.status_reason, t.allowed_image_domains, "

_RUN = f"LEFT JOIN {RUNS} r ON r.thread_id = t.id AND r.status = 'running'"

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
        return _utc(self.stored_at)


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
    found, more = _thread_rows(_COLUMNS, owner, limit, after, order)
    return [ThreadRow(*row) for row in found], more


def item_rows(
    owner: OwnerId, thread_id: str, after: str | None, limit: int, order: str, *, hidden: bool
) -> tuple[list[ItemRow], bool]:
    """At most ``limit`` items by position, and whether there are more. Without hidden items only
    those that are shown count."""
    found = _thread_with_items("t.id", owner, thread_id, after, limit, order, hidden=hidden)
    return _shown_items(found, limit)


# Each of the three takes a condition to be looked at in the same query, and raises ``NoRows`` if
# it may be that which left nothing.


def threads_json(
    owner: OwnerId, limit: int, after: str | None, order: str, only_if: Condition | None = None
) -> WireAnswer:
    """The answer to ``threads.list``."""
    shown, more = _thread_rows(_shown(), owner, limit, after, order, only_if)
    threads = [_thread_json(row, '{"data":[],"has_more":false}') for row in shown]
    return WireAnswer(_page_json(threads, shown[-1][0] if more else None).encode())


def items_json(
    owner: OwnerId,
    thread_id: str,
    after: str | None,
    limit: int,
    order: str,
    only_if: Condition | None = None,
) -> WireAnswer:
    """The answer to ``items.list``: what the user may see."""
    found = _thread_with_items(
        "t.id", owner, thread_id, after, limit, order, hidden=False, only_if=only_if
    )
    shown, more = _shown_items(found, limit)
    return WireAnswer(_items_json(shown, shown[-1].item_id if more else None).encode())


def thread_json(
    owner: OwnerId, thread_id: str, limit: int, only_if: Condition | None = None
) -> WireAnswer:
    """The answer to ``threads.get_by_id``: the newest items in the order they were said. What is
    missing comes before the first, where ``after`` points."""
    found = _thread_with_items(
        f"r.id, {_shown()}",
        owner,
        thread_id,
        None,
        limit,
        "desc",
        hidden=False,
        only_if=only_if,
        run=_RUN,
    )
    newest, more = _shown_items(found, limit)
    items = _items_json(newest[::-1], newest[-1].item_id if more else None)
    return WireAnswer(_thread_json(found[0][4:], items).encode(), found[0][3] or "")


def database() -> BaseDatabaseWrapper:
    """This thread's connection to the database that holds the conversations."""
    return connection_to(router.db_for_write(models.Thread))


def _shown() -> str:
    """The columns of a thread that are shown. As text SQLite's driver leaves the time alone, which
    is in each row and wanted of one."""
    is_sqlite = database().vendor == "sqlite"
    return _SHOWN + ("CAST(t.created_at AS TEXT)" if is_sqlite else "t.created_at")


def _thread_rows(
    columns: str,
    owner: OwnerId,
    limit: int,
    after: str | None,
    order: str,
    only_if: Condition | None = None,
) -> tuple[list[Row], bool]:
    where, values = "owner_id = %s AND archived_at IS NULL", [key_of(owner)]
    if after is not None:
        last = thread_row(owner, after)
        where += f" AND (created_at, id) {_BEYOND[order]} (%s, %s)"
        values += [last.stored_at, last.id]
    if only_if is not None:
        where += f" AND {only_if.sql}"
        values += only_if.values
    found = _fetch(
        f"SELECT {columns} FROM {THREADS} t WHERE {where} "  # noqa: S608
        f"ORDER BY created_at {order}, id {order} LIMIT %s",
        [*values, limit + 1],
    )
    if not found and only_if is not None:
        raise NoRows
    return found[:limit], len(found) > limit


def _thread_with_items(
    columns: str,
    owner: OwnerId,
    thread_id: str,
    after: str | None,
    limit: int,
    order: str,
    *,
    hidden: bool,
    only_if: Condition | None = None,
    run: str = "",
) -> list[Row]:
    """Rows of item id, type, payload and the columns of the thread, and with ``_RUN`` of the run in
    it, one more than ``limit``; a single one without an item if there is none. Raises
    ``NotFoundError`` if the thread, or the item the page begins after, is not the owner's."""
    where, values = "thread_id = %s", [thread_id]
    if after is not None:
        where += (
            f" AND position {_BEYOND[order]} "  # noqa: S608
            f"(SELECT position FROM {ITEMS} WHERE thread_id = %s AND item_id = %s)"
        )
        values += [thread_id, after]
    if not hidden:
        where += " AND NOT hidden"
    condition, condition_values = (f" AND {only_if.sql}", only_if.values) if only_if else ("", [])
    # The page is cut before the join, where the index gives its order.
    found = _fetch(
        f"SELECT i.item_id, i.type, i.payload, {columns} FROM {THREADS} t "  # noqa: S608
        f"{run} LEFT JOIN "
        f"(SELECT thread_id, item_id, type, payload, position FROM {ITEMS} WHERE {where} "
        f"ORDER BY position {order} LIMIT %s) i ON i.thread_id = t.id "
        f"WHERE t.id = %s AND t.owner_id = %s{condition} ORDER BY i.position {order}",
        [*values, limit + 1, thread_id, key_of(owner), *condition_values],
    )
    if not found and only_if is not None:
        raise NoRows
    if not found:
        raise NotFoundError(f"Thread {thread_id} not found")
    if after is not None and found[0][0] is None:
        _check_item(thread_id, after)
    return found


def _shown_items(found: list[Row], limit: int) -> tuple[list[ItemRow], bool]:
    if found[0][0] is None:
        return [], False
    return [ItemRow(*row[:3]) for row in found[:limit]], len(found) > limit


def _check_item(thread_id: str, item_id: str) -> None:
    if not _fetch(
        f"SELECT 1 FROM {ITEMS} WHERE thread_id = %s AND item_id = %s",  # noqa: S608
        [thread_id, item_id],
    ):
        raise NotFoundError(f"Item {item_id} not found")


def _fetch(sql: str, values: Sequence[Any]) -> list[Row]:
    return fetch(database(), sql, values)


def key_of(owner: OwnerId, connection: BaseDatabaseWrapper | None = None) -> Any:
    if type(owner) is int and _owners_are_numbers():
        return owner
    return _OWNER.get_db_prep_value(owner, connection or database())


@cache
def _owners_are_numbers() -> bool:
    """Whether the database is given the number that the model has."""
    return type(_OWNER.target_field) in (AutoField, BigAutoField, SmallAutoField)


def _items_json(shown: Sequence[ItemRow], after: str | None) -> str:
    return _page_json([rows.wire_item(row.type, row.payload) for row in shown], after)


def _page_json(data: Sequence[str], after: str | None) -> str:
    end = '"has_more":false' if after is None else f'"has_more":true,"after":{_quoted(after)}'
    return f'{{"data":[{",".join(data)}],{end}}}'


def _thread_json(row: Sequence[Any], items: str) -> str:
    id_, title, status, reason, domains, stored_at = row
    title_part = f'"title":{_quoted(title)},' if title else ""
    reason_part = f',"reason":{_quoted(reason)}' if reason else ""
    domains_part = f'"allowed_image_domains":{rows.compact(domains)},' if domains else ""
    return (
        f'{{{title_part}"id":{_quoted(id_)},"created_at":"{_utc(stored_at).isoformat()[:-6]}Z",'
        f'"status":{{"type":"{status}"{reason_part}}},{domains_part}"metadata":{{}},'
        f'"items":{items}}}'
    )


def _utc(stored: Any) -> datetime:
    """The driver's time in UTC: SQLite has no time zones, PostgreSQL a session's own."""
    moment: datetime = datetime.fromisoformat(stored) if isinstance(stored, str) else stored
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
