"""The log of what runs have said: the port that its three adapters share.

The events of a run are numbered from 1 on without a gap. Each is kept as its frame, as it goes
over the wire: the line ``id:`` with its number, the event, and the blank line that ends it (and is
the only one in it). The last one, of a run that has ended, is ``end_frame``.
"""

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass


class LogUnavailable(Exception):  # noqa: N818  (it says what is, not what was done wrong)
    """The log does not answer. What was to be appended may be there or not."""


@dataclass(frozen=True, slots=True)
class Part:
    """Frames of one run in a row, at least one; ``first`` is the number of the first of them.
    After them comes no other if it ``ended``."""

    run_id: str
    first: int
    frames: Sequence[bytes]
    ended: bool = False

    @property
    def last(self) -> int:
        return self.first + len(self.frames) - 1


class EventLog(ABC):
    """Keeps the frames of runs while they are read, and ``CHATKIT_RUN_LOG_SECONDS`` from their end
    on. All of it raises ``LogUnavailable`` if the log cannot be reached."""

    interval = 0.25
    """Seconds between two appends that are worth what they cost."""

    goes_with_runs = True
    """Whether nothing is left of a run whose row is deleted; or else it has to be forgotten."""

    @abstractmethod
    async def append(self, parts: Sequence[Part]) -> None:
        """Keep them, for each run behind what is there. To append again what is there already,
        also cut at other places, changes nothing."""

    @abstractmethod
    async def read(
        self, cursors: Mapping[str, int], *, wait: float = 0
    ) -> Mapping[str, Part | None]:
        """By the run's id, what comes after the number (0: all of it), perhaps not all at once;
        None if the log does not have that, or not any more. Runs that have said no more are left
        out. If it is all of them, waits as many seconds for one that does."""

    @abstractmethod
    async def forget(self, run_ids: Collection[str]) -> None:
        """Keep nothing of these runs."""

    @abstractmethod
    async def expire(self) -> None:
        """Drop what is kept over its time; to be called now and then."""

    @abstractmethod
    async def close(self) -> None:
        """Give back connections; the next call makes new ones."""


def end_frame(number: int, *, lost: bool = False) -> bytes:
    """What tells a reader that a run has ended, and that no network was cut: a comment, which
    clients that do not look for it leave out. ``lost``: its worker died, and whoever read on there
    may have read more than was kept."""
    return b"id: %d\n%s" % (number, _LOST_END if lost else _END)


def is_lost_end(frame: bytes) -> bool:
    return frame.endswith(_LOST_END)


_END = b": end\n\n"
_LOST_END = b": end lost\n\n"
