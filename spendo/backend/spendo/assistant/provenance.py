"""The quiet line under an answer: how many rows, over which dates, and what was left out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from spendo.assistant.tools.envelope import Envelope, LedgerEnvelope, SumEnvelope
from spendo.assistant.tools.links import ids_link

Shown = Literal["chat", "page"]
"""Where the line is read. A chat opens no address of its page (it may be drawn in another one): its
links are `chatkit-link://`, which the page is told of and follows."""


def provenance(envelopes: Sequence[Envelope], *, shown: Shown = "page") -> str | None:
    """As quiet markdown, e.g. "*from [23 transactions](/transactions?to=2026-11-01) · 1–31 October
    2026 · transfers left out*".

    None when the tools returned nothing that a figure can come from.
    """
    sources: list[str] = []
    left_out: list[str] = []
    for envelope in _that_rest_on_records(_without_parts(envelopes)):
        sources.append(_source(envelope, shown))
        left_out.extend(envelope.leaves_out())
    if not sources:
        return None
    parts = ["from " + " and ".join(dict.fromkeys(sources))]
    if left_out:
        parts.append(", ".join(dict.fromkeys(left_out)) + " left out")
    return f"*{' · '.join(parts)}*"


def _that_rest_on_records(envelopes: Sequence[Envelope]) -> list[LedgerEnvelope]:
    """Where one found something, those that found nothing say nothing."""
    named = [each for each in envelopes if isinstance(each, LedgerEnvelope) and each.records()]
    return [each for each in named if each.count] or named


def _source(envelope: LedgerEnvelope, shown: Shown) -> str:
    records = envelope.records()
    link = envelope.link or ids_link([row.id for row in envelope.rows])
    if link and envelope.count:
        records = f"[{records}]({f'chatkit-link:/{link}' if shown == 'chat' else link})"
    return " · ".join(filter(None, (records, envelope.period_words())))


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
