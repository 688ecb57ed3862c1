"""Which pieces of time make up a period."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from django.db.models import Q

from spendo.ledger.periods import EARLIEST, Period

Grain = Literal["day", "month", "year"]
"""The longest pieces that may be used."""

ALL_TIME = "A"
STRETCHES = (1, 9, 17, 25)
"""On which days of a month its stretches begin: eight days each, the last one to its end."""

_A_DAY, _A_STRETCH = timedelta(days=1), timedelta(days=8)
_MANY_YEARS = 200


def in_period(period: Period | None, grain: Grain = "year") -> Q:
    """The fewest rollups that make up the days of the period; of all time for None."""
    if grain == "day":
        return _days(period)
    if period is None:
        return Q(piece=ALL_TIME) if grain == "year" else all_of("M")
    return _within(period.start, period.end, grain)


def apart(period: Period | None) -> tuple[Q | None, Q | None]:
    """As `in_period`, the pieces of several days and the days; None where there are none."""
    if period is None:
        return in_period(None), None
    pieces = _pieces(period.start, period.end, "year")
    days = [piece for piece in pieces if piece[0] == "D"]
    longer = [piece for piece in pieces if piece[0] != "D"]
    return _any_of(longer) if longer else None, Q(piece__in=days) if days else None


def months_of(period: Period | None) -> Q:
    """The months that have days of the period."""
    if period is None:
        return all_of("M")
    first, last = period.start.isoformat()[:7], period.last_day.isoformat()[:7]
    return Q(piece__gte=f"M{first}", piece__lte=f"M{last}")


def days_of(month: str) -> list[str]:
    """The pieces of the days of a month."""
    first, last = ends_of(month[1:])
    return [day_piece(first.replace(day=number)) for number in range(1, last.day + 1)]


def is_whole(month: str, period: Period) -> bool:
    """Whether all days of the piece, a month, are of the period."""
    first, last = ends_of(month[1:])
    return period.start <= first and last <= period.last_day


def until(day: date) -> Q:
    """Those of all days up to and with `day`."""
    return Q(piece=ALL_TIME) if day == date.max else _within(EARLIEST, day + _A_DAY, "year")


def day_of(piece: str) -> date:
    """The first day of a piece that is days or a month."""
    return date.fromisoformat(f"{piece[1:]}-01" if piece[0] == "M" else piece[1:])


def stretches_of(month: str) -> list[str]:
    """The pieces of eight days of "2026-05"."""
    return [f"E{month}-{day:02}" for day in STRETCHES]


def parts_of(piece: str) -> list[str]:
    """The pieces of the next shorter length that make up a stretch, a month, a quarter or a
    year."""
    grain, year = piece[0], piece[1:5]
    if grain == "E":
        day, month_end = date.fromisoformat(piece[1:]), ends_of(piece[1:8])[1].day
        last = month_end if day.day == STRETCHES[-1] else day.day + _A_STRETCH.days - 1
        return [f"D{piece[1:9]}{number:02}" for number in range(day.day, last + 1)]
    if grain == "M":
        return stretches_of(piece[1:])
    if grain == "Q":
        last_month = 3 * int(piece[6:])
        return [f"M{year}-{month:02}" for month in range(last_month - 2, last_month + 1)]
    return [f"Q{year}-{number}" for number in range(1, 5)]


def ends_of(month: str) -> tuple[date, date]:
    """The first and the last day of "2026-05"."""
    first = date.fromisoformat(f"{month}-01")
    return first, first.replace(day=monthrange(first.year, first.month)[1])


def day_piece(day: date) -> str:
    return f"D{day.isoformat()}"


def _days(period: Period | None) -> Q:
    if period is None:
        return all_of("D")
    if period.end <= period.start:
        return Q(pk__in=[])
    return Q(piece__gte=day_piece(period.start), piece__lte=day_piece(period.last_day))


def all_of(grain: str) -> Q:
    """Every piece of one length: "D", "E", "M", "Q", "Y" or "A"."""
    if grain == ALL_TIME:
        return Q(piece=ALL_TIME)
    return Q(piece__gte=f"{grain}0000", piece__lte=f"{grain}9999-99-99")


def _within(first: date, end: date, grain: Grain) -> Q:
    return _any_of(_pieces(first, end, grain))


def _any_of(pieces: list[str]) -> Q:
    years = [piece for piece in pieces if piece[0] == "Y"]
    if len(years) <= _MANY_YEARS:
        return Q(piece__in=pieces)
    others = [piece for piece in pieces if piece[0] != "Y"]
    return Q(piece__gte=years[0], piece__lte=years[-1]) | Q(piece__in=others)


@lru_cache(maxsize=256)
def _pieces(first: date, end: date, grain: Grain) -> list[str]:
    return list(_walk(first, end, grain))


def _walk(first: date, end: date, grain: Grain) -> Iterator[str]:
    day = first
    while day < end:
        piece, following = _longest(day, end, grain)
        yield piece
        if following is None:
            return
        day = following


def _longest(day: date, end: date, grain: Grain) -> tuple[str, date | None]:
    """The longest piece that begins with `day` and is over by `end`, and the day after it."""
    if day.day == 1:
        if grain == "year" and day.month == 1 and (after := _later(day, 12)) and after <= end:
            return f"Y{day.year:04}", after
        if grain == "year" and day.month % 3 == 1 and (after := _later(day, 3)) and after <= end:
            return f"Q{day.year:04}-{day.month // 3 + 1}", after
        if (after := _later(day, 1)) and after <= end:
            return f"M{day.year:04}-{day.month:02}", after
    if day.day in STRETCHES and (after := _next_stretch(day)) and after <= end:
        return f"E{day.isoformat()}", after
    return day_piece(day), None if day == date.max else day + _A_DAY


def _next_stretch(day: date) -> date | None:
    return _later(day, 1) if day.day == STRETCHES[-1] else day + _A_STRETCH


def _later(day: date, months: int) -> date | None:
    """The first of the month so many months later; None beyond the calendar."""
    place = day.year * 12 + day.month - 1 + months
    year, month = divmod(place, 12)
    return date(year, month + 1, 1) if year <= date.max.year else None
