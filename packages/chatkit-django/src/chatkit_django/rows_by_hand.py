"""Rows of hand-written queries, straight from the database's driver.

Django's cursor takes longer than a short query does. Where somebody looks at the queries (an
execute wrapper, the log of ``DEBUG``), they go through it all the same.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar

from django.conf import settings
from django.db import DataError, IntegrityError, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

Row = tuple[Any, ...]
T = TypeVar("T")

_ROW = re.compile(r"\{row ([^}]*)\}")


class Condition(NamedTuple):
    """One more condition for a query: without it there are no rows."""

    sql: str
    values: Sequence[Any]


class Step(NamedTuple):
    """A statement that gives a row if it did what it is for. ``{so_far}`` in it stands for a
    condition: whether the steps before it did, where they are done together. ``{row …}`` stands for
    these values, to be inserted on that condition."""

    sql: str
    values: Sequence[Any]


class NotAtOnce(Exception):  # noqa: N818  (it is done in another way)
    """A step gave no row, so none of the steps may last."""


class NoRows(LookupError):  # noqa: N818  (nothing may be wrong)
    """There are no rows; perhaps because of the condition."""


def stored_time(connection: BaseDatabaseWrapper, moment: datetime) -> Any:
    """What the driver is to be given for a moment in UTC."""
    if connection.vendor == "sqlite" and connection.timezone is UTC is moment.tzinfo:
        return moment.isoformat(" ")[: -len("+00:00")]
    return connection.ops.adapt_datetimefield_value(moment)


def fetch(connection: BaseDatabaseWrapper, sql: str, values: Sequence[Any]) -> list[Row]:
    """All rows, as the driver gives them. Placeholders are ``%s``. Raises Django's errors."""
    return _execute(connection, sql, values, _rows)


def changed(connection: BaseDatabaseWrapper, sql: str, values: Sequence[Any]) -> int:
    """How many rows the statement has changed; like ``fetch``. To have SQLite give the rows back
    takes many times as long as to change them."""
    return _execute(connection, sql, values, _count)


def _execute(
    connection: BaseDatabaseWrapper, sql: str, values: Sequence[Any], found: Callable[[Any], T]
) -> T:
    if is_looked_at(connection):
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            return found(cursor)
    if connection.connection is None or not connection.in_atomic_block:
        connection.close_if_health_check_failed()
        connection.ensure_connection()
    driver: Any = connection.connection
    if connection.vendor == "sqlite":
        sql = _with_question_marks(sql)
    try:
        return found(driver.execute(sql, values))
    except Exception:
        with connection.wrap_database_errors:
            raise


def is_looked_at(connection: BaseDatabaseWrapper) -> bool:
    """Whether somebody wishes to see each statement."""
    return bool(connection.execute_wrappers or connection.force_debug_cursor or settings.DEBUG)


def _rows(cursor: Any) -> list[Row]:
    found: list[Row] = cursor.fetchall()
    return found


def _has_row(cursor: Any) -> bool:
    return bool(cursor.fetchall())


def _has_changed(cursor: Any) -> bool:
    return _count(cursor) > 0


def _count(cursor: Any) -> int:
    count: int = cursor.rowcount
    return count


def as_a_whole(connection: BaseDatabaseWrapper) -> AbstractContextManager[None]:
    """Without a savepoint: it is done as a whole, or what it is a part of is not done either."""
    if connection.in_atomic_block:
        return nullcontext()
    return transaction.atomic(connection.alias, savepoint=False)


def fetch_step(connection: BaseDatabaseWrapper, step: Step) -> list[Row]:
    """The rows of a step that is done by itself."""
    return fetch(connection, _alone(step.sql), step.values)


def do_step(connection: BaseDatabaseWrapper, step: Step) -> bool:
    """Do a step by itself. Whether it did what it is for."""
    if connection.vendor != "sqlite":
        return bool(fetch_step(connection, step))
    sql, did = _on_sqlite(step.sql)
    return _execute(connection, sql, step.values, did)


def do_at_once(connection: BaseDatabaseWrapper, steps: Sequence[Step]) -> None:
    """All of the steps, in their order. Raises ``NotAtOnce`` if one gives no row. On PostgreSQL
    they are one statement that fails as a whole; on SQLite the caller's transaction has to end."""
    try:
        if connection.vendor == "sqlite":
            if not all(_one_by_one(connection, steps)):
                raise NotAtOnce
        else:
            values = [value for step in steps for value in step.values]
            fetch(connection, _together(tuple(step.sql for step in steps)), values)
    except (DataError, IntegrityError) as error:
        raise NotAtOnce from error


def do_all(connection: BaseDatabaseWrapper, steps: Sequence[Step]) -> None:
    """All of the steps, whatever rows they give; on PostgreSQL in one statement."""
    if connection.vendor == "sqlite":
        for _ in _one_by_one(connection, steps):
            pass
    else:
        values = [value for step in steps for value in step.values]
        fetch(connection, _side_by_side(tuple(step.sql for step in steps)), values)


def _one_by_one(connection: BaseDatabaseWrapper, steps: Sequence[Step]) -> Iterator[bool]:
    """Do the steps in SQLite. Of each, whether it did what it is for. In a transaction, which is
    open, the driver is looked up once for all of them."""
    if is_looked_at(connection) or not connection.in_atomic_block:
        yield from (do_step(connection, step) for step in steps)
        return
    execute = connection.connection.execute
    with connection.wrap_database_errors:
        for step in steps:
            sql, did = _on_sqlite(step.sql)
            yield did(execute(_with_question_marks(sql), step.values))


@lru_cache(maxsize=64)
def _alone(sql: str) -> str:
    # Of a row that is selected SQLite keeps more, in case that it has to be taken back.
    return _ROW.sub(r"VALUES (\1)", sql).replace("{so_far}", "TRUE")


@lru_cache(maxsize=64)
def _on_sqlite(sql: str) -> tuple[str, Callable[[Any], bool]]:
    """A step by itself, and what tells of its cursor whether it did what it is for: it is counted
    where something is changed."""
    alone = _alone(sql)
    change = alone.rpartition("RETURNING")[0]
    return (change, _has_changed) if change else (alone, _has_row)


@lru_cache(maxsize=64)
def _together(statements: tuple[str, ...]) -> str:
    """PostgreSQL does them in the order in which they need each other, and each of them. It shows
    the text that is no number in its log."""
    so_far, parts = "TRUE", []
    for number, sql in enumerate(statements):
        selected = _ROW.sub(r"SELECT \1 WHERE {so_far}", sql)
        parts.append(f"step_{number} AS ({selected.replace('{so_far}', so_far)})")
        so_far = f"EXISTS (SELECT 1 FROM step_{number})"  # noqa: S608
    return (
        f"WITH {', '.join(parts)} SELECT CAST(CASE WHEN {so_far} THEN '1' "
        "ELSE 'chatkit takes this back: it is done step by step' END AS integer)"
    )


@lru_cache(maxsize=64)
def _side_by_side(statements: tuple[str, ...]) -> str:
    parts = [f"step_{number} AS ({_alone(sql)})" for number, sql in enumerate(statements)]
    return f"WITH {', '.join(parts)} SELECT 1"


@lru_cache(maxsize=256)
def _with_question_marks(sql: str) -> str:
    return sql.replace("%s", "?")
