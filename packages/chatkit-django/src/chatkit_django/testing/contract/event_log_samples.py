"""Frames of runs, and how they are read to their end."""

# ruff: noqa: S101

import asyncio
from time import monotonic

from chatkit_django.runs.event_log import EventLog, Part, end_frame

LIMIT = 20
"""Seconds after which something that should happen is not waited for any longer."""


class Runs:
    """The runs the log is about, for a log that looks whether there is such a run."""

    async def begin(self, *run_ids: str) -> None:
        """They are running from now on."""

    async def end(self, *run_ids: str) -> None:
        """They have ended now."""

    async def delete(self, *run_ids: str) -> None:
        """There are no such runs any more."""


def frames(run_id: str, first: int, last: int, ended: bool = False) -> list[bytes]:
    """Those with the numbers; ``last`` is the end of the run if it ``ended``."""
    said = [
        f'id: {number}\ndata: {{"of":"{run_id}","n":{number}}}\n\n'.encode()
        for number in range(first, last + (not ended))
    ]
    return [*said, end_frame(last)] if ended else said


def part(run_id: str, first: int, last: int, ended: bool = False) -> Part:
    return Part(run_id, first, frames(run_id, first, last, ended), ended)


async def all_frames(
    log: EventLog, run_id: str, after: int = 0, *, until: int | None = None
) -> list[bytes]:
    """What comes after the number, up to the end of the run or that number."""
    found: list[bytes] = []
    number, ended = after, False
    async with asyncio.timeout(LIMIT):
        while not ended and number != until:
            answer = (await log.read({run_id: number}, wait=LIMIT)).get(run_id)
            assert answer is not None, f"nothing comes after {number}"
            assert answer.first == number + 1
            assert answer.frames
            found += answer.frames
            number, ended = answer.last, answer.ended
    return found


async def until_said(log: EventLog, run_id: str, number: int) -> None:
    """Return when the run has said more than so much."""
    began = monotonic()
    while (await log.read({run_id: number})).get(run_id) is None:
        assert monotonic() - began < LIMIT, "it says nothing"
        await asyncio.sleep(0.01)


async def until_gone(log: EventLog, run_id: str) -> None:
    """Return when the log knows nothing of the run any more."""
    began = monotonic()
    while await log.read({run_id: 0}) != {run_id: None}:
        assert monotonic() - began < LIMIT, "it is kept for too long"
        await asyncio.sleep(0.05)
        await log.expire()
