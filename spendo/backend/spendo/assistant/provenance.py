"""The quiet line under an answer: how many rows, over which dates, and what was left out."""

from __future__ import annotations

from collections.abc import Sequence

from spendo.assistant.tools.envelope import (
    AccountsEnvelope,
    CountEnvelope,
    Envelope,
    Excluded,
    LeftOut,
    NetWorthEnvelope,
    SearchEnvelope,
    SumEnvelope,
)


def provenance(envelopes: Sequence[Envelope]) -> str | None:
    """As quiet markdown, e.g. "*from 23 transactions · 1–31 October 2026 · transfers left out*".

    None when the tools returned nothing that a figure can come from.
    """
    sources: list[str] = []
    left_out: list[str] = []
    for envelope in _without_parts(envelopes):
        match envelope:
            case SumEnvelope() | SearchEnvelope() | CountEnvelope():
                sources.append(
                    f"{_counted(envelope.count, 'transaction')} · {envelope.period.words}"
                )
                left_out.extend(_left_out_of_rows(envelope))
            case AccountsEnvelope():
                sources.append(_counted(envelope.count, "account") + _newest(envelope))
                left_out.extend(_currencies(envelope.left_out))
            case NetWorthEnvelope():
                sources.append(f"all accounts · {envelope.words}")
                left_out.extend(_currencies(envelope.left_out))
                if envelope.hidden_accounts:
                    left_out.append("hidden accounts")
    if not sources:
        return None
    parts = ["from " + " and ".join(dict.fromkeys(sources))]
    if left_out:
        parts.append(", ".join(dict.fromkeys(left_out)) + " left out")
    return f"*{' · '.join(parts)}*"


def _without_parts(envelopes: Sequence[Envelope]) -> list[Envelope]:
    """Without the income and spending that a net of the same rows already holds."""
    nets = [
        (envelope.period, envelope.filters)
        for envelope in envelopes
        if isinstance(envelope, SumEnvelope) and envelope.measure == "net"
    ]
    return [
        envelope
        for envelope in envelopes
        if not isinstance(envelope, SumEnvelope)
        or envelope.measure == "net"
        or (envelope.period, envelope.filters) not in nets
    ]


def _left_out_of_rows(envelope: SumEnvelope | SearchEnvelope | CountEnvelope) -> list[str]:
    match envelope:
        case SumEnvelope():
            return _excluded(envelope.excluded)
        case SearchEnvelope():
            transfers = [] if envelope.filters.include_transfers else ["transfers"]
            return [*transfers, *_currencies(envelope.left_out)]
        case CountEnvelope():
            return [] if envelope.filters.include_transfers else ["transfers"]


def _excluded(excluded: Excluded) -> list[str]:
    parts = []
    if excluded.transfers or excluded.suspected_count:
        parts.append("transfers")
    if excluded.pending:
        parts.append(f"{excluded.pending} pending")
    if excluded.hidden:
        parts.append(f"{excluded.hidden} hidden")
    return [*parts, *_currencies(excluded.left_out)]


def _currencies(left_out: Sequence[LeftOut]) -> list[str]:
    return [part.total.currency for part in left_out]


def _counted(count: int, one: str) -> str:
    return f"{count:,} {one if count == 1 else one + 's'}"


def _newest(envelope: AccountsEnvelope) -> str:
    if not envelope.accounts:
        return ""
    day = max(account.as_of for account in envelope.accounts)
    return f" · {day.day} {day:%B} {day.year}"
