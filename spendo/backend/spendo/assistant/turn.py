"""One question being answered: whose it is, and what the tools found for it.

It is the context of the agent's run, so the user reaches a tool from here and never from an
argument that a model wrote.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from spendo.users.selectors import today

if TYPE_CHECKING:
    from spendo.assistant.guard import Evidence, Verdict
    from spendo.assistant.tools.envelope import Envelope, Figure
    from spendo.users.models import User


@dataclass(frozen=True, slots=True)
class Called:
    """One call of a tool: its arguments as JSON, and what it returned."""

    tool: str
    arguments: str
    envelope: Envelope


@dataclass(frozen=True, slots=True)
class EarlierCall:
    """A call that an earlier answer of the thread rests on, and the figures it returned then."""

    tool: str
    arguments: str
    figures: tuple[Figure, ...]


@dataclass
class Turn:
    """`today` is the day in the user's time zone, read once so that one answer has one day.

    `in_callers_thread`: tools work where they are called from, not beside an event loop.
    `earlier`: the calls of this thread's earlier answers, the newest answer first.
    `evidence`: what `evidence_of` made of the calls so far, and what it rests on.
    `checked`: the last message that was let through whole, and where its figures come from.
    """

    user: User
    today: date
    tell: Callable[[str], Awaitable[None]] | None = None
    _slots: list[Called | None] = field(default_factory=list)
    stopped: bool = False
    in_callers_thread: bool = False
    earlier: tuple[EarlierCall, ...] = ()
    evidence: tuple[tuple[object, ...], Evidence] | None = None
    checked: tuple[str, Verdict] | None = None

    @classmethod
    def begin(cls, user: User, tell: Callable[[str], Awaitable[None]] | None = None) -> Turn:
        return cls(user=user, today=today(user), tell=tell)

    async def progress(self, text: str) -> None:
        """Tell the reader what is being done now; nothing when nobody is reading."""
        if self.tell is not None:
            await self.tell(text)

    def open_slot(self) -> int:
        """A place for the result of a call, so that results keep the order of their calls."""
        self._slots.append(None)
        return len(self._slots) - 1

    def fill_slot(self, slot: int, called: Called) -> None:
        self._slots[slot] = called

    @property
    def calls(self) -> list[Called]:
        """The calls that have returned, in the order in which they were made."""
        return [called for called in self._slots if called is not None]

    @property
    def envelopes(self) -> list[Envelope]:
        """What the tools returned so far, in the order in which they were called."""
        return [called.envelope for called in self.calls]

    @property
    def off_topic(self) -> bool:
        """Whether the message was set aside as not being about the user's money."""
        return any(envelope.tool == "not_about_finances" for envelope in self.envelopes)
