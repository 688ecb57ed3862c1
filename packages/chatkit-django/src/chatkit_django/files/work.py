"""Slow work with bytes, in a few threads of its own, so that neither the event loop nor the
database's threads wait for it."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import ParamSpec, TypeVar

from django.db import connections

from chatkit_django.cancellation import finish

P = ParamSpec("P")
T = TypeVar("T")

THREADS = 4

_lock = threading.Lock()
_pool: ThreadPoolExecutor | None = None


async def run(operation: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run the operation in the pool; a cancelled caller still waits for its end."""

    def hop() -> T:
        try:
            return operation(*args, **kwargs)
        finally:
            connections.close_all()

    loop = asyncio.get_running_loop()
    return await finish(loop.run_in_executor(_executor(), copy_context().run, hop))


def _executor() -> ThreadPoolExecutor:
    global _pool
    with _lock:
        if _pool is None:
            _pool = ThreadPoolExecutor(THREADS, thread_name_prefix="chatkit-files")
        return _pool
