"""Sums that the database keeps, so that a read takes as long however many rows there are.

Triggers note which months of which accounts a change touched, in the same transaction and whoever
makes the change: a service, the admin, a bulk update, SQL by hand. Who reads brings those months up
to date first. Until then, and while someone else does, reads add up the rows themselves.
"""

from spendo.ledger.rollups.drift import Drift, find_drift
from spendo.ledger.rollups.looks import keep_looks
from spendo.ledger.rollups.making import SPLIT
from spendo.ledger.rollups.pieces import (
    Grain,
    apart,
    day_of,
    days_of,
    in_period,
    is_whole,
    months_of,
    until,
)
from spendo.ledger.rollups.refresh import alone, are_fresh, rebuild, refresh
from spendo.ledger.rollups.twins import DAYS_APART
from spendo.ledger.rollups.worth import WORTH_SPLIT

__all__ = [
    "DAYS_APART",
    "SPLIT",
    "WORTH_SPLIT",
    "Drift",
    "Grain",
    "alone",
    "apart",
    "are_fresh",
    "day_of",
    "days_of",
    "find_drift",
    "in_period",
    "is_whole",
    "keep_looks",
    "months_of",
    "rebuild",
    "refresh",
    "until",
]
