"""The figures that tools returned in a turn, and which of them an answer uses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from spendo.assistant.tools.envelope import Envelope, Figure

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


def figures_used(envelopes: Sequence[Envelope], answer: str) -> tuple[Figure, ...]:
    """The returned figures, dates aside, that stand in the answer, as they were returned."""
    shown = {Decimal(found.group().replace(",", "")) for found in _NUMBER.finditer(answer)}
    returned = (
        figure
        for envelope in envelopes
        for figure in envelope.figures()
        if figure.kind != "date" and abs(Decimal(figure.value)) in shown
    )
    return tuple(dict.fromkeys(returned))
