"""What a reader is told instead of events that are not to be had any more."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from time import monotonic

from chatkit.store import NotFoundError
from chatkit.types import ThreadItemAddedEvent
from pydantic_core import to_json

from chatkit_django.conf import HEARTBEAT_SECONDS
from chatkit_django.frames import WriteFrame
from chatkit_django.runs.process_log import RunLog
from chatkit_django.runs.reader import HEARTBEAT
from chatkit_django.runs.records import Run, RunStatus
from chatkit_django.runs.repeated import interrupted

LOOK_SECONDS = 1.0
_END = b": end\n\n"

LoadRun = Callable[[], Awaitable[Run]]
LoadThread = Callable[[], Awaitable[bytes]]


class ThreadResets:
    """For one run and one reader. ``thread`` is what ``threads.get_by_id`` answers. A reader that
    is not ``resumable`` does not know our event: it is told errors alone."""

    def __init__(
        self, run: LoadRun, thread: LoadThread, write: WriteFrame, *, resumable: bool
    ) -> None:
        self._run = run
        self._thread = thread
        self._write = write
        self._resumable = resumable

    async def state(self, log: RunLog) -> bytes:
        unfinished = log.replay.items() if log.replay is not None else []
        added = [self._write(ThreadItemAddedEvent(item=item)) for item in unfinished]
        try:
            return await self._reset(await self._run()) + b"".join(added)
        except NotFoundError:  # deleted meanwhile; the log ends soon
            return HEARTBEAT

    async def outcome(self) -> bytes:
        try:
            run = await self._run()
            reset = await self._reset(run)
        except NotFoundError:
            return _END
        if run.status in (RunStatus.FAILED, RunStatus.LOST):
            return reset + self._write(interrupted()) + _END
        return reset + _END

    async def status(self) -> RunStatus | None:
        try:
            return (await self._run()).status
        except NotFoundError:
            return None

    async def _reset(self, run: Run) -> bytes:
        if not self._resumable:
            return b""
        about = to_json({"id": run.id, "status": run.status.value})
        thread = await self._thread()
        return b'data: {"type":"run.reset","run":%s,"thread":%s}\n\n' % (about, thread)


class OutcomeReader:
    """For a run whose events nobody here has: waits for its end and says what came of it. Ends
    without, as if it were cut, once the events ``can_be_read``."""

    def __init__(
        self,
        run_id: str,
        load: LoadRun,
        resets: ThreadResets,
        can_be_read: Callable[[], Awaitable[bool]],
    ) -> None:
        self.run_id = run_id
        self._load = load
        self._resets = resets
        self._can_be_read = can_be_read
        self.is_over = False

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self

    async def __anext__(self) -> bytes:
        since = monotonic()
        while not self.is_over:
            if not await self._is_running():
                self.is_over = True
                return await self._resets.outcome()
            if await self._can_be_read():
                break
            if monotonic() - since >= HEARTBEAT_SECONDS.get():
                return HEARTBEAT
            await asyncio.sleep(LOOK_SECONDS)
        raise StopAsyncIteration

    async def aclose(self) -> None:
        self.is_over = True

    async def _is_running(self) -> bool:
        try:
            return (await self._load()).status == RunStatus.RUNNING
        except NotFoundError:
            return False
