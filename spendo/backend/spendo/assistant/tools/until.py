"""Days to come in words: until when something is looked at."""

from __future__ import annotations

import re
from datetime import date, timedelta

from spendo.assistant.tools.calling import ToolProblemError
from spendo.assistant.turn import Turn
from spendo.budgets.months import month_after
from spendo.ledger.periods import Period
from spendo.reports.selectors import PayDay, next_pay_day

UNTIL_HELP = (
    "Until when: 'pay day' (up to the day before it), 'end of month', 'end of next month', 'end of "
    "year', '30 days', '8 weeks', '3 months', or a day such as '2026-12-31' (included)."
)
CHOICES = ("pay day", "end of month", "30 days", "3 months", "2026-12-31")
_AHEAD = re.compile(r"(?:next |in |the next )?(\d{1,3}|a|one|two|three) (day|week|month)s?")
_NUMBERS = {"a": 1, "one": 1, "two": 2, "three": 3}
_PAY_DAY = frozenset({"pay day", "payday", "next pay day", "next payday", "my next pay day"})
_MOST_DAYS = 366


def until_day(turn: Turn, text: str, pay: PayDay | None = None) -> date:
    """The first day after the days that `text` means, always after today; `pay` is the next pay
    day, where it is known already.

    Raises ToolProblemError for other words, for what is not to come, and for more than a year.
    """
    day = _day(turn, " ".join(text.casefold().split()), pay)
    if day <= turn.today:
        raise ToolProblemError("past_date", "That day is over. Give one that is to come.", CHOICES)
    if (day - turn.today).days > _MOST_DAYS:
        raise ToolProblemError("too_far", "A year ahead is the most that can be asked for.")
    return day


def period_until(turn: Turn, end: date) -> Period:
    """From today up to the day before `end`."""
    return Period.of_days(turn.today, end - timedelta(days=1))


def _day(turn: Turn, words: str, pay: PayDay | None) -> date:
    this_month = turn.today.replace(day=1)
    if words in _PAY_DAY:
        pay = pay or next_pay_day(turn.user, as_of=turn.today)
        if pay is None:
            raise ToolProblemError(
                "no_pay_day", "No regular income is known, so there is no pay day.", CHOICES[1:]
            )
        return pay.on
    match words:
        case "end of month" | "end of the month" | "end of this month" | "this month":
            return month_after(this_month)
        case "end of next month" | "next month":
            return month_after(this_month, 2)
        case "end of year" | "end of the year" | "end of this year" | "this year":
            return date(turn.today.year + 1, 1, 1)
    if ahead := _AHEAD.fullmatch(words):
        return _ahead(turn.today, _NUMBERS.get(ahead[1]) or int(ahead[1]), ahead[2])
    try:
        return date.fromisoformat(words) + timedelta(days=1)
    except (ValueError, OverflowError):
        raise ToolProblemError(
            "unknown_day", "No day to come is known by these words. Use one of choices.", CHOICES
        ) from None


def _ahead(today: date, number: int, unit: str) -> date:
    if unit == "month":
        first = month_after(today.replace(day=1), min(number, 13))
        last = (month_after(first) - timedelta(days=1)).day
        return first.replace(day=min(today.day, last)) + timedelta(days=1)
    return today + timedelta(days=number * (7 if unit == "week" else 1) + 1)
