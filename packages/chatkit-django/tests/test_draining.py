"""Whoever keeps runs is told to let them end, on the event loop that goes down."""

import asyncio
import gc

import pytest

from chatkit_django.exceptions import Restarting
from chatkit_django.runs import draining
from tests.drained import Runs


class Broken:
    def __init__(self):
        self.asked = False

    async def drain(self, seconds):
        self.asked = True
        raise RuntimeError("no database")


@pytest.fixture
def runs():
    return Runs()


async def test_runs_have_as_long_as_the_setting_says(runs, settings):
    settings.CHATKIT_DRAIN_SECONDS = 7
    draining.begin(asyncio.get_running_loop())
    await runs.are_told(7)


async def test_from_the_call_on_no_run_begins(runs):
    draining.refuse_if_draining()
    draining.begin(asyncio.get_running_loop())
    assert draining.is_draining()
    with pytest.raises(Restarting) as refusal:
        draining.refuse_if_draining()
    assert (refusal.value.status, refusal.value.code) == (503, "restarting")
    assert refusal.value.retry_after > 0


async def test_begun_again_with_less_time_they_end_sooner(runs):
    loop = asyncio.get_running_loop()
    all_over = asyncio.Event()
    draining.begin(loop, 60)
    await runs.are_told(60)
    assert not runs.ended.is_set()
    draining.begin(loop, 0, all_over.set)
    async with asyncio.timeout(5):
        await all_over.wait()
    assert runs.told == [60, 0]


async def test_it_begins_in_another_thread_too(runs):
    await asyncio.to_thread(draining.begin, asyncio.get_running_loop(), 3)
    await runs.are_told(3)
    assert runs.loops == [asyncio.get_running_loop()]


async def test_the_end_leaves_a_drain_its_time(runs):
    """A run that nobody reads holds no connection, so the server believes that all has ended."""
    draining.begin(asyncio.get_running_loop(), 60)
    await runs.are_told(60)
    ending = asyncio.ensure_future(draining.end())
    await asyncio.sleep(0.05)
    assert not ending.done()
    assert runs.told == [60]
    runs.ended.set()
    async with asyncio.timeout(5):
        await ending


async def test_the_end_begins_a_drain_if_no_signal_did(runs, settings):
    settings.CHATKIT_DRAIN_SECONDS = 5
    runs.ended.set()
    async with asyncio.timeout(4):
        await draining.end()
    assert runs.told == [5, 0]
    assert draining.is_draining()


async def test_a_run_that_was_let_in_and_had_not_begun_is_ended_with_the_others(runs):
    """Between the refusal of new ones and its beginning lies a commit, or a wait for a thread."""
    draining.begin(asyncio.get_running_loop(), 0.05)
    await runs.are_told(0.05)
    runs.ended.set()
    await runs.are_told(0.05, 0)


async def test_the_end_looks_once_more_for_one(runs):
    draining.begin(asyncio.get_running_loop(), 60)
    await runs.are_told(60)
    runs.ended.set()
    await draining.end()
    assert runs.told == [60, 0]


async def test_the_end_does_not_wait_for_ever(monkeypatch, caplog):
    class Stuck:
        async def drain(self, seconds):
            await asyncio.Event().wait()

    stuck = Stuck()
    draining.register(stuck)
    monkeypatch.setattr(draining, "LONGEST_END", 0.05)
    draining.begin(asyncio.get_running_loop(), 0.01)
    async with asyncio.timeout(5):
        await draining.end()
    assert "could not be ended" in caplog.text


async def test_one_that_fails_does_not_keep_the_others(runs, caplog):
    broken = Broken()
    draining.register(broken)
    runs.ended.set()
    await draining.end()
    assert broken.asked
    assert runs.told
    assert "could not be ended in order" in caplog.text


def test_each_event_loop_goes_down_alone(runs):
    async def go_down():
        draining.begin(asyncio.get_running_loop(), 0)
        await draining.end()
        return draining.is_draining()

    async def is_down():
        return draining.is_draining()

    assert asyncio.run(go_down())
    assert not asyncio.run(is_down())
    assert not draining.is_draining()


async def test_who_is_gone_is_not_asked():
    one = Runs()
    told_to = one.told
    del one
    gc.collect()
    await draining.end()
    assert told_to == []
