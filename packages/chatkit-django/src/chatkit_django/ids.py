"""Identifiers of 128 bits that sort by the millisecond they were made in."""

import secrets
import time

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
    return (
        (milliseconds & (2**48 - 1)) << 80
        | version << 76
        | secrets.randbits(12) << 64
        | variant << 62
        | secrets.randbits(62)
    )
