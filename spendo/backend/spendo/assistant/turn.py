"""One question being answered: whose it is, and what the tools found for it.

It is the context of the agent's run, so the user reaches a tool from here and never from an
argument that a model wrote.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spendo.assistant.tools.envelope import Envelope
    from spendo.users.models import User


@dataclass
class Turn:
    """`today` is the day in the user's time zone, read once so that one answer has one day."""

    user: User
    today: date
    tell: Callable[[str], Awaitable[None]] | None = None
    envelopes: list[Envelope] = field(default_factory=list)
    stopped: bool = False

    async def progress(self, text: str) -> None:
        """Tell the reader what is being done now; nothing when nobody is reading."""
        if self.tell is not None:
            await self.tell(text)

    @property
    def off_topic(self) -> bool:
        """Whether the message was set aside as not being about the user's money."""
        return any(envelope.tool == "not_about_finances" for envelope in self.envelopes)
