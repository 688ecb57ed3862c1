"""The end of a run: its thread is free, and its place among the responses of its user."""

import asyncio

from django.db import Error

from chatkit_django.context import RequestContext
from chatkit_django.counters import database_counters
from chatkit_django.limits import Permit
from chatkit_django.runs.records import RunStatus
from chatkit_django.store import ChatStore


async def end_run(
    store: ChatStore,
    run_id: str,
    status: RunStatus,
    permit: Permit,
    context: RequestContext,
    *,
    soon: bool = True,
) -> None:
    """End the run and release its permit: in one write, where one write can do both."""
    if not store.takes_along or not permit.is_in_database:
        await asyncio.gather(store.end_run(run_id, status, context), permit.release())
        return
    slots = permit.give_up()
    steps = [database_counters.freeing(holder) for holder in {slot.holder for slot in slots}]
    try:
        await store.end_run(run_id, status, context, steps, soon=soon)
    except Error:
        database_counters.owed.extend(slots)
        raise
