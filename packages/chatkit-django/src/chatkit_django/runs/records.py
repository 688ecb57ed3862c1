"""A run is one response of the server in a thread, from the request to its end.

One at a time is in a thread. Whoever runs holds the thread by a lease that has to be renewed, so
that a worker that dies does not hold it for long. A request with an ``Idempotency-Key`` is run
once, however often it is sent.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from chatkit_django.exceptions import IdempotencyKeyReused, InvalidIdempotencyKey, ThreadBusy
from chatkit_django.rows_by_hand import Step

_KEY = re.compile(r"[\x21-\x7e]{1,128}")


class RunStatus(StrEnum):
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"  # it ended with an error event
    STOPPED = "stopped"  # the user stopped it, or left without a way back
    LOST = "lost"  # nobody renewed its lease


class Before(Protocol):
    """What else is to be done in the transaction that begins a run, before that. What it raises
    ends the transaction."""

    def __call__(self) -> None: ...

    def steps(self) -> Sequence[Step]:
        """The same as steps, which do nothing where it raises."""


@dataclass(frozen=True)
class NewRun:
    """A run that is about to begin: its id, the type of its request, the request's idempotency
    key (``""``: none), what tells the request from another one, whether its reader can come back
    when it was cut, and for stores that take it along what else is to be done in the transaction
    that begins it."""

    id: str
    kind: str
    key: str = ""
    digest: str = ""
    resumable: bool = False
    before: Before | None = None


@dataclass(frozen=True)
class Run:
    """A run that has begun. It made the items from one position up to another, which is not known
    before its end."""

    id: str
    thread_id: str
    kind: str
    status: RunStatus
    digest: str
    from_position: int
    to_position: int | None


class Repeated(Exception):  # noqa: N818  (the client may be right to ask again)
    """The request was sent before; ``run`` is what came of it."""

    def __init__(self, run: Run) -> None:
        super().__init__(run.id)
        self.run = run


class LeaseOver(ThreadBusy):
    """As ``ThreadBusy``, but nobody seems to keep that run any more."""

    def __init__(self, run_id: str, lease_until: datetime) -> None:
        super().__init__(run_id)
        self.lease_until = lease_until


def idempotency_key_from(header: str) -> str:
    """The key of the header; ``""`` if there is none. Raises ``InvalidIdempotencyKey``."""
    if header and not _KEY.fullmatch(header):
        raise InvalidIdempotencyKey
    return header


def check_same(run: Run, digest: str) -> None:
    """Raises ``IdempotencyKeyReused`` if the run was of another request."""
    if run.digest != digest:
        raise IdempotencyKeyReused
