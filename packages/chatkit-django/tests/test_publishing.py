"""What the runs of a process say is copied to the log that others read, also if it was away."""

import asyncio

import pytest

from chatkit_django.runs import publishing
from chatkit_django.runs.event_log import LogUnavailable
from chatkit_django.runs.process_log import ProcessLog
from chatkit_django.runs.publishing import Publisher
from chatkit_django.testing.contract.event_log_samples import frames


class Shared(ProcessLog):
    """A log that may be away, and counts how often it is asked."""

    interval = 0.001

    def __init__(self):
        super().__init__()
        self.is_away = False
        self.appended = []

    async def append(self, parts):
        self.appended.append([(part.run_id, part.first, part.last) for part in parts])
        await asyncio.sleep(0)
        if self.is_away:
            raise LogUnavailable
        await super().append(parts)


@pytest.fixture(autouse=True)
def soon(monkeypatch):
    monkeypatch.setattr(publishing, "_RETRY_SECONDS", 0.002)


@pytest.fixture
def shared():
    return Shared()


@pytest.fixture
def own():
    return ProcessLog()


def said(log):
    return [] if log is None else log.after(log.first - 1)


async def until(true):
    async with asyncio.timeout(5):
        while not true():  # noqa: ASYNC110  (of two tasks)
            await asyncio.sleep(0.001)


async def copied(shared, run_id, last):
    await until(lambda: (log := shared.find(run_id)) is not None and log.last >= last)
    return said(shared.find(run_id))


async def test_what_runs_say_is_copied_together_and_once(shared, own):
    publisher = Publisher(shared)
    logs = [own.begin(name) for name in "ab"]
    for name, log in zip("ab", logs, strict=True):
        log.append(frames(name, 1, 3))
        publisher.publish(name, log)
    await copied(shared, "b", 3)
    assert shared.appended == [[("a", 1, 3), ("b", 1, 3)]]
    logs[0].append([*frames("a", 4, 5, ended=True)], ended=True)
    assert await copied(shared, "a", 5) == frames("a", 1, 5, ended=True)
    assert shared.appended[1:] == [[("a", 4, 5)]]
    assert list(publisher._logs) == ["b"]


@pytest.mark.parametrize("empty", [False, True])
@pytest.mark.parametrize("when", ["at the start", "midway"])
async def test_while_the_log_is_away_runs_go_on_and_it_gets_all_of_them_later(
    shared, own, caplog, empty, when
):
    publisher, log = Publisher(shared), own.begin("a")
    log.append(frames("a", 1, 2))
    shared.is_away = when == "at the start"
    publisher.publish("a", log)
    if not shared.is_away:
        await copied(shared, "a", 2)
    shared.is_away = True
    log.append(frames("a", 3, 4))
    asked = len(shared.appended)
    await until(lambda: len(shared.appended) > asked + 3)
    assert caplog.text.count("does not answer") == 1
    if empty:
        await shared.forget(["a"])
    log.append(frames("a", 5, 6, ended=True), ended=True)
    shared.is_away = False
    assert await copied(shared, "a", 6) == frames("a", 1, 6, ended=True)
    assert "answers again" in caplog.text
    await until(lambda: publisher._at_work is None)


async def test_of_a_log_that_never_comes_back_nothing_is_waited_for(shared, own, settings):
    settings.CHATKIT_RUN_LOG_SECONDS = 1
    publisher, log = Publisher(shared), own.begin("a")
    shared.is_away = True
    log.append(frames("a", 1, 2, ended=True), ended=True)
    publisher.publish("a", log)
    await until(lambda: publisher._is_away)
    async with asyncio.timeout(1):
        await publisher.drained()
    await until(lambda: not publisher._logs)
    await until(lambda: publisher._at_work is None)


async def test_drained_is_when_all_was_copied_also_of_runs_that_go_on(shared, own):
    """One that does not stop says no more: nobody waits for that, let alone without a pause."""
    shared.interval = 60
    publisher = Publisher(shared)
    for name, ended in (("a", True), ("b", False)):
        log = own.begin(name)
        log.append(frames(name, 1, 3, ended), ended=ended)
        publisher.publish(name, log)
    async with asyncio.timeout(2):
        await publisher.drained()
    assert said(shared.find("a")) == frames("a", 1, 3, ended=True)
    assert said(shared.find("b")) == frames("b", 1, 3)


async def test_what_was_withdrawn_is_not_copied_any_more(shared, own):
    publisher, log = Publisher(shared), own.begin("a")
    log.append(frames("a", 1, 2))
    publisher.publish("a", log)
    await copied(shared, "a", 2)
    publisher.withdraw("a")
    log.append(frames("a", 3, 4, ended=True), ended=True)
    await until(lambda: publisher._at_work is None)
    assert said(shared.find("a")) == frames("a", 1, 2)
    publisher.withdraw("a")


async def test_what_the_process_has_dropped_leaves_a_gap_and_no_standstill(shared, own, settings):
    settings.CHATKIT_RUN_LOG_BYTES = 300
    publisher, log = Publisher(shared), own.begin("a")
    for number in range(1, 41):
        log.append(frames("a", number, number))
    publisher.publish("a", log)
    log.append(frames("a", 41, 41, ended=True), ended=True)
    await copied(shared, "a", 41)
    assert shared.find("a").first == log.first > 1
    assert await shared.read({"a": 0}) == {"a": None}


async def test_an_error_nobody_thought_of_ends_nothing(shared, own, monkeypatch, caplog):
    publisher, log = Publisher(shared), own.begin("a")
    append, failures = shared.append, []

    async def broken(parts):
        if len(failures) < 3:
            failures.append(True)
            raise RuntimeError("secret")
        await append(parts)

    monkeypatch.setattr(shared, "append", broken)
    log.append(frames("a", 1, 2, ended=True), ended=True)
    publisher.publish("a", log)
    assert await copied(shared, "a", 2) == frames("a", 1, 2, ended=True)
    assert "could not be copied" in caplog.text


def end(loop):
    """Cancel what is left there."""
    for task in asyncio.all_tasks(loop):
        task.cancel()
    loop.run_until_complete(asyncio.sleep(0))
    loop.close()


def test_on_another_event_loop_it_begins_anew(shared, own):
    publisher = Publisher(shared)

    async def first():
        log = own.begin("a")
        log.append(frames("a", 1, 2))
        publisher.publish("a", log)

    async def second():
        log = own.begin("b")
        log.append(frames("b", 1, 2, ended=True), ended=True)
        publisher.publish("b", log)
        assert await copied(shared, "b", 2) == frames("b", 1, 2, ended=True)
        assert list(publisher._logs) in ([], ["b"])

    earlier = asyncio.new_event_loop()
    earlier.run_until_complete(first())
    try:
        asyncio.run(second())
    finally:
        end(earlier)
