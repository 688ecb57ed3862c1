"""How soon an answer begins while 1,000 others are read."""

import asyncio
import statistics

from asked import message
from held import hold, percentile
from targets import Target

OPEN = 1_000
PACES_MS = (200, 50)
ASKERS, SECONDS, PAUSE = 4, 4, 0.05
RAMP_SECONDS = 10  # to begin all of them at once is another measure
LIMIT = 5  # seconds; who waits longer has waited for ever


async def first_events(target: Target, pace_ms: int) -> dict[str, float]:
    """Of those who ask while ``OPEN`` streams are held, in milliseconds."""
    times: list[float] = []

    async def ask() -> None:
        loop = asyncio.get_running_loop()
        until = loop.time() + SECONDS
        while loop.time() < until:
            (connection,) = target.connections(1)
            asked = connection.post("threads.create", input=message(0, 1))
            try:
                _, first = await asyncio.wait_for(asked, LIMIT)
            except TimeoutError:
                first = float("inf")
            connection.close()
            times.append(first * 1000)
            await asyncio.sleep(PAUSE)

    async def meanwhile() -> None:
        await asyncio.gather(*(ask() for _ in range(ASKERS)))

    seen = await hold(target, OPEN, pace_ms, 0, ramp=RAMP_SECONDS, meanwhile=meanwhile)
    return {
        "asked": len(times),
        "first event p50, ms": statistics.median(times),
        "first event p95, ms": percentile(times, 0.95),
        "of the deltas that were due, %": seen.share * 100,
        "all begun": seen.begun == seen.streams,
        "client's load, %": seen.clients_load * 100,
    }
