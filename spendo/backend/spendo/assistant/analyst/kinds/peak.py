"""In which month, week or on which day most or least was spent, received or left."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace
from decimal import Decimal

from spendo.assistant.analyst.kind import Family, Kind
from spendo.assistant.analyst.lookup import look_up
from spendo.assistant.analyst.plan import AnswerNowError, Call, Plan, ask, period_text
from spendo.assistant.analyst.question import GroupBy, Question
from spendo.assistant.analyst.side_by_side import measure_of
from spendo.assistant.analyst.sums import groups, nothing_found, sum_of
from spendo.assistant.analyst.understanding.heard import Heard
from spendo.assistant.analyst.understanding.lexicon import word_set
from spendo.assistant.analyst.wording import during, money, name, notes
from spendo.assistant.tools.envelope import AnyEnvelope, PeriodEnvelope, SumEnvelope
from spendo.assistant.tools.envelope.transactions import Group

_SHOWN = 31
TOO_MANY = "Those are more days than I can look through at once. Take a shorter period."
NO_WEEKDAYS = "I can compare months, weeks and days, but not one day of the week with another."
_UNITS: tuple[GroupBy, ...] = ("month", "week", "day")
_LEAST = word_set("least lowest cheapest smallest min minimum thriftiest quietest")
_WORST = word_set("worst bad")
_OUTSTANDING = (
    "~large/~small/most/least/best/worst/cheapest/dearest/priciest/costliest/expensive/quietest/"
    "thriftiest/min/max/minimum/maximum/peak/peaked"
)
_VERBS = {"spending": "spent", "income": "received", "net": "saved"}
_NO_NAMES = word_set(
    "quietest cheapest expensive costliest priciest best worst most least highest lowest thriftiest"
)


def read(question: Question, heard: Heard) -> Question | None:
    if heard.says_own("weekday/weekdays", "day/days of the? week"):
        return replace(question, aspect="weekday", group_by=None)
    unit = next((unit for unit in _UNITS if heard.says(f"{unit}/{unit}s")), None)
    if not heard.says_own(_OUTSTANDING):
        return None  # "on which day was I last paid"
    unit = unit or ("month" if heard.says_own("when") else None)
    if unit is None or len(heard.times.whens) > 1 or heard.says("balance/balances", "net worth"):
        return None
    net = heard.says("save/saved/saving/savings/left/surplus")
    paid = heard.says_own("best/worst paid", "paid .. most/least")
    received = heard.says("income", "~earn", "receive/received")
    earned = paid or (received and not heard.says("~spend"))
    low = bool(set(heard.words) & _LEAST)
    if net or earned:
        low = low or bool(set(heard.words) & _WORST)
    elif "best" in heard.words:
        low = True
    if net:
        question = replace(question, names=())
    names = (each for each in question.names if each.text.casefold() not in _NO_NAMES)
    return replace(
        question,
        names=tuple(names),
        group_by=unit,
        aspect="least" if low else "most",
        measure="net" if net else None,
        direction="in" if earned else "out",
        limit=None,
    )


def answer(question: Question) -> Plan:
    if question.aspect == "weekday":
        raise AnswerNowError(NO_WEEKDAYS)
    chosen = yield from look_up(question)
    unit = question.group_by or "month"
    period = yield from period_text(question.when, "this month" if unit == "day" else "this year")
    measure = measure_of(question)
    found = yield from ask(SumEnvelope, sum_of(measure, period, chosen, unit))
    if not found.groups:
        text = yield from nothing_found(
            f"no {'income or spending' if measure == 'net' else measure}{chosen.words()}", found
        )
        return text
    if found.group_count > len(found.groups):
        raise AnswerNowError(TOO_MANY)
    listed = [each for each in found.groups if each.count]
    running = ""
    if question.aspect == "least":
        listed, running = yield from _without_running(listed, unit)
    listed.sort(key=lambda each: Decimal(each.total.amount))
    best = listed[0] if question.aspect == "least" else listed[-1]
    joint = "on" if unit == "day" else "in"
    place = f"{joint} {name(_as_said(best.label))}"
    text = (
        f"You {_VERBS[measure]} {question.aspect}{chosen.words()} {place}: "
        f"**{money(best.total)}**{during(found.period)}.{running}"
    )
    shown = groups(found, None) if len(found.groups) <= _SHOWN else ""
    return text + shown + notes(found.excluded)


def _as_said(label: str) -> str:
    return f"the {label[:1].lower()}{label[1:]}" if label.startswith("Week") else label


def _without_running(
    listed: list[Group], unit: str
) -> Generator[list[Call], list[AnyEnvelope], tuple[list[Group], str]]:
    """Without the one that is not over, which is small for that alone."""
    if unit == "day":
        return listed, ""
    found = yield from ask(
        PeriodEnvelope, Call("resolve_period", {"text": f"this {unit}", "move": 0, "unit": "same"})
    )
    start = found.period.start
    label = f"{start:%B} {start.year}"
    if unit == "week":
        label = f"Week of {start.day} {label}"
    over = [each for each in listed if each.label != label]
    if not over or len(over) == len(listed):
        return listed, ""
    return over, f" {label} is not over yet and not in this comparison."


KINDS = (
    Kind(
        name="peak",
        family=Family.COMPARISON,
        title="The month, week or day with most or least",
        cues="""
            92 which/what weekday/weekdays
            92 which/what month/week/day ... ... ~large/~small/most/best/worst
            92 which/what was/is my? the? ~large/~small/cheapest/best/worst month/week/day
            92 which/what was/is my? the? best/worst paid month/week
            92 which/what was/is my? the? most/least .. month/week/day
            92 in/on which/what month/week/day
            92 peak .. month/week/day
            92 when ... ~spend the? most/least
            92 ^ ~large/~small/cheapest/best/worst/quietest .. month/week/day
            92 most/least expensive month/week/day
            92 my/the ~large/~small/cheapest/best/worst/priciest month/week/day
            92 my/the ~large/~small/best/worst spending/income/saving month/week/day
            92 month/week/day ... ~spend the? most/least
            92 month/week/day with the? ~large/~small/most/least
        """,
        never="""
            safe/tight/careful/worry
            balance
            net worth
            run out
            due/bill/bills
            last/i/we/when paid
            most recent
        """,
        read=read,
        answer=answer,
        examples=(
            "In which month did I spend the most this year?",
            "which month was the cheapest for groceries",
            "what was my most expensive day in October",
            "in what month was my income highest this year",
            "which month had the highest savings",
            "which week did I spend the least this month",
            "in which mnth did I spend the most this year",
        ),
        shown=("In which month did I spend the most this year?",),
    ),
)
