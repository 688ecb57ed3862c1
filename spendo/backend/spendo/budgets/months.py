"""Calendar months, as budgets and goals count them."""

from calendar import monthrange
from datetime import date, timedelta

from spendo.ledger.periods import Period


def month_of(day: date) -> Period:
    """The whole calendar month that `day` is in."""
    first = day.replace(day=1)
    return Period.of_days(first, first.replace(day=monthrange(first.year, first.month)[1]))


def month_after(first: date, months: int = 1) -> date:
    """The first day of the month that is `months` later (negative: earlier)."""
    number = first.year * 12 + first.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


def months_between(first: date, last: date) -> list[date]:
    """The first days of the months from the one of `first` to the one of `last`."""
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return [month_after(first.replace(day=1), number) for number in range(count)]


def whole_months_before(day: date, count: int) -> Period:
    """The `count` whole calendar months before the one `day` is in."""
    first = day.replace(day=1)
    return Period.of_days(month_after(first, -count), first - timedelta(days=1))


def months_until(today: date, due: date) -> int:
    """How many months there are to save until `due`, one begun counted whole; 0 when it is over.

    From 26 November to 26 January they are two, to 27 January three.
    """
    if due < today:
        return 0
    whole = (due.year - today.year) * 12 + due.month - today.month
    return max(1, whole + (1 if due.day > today.day else 0))
