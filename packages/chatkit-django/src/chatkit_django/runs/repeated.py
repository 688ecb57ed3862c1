"""Requests that begin a run, and that are sent again."""

import asyncio
import hashlib
from collections.abc import AsyncGenerator, Callable

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

from chatkit_django.context import RequestContext
from chatkit_django.exceptions import InvalidIdempotencyKey
from chatkit_django.ids import new_id
from chatkit_django.runs.records import NewRun, Run, RunStatus, idempotency_key_from
from chatkit_django.store import ChatStore

ToResponse = Callable[[ThreadMetadata], Thread]

INTERRUPTED = "The answer was interrupted. Please try again."
_LONGEST_WAIT = 1.0


def new_run(request: StreamingReq, context: RequestContext) -> NewRun:
    """The run of a request that is answered by a stream. What its client can do it says in the
    request's ``metadata``, which needs no header that other servers might not allow."""
    key = context.idempotency_key or _key_of(request)
    digest = hashlib.sha256(request.model_dump_json().encode()).hexdigest() if key else ""
    resumable = request.metadata.get("resumable") is True
    return NewRun(new_id("run"), request.type, key, digest, resumable)


def _key_of(request: StreamingReq) -> str:
    key = request.metadata.get("idempotency_key", "")
    if not isinstance(key, str):
        raise InvalidIdempotencyKey
    return idempotency_key_from(key)


async def repeated_events(
    store: ChatStore, run: Run, request: StreamingReq, context: RequestContext, shown: ToResponse
) -> AsyncGenerator[ThreadStreamEvent, None]:
    """What came of a run whose events are not to be had any more, or not here: once it has ended,
    the items it made."""
    wait = 0.05
    found: Run | None = run
    try:
        while run.status == RunStatus.RUNNING:
            await asyncio.sleep(wait)
            wait = min(2 * wait, _LONGEST_WAIT)
            run = found = await store.load_run(run.id, context)
        thread = await store.load_thread(run.thread_id, context=context)
        items = await store.load_run_items(run, context)
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
        yield interrupted()


def interrupted() -> ErrorEvent:
    return ErrorEvent(code=ErrorCode.STREAM_ERROR, message=INTERRUPTED, allow_retry=True)
