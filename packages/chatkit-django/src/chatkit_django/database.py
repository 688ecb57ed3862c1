"""Database work of the async code: one hop per operation into a few threads of our own.

Django would give each request a thread, and that thread's connection would stay open for as long
as the answer streams. Here nothing is held between two operations except what ``CONN_MAX_AGE``
allows, at most one connection per thread; an SQLite file, which has no connections to spare,
stays open.

SQLite has one writer at a time and makes each commit wait for the disk. So all writes go to one
thread, which commits those that came meanwhile together: as durable, and many times as many.
"""

import asyncio
import logging
import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from contextvars import copy_context
from functools import cache, partial
from queue import SimpleQueue
from typing import Any, Generic, ParamSpec, TypeVar

from asgiref.sync import SyncToAsync, sync_to_async
from django.db import connections, router, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from chatkit_django import models
from chatkit_django.conf import DATABASE_THREADS
from chatkit_django.metrics import store_time
from chatkit_django.own_connections import connection_to, keep_connections
from chatkit_django.own_transactions import in_transaction
from chatkit_django.tracing import in_span

P = ParamSpec("P")
T = TypeVar("T")

logger = logging.getLogger(__name__)

MOST_IN_A_ROW = 16
"""Reads of one thread in a row; the first of them waits for the last."""
MOST_AT_ONCE = 64
"""Writes in one commit; the first of them waits for the last."""
ALONG_SECONDS = 0.02
"""How long a write that can wait does so for one that it can go along with."""


