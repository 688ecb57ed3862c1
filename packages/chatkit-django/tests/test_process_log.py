"""What is the process log's own: readers beside the run, and bounds on memory."""

import asyncio
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatkit_django.runs import process_log
from chatkit_django.runs.event_log import end_frame
from chatkit_django.runs.process_log import ProcessLog, RunLog
from chatkit_django.testing.contract.event_log_samples import LIMIT, frames


async def follow(log, number=0):
    """All frames after the number, to the end."""
    found = []
    while True:
        more = log.after(number)
        assert more is not None
        found += more
        number += len(more)
        if log.ended and number == log.last:
            return found
        async with asyncio.timeout(LIMIT):
            await log.more(number)


async def test_readers_beside_the_run_get_every_frame_once():
    log = RunLog()
    readers = [asyncio.create_task(follow(log)) for _ in range(3)]
    for number in range(1, 101):
        log.append(frames("a", number, number))
        if number % 7 == 0:
            await asyncio.sleep(0)
        if number in (20, 60):
            readers.append(asyncio.create_task(follow(log)))
    log.end()
    for reader in readers:
        assert await reader == frames("a", 1, 101, True)
    assert (log.first, log.last, log.ended) == (1, 101, True)
    assert await follow(log, 50) == frames("a", 51, 101, True)
    assert log.after(101) == log.after(500) == []


async def test_who_waits_is_woken_once_and_a_cancelled_one_is_left_out():
    log = RunLog()
    first, second = (asyncio.create_task(log.more(0)) for _ in range(2))
    await asyncio.sleep(0)
    first.cancel()
    with pytest.raises(asyncio.CancelledError):
        await first
    assert not second.done()
    assert len(log._waiting) == 1
    log.append(frames("a", 1, 1))
    async with asyncio.timeout(LIMIT):
        await second
        await log.more(0)
    assert not log._waiting
    third = asyncio.create_task(log.more(1))
    await asyncio.sleep(0)
    log.append(frames("a", 2, 2))
    third.cancel()  # in the same moment
    with pytest.raises(asyncio.CancelledError):
        await third
    log.append(frames("a", 3, 3))
    fourth = asyncio.create_task(log.more(3))
    await asyncio.sleep(0)
    fourth.cancel()
    log.append(frames("a", 4, 4))
    with pytest.raises(asyncio.CancelledError):
        await fourth


async def test_who_waits_may_be_woken_with_nothing_new():
    log = RunLog()
    waiting = asyncio.create_task(log.more(0))
    await asyncio.sleep(0)
    log.wake()
    async with asyncio.timeout(LIMIT):
        await waiting
    assert log.after(0) == []


async def test_nobody_waits_behind_the_end():
    log = RunLog()
    log.end()
    async with asyncio.timeout(LIMIT):
        await log.more(1)
    assert log.after(0) == [end_frame(1)]


@given(
    sizes=st.lists(st.integers(1, 60), min_size=1, max_size=60),
    batch=st.integers(1, 9),
)
def test_the_oldest_are_dropped_and_never_the_last(sizes, batch):
    from django.test import override_settings

    said = [bytes([number]) * size for number, size in enumerate(sizes)]
    with override_settings(CHATKIT_RUN_LOG_BYTES=100):
        log = RunLog()
    for start in range(0, len(said), batch):
        known = min(start + batch, len(said))
        log.append(said[start:known])
        assert log.last == known
        kept = log.after(log.first - 1)
        assert kept == said[log.first - 1 : known]
        assert kept
        assert log.size == sum(map(len, kept)) <= 100
        assert log.after(log.last) == []
        assert log.first == 1 or log.after(log.first - 2) is None


def test_a_frame_over_the_budget_is_kept_until_the_next(settings):
    settings.CHATKIT_RUN_LOG_BYTES = 100
    log = RunLog()
    log.append([b"a" * 50, b"b" * 300])
    assert log.after(1) == [b"b" * 300]
    log.append([b"c"])
    assert log.after(1) is None
    assert log.after(2) == [b"c"]


async def test_a_run_is_found_from_its_begin_on_and_known_although_it_says_nothing():
    log = ProcessLog()
    run = log.begin("a")
    assert log.find("a") is run
    assert log.find("b") is None
    assert await log.read({"a": 0}) == {}
    waiting = asyncio.create_task(log.read({"a": 0}, wait=60))
    await asyncio.sleep(0)
    run.append(frames("a", 1, 2))
    async with asyncio.timeout(LIMIT):
        assert (await waiting)["a"].frames == frames("a", 1, 2)
    assert not run._waiting


async def test_who_waits_for_a_run_that_is_forgotten_is_told():
    log = ProcessLog()
    log.begin("a")
    waiting = asyncio.create_task(log.read({"a": 0}, wait=60))
    await asyncio.sleep(0)
    await log.forget(["a"])
    async with asyncio.timeout(LIMIT):
        assert await waiting == {"a": None}


async def test_what_has_ended_goes_by_a_clock_that_does_not_jump(monkeypatch, settings):
    settings.CHATKIT_RUN_LOG_SECONDS = 10
    now = [1000.0]
    monkeypatch.setattr(process_log, "monotonic", lambda: now[0])
    log = ProcessLog()
    for name in "ab":
        log.begin(name).end()
        now[0] += 4
    log.begin("running")
    now[0] += 2
    await log.expire()
    assert [name for name in ("a", "b", "running") if log.find(name)] == ["b", "running"]
    now[0] += 4
    log.begin("c").end()  # also without being asked
    assert log.find("b") is None


async def test_what_has_ended_takes_no_more_than_its_share(monkeypatch):
    monkeypatch.setattr(process_log, "ENDED_BYTES", 1000)
    log = ProcessLog()
    running = log.begin("running")
    running.append([b"x" * 5000])
    for number in range(10):
        run = log.begin(f"run-{number}")
        run.append([b"x" * 300], ended=True)
    assert [number for number in range(10) if log.find(f"run-{number}")] == [7, 8, 9]
    assert log.find("running") is running
    await log.forget(["run-8"])
    log.begin("one more").append([b"x" * 300], ended=True)
    assert log.find("run-7")


async def test_a_run_that_begins_again_leaves_nothing_of_the_first(monkeypatch):
    monkeypatch.setattr(process_log, "ENDED_BYTES", 1000)
    log = ProcessLog()
    for _ in range(9):
        log.begin("a").append([b"x" * 300], ended=True)
    assert log._ended_size == 300
    first, second = log.begin("b"), log.begin("b")
    first.end()
    assert log.find("b") is second
    assert log._ended_size == 300


async def test_to_append_to_a_long_log_moves_little(settings):
    """Dropping one frame for each new one would move all that are left each time."""
    settings.CHATKIT_RUN_LOG_BYTES = 10_000
    log, firsts = RunLog(), [1]
    for _ in range(2000):
        log.append([b"x" * 100])
        firsts.append(log.first)
    assert log.last == 2000
    assert sum(before != after for before, after in pairwise(firsts)) < 200
