"""Runs whose worker is gone: they are ended, what they had said is kept, and who reads them is
told that it may be tried again."""

import asyncio
import logging
from collections.abc import Sequence
from datetime import datetime
from time import monotonic

from chatkit.types import ThreadItem
from django.utils import timezone

from chatkit_django import limits
from chatkit_django.conf import LEASE_SECONDS
from chatkit_django.database import read, write
from chatkit_django.ids import new_id
from chatkit_django.item_updates import at_rest, cut_short, is_worth_keeping
from chatkit_django.metrics import count_lost_run
from chatkit_django.runs import queries
from chatkit_django.runs.event_log import EventLog, LogUnavailable, Part, end_frame
from chatkit_django.runs.logs import shared_log
from chatkit_django.runs.replay import Replay

logger = logging.getLogger(__name__)

EXPIRE_SECONDS = 60.0


class Watchdog:
    """Looks at the leases of all runs, in every process. A run is lost if its lease is over and
    nobody has renewed it while this process watched, so that a clock that jumps loses none; or if
    nobody has for as long as a lease lasts, whatever the clock says."""

    def __init__(self) -> None:
        self._since: dict[str, tuple[datetime, float]] = {}
        self._expired_at = monotonic()
        self._fails = False

    async def watch(self) -> None:
        """Look until cancelled."""
        while True:
            try:
                await self.look()
                await self._expire()
                self._fails = False
            except Exception:  # said once: a database may be away for long
                if not self._fails:
                    logger.exception("Runs cannot be looked after now")
                self._fails = True
            await asyncio.sleep(LEASE_SECONDS.get() / 6)

    async def look(self) -> None:
        now, known = monotonic(), self._since
        self._since = {}
        for run_id, lease_until in await read(queries.leases):
            lease, since = known.get(run_id, (lease_until, now))
            if lease != lease_until:
                since = now
            if self._is_lost(lease_until, now - since):
                await lose(run_id, lease_until)
            else:
                self._since[run_id] = lease_until, since

    def _is_lost(self, lease_until: datetime, unchanged: float) -> bool:
        longest = LEASE_SECONDS.get()
        is_over = lease_until < timezone.now()
        return unchanged >= (longest / 3 if is_over else longest)

    async def _expire(self) -> None:
        log = shared_log()
        if log is not None and monotonic() - self._expired_at >= EXPIRE_SECONDS:
            self._expired_at = monotonic()
            await log.expire()


async def lose(run_id: str, lease_until: datetime) -> None:
    """End a run that nobody keeps, with what the log has of it."""
    log = shared_log()
    said: Sequence[bytes] = ()
    try:
        said = await _all_of(log, run_id) if log is not None else ()
    except LogUnavailable:
        logger.warning("The event log does not answer: what run %s said is not known", run_id)
    owner = await write(queries.lose, run_id, lease_until, _unfinished(said))
    if owner is None:
        return
    count_lost_run()
    logger.warning("The worker of run %s is gone: it is ended, its answer may be retried", run_id)
    if log is not None:
        await _say_the_end(log, run_id, len(said))
    await limits.free(run_id, owner)


def _unfinished(said: Sequence[bytes]) -> list[ThreadItem]:
    replay = Replay()
    replay.add(said)
    items = [at_rest(item) for item in replay.items() if is_worth_keeping(item)]
    if items:
        items.append(cut_short(new_id("sdk_hidden_context"), items[0].thread_id))
    return items


async def _all_of(log: EventLog, run_id: str) -> list[bytes]:
    frames: list[bytes] = []
    while part := (await log.read({run_id: len(frames)})).get(run_id):
        if part.first != len(frames) + 1:  # the log has lost what was before
            break
        frames += part.frames
        if part.ended:
            break
    return frames


async def _say_the_end(log: EventLog, run_id: str, last: int) -> None:
    """A worker that only stood still may add something meanwhile: the end comes behind that."""
    try:
        for _ in range(3):
            end = Part(run_id, last + 1, [end_frame(last + 1, lost=True)], ended=True)
            await log.append([end])
            part = (await log.read({run_id: last})).get(run_id)
            if part is None or part.ended:
                return
            last = part.last
    except LogUnavailable:
        logger.warning("The event log does not answer: readers of run %s see its end later", run_id)
