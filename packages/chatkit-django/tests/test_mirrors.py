"""Runs of other processes as they are read here: nothing is lost or doubled, however appends and
reads fall together."""

import asyncio

import pytest
from django.db import OperationalError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chatkit_django.runs import mirrors as mirroring
from chatkit_django.runs import reader as reading
from chatkit_django.runs.event_log import LogUnavailable, Part
from chatkit_django.runs.mirrors import Mirrors
from chatkit_django.runs.process_log import ProcessLog
from chatkit_django.runs.reader import HEARTBEAT, RunReader
from chatkit_django.testing.contract.event_log_samples import frames, part


class Resets:
    async def state(self, log):
        return b"state"

    async def outcome(self):
        return b"outcome"

    async def status(self):
        return "running"


class SlowLog(ProcessLog):
    """Looks, and answers some turns of the event loop later: what it says may be old by then."""

    def __init__(self, turns=()):
        super().__init__()
        self._turns = list(turns)
        self.reads = 0
        self.is_away = False

    async def _take_turns(self):
        for _ in range(self._turns.pop() if self._turns else 0):
            await asyncio.sleep(0)

    async def read(self, cursors, *, wait=0):
        self.reads += 1
        await self._take_turns()
        if self.is_away:
            raise LogUnavailable
        found = await super().read(cursors, wait=wait)
        await self._take_turns()
        if self.is_away:
            raise LogUnavailable
        return found


async def read_all(mirrors, run_id, after):
    mirror = await mirrors.open(run_id)

    async def leave():
        mirrors.close(run_id, mirror)

    reader = RunReader(run_id, mirror, after, Resets(), leave)
    return b"".join([one async for one in reader])


@given(
    sizes=st.lists(st.integers(1, 4), min_size=1, max_size=8),
    pauses=st.lists(st.integers(0, 6), min_size=8, max_size=8),
    turns=st.lists(st.integers(0, 6), max_size=40),
    readers=st.lists(st.tuples(st.integers(0, 30), st.integers(0, 20)), min_size=1, max_size=5),
)
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
def test_what_is_appended_between_the_look_and_the_wait_is_neither_lost_nor_doubled(
    sizes, pauses, turns, readers
):
    """``sizes`` frames are appended after as many ``pauses``; ``readers`` come after some turns,
    from some number on."""
    total = sum(sizes) + 1
    whole = frames("a", 1, total, ended=True)

    async def write(log):
        number = 0
        for size, pause in zip(sizes, pauses, strict=False):
            await log.append([part("a", number + 1, number + size)])
            number += size
            for _ in range(pause):
                await asyncio.sleep(0)
        await log.append([Part("a", total, [whole[-1]], ended=True)])

    async def read(mirrors, wait, after):
        for _ in range(wait):
            await asyncio.sleep(0)
        return await read_all(mirrors, "a", min(after, total - 1))

    async def main():
        log = SlowLog(turns)
        log.begin("a")
        mirrors = Mirrors(log)
        writing = asyncio.create_task(write(log))
        await asyncio.sleep(0)
        reading = [read(mirrors, wait, after) for after, wait in readers]
        async with asyncio.timeout(10):
            found = await asyncio.gather(*reading)
        await writing
        return found

    for (after, _), read_ in zip(readers, asyncio.run(main()), strict=True):
        assert read_ == b"".join(whole[min(after, total - 1) :])


@pytest.fixture
def log():
    log = SlowLog()
    log.begin("a")
    return log


async def begun(log, last=3):
    await log.append([part("a", 1, last)])


async def test_many_readers_cost_the_log_one(log):
    await begun(log)
    mirrors = Mirrors(log)
    reading = [asyncio.ensure_future(read_all(mirrors, "a", 0)) for _ in range(20)]
    await asyncio.sleep(0.05)
    assert log.reads <= 20 + 2  # each looks once, unless it finds that somebody did
    before = log.reads
    await log.append([part("a", 4, 5, ended=True)])
    assert await asyncio.gather(*reading) == [b"".join(frames("a", 1, 5, ended=True))] * 20
    assert log.reads <= before + 2


async def test_who_is_first_looks_and_the_others_share(log):
    await begun(log)
    mirrors = Mirrors(log)
    first = await mirrors.open("a")
    assert await mirrors.open("a") is first
    mirrors.close("a", first)
    assert await mirrors.open("a") is first
    mirrors.close("a", first)
    mirrors.close("a", first)
    assert await mirrors.open("a") is not first


