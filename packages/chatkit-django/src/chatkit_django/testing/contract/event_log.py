"""What an event log must do, as tests. Needs hypothesis too."""

# ruff: noqa: S101

import asyncio
from collections.abc import Mapping, Sequence
from time import monotonic
from typing import Any

import pytest
from django.test import override_settings

from chatkit_django.runs.event_log import EventLog, Part, end_frame
from chatkit_django.testing.contract.event_log_crowd import LogCrowdContract
from chatkit_django.testing.contract.event_log_samples import (
    LIMIT,
    Runs,
    all_frames,
    frames,
    part,
    until_gone,
)


class EventLogContract(LogCrowdContract):
    """Subclass it and give it the fixture ``log``: an empty log. If it is not all of what is
    shared, ``elsewhere`` is the same log as another worker sees it, and ``runs`` makes known the
    runs whose frames are to be kept.
    """

    pytestmark = pytest.mark.asyncio

    @pytest.fixture
    def log(self) -> EventLog:
        raise NotImplementedError

    @pytest.fixture
    def elsewhere(self, log: EventLog) -> EventLog:
        return log

    @pytest.fixture
    def runs(self) -> Runs:
        return Runs()

    async def test_what_was_appended_is_read_in_order_after_any_number(
        self, log: EventLog, elsewhere: EventLog, runs: Runs
    ) -> None:
        await runs.begin("a")
        for first, last in [(1, 3), (4, 4), (5, 9)]:
            await log.append([part("a", first, last)])
        await log.append([part("a", 10, 12, ended=True)])
        for number in range(12):
            assert await all_frames(elsewhere, "a", number) == frames("a", 1, 12, True)[number:]
        assert await elsewhere.read({"a": 12}) == {}

    async def test_a_call_is_about_many_runs(self, log: EventLog, runs: Runs) -> None:
        await runs.begin("a", "b", "c", "d")
        await log.append([part("a", 1, 3), part("b", 1, 2), part("c", 1, 1), part("d", 1, 2)])
        await log.append([part("d", 3, 3, ended=True), part("b", 3, 5)])
        found = await log.read({"a": 3, "b": 2, "c": 0, "d": 2, "unknown": 0})
        assert shown(found) == {
            "b": (3, frames("b", 3, 5), False),
            "c": (1, frames("c", 1, 1), False),
            "d": (3, [end_frame(3)], True),
            "unknown": None,
        }

    async def test_only_what_reaches_the_end_says_so(self, log: EventLog, runs: Runs) -> None:
        await runs.begin("a")
        await log.append([part("a", 1, 2)])
        found = await log.read({"a": 0})
        assert shown(found) == {"a": (1, frames("a", 1, 2), False)}
        await log.append([part("a", 3, 4, ended=True)])
        found = await log.read({"a": 0})
        assert shown(found) == {"a": (1, frames("a", 1, 4, True), True)}

    async def test_an_unknown_run_is_told_at_once(self, log: EventLog, runs: Runs) -> None:
        await runs.begin("a")
        await log.append([part("a", 1, 1)])
        async with asyncio.timeout(LIMIT):
            assert await log.read({"a": 1, "unknown": 0}, wait=60) == {"unknown": None}

    async def test_who_waits_gets_what_comes(
        self, log: EventLog, elsewhere: EventLog, runs: Runs
    ) -> None:
        await runs.begin("a", "b", "c")
        await log.append([part("a", 1, 1), part("b", 1, 1), part("c", 1, 1)])
        waiting = asyncio.create_task(elsewhere.read({"a": 1, "b": 1, "c": 1}, wait=60))
        await asyncio.sleep(0.1)
        assert not waiting.done()
        await log.append([part("b", 2, 3)])
        async with asyncio.timeout(LIMIT):
            assert shown(await waiting) == {"b": (2, frames("b", 2, 3), False)}

    async def test_who_waits_in_vain_is_told_when_the_time_is_over(
        self, log: EventLog, runs: Runs
    ) -> None:
        await runs.begin("a")
        await log.append([part("a", 1, 1)])
        began = monotonic()
        async with asyncio.timeout(LIMIT):
            assert await log.read({"a": 1}, wait=0.3) == {}
        assert monotonic() - began >= 0.29

    async def test_two_wait_for_one_run_and_one_leaves(self, log: EventLog, runs: Runs) -> None:
        await runs.begin("a")
        await log.append([part("a", 1, 1)])
        first, second, third = (asyncio.create_task(log.read({"a": 1}, wait=60)) for _ in range(3))
        await asyncio.sleep(0.1)
        second.cancel()
        with pytest.raises(asyncio.CancelledError):
            await second
        await log.append([part("a", 2, 2)])
        async with asyncio.timeout(LIMIT):
            for waiting in (first, third):
                assert shown(await waiting) == {"a": (2, frames("a", 2, 2), False)}

    async def test_to_append_again_changes_nothing_however_it_is_cut(
        self, log: EventLog, runs: Runs
    ) -> None:
        await runs.begin("a")
        cuts = [(1, 5), (1, 5), (1, 2), (3, 8), (2, 6), (5, 8), (8, 9), (1, 9), (1, 11), (9, 12)]
        for first, last in cuts:
            await log.append([part("a", first, last)])
        await log.append([part("a", 11, 13, ended=True)])
        await log.append([part("a", 4, 13, ended=True), part("a", 1, 3)])
        for number in range(13):
            assert await all_frames(log, "a", number) == frames("a", 1, 13, True)[number:]

    async def test_nothing_comes_after_the_end(
        self, log: EventLog, elsewhere: EventLog, runs: Runs
    ) -> None:
        await runs.begin("a", "b")
        await log.append([part("b", 1, 1), part("a", 1, 5, ended=True)])
        await runs.end("a")
        await log.append([part("a", 4, 8), part("a", 6, 7), part("a", 6, 9, ended=True)])
        for number in range(5):
            assert await all_frames(elsewhere, "a", number) == frames("a", 1, 5, True)[number:]
        assert await elsewhere.read({"a": 5}) == {}
        waiting = asyncio.create_task(elsewhere.read({"a": 5, "b": 1}, wait=60))
        await asyncio.sleep(0.1)
        assert not waiting.done()
        await log.append([part("b", 2, 2)])
        async with asyncio.timeout(LIMIT):
            assert shown(await waiting) == {"b": (2, frames("b", 2, 2), False)}

    async def test_a_call_may_have_several_parts_of_a_run(self, log: EventLog, runs: Runs) -> None:
        await runs.begin("a")
        await log.append([part("a", 1, 2), part("a", 3, 4), part("a", 2, 5), part("a", 3, 4)])
        assert await all_frames(log, "a", until=5) == frames("a", 1, 5)

    async def test_what_comes_after_a_gap_is_not_taken_for_the_rest(
        self, log: EventLog, runs: Runs
    ) -> None:
        await runs.begin("a", "b")
        await log.append([part("a", 4, 6)])
        found = await log.read({"a": 0})
        assert found == {"a": None}
        assert (await log.read({"a": 2}))["a"] is None
        assert await all_frames(log, "a", 3, until=6) == frames("a", 4, 6)

        await log.append([part("b", 1, 3)])
        await log.append([part("b", 6, 7)])
        assert (await log.read({"b": 3}))["b"] is None
        assert await all_frames(log, "b", 5, until=7) == frames("b", 6, 7)
        before = (await log.read({"b": 0}))["b"]
        assert before is None or before.frames == frames("b", 1, 3)

    async def test_what_is_forgotten_is_unknown(
        self, log: EventLog, elsewhere: EventLog, runs: Runs
    ) -> None:
        await runs.begin("a", "b", "c")
        await log.append([part(name, 1, 2) for name in "abc"])
        await runs.delete("a", "c")
        await log.forget({"a", "c", "unknown"})
        found = await elsewhere.read({"a": 0, "b": 0, "c": 2})
        assert shown(found) == {"a": None, "b": (1, frames("b", 1, 2), False), "c": None}

    @override_settings(CHATKIT_RUN_LOG_SECONDS=2)
    async def test_what_has_ended_is_kept_for_its_time_and_what_goes_on_longer(
        self, log: EventLog, runs: Runs
    ) -> None:
        await runs.begin("ended", "running")
        await log.append([part("running", 1, 2), part("ended", 1, 2, ended=True)])
        await runs.end("ended")
        await log.expire()
        assert len(await log.read({"ended": 0, "running": 0})) == 2
        assert await all_frames(log, "ended") == frames("ended", 1, 2, True)
        await until_gone(log, "ended")
        assert await all_frames(log, "running", until=2) == frames("running", 1, 2)

    async def test_a_large_frame_is_kept_whole(self, log: EventLog, runs: Runs) -> None:
        await runs.begin("a")
        text = "ü€😀 \\u0000 \\n" * 110_000
        large = f'id: 2\ndata: {{"text":"{text}"}}\n\n'.encode()
        assert len(large) > 2_000_000
        said = [*frames("a", 1, 1), large, *frames("a", 3, 4)]
        await log.append([Part("a", 1, said)])
        assert await all_frames(log, "a", until=4) == said

    async def test_nothing_is_asked_and_nothing_is_answered(
        self, log: EventLog, runs: Runs
    ) -> None:
        async with asyncio.timeout(LIMIT):
            await log.append([])
            await log.forget([])
            await log.expire()
            assert await log.read({}, wait=60) == {}

    async def test_after_it_was_closed_it_goes_on(self, log: EventLog, runs: Runs) -> None:
        await runs.begin("a")
        await log.append([part("a", 1, 2)])
        await log.close()
        await log.append([part("a", 3, 3)])
        await log.close()
        assert await all_frames(log, "a", until=3) == frames("a", 1, 3)
        await log.close()


def shown(
    found: Mapping[str, Part | None],
) -> dict[str, tuple[int, Sequence[bytes], bool] | None]:
    def show(run_id: str, part: Part | None) -> Any:
        if part is None:
            return None
        assert part.run_id == run_id
        return part.first, list(part.frames), part.ended

    return {run_id: show(run_id, part) for run_id, part in found.items()}
