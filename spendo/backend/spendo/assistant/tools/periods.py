"""Periods in the user's own words, turned into dates by the ledger's one definition of each."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Literal

from agents import RunContextWrapper, function_tool
from pydantic import Field

from spendo.assistant.tools.calling import ToolProblemError, answer_call, refuse_arguments
from spendo.assistant.tools.envelope import PeriodEnvelope, PeriodPart
from spendo.assistant.turn import Turn
from spendo.ledger.periods import EARLIEST, Period, UnknownPeriod, resolve_period

Unit = Literal["same", "day", "week", "month", "quarter", "year"]
ALL_TIME = "all time"
OUTSIDE = "That period is outside the calendar."
PERIOD_HELP = (
    "A period in words: 'last month', 'this year', 'in May 2026', 'last 30 days', 'since 1 March', "
    "'last winter' (December to February), '2026-05-01..2026-05-31' (both days included), "
    "'all time'."
)


def period_of(turn: Turn, text: str | None) -> Period:
    """The period that `text` names in the user's time zone; all time when there is no text."""
    try:
        return resolve_period(text or ALL_TIME, turn.today)
    except UnknownPeriod:
        raise ToolProblemError(
            "unknown_period",
            "No period is known by these words. Use one of the forms in choices.",
            ("last month", "this year", "May 2026", "last 30 days", "2026-05-01..2026-05-31"),
        ) from None


def period_part(turn: Turn, period: Period) -> PeriodPart:
    return PeriodPart(
        start=period.start, end=period.end, time_zone=turn.user.time_zone, words=period.words
    )


def moved(period: Period, text: str, by: int, unit: Unit, today: date) -> Period:
    """The period `by` units away (negative: earlier) from the one that `text` named.

    "same" moves by the period's own length: whole months when it is made of them (a month, quarter
    or year that still runs counts as the whole of it), else days. A unit as long as the period
    or longer moves it; a shorter one gives the unit that lies just outside it.
    """
    months = _whole_months(period, text, today)
    days = (period.end - period.start).days
    if unit == "same" and months:
        start = _add_months(period.start, by * months)
        return _between(start, _add_months(start, months))
    if unit in ("same", "day", "week"):
        size = {"same": days, "day": 1, "week": 7}[unit]
        if size >= days:
            step = timedelta(days=by * size)
            return _between(period.start + step, period.end + step)
        edge = period.start if by < 0 else period.last_day
        if unit == "week":
            edge -= timedelta(days=edge.weekday())
        start = edge + timedelta(days=by * size)
        return _between(start, start + timedelta(days=size))
    size = {"month": 1, "quarter": 3, "year": 12}[unit]
    if months and size >= months:
        start = _add_months(period.start, by * size)
        return _between(start, _add_months(start, months))
    if not months and days < 28:
        return Period.of_days(
            _add_months(period.start, by * size), _add_months(period.last_day, by * size)
        )
    edge = period.start if by < 0 else period.last_day
    first = edge.replace(month=(edge.month - 1) // size * size + 1, day=1)
    start = _add_months(first, by * size)
    return _between(start, _add_months(start, size))


def _whole_months(period: Period, text: str, today: date) -> int:
    """How many calendar months the period is meant as; 0 when it is a run of days."""
    if period.start.day != 1:
        return 0
    if period.end.day == 1:
        return (period.end.year - period.start.year) * 12 + period.end.month - period.start.month
    if period.end != today + timedelta(days=1):
        return 0
    wording = text.casefold()
    for word, months in (("year", 12), ("quarter", 3), ("month", 1)):
        if word in wording:
            return months
    return 0


def _add_months(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9998:
        raise ToolProblemError("unknown_period", OUTSIDE)
    following = date(year + month // 11, (month + 1) % 12 + 1, 1)
    return min(date(year, month + 1, 1) + timedelta(days=day.day - 1), following - timedelta(1))


def _between(start: date, end: date) -> Period:
    return Period.of_days(start, end - timedelta(days=1))


@function_tool(name_override="resolve_period", failure_error_function=refuse_arguments)
async def resolve_period_tool(
    context: RunContextWrapper[Turn],
    text: Annotated[str, Field(description=PERIOD_HELP)],
    move: Annotated[
        int,
        Field(description="0 for the period itself, -1 for the one before it.", ge=-120, le=120),
    ],
    unit: Annotated[
        Unit,
        Field(description="What one step of `move` is; 'same': the period's own length."),
    ],
) -> str:
    """Read a period in words and return its dates. Other tools take the same words directly: call
    this only for "the month before", "a year earlier" or to check what a phrase means. The
    returned `text` can be given to the other tools as their period."""
    turn = context.context

    def work() -> PeriodEnvelope:
        period = period_of(turn, text)
        if move:
            try:
                period = moved(period, text, move, unit, turn.today)
            except (UnknownPeriod, OverflowError, ValueError):
                raise ToolProblemError("unknown_period", OUTSIDE) from None
            if period.start < EARLIEST:
                raise ToolProblemError("unknown_period", OUTSIDE)
        return PeriodEnvelope(
            period=period_part(turn, period),
            text=f"{period.start.isoformat()}..{period.last_day.isoformat()}",
        )

    return await answer_call(turn, "resolve_period", "", work)
