"""What is said in place of an answer whose figures could not be traced: the tools' own figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from spendo.assistant.analyst.wording import day, name, table
from spendo.assistant.tools.envelope import Envelope, Figure
from spendo.ledger.money import Money, format_money

MOST_FIGURES = 12
SAID = (
    "I could not check every figure of my answer against your records, so here is what the records "
    "say instead:"
)
NOTHING_FOUND = (
    "I could not check the figures of my answer against your records, so I leave it out. Ask again "
    "with a period, a category or an account."
)


def fallback(envelopes: Sequence[Envelope]) -> str:
    """A table of the figures that tools returned in this turn, the main ones first; markdown."""
    rows = list(dict.fromkeys(_rows(envelopes)))[:MOST_FIGURES]
    if not rows:
        return NOTHING_FOUND
    return f"{SAID}\n\n{table(('What', 'Figure', 'When'), rows, right=(1,))}"


def _rows(envelopes: Sequence[Envelope]) -> Iterator[tuple[str, str, str]]:
    for envelope in reversed(envelopes):  # what was asked last is nearest to the answer
        for figure in envelope.figures():
            if figure.kind not in ("date", "number"):
                yield name(_label(figure)), _worded(figure), figure.period or "—"


def _label(figure: Figure) -> str:
    label = figure.label or figure.tool.replace("_", " ")
    return label[0].upper() + label[1:]


def _worded(figure: Figure) -> str:
    value = Decimal(figure.value)
    match figure.kind:
        case "money":
            return format_money(Money(value, figure.currency or "USD"))
        case "percent":
            return f"{value:,}%".replace("-", "−")
        case "count":
            return f"{value:,}"
        case "date":
            return day(date.fromisoformat(figure.value))
        case _:
            return f"{value}"
