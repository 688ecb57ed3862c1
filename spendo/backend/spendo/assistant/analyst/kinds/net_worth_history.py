"""How net worth has changed over time."""

from __future__ import annotations

import re
from collections.abc import Generator
from dataclasses import replace
from datetime import timedelta
from typing import get_args

from spendo.assistant.analyst.arithmetic import difference
from spendo.assistant.analyst.kind import Family, Kind
from spendo.assistant.analyst.plan import Call, Plan, ask, ask_all, period_text
from spendo.assistant.analyst.question import Move, Question, Unit, When
from spendo.assistant.analyst.understanding.heard import Heard
from spendo.assistant.analyst.wording import (
    NO_ACCOUNTS,
    day,
    is_zero,
    left_out,
    money,
    plain,
    table,
)
from spendo.assistant.tools.envelope import (
    AccountsEnvelope,
    AnyEnvelope,
    NetWorthEnvelope,
    PeriodEnvelope,
)

SPAN = re.compile(
    r"(?:(?:in|over|during|for|within|across|of) )(?:the )?(?:last |past |previous )?"
    r"(?P<n>\d{1,3} )?(?P<unit>day|week|month|quarter|year)s?"
    r"|(?:the )?(?:last|past|previous) (?P<m>\d{1,3}) (?P<units>day|week|month|quarter|year)s?"
    r"|this past (?P<past>week|month|quarter|year)",
    re.IGNORECASE,
)
_MONTH = re.compile(
    r"(?:(?:in|of|to|with) )?((?:january|february|march|april|may|june|july|august|september|"
    r"october|november|december)(?: 20\d\d)?)",
    re.IGNORECASE,
)
_LAST = re.compile(r"(?:(?:to|with|from|since|on|in) )?(?:the )?last (week|month|quarter|year)")
_END_OF = re.compile(r"(?:the )?end of (.+)")
_UNITS: dict[str, Unit] = {unit: unit for unit in get_args(Unit)}
_SAME_DAY = "this/same/that time/day/point/date"
_BESIDE = ("than", _SAME_DAY, "compared/versus/vs/against")
SHOWN_POINTS = 13


def read(question: Question, heard: Heard) -> Question | None:
    """ "Over 12 months" is from the same day a year ago; "this year" is from its first day."""
    when, whens = heard.times.when, heard.times.whens
    if len(whens) == 1 and (past := _END_OF.fullmatch(heard.times.horizon or "")):
        whens = (When(past[1]), *whens)
    if len(whens) > 1 and whens[0] == When("today") and heard.says_whole(_SAME_DAY):
        when, whens = whens[1], whens[1:]  # "now and this time last year"
    if len(whens) > 1:
        return replace(question, names=(), when=whens[0], other=whens[1], aspect="two")
    if heard.times.ago:
        when = When("today", (heard.times.ago,))
    elif (
        when
        and not when.moves
        and (last := _LAST.fullmatch(when.text))
        and heard.says_whole(*_BESIDE)
    ):
        when = When("today", (Move(-1, _UNITS[last[1]]),))  # "better off than this time last year"
    elif when and (span := SPAN.fullmatch(when.text)):
        unit = _UNITS[span["unit"] or span["units"] or span["past"]]
        when = When("today", (Move(-int(span["n"] or span["m"] or 1), unit),))
    elif (
        when
        and not when.moves
        and heard.says_whole("than/compared/versus/vs/against/since")
        and (month := _MONTH.fullmatch(when.text))
    ):
        when = When(f"since {month[1]}")  # "richer than in January": from then to now
    return replace(question, names=(), when=when, other=None)


