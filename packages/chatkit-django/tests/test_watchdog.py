"""The watchdog: which runs it holds for lost, whatever the clock says, and what is kept."""

import asyncio
import json
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from chatkit.types import (
    AssistantMessageContentPartTextDelta,
    ThreadItemAddedEvent,
    ThreadItemDoneEvent,
    ThreadItemUpdatedEvent,
)

from chatkit_django.models import Run, ThreadItem
from chatkit_django.runs import watchdog as watching
from chatkit_django.runs.database_log import DatabaseLog
from chatkit_django.runs.event_log import Part, end_frame, is_lost_end
from chatkit_django.runs.queries import keep
from chatkit_django.runs.watchdog import Watchdog, lose
from chatkit_django.store import DatabaseStore
from chatkit_django.testing.contract.samples import asked, new_run, said, thread

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
LEASE = 30


@pytest.fixture(autouse=True)
def in_the_database(settings):
    settings.CHATKIT_LEASE_SECONDS = LEASE
    settings.CHATKIT_EVENT_LOG = "database"


@pytest.fixture
def clock():
    """The wall clock, which stands still and jumps."""
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def passed(monkeypatch):
    """Call it with the seconds that pass for all who do not look at the wall clock."""
    now = [1000.0]
    monkeypatch.setattr(watching, "monotonic", lambda: now[0])

    def passes(seconds):
        now[0] += seconds

    return passes


@pytest.fixture
async def begun(as_ada):
    """A run whose worker may be dead."""
    await DatabaseStore().create_thread(thread(), asked("a"), as_ada, new_run("r"))


async def status():
    return (await Run.objects.aget()).status


async def renew():
    await asyncio.to_thread(keep, ["r"])


async def test_a_run_whose_lease_is_over_is_lost_once_it_was_watched(clock, passed, begun):
    watchdog = Watchdog()
    await watchdog.look()
    clock.shift(LEASE * 2 / 3 + 1)
    passed(LEASE / 3 - 1)
    await watchdog.look()
    assert await status() == "running"
    passed(1)
    await watchdog.look()
    assert await status() == "lost"


async def test_a_run_that_is_renewed_is_not_lost(clock, passed, begun):
    watchdog = Watchdog()
    for _ in range(10):
        await watchdog.look()
        assert await status() == "running"
        clock.shift(LEASE / 6)
        passed(LEASE / 6)
        await renew()


@pytest.mark.parametrize("jump", [timedelta(days=365), timedelta(days=-365)])
async def test_a_clock_that_jumps_loses_no_run_that_is_renewed(clock, passed, begun, jump):
    watchdog = Watchdog()
    await watchdog.look()
    clock.shift(jump)
    await watchdog.look()
    assert await status() == "running"
    for _ in range(10):
        passed(LEASE / 6)
        clock.shift(LEASE / 6)
        await renew()
        await watchdog.look()
        assert await status() == "running"


async def test_a_run_nobody_renews_is_lost_also_after_the_clock_jumped_back(clock, passed, begun):
    watchdog = Watchdog()
    clock.shift(timedelta(days=-365))
    await watchdog.look()
    passed(LEASE - 1)
    await watchdog.look()
    assert await status() == "running"
    passed(1)
    await watchdog.look()
    assert await status() == "lost"


def frames_of(events, first=1):
    return [
        b"id: %d\ndata: %s\n\n" % (number, event.model_dump_json(by_alias=True).encode())
        for number, event in enumerate(events, first)
    ]


def delta(item_id, text):
    update = AssistantMessageContentPartTextDelta(content_index=0, delta=text)
    return ThreadItemUpdatedEvent(item_id=item_id, update=update)


async def say(*events, first=1):
    frames = frames_of(events, first)
    await DatabaseLog().append([Part("r", first, frames)])
    return len(frames)


async def lost():
    run = await Run.objects.aget()
    await lose(run.id, run.lease_until)


async def texts():
    rows = ThreadItem.objects.exclude(type="user_message").order_by("position")
    return [
        (row.type, json.loads(row.payload).get("content")[0]["text"])
        if row.type == "assistant_message"
        else (row.type, row.hidden)
        async for row in rows
    ]


async def test_what_was_said_and_not_finished_is_kept_with_a_mark_for_the_model(begun):
    await say(ThreadItemAddedEvent(item=said("m", "")), delta("m", "Half "), delta("m", "a word"))
    await lost()
    assert await texts() == [("assistant_message", "Half a word"), ("sdk_hidden_context", True)]
    run = await Run.objects.aget()
    assert (run.status, run.from_position, run.to_position) == ("lost", 1, 4)


