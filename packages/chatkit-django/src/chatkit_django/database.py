"""Database work of the async code: one hop per operation into a few threads of our own.

Django would give each request a thread, and that thread's connection would stay open for as long
as the answer streams. Here nothing is held between two operations except what ``CONN_MAX_AGE``
allows, at most one connection per thread of the pool.
"""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import ParamSpec, TypeVar

from asgiref.sync import sync_to_async
from django.db import connections

from chatkit_django.cancellation import finish
from chatkit_django.conf import DATABASE_THREADS
from chatkit_django.metrics import store_time

P = ParamSpec("P")
T = TypeVar("T")

_lock = threading.Lock()
_pool: ThreadPoolExecutor | None = None
_size = 0


async def run(operation: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run the operation in the pool. A cancelled caller still waits for its end, so that nothing
    it does next can overtake a write that has begun."""

    def hop() -> T:
        _recycle()
        try:
            with store_time(getattr(operation, "__name__", "other")):
                return operation(*args, **kwargs)
        finally:
            _recycle()

    loop = asyncio.get_running_loop()
    return await finish(loop.run_in_executor(_executor(), copy_context().run, hop))


async def release_request_connections() -> None:
    """Close what the sign-in and the middleware opened in this request's own thread."""
    await sync_to_async(_close_idle)()


def close() -> None:
    """End the pool and its connections; the next operation starts a new one."""
    global _pool
    with _lock:
        pool, _pool = _pool, None
    if pool is None:
        return
    together = threading.Barrier(_size)

    def leave() -> None:
        together.wait()
        connections.close_all()

    for left in [pool.submit(leave) for _ in range(_size)]:
        left.result()
    pool.shutdown()


def _executor() -> ThreadPoolExecutor:
    global _pool, _size
    with _lock:
        if _pool is None:
            _size = DATABASE_THREADS.get()
            _pool = ThreadPoolExecutor(_size, thread_name_prefix="chatkit-database")
        return _pool


def _recycle() -> None:
    for connection in connections.all(initialized_only=True):
        connection.close_if_unusable_or_obsolete()


def _close_idle() -> None:
    for connection in connections.all(initialized_only=True):
        if not connection.in_atomic_block:
            connection.close()
