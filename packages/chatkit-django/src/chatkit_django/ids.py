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
    return f"{_PREFIXES.get(kind, 'itm')}_{_uuid7()}"


def holder_of(run_id: str) -> str:
    """What a run's places among the responses are marked with, of at most 32 characters."""
    return run_id[-32:]


def _uuid7() -> str:
    milliseconds = time.time_ns() // 1_000_000
    random = _random_bytes().hex()
    variant = _VARIANTS[random[0]]
    return f"{milliseconds & (2**48 - 1):012x}7{random[1:4]}{variant}{random[4:19]}"


_VARIANTS = {digit: "89ab"[int(digit, 16) % 4] for digit in "0123456789abcdef"}
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
