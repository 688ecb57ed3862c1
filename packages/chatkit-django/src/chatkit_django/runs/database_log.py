"""The event log in the database: several workers need no other server. Whoever appends does so for
all of its runs at once and not too often: each time is a commit."""

import asyncio
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import timedelta
from itertools import groupby
from operator import itemgetter
from time import monotonic
from typing import Any, TypeVar

from django.db import Error, router
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone

from chatkit_django import database, models
from chatkit_django.conf import RUN_LOG_SECONDS
from chatkit_django.own_connections import connection_to
from chatkit_django.rows_by_hand import Row, fetch, stored_time
from chatkit_django.runs.batches import ANSWER_BYTES, Batch, cut, joined
from chatkit_django.runs.event_log import EventLog, LogUnavailable, Part

T = TypeVar("T")

FIRST_PAUSE = 0.05
LONGEST_PAUSE = 0.25
"""Seconds between two looks while nobody says anything."""
LATE_SECONDS = 10
"""What a run has said is in the log at most so long after its end, or never."""
MOST_ROWS = 200
"""Rows of one run in one answer; and no further one from ``_MOST_CHARACTERS`` on."""

_MOST_CHARACTERS = 256 * 1024
_IN_ONE_STATEMENT = 250
_RUNS = models.Run._meta.db_table
_EVENTS = models.RunEvents._meta.db_table
_APPEND = (
    f"INSERT INTO {_EVENTS} (run_id, first, last, ended, frames) "  # noqa: S608
    "SELECT r.id, v.column2, v.column3, v.column4, v.column5 FROM (VALUES {values}) AS v "
    f"JOIN {_RUNS} r ON r.id = v.column1 WHERE r.status = 'running' OR NOT EXISTS ("
    f"SELECT 1 FROM {_EVENTS} z WHERE z.run_id = r.id AND z.ended AND z.last < v.column3) "
    "ON CONFLICT (run_id, last) DO NOTHING RETURNING id"
)
# How far to read is asked once for each run, not for each of its rows. The column after the ids:
# of a run that has ended so long ago that no more will come, and has no further rows, whether the
# last one that was read says that it ended.
_READ = (
    "WITH c AS MATERIALIZED (SELECT v.column1 AS id, v.column2 AS number, ("  # noqa: S608
    "SELECT MAX(s.last) FROM (SELECT n.last, "
    "SUM(LENGTH(n.frames)) OVER (ORDER BY n.last) - LENGTH(n.frames) AS before FROM ("
    f"SELECT last, frames FROM {_EVENTS} WHERE run_id = v.column1 AND last > v.column2 "
    f"ORDER BY last LIMIT {MOST_ROWS}) AS n) AS s WHERE s.before < {_MOST_CHARACTERS}) AS upto "
    "FROM (VALUES {values}) AS v) "
    "SELECT c.id, r.id, CASE WHEN c.upto IS NULL AND r.ended_at < %s THEN "
    f"(SELECT COUNT(*) FROM {_EVENTS} z WHERE z.run_id = c.id AND z.ended AND z.last = c.number) "
    f"END, e.first, e.last, e.ended, e.frames FROM c LEFT JOIN {_RUNS} r ON r.id = c.id "
    f"LEFT JOIN {_EVENTS} e ON e.run_id = r.id AND e.last > c.number AND e.last <= c.upto "
    "ORDER BY c.id, e.last"
)
_FORGET = f"DELETE FROM {_EVENTS} WHERE run_id IN ({{values}}) RETURNING id"  # noqa: S608
_EXPIRE = (
    f"DELETE FROM {_EVENTS} WHERE id IN (SELECT e.id FROM {_EVENTS} e "  # noqa: S608
    f"LEFT JOIN {_RUNS} r ON r.id = e.run_id WHERE r.id IS NULL OR r.ended_at < %s "
    f"LIMIT {_IN_ONE_STATEMENT}) RETURNING id"
)


