"""Where a figure of an earlier answer comes from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from spendo.assistant.tools.envelope.base import LedgerEnvelope
from spendo.assistant.tools.envelope.part import Amount, Count, Figure, FigureKind, Number, Part


class ExplainedPart(Part):
    """One part of the figure, of `count` records where it is made of records."""

    label: str
    amount: Amount | None = None
    number: Number | None = None
    count: Count | None = None

    def title(self) -> str:
        return self.label


class ExplainEnvelope(LedgerEnvelope):
    """The figure `value` was returned by the tool `source`, called with `arguments` (JSON), under
    `label`. `formula` is how it is put together, in words; the `parts` sum to it where they are of
    money. `now` is what the same call returns today, where that is something else. `count` is of
    the records it rests on, whatever they are called (`counted_as`); `made_from` says it in
    words where they are no transactions."""

    tool: Literal["explain_number"] = "explain_number"
    value: str
    kind: FigureKind
    currency: str | None
    label: str
    source: str
    arguments: str
    formula: str
    parts: tuple[ExplainedPart, ...]
    now: str | None
    period_text: str | None = None
    counted_as: str = "transactions"
    made_from: str | None = None

    def period_words(self) -> str | None:
        return self.period.words if self.period else self.period_text

    def records(self) -> str:
        return super().records() if self.made_from is None else self.made_from

    def label_of(self, field: str) -> str:
        return self.counted_as if field == "count" else super().label_of(field)

    def figures_within(self, tool: str, period: str | None) -> Iterator[Figure]:
        yield Figure(tool, self.label, self.value, self.kind, self.currency, period)
        if self.now is not None:
            yield Figure(tool, f"{self.label} now", self.now, self.kind, self.currency, period)
        yield from super().figures_within(tool, period)