async def test_a_run_nobody_knows_has_no_mirror(log):
    assert await Mirrors(log).open("unknown") is None


async def test_a_log_that_dies_cuts_its_readers_without_an_end_and_they_may_come_back(log):
    await begun(log)
    mirrors = Mirrors(log)
    reading = asyncio.ensure_future(read_all(mirrors, "a", 0))
    await asyncio.sleep(0.01)
    log.is_away = True
    await log.append([part("a", 4, 4)])
    assert await reading == b"".join(frames("a", 1, 3))
    with pytest.raises(LogUnavailable):
        await mirrors.open("a")
    log.is_away = False
    reading = asyncio.ensure_future(read_all(mirrors, "a", 3))
    await log.append([part("a", 5, 6, ended=True)])
    assert await reading == b"".join(frames("a", 4, 6, ended=True))


async def test_an_error_nobody_thought_of_cuts_the_readers_too(log, monkeypatch, caplog):
    await begun(log)
    mirrors = Mirrors(log)
    mirror = await mirrors.open("a")

    async def broken(cursors, *, wait=0):
        raise RuntimeError("secret")

    monkeypatch.setattr(log, "read", broken)
    async with asyncio.timeout(5):
        while not mirror.is_cut:  # noqa: ASYNC110  (of another task)
            await asyncio.sleep(0)
    assert "could not be read" in caplog.text


async def test_a_log_that_has_lost_the_run_cuts_its_readers(log):
    await begun(log)
    mirrors = Mirrors(log)
    reading = asyncio.ensure_future(read_all(mirrors, "a", 0))
    await asyncio.sleep(0.01)
    await log.forget(["a"])
    assert await reading == b"".join(frames("a", 1, 3))
    assert await mirrors.open("a") is None


async def test_a_run_that_has_ended_is_waited_for_until_its_end_is_there(log):
    await begun(log)
    mirrors = Mirrors(log)
    opening = asyncio.ensure_future(mirrors.open_soon("a", has_ended=True))
    await asyncio.sleep(0.05)
    assert not opening.done()
    await log.append([part("a", 4, 5, ended=True)])
    assert (await opening).log.ended


async def test_an_end_that_does_not_come_is_not_waited_for_any_longer(log, monkeypatch):
    monkeypatch.setattr(mirroring, "LATE_SECONDS", 0.1)
    await begun(log)
    mirrors = Mirrors(log)
    assert await mirrors.open_soon("a", has_ended=True) is None
    assert not mirrors._mirrors
    assert (await mirrors.open_soon("a", has_ended=False)).log.last == 3
    assert await mirrors.open_soon("unknown", has_ended=False) is None


class AwayResets(Resets):
    """The database does not answer, and then the run has ended."""

    def __init__(self):
        self.asked = 0

    async def status(self):
        self.asked += 1
        if self.asked == 1:
            raise OperationalError
        return "done"


async def test_a_reader_survives_a_database_that_is_away_when_it_looks(log, monkeypatch):
    now = [0.0]
    monkeypatch.setattr(reading, "monotonic", lambda: now[0])
    await begun(log)
    mirrors, resets = Mirrors(log), AwayResets()
    reader = RunReader("a", await mirrors.open("a"), 3, resets)
    for expected in (HEARTBEAT, b"outcome"):
        now[0] += 15
        assert await anext(reader) == expected
    assert [part async for part in reader] == []


def end(loop):
    """Cancel what is left there."""
    for task in asyncio.all_tasks(loop):
        task.cancel()
    loop.run_until_complete(asyncio.sleep(0))
    loop.close()


def test_on_another_event_loop_it_begins_anew():
    """A test client or a management command may run one loop after another."""
    log = SlowLog()

    async def first():
        await begun(log)
        mirror = await mirrors.open("a")
        assert mirrors._at_work is not None
        return mirror

    async def second():
        reading = asyncio.ensure_future(read_all(mirrors, "a", 0))
        await asyncio.sleep(0.01)
        await log.append([part("a", 4, 5, ended=True)])
        return await reading

    mirrors = Mirrors(log)
    earlier = asyncio.new_event_loop()
    earlier.run_until_complete(first())
    log._logs["a"]._waiting.clear()
    try:
        assert asyncio.run(second()) == b"".join(frames("a", 1, 5, ended=True))
    finally:
        end(earlier)
