"""When something is due that comes again and again: every week, on the 1st, each quarter."""

from bisect import bisect_left
from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from typing import Literal

Cadence = Literal["weekly", "every_two_weeks", "twice_a_month", "monthly", "quarterly", "yearly"]
Roll = Literal["none", "before", "after"]

CADENCES: tuple[Cadence, ...] = (
    "weekly",
    "every_two_weeks",
    "twice_a_month",
    "monthly",
    "quarterly",
    "yearly",
)
TIMES_A_YEAR: dict[Cadence, int] = {
    "weekly": 52,
    "every_two_weeks": 26,
    "twice_a_month": 24,
    "monthly": 12,
    "quarterly": 4,
    "yearly": 1,
}
TOLERANCE: dict[Cadence, int] = {
    "weekly": 2,
    "every_two_weeks": 3,
    "twice_a_month": 4,
    "monthly": 5,
    "quarterly": 8,
    "yearly": 12,
}
"""How many days a payment may be early or late and still be the one that was due: never so many
that it could be the next one's."""

LAST_DAY = 31
_MOST_NUMBERS = 10
_MOST_PAIRED = 6
_WEEKS: dict[Cadence, int] = {"weekly": 1, "every_two_weeks": 2}
_MONTHS: dict[Cadence, int] = {"twice_a_month": 1, "monthly": 1, "quarterly": 3, "yearly": 12}
_FRIDAY, _SATURDAY, _MONDAY = 4, 5, 0
_MOSTLY = Fraction(3, 4)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Due every week or two from `anchor` on, or in every month (third, twelfth month) counted
    from the anchor's on `days`; a day that a month does not have is its last one.

    `roll`: what falls on a weekend comes on the Friday before, the Monday after, or as it is.
    """

    cadence: Cadence
    anchor: date
    days: tuple[int, ...] = ()
    roll: Roll = "none"

    def due_days(self, first: date, last: date) -> Iterator[date]:
        """The days from `first` to `last`, both inclusive, on which it is due; in order."""
        if self.roll == "none":
            yield from self._nominal(first, last)
            return
        for day in self._nominal(first - timedelta(days=3), last + timedelta(days=3)):
            due = _rolled(day, self.roll)
            if first <= due <= last:
                yield due

    def next_after(self, day: date) -> date:
        """The first due day after `day`."""
        return next(self.due_days(day + timedelta(days=1), day + timedelta(days=800)))

    def _nominal(self, first: date, last: date) -> Iterator[date]:
        if self.cadence in _WEEKS:
            step = 7 * _WEEKS[self.cadence]
            day = first + timedelta(days=(self.anchor - first).days % step)
            while day <= last:
                yield day
                day += timedelta(days=step)
            return
        step = _MONTHS[self.cadence]
        month = _month_number(first)
        month += (_month_number(self.anchor) - month) % step
        while month <= _month_number(last):
            for number in self.days:
                day = day_of_month(month, number)
                if first <= day <= last:
                    yield day
            month += step


@dataclass(frozen=True, slots=True)
class Fit:
    """How days that something happened on match a rhythm.

    `paid` has, by due day, the place of the day that answered it; `missed` are the due days
    between the first and the last of those that nothing answered; `extra` are the places of days
    that answered nothing. `deviation` is the sum of the days by which the paid ones were off.
    """

    rhythm: Rhythm
    paid: dict[date, int]
    missed: tuple[date, ...]
    extra: tuple[int, ...]
    deviation: int


@lru_cache(maxsize=4096)
def day_of_month(month: int, number: int) -> date:
    """Day `number` of a month counted since year 0, or its last day."""
    year, before = divmod(month, 12)
    return date(year, before + 1, min(number, monthrange(year, before + 1)[1]))


def best_fit(days: Sequence[date]) -> Fit | None:
    """The rhythm that explains most of `days` (sorted), or None when none comes near.

    Whether it explains enough of them is for the caller to judge.
    """
    rhythms = (
        rhythm
        for cadence in CADENCES
        if _is_near(cadence, days)
        for rhythm in _candidates(cadence, days)
    )
    return _best(rhythms, days)


def best_fit_of(cadence: Cadence, days: Sequence[date]) -> Fit | None:
    """The best rhythm of one cadence that is known already, for days that may be few."""
    return _best(_candidates(cadence, days), days)


def fit(rhythm: Rhythm, days: Sequence[date]) -> Fit:
    """`days` (sorted) held against the rhythm: each goes to its nearest due day in tolerance."""
    tolerance = TOLERANCE[rhythm.cadence]
    margin = timedelta(days=tolerance)
    dues = list(rhythm.due_days(days[0] - margin, days[-1] + margin))
    paid: dict[date, int] = {}
    extra: list[int] = []
    for place, day in enumerate(days):
        due = _nearest(dues, day)
        if due is None or abs((day - due).days) > tolerance:
            extra.append(place)
        elif due not in paid:
            paid[due] = place
        elif abs(day - due) < abs(days[paid[due]] - due):
            extra.append(paid[due])
            paid[due] = place
        else:
            extra.append(place)
    first, last = (min(paid), max(paid)) if paid else (date.max, date.min)
    return Fit(
        rhythm=rhythm,
        paid=dict(sorted(paid.items())),
        missed=tuple(due for due in dues if first <= due <= last and due not in paid),
        extra=tuple(sorted(extra)),
        deviation=sum(abs((days[place] - due).days) for due, place in paid.items()),
    )


def with_weekends(found: Fit, days: Sequence[date]) -> Fit:
    """The fit with what its weekends show: at least two, and all of them moved alike.

    Where working days are not kept either, a move says nothing about weekends.
    """
    if found.rhythm.cadence in _WEEKS:
        return found
    came = {due: days[place] for due, place in found.paid.items()}
    weekends = [(due, day) for due, day in came.items() if due.weekday() >= _SATURDAY]
    kept = sum(due == day for due, day in came.items() if due.weekday() < _SATURDAY)
    if len(weekends) < 2 or kept < _MOSTLY * (len(came) - len(weekends)):
        return found
    for roll in ("before", "after"):
        if all(came == _rolled(due, roll) for due, came in weekends):
            return fit(replace(found.rhythm, roll=roll), days)
    return found


def _best(rhythms: Iterable[Rhythm], days: Sequence[date]) -> Fit | None:
    best: Fit | None = None
    for rhythm in rhythms:
        found = fit(rhythm, days)
        if found.paid and (best is None or _misfit(found) < _misfit(best)):
            best = found
            if _misfit(found)[:2] == (0, 0):
                break
    return with_weekends(best, days) if best else None


def _misfit(found: Fit) -> tuple[int, int, int]:
    return (len(found.missed) + len(found.extra), found.deviation, -len(found.paid))


def _is_near(cadence: Cadence, days: Sequence[date]) -> bool:
    """Whether most gaps are of the cadence's length, or of twice that: one that was missed."""
    if len(days) < 2:
        return False
    length = 365 // TIMES_A_YEAR[cadence]
    slack = 2 * TOLERANCE[cadence]
    gaps = [(later - day).days for day, later in pairwise(days)]
    fitting = sum(1 for gap in gaps if min(abs(gap - length), abs(gap - 2 * length)) <= slack)
    return 2 * fitting >= len(gaps)


