"""Writes that share a commit on SQLite: as independent of each other as if each had its own.

On PostgreSQL each has its own; what a caller is told must be true on both.
"""

import asyncio
import threading
from itertools import cycle

import pytest
from django.db import IntegrityError, connection, connections, transaction
from django.utils import timezone

from chatkit_django import database
from chatkit_django.models import Feedback, Thread

SHARES = connection.vendor == "sqlite"


def new_thread(owner, name):
    now = timezone.now()
    Thread.objects.create(id=name, owner=owner, created_at=now, updated_at=now)


class Batch:
    """Writes that reach the writer while it is busy, so that they wait together. They take these
    ways in turn."""

    def __init__(self, *ways):
        self.ways = ways or (database.write,)
        self.go_on = threading.Event()
        self.began = threading.Event()
        self.shared = []
        self.writes = []

    async def write_all(self, *operations):
        """What each of them returned or raised."""
        busy = asyncio.create_task(database.write(self._wait))
        await asyncio.to_thread(self.began.wait)
        self.writes = [
            asyncio.create_task(way(self._noted, one))
            for way, one in zip(cycle(self.ways), operations, strict=False)
        ]
        await asyncio.sleep(0)  # each has begun, and stands in line
        self.go_on.set()
        await busy
        results = await asyncio.gather(*self.writes, return_exceptions=True)
        if database.write in self.ways:
            assert self.shared == [SHARES] * len(operations)
        return results

    def _wait(self):
        self.began.set()
        self.go_on.wait()

    def _noted(self, operation):
        # A transaction of one's own has no savepoint.
        self.shared.append(bool(connections["default"].savepoint_ids))
        return operation()


@pytest.fixture
def go_on():
    """What a write waits for; at the end of the test it waits no longer."""
    event = threading.Event()
    yield event
    event.set()


def counted_commits(monkeypatch):
    """One entry for each transaction of the writer on SQLite."""
    commits, begin = [], database.in_transaction

    def noted(alias):
        commits.append(alias)
        return begin(alias)

    monkeypatch.setattr(database, "in_transaction", noted)
    return commits


async def stored():
    return {name async for name in Thread.objects.values_list("id", flat=True)}


async def test_a_write_that_fails_leaves_those_that_share_its_commit_alone(ada):
    def store(name):
        def operation():
            new_thread(ada, name)
            return name

        return operation

    def fail():
        new_thread(ada, "half done")
        raise ValueError("my own fault")

    await database.write(store("known"))
    results = await Batch().write_all(
        store("first"), fail, store("second"), store("known"), store("third")
    )
    assert [results[place] for place in (0, 2, 4)] == ["first", "second", "third"]
    assert isinstance(results[1], ValueError)
    assert str(results[1]) == "my own fault"
    assert isinstance(results[3], IntegrityError)
    assert await stored() == {"known", "first", "second", "third"}


async def test_what_may_be_repeated_shares_a_commit_without_savepoints(ada):
    batch = Batch(database.write_at_once)
    results = await batch.write_all(
        *(lambda name=name: new_thread(ada, name) or name for name in ("first", "second"))
    )
    assert results == ["first", "second"]
    assert batch.shared == [False, False]
    assert await stored() == {"first", "second"}


async def test_one_of_those_that_fails_leaves_the_others_alone(ada):
    def first():
        new_thread(ada, "first")
        transaction.on_commit(lambda: told.append("first"))
        return "first"

    told = []
    await database.write(new_thread, ada, "known")
    batch = Batch(database.write_at_once)
    results = await batch.write_all(
        first, lambda: new_thread(ada, "known"), lambda: new_thread(ada, "second")
    )
    assert results[0] == "first"
    assert isinstance(results[1], IntegrityError)
    assert results[2] is None
    assert await stored() == {"known", "first", "second"}
    assert told == ["first"]
    if SHARES:
        assert batch.shared == [False, False, True, True, True]


