"""Periods of time as people say them, resolved to exact dates in one written way."""

from spendo.ledger.periods.period import EARLIEST, FoundPeriod, Period, UnknownPeriod
from spendo.ledger.periods.resolve import find_period, resolve_period

__all__ = [
    "EARLIEST",
    "FoundPeriod",
    "Period",
    "UnknownPeriod",
    "find_period",
    "resolve_period",
]
