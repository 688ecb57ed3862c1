"""A response while it is made, in the process that makes it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable

from asgiref.sync import ThreadSensitiveContext
from chatkit.errors import ErrorCode
from chatkit.types import ErrorEvent, ThreadStreamEvent

from chatkit_django.cancellation import finish
from chatkit_django.database import release_request_connections, request_has_thread
from chatkit_django.frames import Say, WriteFrame
from chatkit_django.runs.process_log import RunLog
from chatkit_django.runs.records import RunStatus

logger = logging.getLogger(__name__)

RESTARTING = "The server is being restarted. Please try again."
_AGAIN_SECONDS = 5.0
_TRIES = 6

Tell = Callable[[Say], Awaitable[RunStatus]]
"""Says all there is to say, and returns how it came to its end."""
Ended = Callable[[RunStatus], Awaitable[object]]


class LiveRun:
    """A run as a task of its own. What it says is in its ``log``, for whoever reads it; nobody
    who reads can hold it up."""

    def __init__(self, run_id: str, thread_id: str, log: RunLog) -> None:
        self.id = run_id
        self.thread_id = thread_id
        self.log = log
        self.readers = 0
        self.is_ending = False
        """Whether its end is being stored: then it is not lost where it runs no more."""
        self._task: asyncio.Task[None] | None = None
        self._stops_as: RunStatus | None = None
        self._told_why: str = ""
        self._at_work = False

    def start(
        self,
        opening: Iterable[ThreadStreamEvent],
        tell: Tell,
        write: WriteFrame,
        end: Ended,
    ) -> None:
        """Say the opening at once, and then what ``tell`` says. ``end`` is called once, when all
        that lasts is stored, and the log ends after it."""
        for event in opening:
            self.log.say(write(event))
        self._task = asyncio.create_task(self._go(tell, write, end))

    async def stop(self, *, why: str = "") -> None:
        """End it where it stands: no model or tool is asked any more, and what was said is stored
        when this returns. A reason is told to the readers, as an error they may try again."""
        if self._stops_as is None:
            self._stops_as = RunStatus.FAILED if why else RunStatus.STOPPED
            self._told_why = why
        await self._cancelled()

    async def lose(self) -> None:
        """Somebody else has ended it already: this process stood still for too long."""
        self._stops_as = RunStatus.LOST
        await self._cancelled()

    async def ended(self) -> None:
        """Return when it has come to its end by itself."""
        if self._task is not None:
            await asyncio.wait({self._task})

    async def _cancelled(self) -> None:
        task = self._task
        assert task is not None  # noqa: S101  nobody has a run before it is started
        for _ in range(_TRIES):
            if self._at_work:  # or else it sees that it is to stop before it begins
                task.cancel()
            # Whoever swallows a cancel is cancelled again.
            done, _ = await asyncio.wait({task}, timeout=_AGAIN_SECONDS)
            if done:
                return
        logger.error("The run %s does not stop", self.id)

    async def _go(self, tell: Tell, write: WriteFrame, end: Ended) -> None:
        status = RunStatus.FAILED
        try:
            # Its own: the one of the request ends with the request.
            async with ThreadSensitiveContext():
                try:
                    await asyncio.sleep(0)  # the first reader is on its way with the opening
                    if self._stops_as is None:
                        self._at_work = True
                        status = await tell(self.log.say)
                    else:
                        status = self._stops_as
                finally:
                    self._at_work = False
                    if request_has_thread():
                        await finish(asyncio.ensure_future(release_request_connections()))
        except asyncio.CancelledError:
            status = self._stops_as or RunStatus.STOPPED
        except Exception:
            logger.exception("The run %s failed", self.id)
        await self._end(status, write, end)  # nobody cancels what is not at work

    async def _end(self, status: RunStatus, write: WriteFrame, end: Ended) -> None:
        self.is_ending = True
        try:
            await end(status)
        except Exception:
            logger.exception("The run %s goes on until its lease is over", self.id)
        if self._told_why:
            self.log.say(write(_error(self._told_why)))
        self.log.end(lost=status == RunStatus.LOST)


def _error(message: str) -> ErrorEvent:
    return ErrorEvent(code=ErrorCode.STREAM_ERROR, message=message, allow_retry=True)
