"""All runs of one server in this process: to begin, to read, to stop and to let end."""

import asyncio
from collections.abc import Awaitable, Callable
from time import monotonic

from chatkit_django.conf import STOP_WHEN_LEFT
from chatkit_django.context import RequestContext
from chatkit_django.frames import WriteFrame
from chatkit_django.metrics import count_run
from chatkit_django.runs import draining
from chatkit_django.runs.event_log import LogUnavailable
from chatkit_django.runs.keeper import Keeper
from chatkit_django.runs.live import RESTARTING, LiveRun, Tell
from chatkit_django.runs.logs import forget, shared_log
from chatkit_django.runs.mirrors import Mirrors
from chatkit_django.runs.process_log import ProcessLog
from chatkit_django.runs.publishing import Publisher
from chatkit_django.runs.reader import Resets, RunReader
from chatkit_django.runs.records import NewRun, Run, RunStatus
from chatkit_django.store import ChatStore
from chatkit_django.turns import Turn

LOOK_SECONDS = 0.05

End = Callable[[RunStatus, bool], Awaitable[object]]
"""Stores how a run came to its end; whether soon, or when it suits."""


class LiveRuns:
    def __init__(self, store: ChatStore) -> None:
        self._store = store
        self._keeper = Keeper(store)
        self._logs = ProcessLog()
        self._running: dict[str, LiveRun] = {}
        self._at_work = 0  # of those, how many have not come to their end
        shared = shared_log() if store.is_shared else None
        self._publisher = Publisher(shared) if shared else None
        self._mirrors = Mirrors(shared) if shared else None
        draining.register(self)

    def begin(
        self,
        new: NewRun,
        turn: Turn,
        tell: Tell,
        write: WriteFrame,
        end: End,
        resets: Resets,
    ) -> RunReader:
        """Let the run go on, and read it from its first event on."""
        log = self._logs.begin(new.id)
        run = LiveRun(new.id, turn.thread.id, log)
        begun_at = monotonic()

        async def ended(status: RunStatus) -> None:
            deleted = False
            self._at_work -= 1
            try:
                await end(status, not self._at_work)  # whoever is at work will write, too
                deleted = status != RunStatus.DONE and await resets.status() is None
            finally:  # and nothing is waited for before its log ends: who drains looks no longer
                self._leave(run, status)
                count_run(new.kind, status, monotonic() - begun_at)
            if deleted:
                await self._forget(run)

        self._running[new.id] = run
        self._at_work += 1
        run.start(turn.opening, tell, write, ended)
        self._keeper.watch(run)
        if self._publisher is not None:
            self._publisher.publish(new.id, log)
        return self._reader(run, 0, resets, can_return=new.resumable)

    async def attach(self, run: Run, after: int, resets: Resets) -> RunReader | None:
        """Read a run that has begun, from the event behind that number on; None if nobody who
        can be asked has its events. The reader may leave and come back."""
        if (live := self._running.get(run.id)) is not None:
            return self._reader(live, after, resets, can_return=True)
        if (log := self._logs.find(run.id)) is not None:
            return RunReader(run.id, log, after, resets)
        if (mirrors := self._mirrors) is None:
            return None
        try:
            has_ended = run.status != RunStatus.RUNNING
            mirror = await mirrors.open_soon(run.id, has_ended=has_ended)
        except LogUnavailable:
            return None
        if mirror is None:
            return None

        async def leave() -> None:
            mirrors.close(run.id, mirror)

        return RunReader(run.id, mirror, after, resets, leave)

    async def stop(self, run_id: str, context: RequestContext) -> None:
        """Stop it, or let whoever has it do so. Raises ``NotFoundError`` if the user has no such
        run."""
        run = await self._store.request_stop(run_id, context)
        if (live := self._running.get(run.id)) is not None:
            await live.stop()

    async def stop_in(self, thread_id: str) -> None:
        """Stop what runs in a thread that is gone."""
        for run in [run for run in self._running.values() if run.thread_id == thread_id]:
            await run.stop()

    async def drain(self, seconds: float) -> None:
        """Let them come to their end, and after so many seconds end those that have not."""
        until, stopped = monotonic() + seconds, set[LiveRun]()
        # Looked for again and again: a request that was on its way may still begin one.
        while self._running and (left := until - monotonic()) > 0:  # noqa: ASYNC110
            await asyncio.sleep(min(left, LOOK_SECONDS))
        while unstopped := set(self._running.values()) - stopped:
            await asyncio.gather(*(run.stop(why=RESTARTING) for run in unstopped))
            stopped |= unstopped
        if self._publisher is not None:
            await self._publisher.drained()

    def _leave(self, run: LiveRun, status: RunStatus) -> None:
        self._running.pop(run.id, None)
        self._keeper.leave(run)
        if status == RunStatus.LOST and self._publisher is not None:
            self._publisher.withdraw(run.id)

    async def _forget(self, run: LiveRun) -> None:
        """Leave nothing of a run that was deleted. What it said after that was published too."""
        if self._publisher is not None:
            self._publisher.withdraw(run.id)
        await forget([run.id])

    def _reader(self, run: LiveRun, after: int, resets: Resets, *, can_return: bool) -> RunReader:
        run.readers += 1

        async def leave() -> None:
            run.readers -= 1
            is_on = run.id in self._running
            if is_on and not run.readers and not can_return and STOP_WHEN_LEFT.get():
                await run.stop()

        return RunReader(run.id, run.log, after, resets, leave)