async def test_what_may_not_be_repeated_is_done_once_beside_what_may(ada):
    def fail():
        raise ValueError("my own fault")

    done = []
    await Batch(database.write_at_once, database.write).write_all(
        lambda: done.append("may be repeated"), lambda: done.append("once"), fail
    )
    assert done == ["may be repeated", "once"]


async def test_what_can_wait_goes_along_with_the_next_write(ada, monkeypatch):
    monkeypatch.setattr(database, "ALONG_SECONDS", 3600)
    commits = counted_commits(monkeypatch)
    waits = asyncio.create_task(database.write_along(new_thread, ada, "can wait"))
    await turns()
    if SHARES:
        assert await stored() == set()
    await database.write_at_once(new_thread, ada, "at once")
    async with asyncio.timeout(10):
        await waits
    assert await stored() == {"can wait", "at once"}
    if SHARES:
        assert len(commits) == 1


async def test_what_can_wait_is_written_alone_if_there_is_no_other(ada):
    async with asyncio.timeout(10):
        await database.write_along(new_thread, ada, "can wait")
        await database.write_along(new_thread, ada, "can wait, too")
    assert await stored() == {"can wait", "can wait, too"}


async def test_a_commit_that_fails_is_told_to_everybody_whose_write_was_in_it(ada):
    def store(name):
        return lambda: new_thread(ada, name)

    def breaks_the_commit():
        """The missing item is noticed at the end of the transaction, by both databases."""
        new_thread(ada, "broken")
        Feedback.objects.create(item_id=4711, kind="positive", given_at=timezone.now())

    names = ["first", "broken", "second"]
    results = await Batch().write_all(store("first"), breaks_the_commit, store("second"))
    told = {name for name, result in zip(names, results, strict=True) if result is None}
    assert told == await stored()
    assert "broken" not in told
    if SHARES:
        assert [type(result) for result in results] == [IntegrityError] * 3
    assert await database.write(lambda: 7) == 7


async def test_more_writes_than_one_commit_takes_are_all_done_in_order(ada):
    done = []
    count = database.MOST_AT_ONCE * 2
    results = await Batch().write_all(
        *(lambda number=number: done.append(number) or number for number in range(count))
    )
    assert results == list(range(count))
    assert sorted(done) == results
    if SHARES:
        assert done == results


async def test_nobody_is_told_before_the_commit(ada, go_on):
    batch, last_began = Batch(), threading.Event()

    def last():
        last_began.set()
        go_on.wait()

    done = []
    both = asyncio.create_task(batch.write_all(lambda: done.append("first"), last))
    await asyncio.to_thread(last_began.wait)
    await turns()
    if SHARES:
        assert done == ["first"], "in the transaction that the last one keeps open"
        assert [write.done() for write in batch.writes] == [False, False]
    go_on.set()
    assert await both == [None, None]


async def test_a_caller_that_is_cancelled_waits_for_the_end_of_its_write(ada, go_on):
    def slow():
        go_on.wait()
        new_thread(ada, "cancelled")

    write = asyncio.create_task(database.write(slow))
    other = asyncio.create_task(database.write(new_thread, ada, "other"))
    await turns()
    write.cancel()
    await turns()
    assert not write.done()
    go_on.set()
    with pytest.raises(asyncio.CancelledError):
        await write
    assert "cancelled" in await stored()
    await other
    assert await stored() == {"cancelled", "other"}


async def turns():
    """Let everybody on the loop go on who can."""
    for _ in range(10):
        await asyncio.sleep(0)


@pytest.mark.parametrize("way", [database.run, database.read, database.write])
async def test_a_thread_that_cannot_tidy_up_goes_on(ada, monkeypatch, caplog, way):
    """Or else the threads would go one by one, and with the last of them every operation."""

    def fail(self):
        raise RuntimeError("cannot tidy up")

    with monkeypatch.context() as broken:
        broken.setattr(database.Threads, "_tidy", fail)
        for _ in range(8):  # more than there are threads
            assert await asyncio.wait_for(way(lambda: 1), 5) == 1
    assert await asyncio.wait_for(way(lambda: 2), 5) == 2
    assert caplog.text.count("cannot tidy up") >= 8
