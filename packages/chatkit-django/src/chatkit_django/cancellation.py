"""Letting a piece of work end although its caller is being cancelled."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


async def finish(future: "asyncio.Future[T]") -> T:
    """The future's result. A cancel that arrives meanwhile is raised once the future is done."""
    cancelled: asyncio.CancelledError | None = None
    while not future.done():
        try:
            await asyncio.wait({future})
        except asyncio.CancelledError as error:
            cancelled = error
    if cancelled is not None:
        if not future.cancelled():
            future.exception()
        raise cancelled
    return future.result()


_background: set[asyncio.Task[Any]] = set()


def in_background(work: Coroutine[Any, Any, object]) -> None:
    """Let it end by itself; nobody waits for it."""
    task = asyncio.get_running_loop().create_task(work)
    _background.add(task)
    task.add_done_callback(_background.discard)
