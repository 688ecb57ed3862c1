"""A run as a task, and what its readers see of it."""

import asyncio

import pytest
from asgiref.sync import sync_to_async
from django.db import connections

from chatkit_django.runs import reader as reading
from chatkit_django.runs.live import RESTARTING
from chatkit_django.runs.process_log import RunLog
from chatkit_django.runs.reader import HEARTBEAT, RunReader
from chatkit_django.runs.records import RunStatus

from .staged import Resets, Stage, numbers, say, telling, texts, write


async def test_what_is_there_together_is_one_part_and_nothing_is_held_back():
    go_on = asyncio.Event()

    async def events():
        yield say("a")
        yield say("b")
        await go_on.wait()
        yield say("c")

    reader = Stage().start(events(), opening="12").reader()
    assert texts(await anext(reader)) == [b"1", b"2"]
    assert texts(await anext(reader)) == [b"a", b"b"]
    go_on.set()
    rest = b"".join([part async for part in reader])
    assert rest == b"id: 5\ndata: c\n\nid: 6\n: end\n\n"


async def test_readers_see_the_same_wherever_they_begin_and_whenever():
    go_on = asyncio.Event()

    async def events():
        for number in range(40):
            if number == 20:
                await go_on.wait()
            yield say(str(number))

    stage = Stage().start(events())
    early = [asyncio.create_task(stage.all(after)) for after in range(45)]
    await asyncio.sleep(0.01)
    go_on.set()
    whole = await stage.all()
    assert numbers(whole) == list(range(1, 42))
    assert texts(whole) == [str(number).encode() for number in range(40)]
    frames = [frame + b"\n\n" for frame in whole.split(b"\n\n")[:-1]]
    for after, task in enumerate(early):
        expected = b"".join(frames[after:]) if after <= 41 else b"outcome"
        assert await task == expected or after == 41
        if after < 41:
            assert await stage.all(after) == expected


@pytest.mark.django_db(transaction=True)
async def test_what_respond_opened_in_the_runs_own_thread_is_closed_with_it():
    opened = []

    def ask():
        own = connections["default"]
        own.ensure_connection()
        opened.append((own, own.connection))

    async def events():
        await sync_to_async(ask)()
        yield say("a")

    await Stage().start(events()).all()
    ((own, was),) = opened
    assert was is not None
    assert own.connection is None


async def test_the_log_ends_after_the_end_is_written_down():
    async def events():
        yield say("a")

    stage = Stage().start(events())
    await stage.all()
    assert stage.ends == [RunStatus.DONE]


async def test_a_run_that_is_stopped_cancels_what_it_waits_for():
    slow = asyncio.create_task(asyncio.Event().wait())
    seen = []

    async def events():
        yield say("a")
        try:
            await slow
        except asyncio.CancelledError:
            await asyncio.sleep(0)
            seen.append(slow.cancelled())
            yield say("kept")
            raise

    stage = Stage().start(events())
    reader = stage.reader()
    await anext(reader)
    await stage.run.stop()
    assert (seen, stage.ends) == ([True], [RunStatus.STOPPED])
    assert texts(await stage.all()) == [b"a", b"kept"]


async def test_a_run_that_is_stopped_before_it_begins_never_begins():
    begun = []

    async def events():
        begun.append(True)
        yield say("a")

    stage = Stage().start(events(), opening="1")
    await stage.run.stop()
    assert (begun, stage.ends) == ([], [RunStatus.STOPPED])
    assert texts(await stage.all()) == [b"1"]


async def test_stopping_twice_is_stopping_once():
    async def events():
        yield say("a")
        await asyncio.Event().wait()

    stage = Stage().start(events())
    await anext(stage.reader())
    await asyncio.gather(stage.run.stop(), stage.run.stop())
    await stage.run.stop()
    assert stage.ends == [RunStatus.STOPPED]