async def test_what_was_finished_is_not_overwritten_by_what_the_log_has(begun, as_ada):
    await say(ThreadItemAddedEvent(item=said("m", "")), delta("m", "Half"))
    await DatabaseStore().add_thread_item("t", said("m", "Half a word"), as_ada)
    await lost()
    assert (await texts())[0] == ("assistant_message", "Half a word")


async def test_nothing_is_kept_of_what_shows_nothing_or_is_done(begun, as_ada):
    done = said("m", "Done.")
    await DatabaseStore().add_thread_item("t", done, as_ada)
    await say(
        ThreadItemAddedEvent(item=said("m", "")),
        ThreadItemDoneEvent(item=done),
        ThreadItemAddedEvent(item=said("n", "")),
    )
    await lost()
    assert await texts() == [("assistant_message", "Done.")]


async def test_of_many_watchdogs_one_ends_the_run(begun):
    await say(ThreadItemAddedEvent(item=said("m", "")), delta("m", "Half"))
    run = await Run.objects.aget()
    await asyncio.gather(*(lose(run.id, run.lease_until) for _ in range(5)))
    assert await texts() == [("assistant_message", "Half"), ("sdk_hidden_context", True)]
    part = (await DatabaseLog().read({"r": 2}))["r"]
    assert (part.first, len(part.frames), part.ended) == (3, 1, True)
    assert is_lost_end(part.frames[0])


async def test_a_lease_that_was_renewed_meanwhile_counts(begun, clock):
    run = await Run.objects.aget()
    clock.shift(5)
    await renew()
    await lose(run.id, run.lease_until)
    assert await status() == "running"
    assert await texts() == []


async def test_a_log_that_does_not_answer_keeps_no_thread_busy(begun, settings, caplog):
    settings.CHATKIT_EVENT_LOG = "redis://127.0.0.1:1/0"
    await lost()
    assert await status() == "lost"
    assert "does not answer" in caplog.text


class Zombie(DatabaseLog):
    """A dead worker that stood still only says more before the end is said, or after it."""

    def __init__(self, log, words):
        self._log, self._words = log, words

    async def append(self, parts):
        if self._words and parts[-1].ended:
            words, self._words = self._words, None
            await self._log.append([words])
        await self._log.append(parts)

    async def read(self, cursors, *, wait=0):
        return await self._log.read(cursors, wait=wait)


async def all_that_is_read(log, run_id="r"):
    """What somebody reads from the beginning on, as far as there is something."""
    frames = []
    while part := (await log.read({run_id: len(frames)})).get(run_id):
        assert part.first == len(frames) + 1
        frames += part.frames
        if part.ended:
            return frames
    return None


async def test_who_stood_still_and_speaks_before_the_end_leaves_no_reader_behind(
    workers, as_ada, monkeypatch
):
    await DatabaseStore().create_thread(thread(), asked("a"), as_ada, new_run("r"))
    log = workers.log
    await log.append([Part("r", 1, frames_of([ThreadItemAddedEvent(item=said("m", ""))]))])
    words = Part("r", 2, frames_of([delta("m", "late")] * 3, 2))
    monkeypatch.setattr(watching, "shared_log", lambda: Zombie(log, words))
    await lost()
    frames = await all_that_is_read(log)
    assert frames is not None
    assert is_lost_end(frames[-1])
    # What it says after that counts for nobody, the end least of all.
    await log.append([Part("r", 5, [b"id: 5\ndata: {}\n\n", end_frame(6)], ended=True)])
    assert await all_that_is_read(log) == frames


async def test_who_has_read_behind_the_end_is_told_so(workers, as_ada, settings, monkeypatch):
    monkeypatch.setattr("chatkit_django.runs.database_log.LATE_SECONDS", 0)
    await DatabaseStore().create_thread(thread(), asked("a"), as_ada, new_run("r"))
    log = workers.log
    await log.append([Part("r", 1, [b"id: %d\ndata: {}\n\n" % number for number in range(1, 6)])])
    await log.append([Part("r", 3, [end_frame(3, lost=True)], ended=True)])
    await Run.objects.aupdate(status="lost", ended_at=datetime.now(UTC) - timedelta(seconds=1))
    assert (await log.read({"r": 0}))["r"].last == 3
    assert await log.read({"r": 5}) == {"r": None}
