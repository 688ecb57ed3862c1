"""Seasons as the weather has them in the northern hemisphere: three whole months each."""

import calendar
from collections.abc import Callable
from datetime import date

from spendo.ledger.periods.span import Days

_FIRST_MONTHS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}

SEASON = r"(?P<season>spring|summer|autumn|fall|winter)"
# "On winter tyres", "a spring clean": a season only where the phrase ends with it.
_ENDS = (
    r"(?=['’]s\b|\s{0,4}(?:$|[^\w\s'’])"
    r"|\s{1,4}(?:and|or|vs|versus|than|compared|to|till|until|through|thru|onwards?|on|by|per|each"
    r"|did|do|have|was|were|is|are|has|i|we|at|in|for|with|without|excluding|except|from|so|please"
    r"|compare|beside|it|my|only|alone|now)\b)"
)
ALONE = rf"{SEASON}{_ENDS}"
"""A season without its year."""


_MONEY = r"(?=\s(?:spending|spendings|expenses|income|earnings|costs|bills|savings)\b)"
_BESIDE = r"(?=\s(?:vs|versus|(?:and|or)\s(?:the\s)?(?:spring|summer|autumn|fall|winter))\b)"
_AFTER = r"(?:(?<=\bvs\s)|(?<=\bversus\s)|(?<=\bthan\s)|(?<=\band\s)(?!fall)|(?<=\bor\s)(?!fall))"
BARE = rf"(?:{SEASON}(?:{_MONEY}|{_BESIDE})|{_AFTER}{ALONE})"
"""A season that nothing leads to: "summer spending", "summer vs winter"."""


def in_season(name: str) -> Callable[[int], Days]:
    """Its days in a year; the winter of a year is the one that begins in it."""

    def in_year(year: int) -> Days:
        first = _FIRST_MONTHS[name]
        last_year, last = (year, first + 2) if first < 12 else (year + 1, 2)
        return date(year, first, 1), date(last_year, last, calendar.monthrange(last_year, last)[1])

    return in_year
