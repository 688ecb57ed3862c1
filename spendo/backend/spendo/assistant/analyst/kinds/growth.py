"""Which category changed most from one period to the other."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from spendo.assistant.analyst.kind import Family, Kind
from spendo.assistant.analyst.plan import Plan, ask, period_text
from spendo.assistant.analyst.question import Question, When
from spendo.assistant.analyst.statements import contribution_table, nothing_to_compare, statement
from spendo.assistant.analyst.understanding.heard import Heard
from spendo.assistant.analyst.wording import is_zero, money, name, notes, plain
from spendo.assistant.tools.envelope import IncomeStatementEnvelope

SHOWN = 5
_FALLS = "fell/fall/fallen/falling/dropped/drop/decreased/decrease/decreases/down/shrank/less/cut"


def read(question: Question, heard: Heard) -> Question | None:
    """ "Year on year" and "compared to last year" are this year so far and the same days of the
    last one."""
    unit = next(
        (unit for unit in ("week", "month", "quarter") if heard.says(f"{unit} on/over {unit}")),
        None,
    )
    if heard.says_own("which/what .. ~account") or heard.times.horizon:
        return None
    if heard.says_own(*_LARGEST) and not heard.says_own("~change"):
        return None
    if not heard.says_own(*_GROWS):
        return None
    yearly = heard.says("year on/over year", "yoy")
    if question.names and not heard.says("~category", "~shop", "most"):
        return _of_names(question, unit or ("year" if yearly else None))
    when, other = question.when, question.other
    step = heard.times.ago or (heard.times.move if heard.times.when is None else None)
    if step and step.by == -1 and step.unit in _UNITS and other is None:
        unit, when = unit or step.unit, None  # "vs a year ago": this year against the last one
    if when and other is None and heard.times.move and heard.times.when:
        when, other = heard.times.when, when  # "last quarter against the one before"
    if when and other is None and (both := _FROM_TO.fullmatch(when.text)):
        when, other = When(both[2]), When(both[1])
    if other and heard.says_own("{time} to {time}"):
        when, other = other, when
    if when and other is None and when.text.startswith("since "):
        when, other = When("this month"), When(when.text.removeprefix("since "))
    if when and other is None and heard.says_own(_BASELINE):
        when, other = When("this month"), when
    steps = (
        () if heard.times.move else (other, when if other or heard.says_own(*_FROM_LAST) else None)
    )
    for text in steps:
        last = _FROM.sub("", text.text) if text else ""
        if text and not text.moves and last.startswith("last ") and last[5:] in _UNITS:
            unit = last[5:]
    if unit or when is None or (other is None and yearly):
        when, other = When(f"this {unit or 'year'}"), None
    by_shop = question.group_by == "merchant" or heard.says_own("which/what .. ~shop")
    return replace(
        question,
        when=when,
        other=other,
        names=(),
        aspect="fell" if heard.says_own(_FALLS) else "grew",
        group_by="merchant" if by_shop else "category",
    )


def _of_names(question: Question, unit: str | None) -> Question | None:
    """ "Groceries year over year": how that changed, and no other."""
    if unit is None:
        return None
    return replace(
        question,
        kind="compare",
        aspect="same point",
        when=When(f"this {unit}"),
        other=When(f"last {unit}"),
        direction="out",
        group_by=None,
    )


_GROWS = (
    "~change/~more/most/cut/yoy/than/vs/versus/against/compared/increased/risen/climbed/climb/biggest",
    "year on/over year",
)
_LARGEST = ("top/biggest/largest .. ~category/~shop",)
_FROM_TO = re.compile(r"(?:between|from) (.+) (?:and|to) (.+)")
_BASELINE = "than/vs/versus/against/compared/with/to/since .. {time}"
_FROM_LAST = ("than/vs/versus/against/to/with/since/over/on/from last week/month/quarter/year",)
_FROM = re.compile(r"^(?:in|from|on|over|of|since)? ?(?:the )?")
_UNITS = ("week", "month", "quarter", "year")


def answer(question: Question) -> Plan:
    period = yield from period_text(question.when, "this year")
    before = "previous"
    if question.other:
        before = yield from period_text(question.other, "previous")
    elif period.startswith("this "):
        before = f"same point last {period.removeprefix('this ').split()[0]}"
    by_merchant = question.group_by == "merchant"
    found = yield from ask(
        IncomeStatementEnvelope, statement(period, before, by_merchant=by_merchant)
    )
    change = found.comparison
    if change is None or (is_zero(found.spending) and is_zero(change.spending)):
        text = yield from nothing_to_compare(found)
        return text
    fell = question.aspect == "fell"
    named = [part for part in change.contributions if part.label not in _NAMELESS]
    moved = [
        part
        for part in named
        if money(part.change).startswith("−") == fell and not is_zero(part.change)
    ]
    if not moved:
        verb = "Nothing fell" if fell else "Nothing grew"
        return f"{verb} in {found.period.words} against {change.period.words}."
    moved.sort(key=lambda part: abs(Decimal(part.change.amount)), reverse=True)
    most = moved[0]
    verb = "fell" if fell else "grew"
    return (
        f"**{name(most.label)}** {verb} most: by **{plain(most.change)}**, from "
        f"{money(most.before)} ({change.period.words}) to {money(most.now)} "
        f"({found.period.words}).\n\n{contribution_table(moved[:SHOWN], found.group_by)}"
    ) + notes(found.excluded)


_NAMELESS = ("Uncategorised", "No merchant")


KINDS = (
    Kind(
        name="growth",
        family=Family.COMPARISON,
        title="Which category changed most",
        cues="""
            92 where/what did/do/have/am/are ~i ~spend more/less ... ... than
            92 which/what .. ~shop/~category did/do/have/has ~i ~spend more/less ... ... than
            79 which/what .. category/categories ... ~change/up/down
            79 category/categories ... ~change ... most
            79 most ... ~change ... category/categories
            92 biggest/largest .. increase/increases/growth/jump/rise/change/decrease/drop
            92 which/what .. ~category/~shop went/go/gone up/down
            92 what/where did/have/do ~i cut back/down/on
            79 biggest/largest category increase/growth/change
            79 what went up/down .. most
            79 what ~change .. most
            79 grew/increased/rose/grown/fell/dropped/decreased/changed .. most
            79 year on/over year
            79 yoy
            79 where did my spending ~change
        """,
        never="""
            net worth
            salary
        """,
        read=read,
        answer=answer,
        examples=(
            "Which category grew most year on year?",
            "which category grew the most compared to last year",
            "which spending category increased most this year compared with last year?",
            "what category went up most vs last year",
            "what grew the most this month compared to last month",
            "spending by category year over year",
            "which catgory grew most this year",
        ),
    ),
)
