"""Ending an Agents SDK run together with the answer that reads it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Protocol

from chatkit.types import ProgressUpdateEvent, ThreadStreamEvent

from chatkit_django.cancellation import finish

ENDING_SECONDS = 5.0


class StreamedRun(Protocol):
    """What ``Runner.run_streamed`` returns, as far as it matters here."""

    def cancel(self) -> None: ...


class AnswerContext(Protocol):
    """The SDK's ``AgentContext``, as far as it matters here."""

    async def stream(self, event: ThreadStreamEvent) -> None: ...


async def stream_run(
    context: AnswerContext, run: StreamedRun, events: AsyncIterator[ThreadStreamEvent]
) -> AsyncIterator[ThreadStreamEvent]:
    """The events of ``stream_agent_response(context, run)``. If they do not come to their end (a
    failure, the reader gone), the run is cancelled: no further model call, no further tool."""
    step: asyncio.Task[ThreadStreamEvent | None] | None = None
    ended = False
    try:
        while not ended:
            step = asyncio.create_task(_next(events))
            # Not awaited: a cancel of ours would tear the SDK's generators apart and leave
            # their tasks behind.
            await asyncio.wait({step})
            event = step.result()
            if event is None:
                ended = True
            else:
                yield event
    finally:
        if not ended:
            run.cancel()
            await finish(asyncio.ensure_future(_let_end(context, step, events)))


async def _next(events: AsyncIterator[ThreadStreamEvent]) -> ThreadStreamEvent | None:
    try:
        return await anext(events)
    except StopAsyncIteration:
        return None


async def _let_end(
    context: AnswerContext,
    step: "asyncio.Task[ThreadStreamEvent | None] | None",
    events: AsyncIterator[ThreadStreamEvent],
) -> None:
    """Read on, as the Agents SDK asks for, until a cancelled run has ended."""
    # Whatever a cancelled run still raises concerns nobody.
    with suppress(Exception):
        async with asyncio.timeout(ENDING_SECONDS):
            while step is not None and await step is not None:
                step = asyncio.create_task(_next(events))
    # If the run failed, the SDK has left a task that waits for one more event.
    await context.stream(ProgressUpdateEvent(text=""))