async def test_who_swallows_a_cancel_is_cancelled_again(monkeypatch):
    monkeypatch.setattr("chatkit_django.runs.live._AGAIN_SECONDS", 0.05)
    swallowed = []

    async def events():
        yield say("a")
        for _ in range(2):
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                swallowed.append(True)
        yield say("b")
        await asyncio.Event().wait()

    stage = Stage().start(events())
    await anext(stage.reader())
    await stage.run.stop()
    assert len(swallowed) == 2
    assert stage.ends == [RunStatus.STOPPED]


async def test_a_reason_to_stop_is_told_to_the_readers():
    async def events():
        yield say("a")
        await asyncio.Event().wait()

    stage = Stage().start(events())
    await anext(stage.reader())
    await stage.run.stop(why=RESTARTING)
    assert texts(await stage.all()) == [b"a", RESTARTING.encode()]
    assert stage.ends == [RunStatus.FAILED]


async def test_events_that_break_off_are_a_failure_and_readers_come_to_their_end(caplog):
    async def events():
        yield say("a")
        raise RuntimeError("secret")

    stage = Stage().start(events())
    assert texts(await stage.all()) == [b"a"]
    assert stage.ends == [RunStatus.FAILED]
    assert "secret" in caplog.text


async def test_an_end_that_cannot_be_written_down_ends_the_readers_all_the_same(caplog):
    async def end(status):
        raise RuntimeError("no database")

    async def events():
        yield say("a")

    stage = Stage()
    stage.run.start([], telling(events()), write, end)
    assert texts(await stage.all()) == [b"a"]


async def test_a_lost_run_tells_its_readers_what_became_of_it():
    async def events():
        yield say("a")
        await asyncio.Event().wait()

    stage = Stage().start(events())
    await anext(stage.reader())
    await stage.run.lose()
    assert await stage.all() == b"id: 1\ndata: a\n\noutcome"
    assert stage.ends == [RunStatus.LOST]


async def test_a_reader_of_what_was_dropped_is_told_the_state_and_goes_on(settings):
    settings.CHATKIT_RUN_LOG_BYTES = 400

    async def events():
        for number in range(60):
            yield say(str(number))

    stage = Stage().start(events())
    await stage.run.ended()
    first = stage.log.first
    assert first > 1
    stream = await stage.all(after=0)
    assert stream.startswith(b"data: state from %d\n" % first)
    assert numbers(stream) == list(range(first, 62))
    assert not (await stage.all(after=first - 1)).startswith(b"data: state")


async def test_silence_is_broken_by_comments(settings, monkeypatch):
    now = [0.0]
    monkeypatch.setattr(reading, "monotonic", lambda: now[0])
    settings.CHATKIT_HEARTBEAT_SECONDS = 1
    go_on = asyncio.Event()

    async def events():
        yield say("a")
        await go_on.wait()
        yield say("b")

    reader = Stage().start(events()).reader()
    assert texts(await anext(reader)) == [b"a"]
    waiting = asyncio.ensure_future(anext(reader))
    await asyncio.sleep(0)
    now[0] = 0.9
    reading.pulse._beat()
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert not waiting.done()
    now[0] = 1.1
    reading.pulse._beat()
    assert await waiting == HEARTBEAT
    go_on.set()
    assert texts(await anext(reader)) == [b"b"]


async def test_the_pulse_beats_by_itself(settings):
    settings.CHATKIT_HEARTBEAT_SECONDS = 1

    async def events():
        yield say("a")
        await asyncio.Event().wait()

    stage = Stage().start(events())
    reader = stage.reader()
    await anext(reader)
    async with asyncio.timeout(5):
        assert await anext(reader) == HEARTBEAT
    await stage.run.stop()


async def test_a_reader_that_is_forgotten_has_left():
    left = asyncio.Event()

    async def leave():
        left.set()

    reader = RunReader("run_1", RunLog(), 0, Resets(), leave)
    del reader
    async with asyncio.timeout(5):
        await left.wait()


async def test_a_reader_that_is_cancelled_has_left():
    left = []

    async def leave():
        left.append(True)

    log = RunLog()
    log.append([b"id: 1\ndata: a\n\n"])
    reader = RunReader("run_1", log, 0, Resets(), leave)

    async def read():
        async for _ in reader:
            pass

    task = asyncio.create_task(read())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await reader.aclose()
    assert left == [True]
