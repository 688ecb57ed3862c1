"""Letting a piece of work end although its caller is being cancelled."""

import asyncio
from typing import TypeVar

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
