"""Identifiers of 128 bits that sort by the millisecond they were made in."""

import os
import time
from collections import deque

_PREFIXES = {
    "thread": "thr",
    "message": "msg",
    "tool_call": "tc",
    "task": "tsk",
    "workflow": "wf",
    "attachment": "atc",
    "sdk_hidden_context": "shcx",
    "run": "run",
}


def new_id(kind: str) -> str:
    """A prefix for the kind, then a UUID of version 7 in hexadecimal: ``msg_0199…``."""
    return f"{_PREFIXES.get(kind, 'itm')}_{_uuid7():032x}"


def holder_of(run_id: str) -> str:
    """What a run's places among the responses are marked with, of at most 32 characters."""
    return run_id[-32:]


def _uuid7() -> int:
    milliseconds = time.time_ns() // 1_000_000
    version, variant = 7, 2
    random = int.from_bytes(_random_bytes())
    return (
        (milliseconds & (2**48 - 1)) << 80
        | version << 76
        | (random >> 64 & (2**12 - 1)) << 64
        | variant << 62
        | random & (2**62 - 1)
    )


_BYTES, _AT_ONCE = 16, 256
_made: deque[bytes] = deque()
# Two processes must not use the same ones.
os.register_at_fork(after_in_child=_made.clear)


def _random_bytes() -> bytes:
    """From the system, for many at once: each question lets other threads in first."""
    try:
        return _made.popleft()
    except IndexError:
        many = os.urandom(_BYTES * _AT_ONCE)
    _made.extend(many[start : start + _BYTES] for start in range(_BYTES, len(many), _BYTES))
    return many[:_BYTES]
