"""Reading a period out of words."""

from datetime import date

from spendo.ledger.periods.period import FoundPeriod, Period


def resolve_period(text: str, today: date) -> Period:
    """The period that `text` names, seen from `today`. Raises UnknownPeriod; never guesses."""
    raise NotImplementedError


def find_period(sentence: str, today: date) -> FoundPeriod | None:
    """The longest period phrase inside `sentence`, or None.

    Raises UnknownPeriod when that phrase is a date that does not exist or a time to come
    ("31 February", "next month"): an answer without a period would not be what was asked.
    """
    raise NotImplementedError
