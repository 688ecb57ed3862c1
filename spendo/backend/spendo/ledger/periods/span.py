"""A stretch of days that a phrase names, with or without its year."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from spendo.ledger.periods.period import EARLIEST, UnknownPeriod

Days = tuple[date, date]
"""First and last day, both inclusive."""

_LONGEST_GAP = 9  # years between two 29 Februaries around 1900


@dataclass(frozen=True, slots=True)
class Span:
    """Fixed days, or days that recur every year ("15 March") until a year is chosen."""

    fixed: Days | None = None
    in_year: Callable[[int], Days] | None = None
    is_day: bool = False

    def latest_begun(self, today: date) -> Days:
        """The days, in the latest year in which they have begun by `today`."""
        return self._first_found(range(today.year, today.year - _LONGEST_GAP, -1), until=today)

    def last_beginning_by(self, day: date) -> Days:
        return self._first_found(range(day.year, day.year - _LONGEST_GAP, -1), until=day)

    def first_ending_from(self, day: date) -> Days:
        """The days, in the first year in which they end on `day` or later."""
        # A winter that ends in a year began in the one before.
        return self._first_found(range(day.year - 1, day.year + _LONGEST_GAP), since=day)

    def _first_found(
        self, years: range, *, until: date | None = None, since: date | None = None
    ) -> Days:
        if self.fixed is not None:
            return self.fixed
        assert self.in_year is not None  # noqa: S101
        for year in years:
            try:
                first, last = self.in_year(year)
            except ValueError:  # 29 February, or a day no month has
                continue
            if (until is None or first <= until) and (since is None or last >= since):
                return first, last
        raise UnknownPeriod("There is no such date.")


def join(left: Span, right: Span, today: date) -> Days:
    """From the beginning of `left` to the end of `right`; missing years are those that fit."""
    if left.fixed is None and right.fixed is not None:
        first, _ = left.last_beginning_by(right.fixed[1])
        last = right.fixed[1]
    else:
        first, _ = left.latest_begun(today)
        _, last = right.first_ending_from(first)
        if left.fixed is None and left.is_day and right.is_day and _is_almost_a_year(first, last):
            raise UnknownPeriod("The period ends before it begins.")
    if last < first:
        raise UnknownPeriod("The period ends before it begins.")
    return first, last


def _is_almost_a_year(first: date, last: date) -> bool:
    """ "From 5 October to 1 October": who means a year names it."""
    return last.year > first.year and last.month == first.month


def since(span: Span, today: date) -> Days:
    first, _ = span.latest_begun(today)
    if first > today:
        raise UnknownPeriod("That time has not begun yet.")
    return first, today


def before(span: Span, today: date) -> Days:
    first, _ = span.latest_begun(today)
    if first <= EARLIEST:
        raise UnknownPeriod("There is nothing before that.")
    return EARLIEST, date.fromordinal(first.toordinal() - 1)


def after(span: Span, today: date) -> Days:
    _, last = span.latest_begun(today)
    if last >= today:
        raise UnknownPeriod("That time has not begun yet.")
    return date.fromordinal(last.toordinal() + 1), today


def until(span: Span, today: date) -> Days:
    _, last = span.latest_begun(today)
    return EARLIEST, last
