"""From the logs of this process to the one that others read."""

import asyncio
import logging
from time import monotonic

from chatkit_django.conf import RUN_LOG_SECONDS
from chatkit_django.runs.event_log import EventLog, LogUnavailable, Part
from chatkit_django.runs.process_log import RunLog

logger = logging.getLogger(__name__)

_RETRY_SECONDS = 1.0


class Publisher:
    """Copies what the runs of this event loop say to a shared log, of all of them together and
    now and then. A run never waits for that. While the shared log is away they go on, and it gets
    all of them when it is back."""

    def __init__(self, shared: EventLog) -> None:
        self._shared = shared
        self._logs: dict[str, RunLog] = {}
        self._copied: dict[str, int] = {}
        self._ended_at: dict[str, float] = {}
        self._at_work: asyncio.Task[None] | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._is_away = False

    def publish(self, run_id: str, log: RunLog) -> None:
        loop = asyncio.get_running_loop()
        if loop is not self._loop:  # the one before has ended, and its runs with it
            self._loop, self._at_work = loop, None
            self._logs, self._copied, self._ended_at = {}, {}, {}
        self._logs[run_id] = log
        self._copied[run_id] = log.first - 1
        if self._at_work is None:
            self._at_work = loop.create_task(self._work())

    def withdraw(self, run_id: str) -> None:
        """Copy no more of it: another process has ended the run there."""
        for kept in (self._logs, self._copied, self._ended_at):
            kept.pop(run_id, None)

    async def drained(self) -> None:
        """Return when everything was copied, or cannot be now."""
        while not self._is_away and any(self._news(run_id) for run_id in self._logs):
            await self._copy()

    async def _work(self) -> None:
        while self._logs:
            await asyncio.sleep(_RETRY_SECONDS if self._is_away else self._shared.interval)
            try:
                await self._copy()
            except Exception:
                logger.exception("What runs say could not be copied")
        self._at_work = None

    async def _copy(self) -> None:
        parts = [part for run_id in self._logs if (part := self._news(run_id)) is not None]
        if parts and not await self._is_appended(parts):
            return
        for part in parts:
            if part.run_id in self._copied:
                self._copied[part.run_id] = part.last
            if part.ended:
                self.withdraw(part.run_id)

    async def _is_appended(self, parts: list[Part]) -> bool:
        try:
            await self._shared.append(parts)
        except LogUnavailable:
            if not self._is_away:
                logger.warning(
                    "The event log does not answer: runs go on, and are not to be read from "
                    "other processes until it does"
                )
            self._is_away = True
            # It may come back empty: then it gets them from the beginning.
            self._copied = {run_id: log.first - 1 for run_id, log in self._logs.items()}
            self._drop_old()
            return False
        if self._is_away:
            logger.warning("The event log answers again")
            self._is_away = False
        return True

    def _news(self, run_id: str) -> Part | None:
        log = self._logs[run_id]
        copied = max(self._copied[run_id], log.first - 1)
        frames = log.after(copied)
        if not frames:
            return None
        return Part(run_id, copied + 1, frames, log.ended)

    def _drop_old(self) -> None:
        """Nobody asks any more for runs that ended long ago."""
        now = monotonic()
        for run_id, log in list(self._logs.items()):
            if log.ended and now - self._ended_at.setdefault(run_id, now) > RUN_LOG_SECONDS.get():
                self.withdraw(run_id)
