"""Runs on their way: what they send, the leases they keep, and the answer to a request that
was sent before."""

import asyncio
import hashlib
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable

from chatkit.errors import ErrorCode
from chatkit.store import NotFoundError
from chatkit.types import (
    ErrorEvent,
    StreamingReq,
    Thread,
    ThreadCreatedEvent,
    ThreadItemDoneEvent,
    ThreadItemReplacedEvent,
    ThreadMetadata,
    ThreadsAddStructuredInputReq,
    ThreadStreamEvent,
)
from django.db import Error

from chatkit_django.cancellation import finish
from chatkit_django.conf import LEASE_SECONDS
from chatkit_django.context import RequestContext
from chatkit_django.ids import new_id
from chatkit_django.observation import ERROR_FRAME
from chatkit_django.runs.records import NewRun, Run, RunStatus
from chatkit_django.store import ChatStore

logger = logging.getLogger(__name__)

ToResponse = Callable[[ThreadMetadata], Thread]

INTERRUPTED = "The answer was interrupted. Please try again."
_LONGEST_WAIT = 1.0


def new_run(request: StreamingReq, context: RequestContext) -> NewRun:
    """The run of a request that is answered by a stream."""
    key = context.idempotency_key
    digest = hashlib.sha256(request.model_dump_json().encode()).hexdigest() if key else ""
    return NewRun(new_id("run"), request.type, key, digest)


class RunParts:
    """The parts a run sends, which ends with them, however they end. ``end`` is called once."""

    def __init__(
        self,
        run_id: str,
        parts: AsyncGenerator[bytes, None],
        keeper: "Keeper",
        end: Callable[[RunStatus], Awaitable[object]],
    ) -> None:
        self._run_id = run_id
        self._parts = parts
        self._keeper = keeper
        self._end = end
        self._begun = False
        self._status = RunStatus.STOPPED
        self._ending: asyncio.Future[None] | None = None

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self

    async def __anext__(self) -> bytes:
        if not self._begun:
            self._begun = True
            self._keeper.watch(self._run_id)
        try:
            part = await anext(self._parts)
        except StopAsyncIteration:
            await self._ended(RunStatus.DONE)
            raise
        except BaseException:
            await self._ended(RunStatus.STOPPED)
            raise
        if ERROR_FRAME in part:
            self._status = RunStatus.FAILED
        return part

    async def aclose(self) -> None:
        """End it where it stands, also if it has never begun."""
        try:
            await self._parts.aclose()
        finally:
            await self._ended(RunStatus.STOPPED)

    async def _ended(self, status: RunStatus) -> None:
        if self._ending is None:
            self._keeper.leave(self._run_id)
            failed = self._status == RunStatus.FAILED
            ending = self._written_down(self._status if failed else status)
            self._ending = asyncio.ensure_future(ending)
        await finish(self._ending)

    async def _written_down(self, status: RunStatus) -> None:
        try:
            await self._end(status)
        except Error:
            logger.exception("The run %s goes on until its lease is over", self._run_id)


class Keeper:
    """Renews the leases of the runs of this event loop, all of them in one statement. A run that
    lost its lease, because the process stood still for too long, is cancelled."""

    def __init__(self, store: ChatStore) -> None:
        self._store = store
        self._runs: dict[str, asyncio.Task[object] | None] = {}
        self._beating: asyncio.Task[None] | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    def watch(self, run_id: str) -> None:
        """Keep the run from now on, in the task that serves it."""
        loop = asyncio.get_running_loop()
        if loop is not self._loop:  # the one before has ended, and its runs with it
            self._loop, self._runs, self._beating = loop, {}, None
        self._runs[run_id] = asyncio.current_task()
        if self._beating is None:
            self._beating = loop.create_task(self._beat())

    def leave(self, run_id: str) -> None:
        self._runs.pop(run_id, None)
        if not self._runs and self._beating is not None:
            self._beating.cancel()
            self._beating = None

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(LEASE_SECONDS.get() / 3)
            try:
                await self.renew()
            except Exception:
                logger.exception("The leases of %s runs could not be renewed", len(self._runs))

    async def renew(self) -> None:
        asked = dict(self._runs)
        if not asked:
            return
        kept = await self._store.keep_runs(list(asked))
        for run_id, task in asked.items():
            if run_id not in kept and self._runs.pop(run_id, None) is not None and task:
                logger.warning("The run %s lost its lease and is stopped", run_id)
                task.cancel()


async def repeated_events(
    store: ChatStore, run: Run, request: StreamingReq, context: RequestContext, shown: ToResponse
) -> AsyncGenerator[ThreadStreamEvent, None]:
    """What came of the run, for a client that sent its request again: once it has ended, the items
    it made."""
    wait = 0.05
    found: Run | None = run
    while found is not None and found.status == RunStatus.RUNNING:
        await asyncio.sleep(wait)
        wait = min(2 * wait, _LONGEST_WAIT)
        found = await store.find_run(context.idempotency_key, context)
    try:
        if found is None:
            raise NotFoundError(run.id)
        thread = await store.load_thread(run.thread_id, context=context)
        items = await store.load_run_items(found, context)
        if run.kind == "threads.create":
            yield ThreadCreatedEvent(thread=shown(thread))
        if isinstance(request, ThreadsAddStructuredInputReq):
            answered = await store.load_item(thread.id, request.params.item_id, context=context)
            yield ThreadItemReplacedEvent(item=answered)
        for item in items:
            yield ThreadItemDoneEvent(item=item)
    except NotFoundError:  # deleted meanwhile
        found = None
    if found is None or found.status in (RunStatus.FAILED, RunStatus.LOST):
        yield ErrorEvent(code=ErrorCode.STREAM_ERROR, message=INTERRUPTED, allow_retry=True)
