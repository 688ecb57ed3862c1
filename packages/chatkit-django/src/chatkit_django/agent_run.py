"""Ending an Agents SDK run together with the answer that reads it."""

from collections.abc import AsyncIterator
from typing import Protocol

from chatkit.types import ThreadStreamEvent


class StreamedRun(Protocol):
    """What ``Runner.run_streamed`` returns, as far as it matters here."""

    def cancel(self) -> None: ...


class AnswerContext(Protocol):
    """The SDK's ``AgentContext``, as far as it matters here."""

    def _complete(self) -> None: ...


async def stream_run(
    context: AnswerContext, run: StreamedRun, events: AsyncIterator[ThreadStreamEvent]
) -> AsyncIterator[ThreadStreamEvent]:
    """The events of ``stream_agent_response(context, run)``. However they end (done, failed, the
    reader gone), the run is cancelled: no further model call, no further tool."""
    try:
        async for event in events:
            yield event
    finally:
        run.cancel()
        # The SDK leaves a task waiting on the context's queue when a run ends early.
        context._complete()
