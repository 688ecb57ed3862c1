"""The figures that tools returned in a turn, and which of them an answer uses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from spendo.assistant.tools.envelope import (
    AccountsEnvelope,
    Amount,
    CountEnvelope,
    DataRangeEnvelope,
    Envelope,
    NetWorthEnvelope,
    SearchEnvelope,
    SumEnvelope,
)

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


@dataclass(frozen=True)
class Figure:
    """`value` is an exact decimal; `currency` is None for a count."""

    tool: str
    label: str
    value: str
    currency: str | None = None
    period: str | None = None


def figures_used(envelopes: Sequence[Envelope], answer: str) -> tuple[Figure, ...]:
    """The returned figures that stand in the answer, in the order they were returned."""
    shown = {Decimal(found.group().replace(",", "")) for found in _NUMBER.finditer(answer)}
    returned = (figure for envelope in envelopes for figure in figures_of(envelope))
    return tuple(
        dict.fromkeys(figure for figure in returned if abs(Decimal(figure.value)) in shown)
    )


def figures_of(envelope: Envelope) -> Iterator[Figure]:
    match envelope:
        case SumEnvelope():
            words = envelope.period.words
            yield _money(envelope, envelope.measure, envelope.total, words)
            yield _count(envelope, envelope.count, words)
            for unit in ("per_transaction", "per_day", "per_week", "per_month"):
                if (share := getattr(envelope.averages, unit)) is not None:
                    yield _money(envelope, f"average {unit.replace('_', ' ')}", share, words)
            for group in envelope.groups:
                yield _money(envelope, group.label, group.total, words)
                yield Figure(envelope.tool, group.label, str(group.count), None, words)
            if pending := envelope.excluded.pending_total:
                yield _money(envelope, "pending", pending, words)
            for row in envelope.rows:
                yield _money(envelope, row.bank_text.merchant, row.amount, words)
        case SearchEnvelope():
            yield _count(envelope, envelope.count, envelope.period.words)
            for row in envelope.rows:
                yield _money(envelope, row.bank_text.merchant, row.amount, None)
        case CountEnvelope():
            yield _count(envelope, envelope.count, envelope.period.words)
        case DataRangeEnvelope():
            yield _count(envelope, envelope.count, None)
        case AccountsEnvelope():
            for label in ("total", "cash", "saving", "investing_retirement"):
                yield _money(envelope, label, getattr(envelope, label), None)
            for account in envelope.accounts:
                yield _money(envelope, account.name, account.balance, None)
                yield _money(envelope, f"{account.name} pending", account.pending, None)
            yield Figure(envelope.tool, "accounts", str(envelope.count))
        case NetWorthEnvelope():
            for label in ("total", "assets", "liabilities"):
                yield _money(envelope, label, getattr(envelope, label), envelope.words)


def _money(envelope: Envelope, label: str, amount: Amount, period: str | None) -> Figure:
    return Figure(envelope.tool, label, amount.amount, amount.currency, period)


def _count(envelope: Envelope, count: int, period: str | None) -> Figure:
    return Figure(envelope.tool, "transactions", str(count), None, period)
