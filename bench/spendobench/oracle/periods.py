"""What words for a time mean: first day in, last day out. Weeks begin on Monday."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Span:
    """`words` are as they stand in a question, with their preposition."""

    words: str
    start: date
    end: date

    @property
    def last_day(self) -> date:
        return self.end - timedelta(days=1)


def month(year: int, number: int, words: str = "") -> Span:
    start = date(year, number, 1)
    end = start + timedelta(days=monthrange(year, number)[1])
    return Span(words or f"in {MONTHS[number - 1]} {year}", start, end)


def add_months(first: date, count: int) -> date:
    """From the first day of a month to that of another."""
    number = first.year * 12 + first.month - 1 + count
    return date(number // 12, number % 12 + 1, 1)


def last_months(today: date, count: int, words: str) -> Span:
    """Whole months before this one."""
    this = today.replace(day=1)
    return Span(words, add_months(this, -count), this)


def last_weeks(today: date, count: int, words: str) -> Span:
    """Whole weeks before this one."""
    monday = today - timedelta(days=today.weekday())
    return Span(words, monday - timedelta(weeks=count), monday)


def this_month(today: date) -> Span:
    return Span("this month", today.replace(day=1), today + timedelta(days=1))


def this_year(today: date) -> Span:
    return Span("this year", date(today.year, 1, 1), today + timedelta(days=1))


def last_year(today: date) -> Span:
    return Span("last year", date(today.year - 1, 1, 1), date(today.year, 1, 1))


def quarter(year: int, number: int, words: str) -> Span:
    start = date(year, number * 3 - 2, 1)
    return Span(words, start, add_months(start, 3))


def last_quarter(today: date) -> Span:
    start = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    return Span("last quarter", add_months(start, -3), start)


def this_quarter(today: date) -> Span:
    start = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    return Span("this quarter", start, today + timedelta(days=1))


def last_days(today: date, count: int, words: str) -> Span:
    """That many days, today the last of them."""
    return Span(words, today - timedelta(days=count - 1), today + timedelta(days=1))


def one_day(day: date, words: str = "") -> Span:
    return Span(words or spoken(day), day, day + timedelta(days=1))


def between(first: date, last: date, words: str) -> Span:
    """Both days included."""
    return Span(words, first, last + timedelta(days=1))


def spoken(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
