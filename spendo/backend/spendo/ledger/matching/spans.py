"""A long ledger a span of days at a time: what decides about a row is near it in time."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from spendo.ledger.matching.transfers import DAYS_APART

_REACH = timedelta(days=2 * DAYS_APART)
"""Of a row the possible other side, and of that one its possible other sides."""

_ROWS = 20_000


@dataclass(frozen=True, slots=True)
class Span:
    """The days from `first` to `last`, both inclusive; on the others around them is what decides
    about their rows."""

    first: date
    last: date

    @property
    def begin(self) -> date:
        return self.first - min(_REACH, self.first - date.min)

    @property
    def end(self) -> date:
        return self.last + min(_REACH, date.max - self.last)


def spans(days: Iterable[tuple[date, int]], rows: int = _ROWS) -> Iterator[Span]:
    """So many days at a time that they have `rows` rows or a day more; of the days, in order, with
    the number of the rows of each."""
    first = last = None
    held = 0
    for day, number in days:
        first, last, held = first or day, day, held + number
        if held >= rows:
            yield Span(first, last)
            first, held = None, 0
    if first and last:
        yield Span(first, last)