def _candidates(cadence: Cadence, days: Sequence[date]) -> Iterator[Rhythm]:
    if cadence in _WEEKS:
        step = 7 * _WEEKS[cadence]
        phases = {(day - days[0]).days % step: day for day in days}
        yield from (Rhythm(cadence, anchor) for anchor in phases.values())
        return
    numbers = _usual_numbers(days)
    if cadence == "twice_a_month":
        for first in numbers[:_MOST_PAIRED]:
            for second in numbers[:_MOST_PAIRED]:
                if 10 <= second - first <= 20:
                    yield Rhythm(cadence, days[0].replace(day=1), (first, second))
        return
    step = _MONTHS[cadence]
    months = {_month_number(day) % step: day for day in days}
    for day in months.values():
        yield from (Rhythm(cadence, day.replace(day=1), (number,)) for number in numbers)


def _usual_numbers(days: Sequence[date]) -> list[int]:
    """The days of the month that come up, most frequent first."""
    seen = Counter(day.day for day in days) + Counter(_number(day) for day in days)
    return [number for number, _ in seen.most_common(_MOST_NUMBERS)]


def _number(day: date) -> int:
    is_last = day.day == monthrange(day.year, day.month)[1]
    return LAST_DAY if is_last else day.day


def _month_number(day: date) -> int:
    return day.year * 12 + day.month - 1


def _rolled(day: date, roll: Roll) -> date:
    if day.weekday() < _SATURDAY or roll == "none":
        return day
    if roll == "before":
        return day - timedelta(days=day.weekday() - _FRIDAY)
    return day + timedelta(days=7 + _MONDAY - day.weekday())


def _nearest(dues: list[date], day: date) -> date | None:
    place = bisect_left(dues, day)
    if place == len(dues):
        return dues[-1] if dues else None
    if place == 0 or dues[place] - day < day - dues[place - 1]:
        return dues[place]
    return dues[place - 1]
