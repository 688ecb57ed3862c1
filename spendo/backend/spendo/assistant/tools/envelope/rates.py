"""What a currency was worth."""

from __future__ import annotations

from datetime import date
from typing import Literal

from spendo.assistant.tools.envelope.base import Envelope, RatePart
from spendo.assistant.tools.envelope.part import Amount


class RateEnvelope(Envelope):
    """The rate that holds for the day `on`; it may have been written down some days before. An
    `amount` that was given is `converted` at it, rounded half-even. Without a rate, `newest` is the
    last one before that day, which converts nothing."""

    tool: Literal["exchange_rate"] = "exchange_rate"
    currency: str
    on: date
    words: str
    rate: RatePart | None
    newest: RatePart | None = None
    amount: Amount | None = None
    converted: Amount | None = None

    def period_words(self) -> str | None:
        return self.words
