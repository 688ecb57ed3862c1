"""The event log of one process: enough where a single worker serves everything, and what a run and
its readers in the same process share in any case.

Nothing here is for several threads or several event loops: whoever appends and whoever waits do so
in one event loop.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from functools import partial
from time import monotonic

from chatkit_django.conf import RUN_LOG_BYTES, RUN_LOG_SECONDS
from chatkit_django.runs.event_log import EventLog, Part, end_frame
from chatkit_django.runs.replay import Replay

ENDED_BYTES = 64 * 1024 * 1024
"""Most bytes of frames of runs that have ended; what is over it goes before its time."""

WhenEnded = Callable[["RunLog"], object]


class RunLog:
    """The frames of one run, from number ``first`` to number ``last``; ``last`` is 0 before the
    first one, and one less than ``first`` while there are none. After those that are there comes
    no other if it ``ended``. ``size`` is in bytes.

    If they are more than ``CHATKIT_RUN_LOG_BYTES``, the oldest are dropped; ``replay`` has read
    them then.
    """

    __slots__ = (
        "_budget",
        "_frames",
        "_waiting",
        "_when_ended",
        "ended",
        "first",
        "last",
        "replay",
        "size",
    )

    def __init__(self, first: int = 1, when_ended: WhenEnded | None = None) -> None:
        self.first = first
        self.last = first - 1
        self.ended = False
        self.size = 0
        self.replay: Replay | None = None
        self._frames: list[bytes] = []
        self._waiting: list[Callable[[], None]] = []
        self._when_ended = when_ended
        self._budget = RUN_LOG_BYTES.get()

    def append(self, frames: Sequence[bytes], *, ended: bool = False) -> None:
        """Add them, of which the first has the number ``last + 1``, and let go on who waits. Not
        to be called after the end."""
        for frame in frames:
            self._frames.append(frame)
            self.size += len(frame)
        self.last += len(frames)
        if self.size > self._budget:
            self._drop()
        if ended:
            self.ended = True
            if self._when_ended is not None:
                when_ended, self._when_ended = self._when_ended, None
                when_ended(self)
        if self._waiting:
            self.wake()

    def say(self, frame: bytes) -> None:
        """Add one frame that has no number yet, with its number."""
        number = self.last = self.last + 1
        numbered = b"id: %d\n%b" % (number, frame)
        self._frames.append(numbered)
        self.size += len(numbered)
        if self.size > self._budget:
            self._drop()
        if self._waiting:
            self.wake()

    def end(self, *, lost: bool = False) -> None:
        """Add the frame that says that no other comes."""
        self.append([end_frame(self.last + 1, lost=lost)], ended=True)

    def after(self, number: int) -> list[bytes] | None:
        """All frames after that number, none if there are none yet; None if some of them were
        dropped."""
        index = number + 1 - self.first
        return self._frames[index:] if index >= 0 else None

    async def more(self, number: int) -> None:
        """Return when there are frames after that number or no more will come; also when somebody
        called ``wake``. May be cancelled."""
        if self.last > number or self.ended:
            return
        waiter = asyncio.get_running_loop().create_future()
        let_go_on = partial(_let_go_on, waiter)
        self.call(let_go_on)
        try:
            await waiter
        except asyncio.CancelledError:
            self.leave(let_go_on)
            raise

    def wake(self) -> None:
        """Let all who wait look around, although there may be nothing new."""
        waiting, self._waiting = self._waiting, []
        for look in waiting:
            look()

    def call(self, look: Callable[[], None]) -> None:
        """Call it once, at the next append or when all are to look around."""
        self._waiting.append(look)

    def leave(self, look: Callable[[], None]) -> None:
        """Do not call it any more."""
        with suppress(ValueError):
            self._waiting.remove(look)

    def _drop(self) -> None:
        """Drop the oldest, an eighth more than need be: each time moves all that are left."""
        enough = self._budget - self._budget // 8
        count, most = 0, len(self._frames) - 1
        while self.size > enough and count < most:
            self.size -= len(self._frames[count])
            count += 1
        if self.replay is None:
            self.replay = Replay()
        self.replay.add(self._frames[:count])
        del self._frames[:count]
        self.first += count


class ProcessLog(EventLog):
    """The logs of this process's runs, by their id. Nobody else finds them."""

    def __init__(self) -> None:
        self._logs: dict[str, RunLog] = {}
        self._ended: OrderedDict[str, tuple[RunLog, float]] = OrderedDict()
        self._ended_size = 0

    def begin(self, run_id: str, first: int = 1) -> RunLog:
        """A new log, for a run that begins. From then on it is found."""
        self._drop(run_id)
        log = RunLog(first, lambda log: self._keep(run_id, log))
        self._logs[run_id] = log
        return log

    def find(self, run_id: str) -> RunLog | None:
        """None if it is of another process, or not kept any more."""
        return self._logs.get(run_id)

    async def append(self, parts: Sequence[Part]) -> None:
        for part in parts:
            log = self._logs.get(part.run_id)
            if log is None or (part.first > log.last + 1 and not log.ended):
                log = self.begin(part.run_id, part.first)  # readers see that some are missing
            if part.last > log.last and not log.ended:
                log.append(part.frames[log.last + 1 - part.first :], ended=part.ended)

    async def read(
        self, cursors: Mapping[str, int], *, wait: float = 0
    ) -> Mapping[str, Part | None]:
        if not cursors:
            return {}
        until = monotonic() + wait
        while not (found := self._read(cursors)) and (left := until - monotonic()) > 0:
            await self._more([self._logs[run_id] for run_id in cursors], left)
        return found

    async def forget(self, run_ids: Collection[str]) -> None:
        for run_id in run_ids:
            self._drop(run_id)

    async def expire(self) -> None:
        self._drop_old()

    async def close(self) -> None:
        """There is nothing to give back."""

    def _read(self, cursors: Mapping[str, int]) -> dict[str, Part | None]:
        found: dict[str, Part | None] = {}
        for run_id, number in cursors.items():
            log = self._logs.get(run_id)
            frames = log.after(number) if log is not None else None
            if log is None or frames is None:
                found[run_id] = None
            elif frames:
                found[run_id] = Part(run_id, number + 1, frames, log.ended)
        return found

    async def _more(self, logs: Sequence[RunLog], wait: float) -> None:
        """Return when one of them has more, or after so many seconds."""
        loop = asyncio.get_running_loop()
        waiter: asyncio.Future[None] = loop.create_future()
        let_go_on = partial(_let_go_on, waiter)
        for log in logs:
            log.call(let_go_on)
        timer = loop.call_later(wait, let_go_on)
        try:
            await waiter
        finally:
            timer.cancel()
            for log in logs:
                log.leave(let_go_on)

    def _keep(self, run_id: str, log: RunLog) -> None:
        """Keep it from its end on for a while."""
        if self._logs.get(run_id) is log:
            self._ended[run_id] = log, monotonic() + RUN_LOG_SECONDS.get()
            self._ended_size += log.size
            self._drop_old()

    def _drop_old(self) -> None:
        now = monotonic()
        while self._ended:
            run_id, (_, until) = next(iter(self._ended.items()))
            if until > now and self._ended_size <= ENDED_BYTES:
                break
            self._drop(run_id)

    def _drop(self, run_id: str) -> None:
        log = self._logs.pop(run_id, None)
        if log is None:
            return
        if self._ended.pop(run_id, None) is not None:
            self._ended_size -= log.size
        log.wake()


def _let_go_on(waiter: asyncio.Future[None]) -> None:
    if not waiter.done():
        waiter.set_result(None)
