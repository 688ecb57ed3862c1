"""Database work of the async code: one hop per operation into a few threads of our own.

Django would give each request a thread, and that thread's connection would stay open for as long
as the answer streams. Here nothing is held between two operations except what ``CONN_MAX_AGE``
allows, at most one connection per thread; an SQLite file, which has no connections to spare,
stays open.

SQLite has one writer at a time and makes each commit wait for the disk. So all writes go to one
thread, which commits those that came meanwhile together: as durable, and many times as many.
"""

import asyncio
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from typing import Any, ParamSpec, TypeVar

from asgiref.sync import SyncToAsync, sync_to_async
from django.db import connections, router, transaction

from chatkit_django import models
from chatkit_django.cancellation import finish
from chatkit_django.conf import DATABASE_THREADS
from chatkit_django.metrics import store_time

P = ParamSpec("P")
T = TypeVar("T")

MOST_AT_ONCE = 64
"""Writes in one commit; the first of them waits for the last."""

_lock = threading.Lock()
_pool: ThreadPoolExecutor | None = None
_size = 0
_writer: ThreadPoolExecutor | None = None
_waiting: "deque[_Write]" = deque()


async def run(operation: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run the operation in the pool, in no transaction. A cancelled caller still waits for its
    end, so that nothing it does next can overtake a write that has begun."""

    loop = asyncio.get_running_loop()
    hop = _hop(operation, args, kwargs)
    return await finish(loop.run_in_executor(_executor(), copy_context().run, hop))


async def write(operation: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Like ``run``, in a transaction, which is committed when this returns."""
    if connections[_alias()].vendor != "sqlite":
        return await run(_atomically, operation, args, kwargs)
    job = _Write(_timed(operation, args, kwargs))
    _waiting.append(job)
    _writer_executor().submit(_commit_waiting)
    return await finish(asyncio.wrap_future(job.done))


class _Write:
    """One operation that waits for the writer, and what came of it."""

    def __init__(self, operation: Callable[[], Any]) -> None:
        self.operation = operation
        self.context = copy_context()
        self.done: Future[Any] = Future()
        self.result: Any = None
        self.error: BaseException | None = None

    def attempt(self) -> None:
        """In a savepoint: an operation that fails leaves the others alone."""
        try:
            with transaction.atomic(_alias()):
                self.result = self.context.run(self.operation)
        except BaseException as error:
            self.error = error

    def tell(self) -> None:
        if self.error is None:
            self.done.set_result(self.result)
        else:
            self.done.set_exception(self.error)


def _commit_waiting() -> None:
    """Do what waits, in the order of its arrival, in one transaction."""
    batch: list[_Write] = []
    while _waiting and len(batch) < MOST_AT_ONCE:
        batch.append(_waiting.popleft())
    if not batch:  # an earlier call took it along
        return
    _recycle()
    try:
        if len(batch) == 1:
            batch[0].attempt()
        else:
            with transaction.atomic(_alias()):
                for job in batch:
                    job.attempt()
    except BaseException as error:  # the commit failed, and with it all of them
        for job in batch:
            job.error = error
    finally:
        _recycle()
        for job in batch:
            job.tell()


def _alias() -> str:
    return router.db_for_write(models.Thread)


def _atomically(operation: Callable[..., T], args: Any, kwargs: Any) -> T:
    with transaction.atomic(_alias()):
        return _timed(operation, args, kwargs)()


def _timed(operation: Callable[..., T], args: Any, kwargs: Any) -> Callable[[], T]:
    def timed() -> T:
        with store_time(getattr(operation, "__name__", "other")):
            return operation(*args, **kwargs)

    return timed


def _hop(operation: Callable[..., T], args: Any, kwargs: Any) -> Callable[[], T]:
    timed = _timed(operation, args, kwargs)

    def hop() -> T:
        _recycle()
        try:
            return timed()
        finally:
            _recycle()

    return hop


def request_has_thread() -> bool:
    """Whether synchronous code of this request has been given a thread, or may share one that
    others use too."""
    context = SyncToAsync.thread_sensitive_context.get(None)
    return context is None or context in SyncToAsync.context_to_thread_executor


async def release_request_connections() -> None:
    """Close what the sign-in and the middleware opened in this request's own thread."""
    if request_has_thread():
        await sync_to_async(_close_idle)()


def close() -> None:
    """End the threads and their connections; the next operation starts new ones."""
    global _pool, _writer
    with _lock:
        pool, _pool = _pool, None
        writer, _writer = _writer, None
    for executor, size in ((pool, _size), (writer, 1)):
        if executor is not None:
            _end(executor, size)


def _end(executor: ThreadPoolExecutor, size: int) -> None:
    together = threading.Barrier(size)

    def leave() -> None:
        together.wait()
        connections.close_all()

    for left in [executor.submit(leave) for _ in range(size)]:
        left.result()
    executor.shutdown()


def _writer_executor() -> ThreadPoolExecutor:
    global _writer
    with _lock:
        if _writer is None:
            _writer = ThreadPoolExecutor(1, thread_name_prefix="chatkit-writer")
        return _writer


def _executor() -> ThreadPoolExecutor:
    global _pool, _size
    with _lock:
        if _pool is None:
            _size = DATABASE_THREADS.get()
            _pool = ThreadPoolExecutor(_size, thread_name_prefix="chatkit-database")
        return _pool


def _recycle() -> None:
    for connection in connections.all(initialized_only=True):
        if connection.vendor == "sqlite":
            connection.close_at = None
        connection.close_if_unusable_or_obsolete()


def _close_idle() -> None:
    for connection in connections.all(initialized_only=True):
        if not connection.in_atomic_block:
            connection.close()