class DatabaseLog(EventLog):
    """A run is known as soon as its row is there, and no longer. What belongs to none is not
    kept. Who waits for more looks again and again, and holds nothing in between."""

    interval = 0.25

    async def append(self, parts: Sequence[Part]) -> None:
        rows = [
            [part.run_id, batch.first, batch.last, batch.ended, batch.frames.decode()]
            for part in parts
            for batch in cut(part)
        ]
        if rows:
            with _unavailable():
                await database.write(append_events, rows)

    async def read(
        self, cursors: Mapping[str, int], *, wait: float = 0
    ) -> Mapping[str, Part | None]:
        if not cursors:
            return {}
        until, pause = monotonic() + wait, FIRST_PAUSE
        while True:
            with _unavailable():
                found = await database.read(read_events, dict(cursors))
            left = until - monotonic()
            if found or left <= 0:
                return found
            await asyncio.sleep(min(pause, left))
            pause = min(1.5 * pause, LONGEST_PAUSE)

    async def forget(self, run_ids: Collection[str]) -> None:
        if run_ids:
            with _unavailable():
                await database.write(forget_events, list(run_ids))

    async def expire(self) -> None:
        with _unavailable():
            while await database.write(expire_events) == _IN_ONE_STATEMENT:
                pass

    async def close(self) -> None:
        """The connections are those of ``database``."""


def append_events(rows: Sequence[Sequence[Any]]) -> None:
    for some in _chunks(rows):
        values = ", ".join(["(%s, %s, %s, %s, %s)"] * len(some))
        fetch(_connection(), _APPEND.format(values=values), [one for row in some for one in row])


def read_events(cursors: Mapping[str, int]) -> dict[str, Part | None]:
    """See ``EventLog.read``."""
    found: dict[str, Part | None] = {}
    size = 0
    for some in _chunks(list(cursors.items())):
        rows = _rows_after(some)
        for run_id, of_run in groupby(rows, itemgetter(0)):
            _take(found, run_id, cursors[run_id], list(of_run))
        size += sum(len(row[-1]) for row in rows if row[-1] is not None)
        if size > ANSWER_BYTES:
            break
    return found


def forget_events(run_ids: Sequence[str]) -> None:
    for some in _chunks(run_ids):
        fetch(_connection(), _FORGET.format(values=", ".join(["%s"] * len(some))), some)


def expire_events() -> int:
    """How many rows are deleted; there may be more if it is as many as one statement takes."""
    connection = _connection()
    before = timezone.now() - timedelta(seconds=RUN_LOG_SECONDS.get())
    return len(fetch(connection, _EXPIRE, [stored_time(connection, before)]))


def _rows_after(cursors: Sequence[tuple[str, int]]) -> list[Row]:
    connection = _connection()
    late = min(LATE_SECONDS, RUN_LOG_SECONDS.get())
    before = timezone.now() - timedelta(seconds=late)
    values: list[Any] = [value for cursor in cursors for value in cursor]
    values.append(stored_time(connection, before))
    places = ", ".join(["(%s, %s)"] * len(cursors))
    return fetch(connection, _READ.format(values=places), values)


def _take(found: dict[str, Part | None], run_id: str, number: int, rows: list[Row]) -> None:
    _, known, ends_read, _, last, _, _ = rows[0]
    if last is not None:
        batches = [
            Batch(first, last, bool(ended), frames.encode())
            for _, _, _, first, last, ended, frames in rows
        ]
        found[run_id] = joined(run_id, number, batches)
    elif known is None or ends_read == 0:
        found[run_id] = None


def _chunks(values: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(values), _IN_ONE_STATEMENT):
        yield values[start : start + _IN_ONE_STATEMENT]


def _connection() -> BaseDatabaseWrapper:
    return connection_to(router.db_for_write(models.Thread))


@contextmanager
def _unavailable() -> Iterator[None]:
    try:
        yield
    except Error as error:
        raise LogUnavailable from error
