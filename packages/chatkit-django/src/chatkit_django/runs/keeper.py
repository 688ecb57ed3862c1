"""The leases of the runs of this process, and who wishes them stopped elsewhere."""

import asyncio
import logging
from time import monotonic

from chatkit_django.cancellation import in_background
from chatkit_django.conf import LEASE_SECONDS
from chatkit_django.runs.live import LiveRun
from chatkit_django.store import ChatStore

logger = logging.getLogger(__name__)

LOOK_SECONDS = 0.5


class Keeper:
    """Renews the leases of all runs of this event loop in one statement, and stops those that
    were asked to stop in another process, or whose thread is gone. A run that lost its lease,
    because the process stood still for too long, is ended."""

    def __init__(self, store: ChatStore) -> None:
        self._store = store
        self._runs: dict[str, LiveRun] = {}
        self._at_work: asyncio.Task[None] | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    def watch(self, run: LiveRun) -> None:
        loop = asyncio.get_running_loop()
        if loop is not self._loop:  # the one before has ended, and its runs with it
            self._loop, self._runs, self._at_work = loop, {}, None
        self._runs[run.id] = run
        if self._at_work is None:
            self._at_work = loop.create_task(self._work())

    def leave(self, run: LiveRun) -> None:
        self._runs.pop(run.id, None)
        if not self._runs and self._at_work is not None:
            self._at_work.cancel()
            self._at_work = None

    async def _work(self) -> None:
        renewed, fails = monotonic(), False
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            try:
                if monotonic() - renewed >= LEASE_SECONDS.get() / 6:
                    renewed = monotonic()
                    await self.renew()
                await self.look()
                fails = False
            except Exception:  # said once: a database may be away for long
                if not fails:
                    logger.exception("%s runs cannot be looked after now", len(self._runs))
                fails = True

    async def renew(self) -> None:
        """Renew the leases, and end the runs that have none any more."""
        asked = dict(self._runs)
        kept = await self._store.keep_runs(list(asked)) if asked else set()
        for run in asked.values():
            if run.id not in kept and self._is_still_on(run):
                logger.warning("The run %s lost its lease and is stopped", run.id)
                in_background(run.lose())  # it may take long, and keeps nobody waiting

    async def look(self) -> None:
        """Stop the runs that somebody wishes stopped."""
        if not self._store.is_shared or not self._runs:
            return
        for run_id in await self._store.unwanted_runs(list(self._runs)):
            if (run := self._runs.get(run_id)) is not None and self._is_still_on(run):
                in_background(run.stop())

    def _is_still_on(self, run: LiveRun) -> bool:
        """Whether it was kept until now, and has not come to its end while the database was
        asked. It is kept no longer."""
        return not run.is_ending and self._runs.pop(run.id, None) is not None
