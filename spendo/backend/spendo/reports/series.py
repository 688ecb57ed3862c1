"""Whether payments at one merchant from one account are a series, and what they cost."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from statistics import median_high, median_low
from typing import Literal

from spendo.reports.rhythm import TIMES_A_YEAR, Cadence, Fit, best_fit, best_fit_of

Amounts = Literal["fixed", "changed", "varying"]

_RECENT = 6
_MANY, _NEWEST = 24, 16


@dataclass(frozen=True, slots=True)
class Payment:
    """One row of a statement, in minor units of its account's currency; negative is money out."""

    day: date
    minor: int
    id: int


@dataclass(frozen=True, slots=True)
class Change:
    """From `on` the payments were `new`, before they were `old`; minor units, signed."""

    old: int
    new: int
    on: date


@dataclass(frozen=True, slots=True)
class Found:
    """A series: how its days fit, which payments are its own (in order), what it will be next.

    `amounts`: "fixed" never changed, "changed" is fixed between price changes, "varying" is
    different nearly every time. `expected` is the last fixed amount, or the median of the last
    six varying ones.
    """

    fit: Fit
    payments: tuple[Payment, ...]
    amounts: Amounts
    expected: int
    change: Change | None


def find_series(payments: Sequence[Payment]) -> list[Found]:
    """The series among payments of one merchant, account and direction (sorted by day).

    All of them are one series, or those of one exact amount are one among other purchases.
    """
    whole = judge(payments)
    if whole:
        return [whole]
    by_amount: dict[int, list[Payment]] = {}
    for payment in payments:
        by_amount.setdefault(payment.minor, []).append(payment)
    return [
        found
        for same in by_amount.values()
        if len(same) >= 4 and (found := judge(same, strict=True))
    ]


def judge(payments: Sequence[Payment], *, strict: bool = False) -> Found | None:
    """The series that all of `payments` are, or None.

    At least three must have come when due (two for a yearly one), at most a quarter be missed and
    at most a quarter be extra. Amounts that vary, or `strict`, ask for more: four that came
    (six of what comes more than once a month), nearly all of them, and two days off at most on
    average.
    """
    if len(payments) < 2:
        return None
    found = _fit(payments, strict=strict)
    if found is None:
        return None
    own = tuple(payments[place] for place in found.paid.values())
    amounts = amounts_of(own)
    enough = _is_close(found) if strict or amounts == "varying" else _is_enough(found, own)
    return described(found, own, amounts) if enough else None


def _fit(payments: Sequence[Payment], *, strict: bool) -> Fit | None:
    """The best rhythm. Of many payments the last ones decide which it may be, so that most of
    what is no series costs little."""
    days = [payment.day for payment in payments]
    if len(payments) <= _MANY:
        return best_fit(days)
    newest = judge(payments[-_NEWEST:], strict=strict)
    return best_fit_of(newest.fit.rhythm.cadence, days) if newest else None


def described(found: Fit, own: tuple[Payment, ...], amounts: Amounts | None = None) -> Found:
    kind = amounts or amounts_of(own)
    return Found(found, own, kind, _expected(own, kind), _last_change(own, kind))


def amounts_of(own: Sequence[Payment]) -> Amounts:
    runs = _runs(own)
    if len(runs) == 1:
        return "fixed"
    if 3 * (len(runs) - 1) <= len(own):
        return "changed"
    # Two yearly payments whose price rose are a price change, not a habit of varying.
    return "changed" if len(own) == 2 and _is_like(own[0].minor, own[1].minor) else "varying"


def _is_enough(found: Fit, own: Sequence[Payment]) -> bool:
    came, missed, extra = len(found.paid), len(found.missed), len(found.extra)
    yearly = found.rhythm.cadence == "yearly"
    if came < (2 if yearly else 3) or 4 * missed > came + missed or 4 * extra > came:
        return False
    if came > 3:
        return True
    # Few are soon found by chance: they have to come when they are due, and cost about the same.
    alike = all(_is_like(one.minor, other.minor) for one, other in pairwise(own))
    return alike and not extra and found.deviation <= came * _usual_deviation(found.rhythm.cadence)


def _is_close(found: Fit) -> bool:
    came, missed, extra = len(found.paid), len(found.missed), len(found.extra)
    usual = _usual_deviation(found.rhythm.cadence)
    least = 4 if TIMES_A_YEAR[found.rhythm.cadence] <= 12 else 6
    return (
        came >= least
        and 6 * missed <= came + missed
        and 8 * extra <= came
        and found.deviation <= came * usual
    )


def _usual_deviation(cadence: Cadence) -> int:
    return 1 if cadence == "weekly" else 2


def _is_like(one: int, other: int) -> bool:
    """Within a fifth of the larger."""
    larger, smaller = max(abs(one), abs(other)), min(abs(one), abs(other))
    return 5 * (larger - smaller) <= larger


def _runs(own: Sequence[Payment]) -> list[list[Payment]]:
    """Payments of one amount in a row; one that was different once and never again is left out."""
    runs: list[list[Payment]] = []
    for payment in own:
        if runs and runs[-1][0].minor == payment.minor:
            runs[-1].append(payment)
        else:
            runs.append([payment])
    kept: list[list[Payment]] = []
    for place, run in enumerate(runs):
        around = runs[place - 1 : place] + runs[place + 1 : place + 2]
        once = len(run) == 1 and len(around) == 2 and around[0][0].minor == around[1][0].minor
        if once:
            continue
        if kept and kept[-1][0].minor == run[0].minor:
            kept[-1].extend(run)
        else:
            kept.append(list(run))
    return kept


def _expected(own: Sequence[Payment], amounts: Amounts) -> int:
    if amounts != "varying":
        return _runs(own)[-1][0].minor
    recent = [payment.minor for payment in own[-_RECENT:]]
    low, high = median_low(recent), median_high(recent)
    middle, odd = divmod(low + high, 2)
    return middle + (1 if odd and middle % 2 else 0)  # half-even


def _last_change(own: Sequence[Payment], amounts: Amounts) -> Change | None:
    if amounts != "changed":
        return None
    before, after = _runs(own)[-2:]
    return Change(old=before[-1].minor, new=after[0].minor, on=after[0].day)