async def run(operation: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run the operation in one of the threads, in no transaction. A cancelled caller still waits
    for its end, so that nothing it does next can overtake a write that has begun."""
    job = Job(partial(operation, *args, **kwargs))
    _pool().put(job.alone)
    return await job.end()


async def read(operation: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Like ``run``, for a short read. On SQLite, where nothing is waited for, one thread does those
    that have come meanwhile in a row: to wake one for each takes as long as the read itself."""
    job = Job(partial(operation, *args, **kwargs))
    if _has_one_writer(_alias()):
        _readers.add(job)
    else:
        _pool().put(job.alone)
    return await job.end()


async def write(operation: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Like ``run``, in a transaction, which is committed when this returns."""
    if not _has_one_writer(_alias()):
        return await run(_atomically, operation, args, kwargs)
    return await _written(Job(partial(operation, *args, **kwargs)))


async def write_at_once(operation: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Like ``write``, for what is one statement on PostgreSQL, which needs no transaction around
    it: two ways to the database less. On SQLite it may be done, taken back and done again."""
    if not _has_one_writer(_alias()):
        return await run(operation, *args, **kwargs)
    job = Job(partial(operation, *args, **kwargs), may_be_repeated=True)
    return await _written(job)


async def write_along(operation: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Like ``write_at_once``, for what can wait for a moment: on SQLite it goes along with the next
    commit, which costs many times as much, and alone if there is none soon."""
    if not _has_one_writer(_alias()):
        return await run(operation, *args, **kwargs)
    job = Job(partial(operation, *args, **kwargs), may_be_repeated=True)
    _waiting.append(job)
    timer = job.loop.call_later(ALONG_SECONDS, _commit_soon)
    try:
        return await job.end()
    finally:
        timer.cancel()


class Job(Generic[T]):
    """One operation on its way through a thread, and what came of it."""

    __slots__ = (
        "_context",
        "_error",
        "_known",
        "_operation",
        "_result",
        "_waiter",
        "loop",
        "may_be_repeated",
    )

    _result: T

    def __init__(self, operation: Callable[[], T], *, may_be_repeated: bool = False) -> None:
        self._operation = operation
        self.may_be_repeated = may_be_repeated
        self._context = copy_context()
        self.loop = asyncio.get_running_loop()
        self._waiter = self.loop.create_future()
        self._known = False
        self._error: BaseException | None = None

    def alone(self, tidy: Callable[[], None]) -> None:
        """Do it and tell."""
        self.attempt()
        try:
            tidy()
        finally:
            tell([self])

    def attempt(self) -> None:
        name = _name_of(self._operation)
        try:
            with store_time(name):
                self._result = self._context.run(in_span(name, self._operation))
        except BaseException as error:
            self._error = error

    def has_failed(self) -> bool:
        return self._error is not None

    def take_back(self) -> None:
        """Forget what came of it, as the database has."""
        self._error = None

    def in_transaction(self) -> None:
        """Do it in a transaction of its own."""
        try:
            with in_transaction(_alias()):
                self.attempt()
                if self._error is not None:
                    raise self._error
        except BaseException as error:
            self._error = error

    def in_savepoint(self, connection: BaseDatabaseWrapper) -> None:
        """An operation that fails leaves the others of its transaction alone. Django's own
        savepoint does the same and takes as long as the operation."""
        hooks = len(connection.run_on_commit)
        execute = connection.connection.execute
        connection.savepoint_ids.append("chatkit")  # Django sees that it is in one
        try:
            execute("SAVEPOINT chatkit")
            self.attempt()
            if self._error is not None:
                execute("ROLLBACK TO chatkit")
                connection.needs_rollback = False
                del connection.run_on_commit[hooks:]
            execute("RELEASE chatkit")
        except BaseException as error:
            connection.needs_rollback = True
            self._error = error
        finally:
            connection.savepoint_ids.pop()

    def fail(self, failure: BaseException) -> None:
        """Have the caller told that nothing came of it."""
        self._error = failure

    async def end(self) -> T:
        """What came of it; a cancel that arrives meanwhile is raised once that is known."""
        cancelled: asyncio.CancelledError | None = None
        while not self._known:
            try:
                await self._waiter
            except asyncio.CancelledError as error:
                cancelled = error
                self._waiter = self.loop.create_future()
        if cancelled is not None:
            raise cancelled
        if self._error is not None:
            try:
                raise self._error
            finally:
                self._error = None  # it holds this frame, which holds it
        return self._result

    def wake(self) -> None:
        """Let the caller go on; to be called in its loop."""
        self._known = True
        if not self._waiter.done():
            self._waiter.set_result(None)


async def _written(job: Job[T]) -> T:
    _waiting.append(job)
    _commit_soon()
    return await job.end()


def _commit_soon() -> None:
    _writer().put(_commit_waiting)


class Readers:
    """Reads that wait, and how many threads are at them. A thread that has begun goes on as long
    as there are more; another helps it when there are many."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: deque[Job[Any]] = deque()
        self._at_work = 0

    def add(self, job: "Job[Any]") -> None:
        with self._lock:
            self._waiting.append(job)
            if len(self._waiting) <= MOST_IN_A_ROW * self._at_work:
                return
            self._at_work += 1
        _pool().put(self._work)

    def _work(self, tidy: Callable[[], None]) -> None:
        while jobs := self._next():
            for job in jobs:
                job.attempt()
            try:
                tidy()
            except Exception:  # who waits need not know; and the others wait for this thread
                logger.exception("A connection could not be tidied up")
            finally:
                tell(jobs)

    def _next(self) -> "list[Job[Any]]":
        with self._lock:
            count = min(len(self._waiting), MOST_IN_A_ROW)
            if not count:
                self._at_work -= 1
            return [self._waiting.popleft() for _ in range(count)]


def tell(jobs: "list[Job[Any]]") -> None:
    """Let the callers go on: those of one loop at once."""
    for loop in {job.loop for job in jobs}:
        with suppress(RuntimeError):  # the loop has ended, and nobody waits
            loop.call_soon_threadsafe(_wake, [job for job in jobs if job.loop is loop])


def _wake(jobs: "list[Job[Any]]") -> None:
    for job in jobs:
        job.wake()


Work = Callable[[Callable[[], None]], None]
"""Something for a thread to do, which calls what it is given before it tells that it is done."""


class Threads:
    """Threads that do what is put into one queue."""

    def __init__(self, count: int, name: str) -> None:
        self._queue: SimpleQueue[Work | None] = SimpleQueue()
        self._threads = [
            threading.Thread(target=self._work, name=f"{name}_{number}", daemon=True)
            for number in range(count)
        ]
        for thread in self._threads:
            thread.start()

    def put(self, work: Work) -> None:
        self._queue.put(work)

    def end(self) -> None:
        """Let them finish what was put, close their connections and end."""
        for _ in self._threads:
            self._queue.put(None)
        for thread in self._threads:
            thread.join()

    def _work(self) -> None:
        keep_connections()
        while (work := self._queue.get()) is not None:
            try:
                work(self._tidy)
            except Exception:  # who waits for it has been told; the next one needs the thread
                logger.exception("A connection could not be tidied up")
            del work  # what it holds is not held until the next one comes
        connections.close_all()

    def _tidy(self) -> None:
        """Close what is broken, and unless the next work waits already what may not stay open."""
        in_use = not self._queue.empty()
        for connection in connections.all(initialized_only=True):
            if connection.vendor == "sqlite":
                connection.close_at = None
            if connection.errors_occurred or not in_use:
                try:
                    connection.close_if_unusable_or_obsolete()
                except Exception:
                    logger.exception("A connection could not be closed")


_lock = threading.Lock()
_threads: dict[str, Threads] = {}
_waiting: "deque[Job[Any]]" = deque()
_readers = Readers()


def close() -> None:
    """End the threads and their connections; the next operation starts new ones."""
    with _lock:
        ended = list(_threads.values())
        _threads.clear()
    for threads in ended:
        threads.end()


def _pool() -> Threads:
    return _threads.get("database") or _started("database", DATABASE_THREADS.get())


def _writer() -> Threads:
    return _threads.get("writer") or _started("writer", 1)


def _started(name: str, count: int) -> Threads:
    with _lock:
        if name not in _threads:
            _threads[name] = Threads(count, f"chatkit-{name}")
        return _threads[name]


def _commit_waiting(tidy: Callable[[], None]) -> None:
    """Do what waits, in the order of its arrival, in one transaction."""
    batch: list[Job[Any]] = []
    while _waiting and len(batch) < MOST_AT_ONCE:
        batch.append(_waiting.popleft())
    if not batch:  # an earlier call took it along
        return
    try:
        if len(batch) == 1:
            batch[0].in_transaction()
        elif not _done_together(batch):
            with in_transaction(_alias()):
                connection = connection_to(_alias())
                for job in batch:
                    job.in_savepoint(connection)
    except BaseException as error:  # the commit failed, and with it all of them
        for job in batch:
            job.fail(error)
    finally:
        try:
            tidy()
        finally:
            tell(batch)


def _done_together(batch: "list[Job[Any]]") -> bool:
    """Do all of them without savepoints, in which SQLite copies each page that is changed. False
    if that cannot be, or one has failed and with it all; then nothing is done."""
    if not all(job.may_be_repeated for job in batch):
        return False
    with suppress(_TakenBack), in_transaction(_alias()):
        for job in batch:
            job.attempt()
            if job.has_failed():
                raise _TakenBack
        return True
    for job in batch:
        job.take_back()
    return False


class _TakenBack(Exception):  # noqa: N818  (it is done in another way)
    pass


def _atomically(operation: Callable[..., T], args: Any, kwargs: Any) -> T:
    with transaction.atomic(_alias()):
        return operation(*args, **kwargs)


def _alias() -> str:
    return router.db_for_write(models.Thread)


@cache
def _has_one_writer(alias: str) -> bool:
    # Asked once: on the event loop each look at a connection would make one.
    return connections[alias].vendor == "sqlite"


def _name_of(operation: Any) -> str:
    while isinstance(operation, partial):
        operation = operation.args[0] if operation.func is _atomically else operation.func
    return getattr(operation, "__name__", "other")


def request_has_thread() -> bool:
    """Whether synchronous code of this request has been given a thread, or may share one that
    others use too."""
    context = SyncToAsync.thread_sensitive_context.get(None)
    return context is None or context in SyncToAsync.context_to_thread_executor


async def release_request_connections() -> None:
    """Close what the sign-in and the middleware opened in this request's own thread."""
    if request_has_thread():
        await sync_to_async(_close_idle)()


def _close_idle() -> None:
    for connection in connections.all(initialized_only=True):
        if not connection.in_atomic_block:
            connection.close()
