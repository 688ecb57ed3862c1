"""Sentences that say a count of nothing: "you have no transactions" is a figure, too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from spendo.assistant.guard.found import Found

_NOTHING = re.compile(
    r"\b(?:no|zero) (?=(?:\w+ )?(?:transactions?|payments?|purchases?|deposits?|accounts?)\b)"
    r"(?!more\b|other\b|exchange\b|such\b)",
    re.IGNORECASE,
)


def find_nothing(text: str) -> Iterator[Found]:
    for match in _NOTHING.finditer(text):
        if match.group().casefold().startswith("no"):
            yield Found("number", match.start(), match.end() - 1, (Decimal(0),))
