"""What words mean: names, periods, and messages that are about something else."""

from __future__ import annotations

from typing import Literal

from spendo.assistant.tools.envelope.base import Envelope, PeriodPart
from spendo.assistant.tools.envelope.part import Count, Part


class NamedThing(Part):
    name: str
    kind: str


class NamesEnvelope(Envelope):
    """When nothing matches: names that are there, and how many transactions there are at all."""

    tool: Literal["match_names"] = "match_names"
    text: str
    categories: tuple[NamedThing, ...]
    merchants: tuple[str, ...]
    accounts: tuple[NamedThing, ...]
    near: tuple[str, ...] = ()
    records: Count | None = None

    @property
    def empty(self) -> bool:
        return not (self.categories or self.merchants or self.accounts)


class PeriodEnvelope(Envelope):
    tool: Literal["resolve_period"] = "resolve_period"
    period: PeriodPart
    text: str


class SetAsideEnvelope(Envelope):
    tool: Literal["not_about_finances"] = "not_about_finances"
    reason: Literal["off_topic", "small_talk"]
    say: str


WordEnvelopes = NamesEnvelope | PeriodEnvelope | SetAsideEnvelope
