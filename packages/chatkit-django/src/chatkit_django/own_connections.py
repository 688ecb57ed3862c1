"""The database connections of our own threads.

Django looks for the task it is in whenever it is asked for a connection, which takes as long as a
short query. A thread of ours has no tasks: it keeps what it was given.
"""

import threading

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

_here = threading.local()


def keep_connections() -> None:
    """From now on this thread, in which no event loop runs, keeps what it is given."""
    _here.known = {}


def connection_to(alias: str) -> BaseDatabaseWrapper:
    """This thread's connection to the database."""
    known: dict[str, BaseDatabaseWrapper] | None = getattr(_here, "known", None)
    if known is None:
        return connections[alias]
    if alias not in known:
        known[alias] = connections[alias]
    return known[alias]
