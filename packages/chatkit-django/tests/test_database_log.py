"""What is the database log's own: it knows runs by their rows, and the database may be away."""

import asyncio
import threading
from datetime import timedelta

import pytest
from asgiref.sync import sync_to_async
from django.db import connection, transaction
from django.utils import timezone

from chatkit_django.models import Run, RunEvents, Thread
from chatkit_django.runs import database_log
from chatkit_django.runs.database_log import DatabaseLog
from chatkit_django.runs.event_log import Part
from chatkit_django.testing.contract.event_log_samples import LIMIT, all_frames, frames, part
from tests.event_logs import RunRows


@pytest.fixture
def runs(transactional_db):
    return RunRows()


@pytest.fixture
def log(transactional_db):
    return DatabaseLog()


def ago(seconds):
    return timezone.now() - timedelta(seconds=seconds)


async def test_a_run_that_has_said_nothing_is_known(log, runs):
    await runs.begin("a")
    assert await log.read({"a": 0, "b": 0}) == {"b": None}
    await runs.end("a")
    assert await log.read({"a": 0}) == {}


async def test_what_a_run_said_last_may_come_a_moment_after_its_end_and_not_much_later(log, runs):
    await runs.begin("a", "b")
    await log.append([part("a", 1, 2), part("b", 1, 3, ended=True)])
    await runs.end("a", "b")
    assert await log.read({"a": 2, "b": 3}) == {}
    await runs.end("a", "b", at=ago(database_log.LATE_SECONDS + 1))
    assert await log.read({"a": 2, "b": 3}) == {"a": None}
    assert await all_frames(log, "a", until=2) == frames("a", 1, 2)


async def test_a_deleted_run_takes_its_events_along_and_no_others(log, runs):
    await runs.begin("a", "b")
    await log.append([part("a", 1, 2), part("b", 1, 2)])
    await runs.delete("a")
    assert {row.run_id async for row in RunEvents.objects.all()} == {"b"}
    await log.append([part("a", 3, 4), part("b", 3, 4)])
    assert await log.read({"a": 0}) == {"a": None}
    assert await all_frames(log, "b", until=4) == frames("b", 1, 4)


async def test_an_answer_has_no_more_rows_or_characters_of_a_run_than_it_may(log, runs):
    await runs.begin("many", "large", "b")
    await log.append([part("many", number, number) for number in range(1, 301)])
    said = [b"x" * 50_000 + b"\n\n"] * 20
    await log.append([Part("large", 1, said), part("b", 1, 2)])
    found = await log.read({"many": 50, "large": 0, "b": 0})
    assert len(found["many"].frames) == database_log.MOST_ROWS
    assert database_log._MOST_CHARACTERS < sum(map(len, found["large"].frames)) < 320_000
    assert len(found["b"].frames) == 2


async def test_expire_deletes_what_is_over_in_batches_and_what_belongs_to_nobody(
    log, runs, monkeypatch, settings
):
    settings.CHATKIT_RUN_LOG_SECONDS = 60
    monkeypatch.setattr(database_log, "_IN_ONE_STATEMENT", 2)
    two = database_log._EXPIRE.replace("LIMIT 250", "LIMIT 2")
    assert two != database_log._EXPIRE
    monkeypatch.setattr(database_log, "_EXPIRE", two)
    await runs.begin("old", "young", "running", "deleted")
    for number in range(1, 6):
        await log.append([part(name, number, number) for name in ("old", "young", "deleted")])
    await log.append([part("running", 1, 1)])
    await runs.end("old", at=ago(61))
    await runs.end("young", at=ago(50))
    await sync_to_async(leave_only_events)("deleted")
    await log.expire()
    left = [row.run_id async for row in RunEvents.objects.order_by("run_id", "last")]
    assert left == ["running"] + ["young"] * 5


def leave_only_events(run_id):
    """As if they had been written while the run was deleted."""
    Run.objects.filter(id=run_id)._raw_delete("default")


@pytest.mark.skipif(connection.vendor == "sqlite", reason="it has one writer at a time")
@pytest.mark.parametrize("moment", ["its events are deleted", "all is deleted"])
async def test_a_thread_is_deleted_while_its_run_speaks_and_neither_fails(log, runs, moment):
    await runs.begin("a", "b")
    await log.append([part("a", 1, 1)])
    paused, go_on = threading.Event(), threading.Event()
    deleting = asyncio.create_task(asyncio.to_thread(delete_slowly, "a", moment, paused, go_on))
    try:
        assert await asyncio.to_thread(paused.wait, LIMIT)
        async with asyncio.timeout(LIMIT):
            await log.append([part("a", 2, 3), part("b", 1, 3)])
    finally:
        go_on.set()
        await deleting
    assert await log.read({"a": 0}) == {"a": None}
    assert await all_frames(log, "b", until=3) == frames("b", 1, 3)
    await log.expire()
    assert {row.run_id async for row in RunEvents.objects.all()} == {"b"}


def delete_slowly(run_id, moment, paused, go_on):
    """Delete the thread of the run; stop in the middle until others may go on."""

    runs_deleted = "DELETE FROM " + connection.ops.quote_name(Run._meta.db_table)  # noqa: S608

    def stop():
        paused.set()
        assert go_on.wait(LIMIT)

    def watch(execute, sql, *arguments):
        if moment == "its events are deleted" and sql.startswith(runs_deleted):
            stop()
        return execute(sql, *arguments)

    try:
        with connection.execute_wrapper(watch), transaction.atomic():
            Thread.objects.filter(runs=run_id).delete()
            if moment == "all is deleted":
                stop()
    finally:
        connection.close()
