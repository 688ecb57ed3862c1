"""Many runs and many readers of an event log, and any order of what they do."""

# ruff: noqa: S101

import asyncio
from itertools import count
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chatkit_django.runs.event_log import EventLog, Part
from chatkit_django.testing.contract.event_log_samples import (
    LIMIT,
    Runs,
    all_frames,
    frames,
    part,
    until_said,
)

_numbers = count(1)


class LogCrowdContract:
    """Needs the fixtures of ``EventLogContract``. Set ``examples`` to try more or fewer orders."""

    async def test_a_thousand_runs_in_a_call(self, log: EventLog, runs: Runs) -> None:
        names = [f"run-{number}" for number in range(1000)]
        await runs.begin(*names)
        await log.append([part(name, 1, 3) for name in names])
        async with asyncio.timeout(LIMIT):
            cursors = {**dict.fromkeys(names, 1), "unknown": 0}
            found = dict(await log.read(cursors))
            while rest := {name: 1 for name in cursors if name not in found}:
                found |= await log.read(rest)
        assert found.pop("unknown") is None
        for name, one in found.items():
            assert one is not None
            assert one.frames == frames(name, 2, 3)
        assert await log.read(dict.fromkeys(names, 3)) == {}

    async def test_a_long_run_is_read_in_turns(self, log: EventLog, runs: Runs) -> None:
        await runs.begin("a", "b")
        padding = "x" * 700
        said = [f'id: {number}\ndata: "{padding}"\n\n'.encode() for number in range(1, 3001)]
        for first in range(0, 3000, 5):
            await log.append([Part("a", first + 1, said[first : first + 5])])
        await log.append([Part("b", 1, said)])
        for name in "ab":
            assert await all_frames(log, name, until=3000) == said
            assert await all_frames(log, name, 1234, until=3000) == said[1234:]

    async def test_of_many_runs_that_speak_while_many_read_nothing_is_lost_or_doubled(
        self, log: EventLog, elsewhere: EventLog, runs: Runs
    ) -> None:
        names = [f"run-{number}" for number in range(10)]
        await runs.begin(*names)

        async def speak(name: str) -> None:
            random, said = Random(name), 0  # noqa: S311
            while said < 40:
                first = max(1, said + 1 - random.randrange(4))
                said = min(40, said + random.randrange(1, 5))
                await log.append([part(name, first, said, ended=said == 40)])
                await asyncio.sleep(random.choice([0, 0.001, 0.01]))

        async def follow(place: EventLog, name: str, after: int) -> None:
            await until_said(place, name, after)
            assert await all_frames(place, name, after) == frames(name, 1, 40, True)[after:]

        async with asyncio.timeout(2 * LIMIT):
            await asyncio.gather(
                *map(speak, names),
                *(
                    follow(place, name, after)
                    for name in names
                    for place in (log, elsewhere)
                    for after in (0, 7)
                ),
            )

    @settings(
        max_examples=40,
        deadline=None,
        derandomize=True,
        suppress_health_check=[
            HealthCheck.function_scoped_fixture,
            HealthCheck.differing_executors,
        ],
    )
    @given(data=st.data())
    async def test_any_order_of_appending_and_reading(
        self, log: EventLog, elsewhere: EventLog, runs: Runs, data: st.DataObject
    ) -> None:
        name = f"run-{next(_numbers)}"
        await runs.begin(name)
        length = data.draw(st.integers(1, 12), "frames")
        said, known = frames(name, 1, length, True), 0
        for _ in range(data.draw(st.integers(1, 10), "calls")):
            if known == 0 or data.draw(st.booleans(), "append"):
                first = data.draw(st.integers(1, min(known + 1, length)), "first")
                last = data.draw(st.integers(first, length), "last")
                repeated = Part(name, first, said[first - 1 : last], last == length)
                await log.append([repeated])
                known = max(known, last)
            number = data.draw(st.integers(0, known), "read after")
            found = (await elsewhere.read({name: number})).get(name)
            if number == known:
                assert found is None
                assert await elsewhere.read({name: number}) == {}
                continue
            assert found is not None
            assert found.first == number + 1
            assert list(found.frames) == said[number : found.last]
            assert found.ended == (found.last == length)
        if known:
            assert await all_frames(elsewhere, name, until=known) == said[:known]
