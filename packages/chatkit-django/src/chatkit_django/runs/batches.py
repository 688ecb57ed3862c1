"""How the frames of a run are kept outside of the process: some of them in a row, joined."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from chatkit_django.runs.event_log import Part

BATCH_BYTES = 64 * 1024
"""A batch gets no further frame from this size on, so that one batch is about as large as the
next; a frame that is larger has a batch of its own."""
ANSWER_BYTES = 8 * 1024 * 1024
"""An answer to a reader has no further runs from this size on."""

_END = b"\n\n"


class Batch(NamedTuple):
    """The frames from number ``first`` to number ``last``, one behind the other. The run has no
    later ones if it ``ended``."""

    first: int
    last: int
    ended: bool
    frames: bytes


def cut(part: Part) -> Iterator[Batch]:
    """The part in batches."""
    first, size, frames = part.first, 0, list[bytes]()
    for frame in part.frames:
        if frames and size + len(frame) > BATCH_BYTES:
            yield Batch(first, first + len(frames) - 1, False, b"".join(frames))
            first, size, frames = first + len(frames), 0, []
        frames.append(frame)
        size += len(frame)
    yield Batch(first, part.last, part.ended, b"".join(frames))


def joined(run_id: str, number: int, batches: Iterable[Batch]) -> Part | None:
    """What comes after the number, of batches in the order of their last numbers, or one with the
    end behind all others; each may repeat frames of others. Nothing that was said behind the end
    counts. None if it does not begin with the next one."""
    some = list(batches)
    end = next((batch for batch in some if batch.ended), None)
    frames: list[bytes] = []
    for batch in some:
        if not batch.ended and batch.last > number + len(frames):
            _add(frames, number, batch)
    ended = end is not None and end.last > number and _add(frames, number, end)
    if not frames:
        return None
    return Part(run_id, number + 1, frames, ended)


def _add(frames: list[bytes], number: int, batch: Batch) -> bool:
    """Put what is in the batch in its place behind the number, and nothing behind it. False if
    some are missing before it."""
    if batch.first > number + len(frames) + 1:
        return False
    start = max(batch.first, number + 1)
    frames[start - number - 1 :] = _split(batch.frames)[start - batch.first :]
    return True


def count_of(frames: bytes) -> int:
    """How many are joined."""
    return frames.count(_END)


def _split(frames: bytes) -> list[bytes]:
    return [frame + _END for frame in frames.split(_END)[:-1]]
