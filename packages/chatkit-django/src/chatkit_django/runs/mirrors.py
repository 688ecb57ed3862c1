"""Runs of other processes, as they are read in this one."""

import asyncio
import logging
from time import monotonic

from chatkit_django.runs.event_log import EventLog, LogUnavailable, Part
from chatkit_django.runs.process_log import RunLog

logger = logging.getLogger(__name__)

WAIT_SECONDS = 0.25
LATE_SECONDS = 1.0
"""What a run has said is in the shared log so much later at most, if its worker lives."""

_LOOK_SECONDS = 0.05


class Mirror:
    """One of them. ``log`` is filled as long as somebody reads it; ``is_cut`` if that is no
    longer possible."""

    def __init__(self, log: RunLog) -> None:
        self.log = log
        self.readers = 0
        self.is_cut = False


class Mirrors:
    """All of this event loop, filled by one task: so many readers cost the shared log one reader
    for each process."""

    def __init__(self, shared: EventLog) -> None:
        self._shared = shared
        self._mirrors: dict[str, Mirror] = {}
        self._at_work: asyncio.Task[None] | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    async def open(self, run_id: str) -> Mirror | None:
        """The run as the shared log has it; None if it has not. Raises ``LogUnavailable``. To be
        closed once for each time it was opened."""
        loop = asyncio.get_running_loop()
        if loop is not self._loop:  # the one before has ended, and its readers with it
            self._loop, self._mirrors, self._at_work = loop, {}, None
        mirror = self._mirrors.get(run_id)
        if mirror is None:
            part = (await self._shared.read({run_id: 0})).get(run_id)
            mirror = self._mirrors.get(run_id)  # somebody else may have been quicker
        if mirror is None:
            if part is None:
                return None
            mirror = self._mirrors[run_id] = Mirror(RunLog(part.first))
            mirror.log.append(part.frames, ended=part.ended)
        mirror.readers += 1
        if self._at_work is None:
            self._at_work = loop.create_task(self._work())
        return mirror

    async def open_soon(self, run_id: str, *, has_ended: bool) -> Mirror | None:
        """Like ``open``, but wait a little for what is on its way: the first that the run said, or
        of one that ``has_ended`` the last. None if it does not come."""
        until = monotonic() + LATE_SECONDS
        while (mirror := await self.open(run_id)) is None:
            if monotonic() > until:
                return None
            await asyncio.sleep(_LOOK_SECONDS)
        try:
            async with asyncio.timeout(max(0.0, until - monotonic())):
                while has_ended and not mirror.log.ended and not mirror.is_cut:
                    await mirror.log.more(mirror.log.last)
        except TimeoutError:
            pass
        except BaseException:
            self.close(run_id, mirror)
            raise
        if has_ended and not mirror.log.ended:
            self.close(run_id, mirror)
            return None
        return mirror

    def close(self, run_id: str, mirror: Mirror) -> None:
        mirror.readers -= 1
        if not mirror.readers and self._mirrors.get(run_id) is mirror:
            del self._mirrors[run_id]

    async def _work(self) -> None:
        try:
            while cursors := {
                run_id: mirror.log.last
                for run_id, mirror in self._mirrors.items()
                if not mirror.log.ended
            }:
                for run_id, part in (await self._shared.read(cursors, wait=WAIT_SECONDS)).items():
                    self._fill(run_id, part)
        except LogUnavailable:
            logger.warning("The event log does not answer: %s readers are cut", len(self._mirrors))
            self._cut_all()
        except Exception:
            logger.exception("The event log could not be read")
            self._cut_all()
        finally:
            self._at_work = None

    def _fill(self, run_id: str, part: Part | None) -> None:
        mirror = self._mirrors.get(run_id)
        if mirror is None or mirror.log.ended:
            return
        if part is None or part.first > mirror.log.last + 1:
            self._cut(run_id, mirror)
            return
        news = part.frames[mirror.log.last + 1 - part.first :]
        if news:
            mirror.log.append(news, ended=part.ended)

    def _cut_all(self) -> None:
        for run_id, mirror in list(self._mirrors.items()):
            self._cut(run_id, mirror)

    def _cut(self, run_id: str, mirror: Mirror) -> None:
        mirror.is_cut = True
        del self._mirrors[run_id]
        mirror.log.wake()
