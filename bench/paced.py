"""Answers at the pace of a model, 20 ms for each delta: what an event costs, and how many streams
one process holds."""

from collections.abc import Sequence

from held import Held, hold
from targets import Target

PACE_MS = 20
STREAMS, SECONDS = (200, 300), 3
SHORT_RAMP = 0.8  # seconds; the answers are then looked at while none begins or ends
STEP, MOST = 50, 3000
TRIES = 8  # of one target
COST = "CPU of a paced event, µs"
ALONE = f"CPU of the event alone, µs, {STREAMS[0]} streams"
BEGIN_AT = {"R": 300, "R*": 500, "raw": 1000}
OTHERS_BEGIN_AT = 500


async def cost(target: Target) -> dict[str, float]:
    """Of the event with its part of an answer's beginning and end, and of the event alone."""
    found: dict[str, float] = {}
    for streams in STREAMS:
        seen = await hold(target, streams, PACE_MS, SECONDS)
        found |= {
            f"{COST}, {streams} streams": seen.cpu / seen.deltas * 1e6,
            f"of the deltas that were due, %, {streams}": seen.share * 100,
            f"p99 of the gap between two events, ms, {streams}": seen.gap_p99 * 1000,
            f"client's load, %, {streams}": seen.clients_load * 100,
        }
    seen = await hold(target, STREAMS[0], PACE_MS, SECONDS - SHORT_RAMP, ramp=SHORT_RAMP)
    return {ALONE: seen.cpu / seen.deltas * 1e6, **found}


class Search:
    """Looks for the most streams, in steps of ``STEP``, that a target holds. One that fails is
    tried once more before it counts."""

    def __init__(self, target: Target) -> None:
        self.target = target
        self.held, self.failed = 0, MOST
        self.tried: dict[int, Held] = {}

    @property
    def is_over(self) -> bool:
        return self.failed - self.held <= STEP or len(self.tried) == TRIES

    def described(self) -> str:
        """Each try: the streams, of the deltas that were due, the p99 of the gaps."""
        return "; ".join(
            f"{streams}: {seen.share:.0%}, {seen.gap_p99 * 1000:.0f} ms"
            + ("" if seen.begun == streams else f", {seen.begun} begun")
            for streams, seen in sorted(self.tried.items())
        )

    async def go_on(self) -> None:
        streams = self._next()
        for _ in range(2):
            seen = self.tried[streams] = await hold(self.target, streams, PACE_MS, SECONDS)
            if seen.is_held:
                self.held = streams
                return
        self.failed = streams

    def _next(self) -> int:
        if not self.tried:
            return BEGIN_AT.get(self.target.name, OTHERS_BEGIN_AT)
        if self.failed == MOST:
            return self.held + 4 * STEP
        if not self.held and self.failed > 4 * STEP:
            return self.failed - 4 * STEP
        return (self.held + self.failed) // 2 // STEP * STEP


async def search(targets: Sequence[Target]) -> list[Search]:
    """Of all of them in turn."""
    searches = [Search(target) for target in targets]
    while any(not one.is_over for one in searches):
        for one in searches:
            if not one.is_over:
                await one.go_on()
    return searches
