"""What one HTTP response sends of a run."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from time import monotonic
from typing import Any, Protocol

from django.db import Error

from chatkit_django.cancellation import finish, in_background
from chatkit_django.conf import HEARTBEAT_SECONDS
from chatkit_django.direct_send import Push, Rest
from chatkit_django.runs.event_log import is_lost_end
from chatkit_django.runs.mirrors import Mirror
from chatkit_django.runs.process_log import RunLog
from chatkit_django.runs.records import RunStatus

HEARTBEAT = b":\n\n"

Leave = Callable[[], Coroutine[Any, Any, object]]


class Resets(Protocol):
    """What a reader is sent that cannot have, or that missed, what comes after its number."""

    async def state(self, log: RunLog) -> bytes:
        """That of the thread, and of the run as far as the log has dropped it."""

    async def outcome(self) -> bytes:
        """The state of the thread, how the run came to its end, and that it has ended."""

    async def status(self) -> RunStatus | None:
        """How the run is; None if it is not there any more."""


class RunReader:
    """The parts of a stream: all frames of a run after a number, in order and each once, those
    that are there together in one part. Comments keep it awake. A reader that is slow holds up
    nobody but itself.

    With ``push_to`` only the first parts, and those that are more than frames, come out of the
    iteration: while it waits, whoever lets the run say something has it sent."""

    def __init__(
        self,
        run_id: str,
        source: RunLog | Mirror,
        after: int,
        resets: Resets,
        leave: Leave | None = None,
    ) -> None:
        self.run_id = run_id
        self._mirror = source if isinstance(source, Mirror) else None
        self._log = source.log if isinstance(source, Mirror) else source
        self._after = after
        self._resets = resets
        self._leave = leave
        self.is_over = False
        self._sent_at = monotonic()
        self._loop = asyncio.get_running_loop()
        self._push: Push | None = None
        self._waiter: asyncio.Future[None] | None = None
        self._rest: Rest | None = None  # of a part that a slow client has not taken yet

    def __del__(self) -> None:
        # A request may be given up between its answer and the first part of it.
        if (leave := self._leave) is not None and self._loop.is_running():
            self._loop.call_soon_threadsafe(lambda: in_background(leave()))

    @property
    def is_at_end(self) -> bool:
        """Whether there is nothing to read and nothing to come."""
        log, last = self._log, self._log.after(self._log.last - 1)
        return log.ended and self._after == log.last and not (last and is_lost_end(last[0]))

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self

    async def __anext__(self) -> bytes:
        log = self._log
        while not self.is_over:
            frames = log.after(self._after)
            if frames and not log.ended:
                self._after += len(frames)
                part = b"".join(frames)
            else:
                part = await self._other_part(frames)
            if part:
                self._sent_at = monotonic()
                return part
            if not self.is_over:
                await self._more()
        raise StopAsyncIteration

    def push_to(self, push: Push) -> None:
        """Send frames by it as soon as they are there."""
        self._push = push

    async def aclose(self) -> None:
        """Read no more."""
        self.is_over = True
        self._log.leave(self._said)
        if self._rest is not None:
            self._rest.close()
        leave, self._leave = self._leave, None
        if leave is not None:
            await leave()

    async def _other_part(self, frames: Sequence[bytes] | None) -> bytes:
        """What is to be sent if it is not just frames; nothing if that is to be waited for."""
        log = self._log
        if frames is None:
            self._after = log.first - 1
            return await self._resets.state(log)
        if log.ended:
            self.is_over = True
            if not frames:  # what it has read is not what was kept
                return await self._resets.outcome()
            if is_lost_end(frames[-1]):
                return b"".join(frames[:-1]) + await self._resets.outcome()
            return b"".join(frames)
        if self._mirror is not None and self._mirror.is_cut:
            self.is_over = True  # without the frame of the end: who can come back does
            return b""
        if monotonic() - self._sent_at >= HEARTBEAT_SECONDS.get():
            return await self._still_there()
        return b""

    async def _still_there(self) -> bytes:
        """A comment; or the outcome, if a run of another process has ended without a word: its
        worker was killed, or the shared log was away, just then."""
        if self._mirror is None or await self._is_running():
            return HEARTBEAT
        self.is_over = True
        return await self._resets.outcome()

    async def _is_running(self) -> bool:
        try:
            return await self._resets.status() == RunStatus.RUNNING
        except Error:  # the database is away: the next look will tell
            return True

    async def _more(self) -> None:
        pulse.beat_for(self._log, self._loop)
        waiter = self._waiter = self._loop.create_future()
        self._log.call(self._said)
        try:
            await waiter
            if (rest := self._rest) is not None:
                self._rest = None
                await rest
        except asyncio.CancelledError:
            await finish(asyncio.ensure_future(self.aclose()))
            raise

    def _said(self) -> None:
        """Look once for all that is said in a row."""
        if self._push is None:
            self._look()
        else:
            rounds.add(self._loop, self._look)

    def _look(self) -> None:
        log, waiter, push = self._log, self._waiter, self._push
        if waiter is None or waiter.done():
            return  # it has left
        frames = log.after(self._after)
        if push is not None and frames and not log.ended:
            self._after += len(frames)
            self._sent_at = monotonic()
            try:
                self._rest = push(frames[0] if len(frames) == 1 else b"".join(frames))
            except Exception as error:  # as if the iteration had sent it
                waiter.set_exception(error)
                return
            if self._rest is None:
                log.call(self._said)
                return
        waiter.set_result(None)


class Rounds:
    """Lets those look, one after the other, who were told something in the same turn of the loop.
    Sending is other code than what makes the events: gone through in turns with it, for each event
    anew, it takes longer."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._looks: list[Callable[[], None]] | None = None

    def add(self, loop: asyncio.AbstractEventLoop, look: Callable[[], None]) -> None:
        """Call it once, in the next turn of that loop."""
        if self._looks is not None and loop is self._loop:
            self._looks.append(look)
            return
        self._loop, self._looks = loop, [look]
        loop.call_soon(self._go, self._looks)

    def _go(self, looks: list[Callable[[], None]]) -> None:
        if looks is self._looks:
            self._looks = None
        for look in looks:
            look()


class Pulse:
    """Wakes the readers of logs in which nothing happens, so that they can send a heartbeat."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._logs: set[RunLog] = set()
        self._timer: asyncio.TimerHandle | None = None

    def beat_for(self, log: RunLog, loop: asyncio.AbstractEventLoop) -> None:
        """Wake who waits for the log within a third of a heartbeat."""
        if loop is not self._loop:  # the one before has ended, and its readers with it
            self._loop, self._logs, self._timer = loop, set(), None
        self._logs.add(log)
        if self._timer is None:
            self._timer = loop.call_later(HEARTBEAT_SECONDS.get() / 3, self._beat)

    def _beat(self) -> None:
        logs, self._logs, self._timer = self._logs, set(), None
        for log in logs:
            log.wake()


rounds = Rounds()
pulse = Pulse()
