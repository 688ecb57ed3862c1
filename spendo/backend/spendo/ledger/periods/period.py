"""A half-open span of days and the words for it."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

EARLIEST = date(1900, 1, 1)
"""The first day a transaction can have; where "all time" begins."""


class UnknownPeriod(ValueError):  # noqa: N818
    """The text names no period, or one that does not exist ("31 February")."""


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `start` up to, not including, `end`; `words` are those dates for reading."""

    start: date
    end: date
    words: str

    @property
    def last_day(self) -> date:
        return self.end - timedelta(days=1)

    def __contains__(self, day: date) -> bool:
        return self.start <= day < self.end

    @classmethod
    def of_days(cls, first: date, last: date) -> Self:
        """The period from `first` to `last`, both inclusive. Raises UnknownPeriod if reversed."""
        if last < first:
            raise UnknownPeriod("The period ends before it begins.")
        if last == date.max:
            raise UnknownPeriod("The period ends too late.")
        return cls(first, last + timedelta(days=1), _words(first, last))


@dataclass(frozen=True, slots=True)
class FoundPeriod:
    """A period and where its phrase is in the sentence: `sentence[start_index:end_index]`."""

    period: Period
    start_index: int
    end_index: int


def _words(first: date, last: date) -> str:
    end = f"{last.day} {MONTHS[last.month - 1]} {last.year}"
    start = f"{first.day} {MONTHS[first.month - 1]}"
    if first <= EARLIEST:
        return f"all time up to {end}"
    if first == last:
        return end
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{end}"
    if first.year == last.year:
        return f"{start} – {end}"
    return f"{start} {first.year} – {end}"
