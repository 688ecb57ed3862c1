"""Days to come, from the user's words to those that the tools take."""

from __future__ import annotations

import re
from collections.abc import Generator
from datetime import date, timedelta

from spendo.assistant.analyst.plan import Call, ask
from spendo.assistant.analyst.question import Question
from spendo.assistant.tools.envelope import AnyEnvelope, PeriodEnvelope

_PAY = re.compile(r"\b(?:pay|paid|pay ?day|pay ?check|salary|wages)\b")
_SPAN = re.compile(r"(?:next|coming|upcoming|following|in) (?:the )?(?P<n>\d{1,3}|an?|one)?\s?"
                   r"(?P<unit>day|week|month|quarter|year)s?")  # fmt: skip
_BEFORE_NEXT = re.compile(r"\b(?:before|until|till|til) (?:the )?next month\b")
_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAY = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)?\b")
_ORDINAL = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)\b")
_YEAR = re.compile(r"\b20\d\d\b")


def until_text(question: Question, default: str) -> Generator[list[Call], list[AnyEnvelope], str]:
    """What a tool takes as `until`: pay day, the end of something, a number of days, or a day."""
    words = question.horizon
    if words is None:
        return default
    if _PAY.search(words):
        return "pay day"
    unit = next((unit for unit in ("week", "month", "quarter", "year") if unit in words), "")
    ends = "end of" in words or "rest of" in words
    if unit and ends and unit in ("month", "year"):
        return f"end of {'next ' if 'next' in words and unit == 'month' else ''}{unit}"
    if unit == "quarter" and ends:
        return "3 months"
    if _BEFORE_NEXT.search(words):
        return "end of month"
    if "tomorrow" in words:
        return "1 day"
    if span := _SPAN.search(words):
        return _span(span["n"], span["unit"])
    today = yield from _today()
    if unit == "week" and ends:
        left = 6 - today.weekday() + (7 if "next" in words else 0)
        return (today + timedelta(days=left or 7)).isoformat()
    day = _day(words, today)
    return day.isoformat() if day else default


def _today() -> Generator[list[Call], list[AnyEnvelope], date]:
    found = yield from ask(
        PeriodEnvelope, Call("resolve_period", {"text": "today", "move": 0, "unit": "same"})
    )
    return found.period.start


def _span(count: str | None, unit: str) -> str:
    number = int(count) if count and count.isdigit() else 1
    if unit == "month" and count is None:
        return "end of next month"
    days = {"day": 1, "week": 7}.get(unit)
    if days:
        return f"{min(number * days, 365)} days"
    return f"{min(number * {'month': 1, 'quarter': 3, 'year': 12}[unit], 12)} months"


def _day(words: str, today: date) -> date | None:
    """The next day of that name, date or month; the last day of a month without one."""
    for number, name in enumerate(_WEEKDAYS):
        if name in words:
            return today + timedelta(days=(number - today.weekday()) % 7 or 7)
    for number, name in enumerate(_MONTHS, start=1):
        if name in words:
            return _in_month(words, number, today)
    if ordinal := _ORDINAL.search(words):
        months = (today, today.replace(day=28) + timedelta(days=4))
        days = [_of_month(month, int(ordinal[1])) for month in months]
        return next((day for day in days if day and day > today), None)
    return None


def _of_month(month: date, day: int) -> date | None:
    try:
        return month.replace(day=day)
    except ValueError:
        return None


def _in_month(words: str, month: int, today: date) -> date | None:
    year = int(found.group()) if (found := _YEAR.search(words)) else None
    day = int(found[1]) if (found := _DAY.search(_YEAR.sub("", words))) else None
    for candidate in (year,) if year else (today.year, today.year + 1):
        first_after = date(candidate + month // 12, month % 12 + 1, 1)
        try:
            there = date(candidate, month, day) if day else first_after - timedelta(days=1)
        except ValueError:
            return None
        if there > today:
            return there
    return None
