"""Days to come, from the user's words to those that the tools take."""

from __future__ import annotations

import re
from collections.abc import Generator
from datetime import date, timedelta

from spendo.assistant.analyst.plan import AnswerNowError, Call, ask
from spendo.assistant.analyst.question import Question
from spendo.assistant.tools.envelope import AnyEnvelope, PeriodEnvelope

_PAY = re.compile(r"\b(?:pay|paid|pay ?day|pay ?check|salary|wages)\b")
_SPAN = re.compile(r"(?:next|coming|upcoming|following|in|for) (?:the )?(?P<n>\d{1,3}|an?|one)?\s?"
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
_UP_TO = re.compile(r"\b(?:until|till|til|before|by)\b")
_ENDS = re.compile(r"\b(?:end|rest) of\b|\bthis (?:week|month|quarter|year)\b")
NO_SUCH_DAY = "There is no such day in the calendar. Which one do you mean?"
UNKNOWN_DAY = (
    "I cannot tell until when you mean. Name a day to come, or say pay day or the end of next "
    "month."
)


def until_text(question: Question, default: str) -> Generator[list[Call], list[AnyEnvelope], str]:
    """What a tool takes as `until`: pay day, the end of something, a number of days, or a day. The
    tool says which of them are over or too far. Raises AnswerNowError for words that name none."""
    words = question.horizon
    if words is None:
        return default
    words = words.casefold()
    if _PAY.search(words):
        return "pay day"
    unit = next((unit for unit in ("week", "month", "quarter", "year") if unit in words), "")
    ends = _ENDS.search(words) is not None
    following = "next" in words
    if ends and (unit == "month" or (unit == "year" and not following)):
        return f"end of {'next ' if following else ''}{unit}"
    if _BEFORE_NEXT.search(words):
        return "end of month"
    if "tomorrow" in words:
        return "1 day"
    if words == "today":
        return default
    if not ends and (span := _SPAN.search(words)):
        return _span(span["n"], span["unit"])
    today = yield from _today()
    if unit == "week" and ends:
        left = 6 - today.weekday() + (7 if following else 0)
        return (today + timedelta(days=left or 7)).isoformat()
    if unit == "quarter" and ends:
        return _end_of_quarter(today, 1 if following else 0).isoformat()
    if unit == "year" and ends:
        return date(today.year + 1, 12, 31).isoformat()
    return _day(words, today).isoformat()


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
        return f"{number * days} days"
    return f"{number * {'month': 1, 'quarter': 3, 'year': 12}[unit]} months"


def _end_of_quarter(today: date, further: int) -> date:
    months = today.year * 12 + (today.month - 1) // 3 * 3 + 3 * (1 + further)
    return date(months // 12, months % 12 + 1, 1) - timedelta(days=1)


def _day(words: str, today: date) -> date:
    """The next day of that name, date or month; the last day of a month or year without one."""
    for number, name in enumerate(_WEEKDAYS):
        if name in words:
            return today + timedelta(days=(number - today.weekday()) % 7 or 7)
    for number, name in enumerate(_MONTHS, start=1):
        if name in words:
            return _in_month(words, number, today)
    if "christmas" in words:
        return _in_month("25", 12, today)
    if ordinal := _ORDINAL.search(words):
        months = (today, today.replace(day=28) + timedelta(days=4))
        days = [_of_month(month, int(ordinal[1])) for month in months]
        if day := next((day for day in days if day and day > today), None):
            return day
        raise AnswerNowError(NO_SUCH_DAY)
    if year := _YEAR.search(words):
        first = date(int(year.group()), 1, 1)
        up_to = _UP_TO.search(words) is not None
        return first - timedelta(days=1) if up_to else first.replace(month=12, day=31)
    raise AnswerNowError(UNKNOWN_DAY)


def _of_month(month: date, day: int) -> date | None:
    try:
        return month.replace(day=day)
    except ValueError:
        return None


def _in_month(words: str, month: int, today: date) -> date:
    """Of the year that is said, or else the next one."""
    said = _YEAR.search(words)
    day = int(found[1]) if (found := _DAY.search(_YEAR.sub("", words))) else None
    for year in (int(said.group()),) if said else (today.year, today.year + 1):
        first_after = date(year + month // 12, month % 12 + 1, 1)
        try:
            there = date(year, month, day) if day else first_after - timedelta(days=1)
        except ValueError:
            continue  # 29 February, or a day that is in no year
        if said or there > today:
            return there
    raise AnswerNowError(NO_SUCH_DAY)