def answer(question: Question) -> Plan:
    before, after = yield from _ends(question)
    then, now = yield from ask_all(
        NetWorthEnvelope, [Call("net_worth", {"as_of": text}) for text in (before, after)]
    )
    if is_zero(now.assets) and is_zero(now.liabilities):
        have = yield from ask(AccountsEnvelope, Call("list_accounts"))
        if not have.accounts:
            return NO_ACCOUNTS
    change = yield from difference(now.total, then.total)
    if is_zero(change):
        lead = "Your net worth is what it was"
    else:
        word = "fallen" if money(change).startswith("−") else "risen"
        lead = f"Your net worth has {word} by **{plain(change)}**"
    text = f"{lead}: from {money(then.total)} on {then.words} to {money(now.total)} on {now.words}."
    points = yield from _points(before, after)
    partial = now.left_out or then.left_out
    return text + points + "".join(f"\n\n{line}" for line in left_out(partial))


def _ends(question: Question) -> Generator[list[Call], list[AnyEnvelope], tuple[str, str]]:
    """The days between which it is looked at, as words for a tool."""
    if question.aspect == "two":
        ends = yield from _last_days(question)
        return ends
    when = question.when or When("today", (Move(-12, "month"),))
    if when.text == "today" and when.moves:
        start = yield from period_text(when, "")
        return start, "today"
    text = yield from period_text(when, "")
    found = yield from ask(
        PeriodEnvelope, Call("resolve_period", {"text": text, "move": 0, "unit": "same"})
    )
    now = yield from ask(
        PeriodEnvelope, Call("resolve_period", {"text": "today", "move": 0, "unit": "same"})
    )
    before = found.period.start - timedelta(days=1)
    after = min(found.period.end, now.period.end) - timedelta(days=1)
    return before.isoformat(), after.isoformat()


def _last_days(question: Question) -> Generator[list[Call], list[AnyEnvelope], tuple[str, str]]:
    """The last days of two periods, the earlier one first."""
    days = []
    for when in (question.when, question.other):
        text = yield from period_text(when, "today")
        found = yield from ask(
            PeriodEnvelope, Call("resolve_period", {"text": text, "move": 0, "unit": "same"})
        )
        days.append(found.period.end - timedelta(days=1))
    first, last = sorted(days)
    return first.isoformat(), last.isoformat()


def _points(before: str, after: str) -> Generator[list[Call], list[AnyEnvelope], str]:
    end = after
    if after == "today":
        found = yield from ask(
            PeriodEnvelope, Call("resolve_period", {"text": "today", "move": 0, "unit": "same"})
        )
        end = found.period.start.isoformat()
    first = before.split("..")[0]
    series = yield from ask(NetWorthEnvelope, Call("net_worth", {"period": f"{first}..{end}"}))
    points = series.points
    if len(points) < 3:
        return ""
    step = max(1, -(-len(points) // SHOWN_POINTS))
    shown = [point for number, point in enumerate(reversed(points)) if number % step == 0]
    rows = ((day(point.date), money(point.total)) for point in reversed(shown))
    return "\n\n" + table(("At the end of", "Net worth"), rows, right=(1,))


KINDS = (
    Kind(
        name="net_worth_history",
        family=Family.BALANCES,
        compares="times",
        title="How net worth has changed",
        cues="""
            80 net worth ... ~change
            80 ~change ... net worth
            80 net worth over time/months/years
            80 net worth history/graph/chart/curve
            80 net worth by/per/each/every month/year/quarter/week
            80 net worth month by/over month
            80 compare/compared ... net worth
            80 net worth ... compare/compared
            80 how has/have/did/is ... net worth ... over/since/in
            80 net worth went/go/gone up/down
            80 did my net worth
            80 net worth then and now
            80 net worth ... versus/vs/against
            80 plot/chart/graph/draw/plotted .. net worth
            80 is/was .. net worth going/heading/moving
            80 net worth ... gain/gains/gained/loss/losses
        """,
        read=read,
        answer=answer,
        examples=(
            "How has my net worth changed over 12 months?",
            "net worth change in the last year",
            "how much did my net worth grow over the last 12 months",
            "my net worth by month this year",
            "compare my net worth now with a year ago",
            "change in networth since a year ago",
            "net wroth over time",
            ("What's my net worth?", "and how has it changed over the last 6 months?"),
        ),
    ),
)
