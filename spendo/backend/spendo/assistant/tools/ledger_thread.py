"""The one way from the event loop to the ledger.

A selector talks to the database and would block every open stream; run through asgiref's default
it would keep a thread and a connection for as long as the stream is open. Here a few threads serve
every run of the process, and each gives its connection back before it takes the next call.
"""

from __future__ import annotations

import asyncio
import contextvars
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import connections

T = TypeVar("T")

THREADS = 4
_pool = ThreadPoolExecutor(max_workers=THREADS, thread_name_prefix="spendo-ledger")


async def in_ledger_thread(work: Callable[[], T]) -> T:
    """The result of `work`, called in a ledger thread with a connection of its own."""

    def call() -> T:
        try:
            return work()
        finally:
            connections.close_all()

    context = contextvars.copy_context()
    return await asyncio.get_running_loop().run_in_executor(_pool, context.run, call)
