"""Dates as banks write them. Whether 03/04 is a day in March or in April is found out from the
whole column; where that leaves it open, the user is asked."""

import re
from datetime import date
from functools import cache
from typing import Literal

from babel import Locale

from spendo.ledger.imports.errors import ImportRefused, RowFault

DateOrder = Literal["dmy", "mdy", "ymd"]
ORDERS: tuple[DateOrder, ...] = ("dmy", "mdy", "ymd")

_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_LONGEST = 60
_LANGUAGES = ("en", "de", "fr", "es", "it", "nl", "pt", "sv", "da", "nb", "fi", "pl")
_ZONE = r"(?:[AaPp][Mm]|Z|UTC|[+-][0-9]{2}:?[0-9]{2})"
_CLOCK = r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,9})?)?"
_TIME = rf"(?:(?:T|,?\s+){_CLOCK}\s*{_ZONE}?)?"
_YEAR_FIRST = re.compile(rf"([0-9]{{4}})[-/.]([0-9]{{1,2}})[-/.]([0-9]{{1,2}}){_TIME}")
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_NUMERIC = re.compile(
    rf"([0-9]{{1,2}})([-/. '])\s?([0-9]{{1,2}})([-/. '])\s?([0-9]{{4}}|[0-9]{{2}}){_TIME}"
)
_DAY_NAME_YEAR = re.compile(
    rf"(?:[^\W\d_]+,?\s+)?([0-9]{{1,2}})[.\s/-]*([^\W\d_]+)[.,\s/-]*([0-9]{{4}}|[0-9]{{2}}){_TIME}"
)
_NAME_DAY_YEAR = re.compile(
    rf"(?:[^\W\d_]+,\s+)?([^\W\d_]+)\.?\s+([0-9]{{1,2}}),?\s+([0-9]{{4}}){_TIME}"
)


def parse_date(text: str, order: DateOrder) -> date:
    """The day. A time of day behind it is left away. Raises RowFault: 30 February, the year 3."""
    rest = text.strip()
    if not rest:
        raise RowFault("There is no date.")
    if len(rest) <= _LONGEST:
        if (found := _YEAR_FIRST.fullmatch(rest) or _COMPACT.fullmatch(rest)) is not None:
            return _day(text, *(int(part) for part in found.groups()))
        if found := _NUMERIC.fullmatch(rest):
            return _day(text, *_in_order(found, order))
        if found := _DAY_NAME_YEAR.fullmatch(rest):
            return _day(text, _year(found[3]), _month(text, found[2]), int(found[1]))
        if found := _NAME_DAY_YEAR.fullmatch(rest):
            return _day(text, _year(found[3]), _month(text, found[1]), int(found[2]))
    raise RowFault(f"{_shown(text)} is not a date.")


def looks_like_date(text: str) -> bool:
    """Whether it is a day in some order."""
    for order in ORDERS:
        try:
            parse_date(text, order)
        except RowFault:
            continue
        return True
    return False


class DateVotes:
    """Finds out the order of day and month from all values of a column."""

    def __init__(self) -> None:
        self._against: dict[DateOrder, str] = {}
        self._open = ""
        self._dotted = False
        self._two_digits_first = False

    def observe(self, text: str) -> None:
        found = _NUMERIC.fullmatch(text.strip()) if len(text) <= _LONGEST else None
        if found is None:
            return
        self._dotted |= found[2] == "."
        self._two_digits_first |= found[2] == "-" and len(found[5]) == 2
        days = {order: _try(found, order) for order in self._candidates()}
        possible = {day for day in days.values() if day is not None}
        for order, day in days.items():
            if day is None and possible:
                self._against.setdefault(order, text)
        if len(possible) > 1:
            self._open = self._open or text

    def decide(self) -> DateOrder:
        """Raises ImportRefused if the column leaves it open, or says both."""
        left = [order for order in self._candidates() if order not in self._against]
        if not self._open and not self._against:
            return "dmy"  # either way they are the same days
        if len(left) == 1:
            return left[0]
        if left and self._dotted and "dmy" in left:
            return "dmy"  # nobody writes the month first with dots
        if not left:
            texts = list(dict.fromkeys(self._against.values()))[:2]
            both = " and ".join(_shown(text) for text in texts)
            raise _ask(f"The dates {both} are written in two ways.")
        raise _ask(f"The date {_shown(self._open)} can be read in two ways.")

    def _candidates(self) -> tuple[DateOrder, ...]:
        return ORDERS if self._two_digits_first else ("dmy", "mdy")


def _in_order(found: "re.Match[str]", order: DateOrder) -> tuple[int, int, int]:
    """Year, month, day of a match of _NUMERIC."""
    first, second, third = found[1], found[3], found[5]
    match order:
        case "dmy":
            return _year(third), int(second), int(first)
        case "mdy":
            return _year(third), int(first), int(second)
        case "ymd":
            if len(third) == 4:  # a year that is written out does not stand last in this order
                return _year(third), int(second), int(first)
            return _year(first), int(second), int(third)


def _try(found: "re.Match[str]", order: DateOrder) -> date | None:
    try:
        return date(*_in_order(found, order))
    except ValueError:
        return None


def _year(text: str) -> int:
    """Of two digits: 1970 to 2069."""
    year = int(text)
    if len(text) > 2:
        return year
    return year + (2000 if year < 70 else 1900)


@cache
def _months() -> dict[str, int]:
    """Month names and their short forms in the languages of common exports; none of two months."""
    names: dict[str, set[int]] = {}
    for language in _LANGUAGES:
        locale = Locale.parse(language)
        for style in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in locale.months[style][width].items():
                    names.setdefault(name.rstrip(".").casefold(), set()).add(number)
    names.setdefault("sept", set()).add(9)
    return {name: numbers.pop() for name, numbers in names.items() if len(numbers) == 1}


def _month(text: str, name: str) -> int:
    month = _months().get(name.casefold())
    if month is None:
        raise RowFault(f"{_shown(text)} is not a date.")
    return month


def _day(text: str, year: int, month: int, day: int) -> date:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise RowFault(f"{_shown(text)} is not in the years {_FIRST_YEAR} to {_LAST_YEAR}.")
    try:
        return date(year, month, day)
    except ValueError:
        raise RowFault(f"There is no such day as {_shown(text)}.") from None


def _shown(text: str) -> str:
    return f"“{text.strip()[:_LONGEST]}”"


def _ask(found: str) -> ImportRefused:
    return ImportRefused(
        f"{found} Say in which order the day, the month and the year stand.",
        code="ambiguous_dates",
        choices=ORDERS[:2],
    )
