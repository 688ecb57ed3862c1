"""Why spending changed: contributions that add up to the change."""

from __future__ import annotations

import re
from collections.abc import Generator
from dataclasses import replace
from datetime import timedelta

from spendo.assistant.analyst.arithmetic import difference
from spendo.assistant.analyst.kind import Family, Kind
from spendo.assistant.analyst.kinds.listing import answer as rows
from spendo.assistant.analyst.lookup import Filter, look_up
from spendo.assistant.analyst.plan import Call, Plan, ask, ask_all, period_text
from spendo.assistant.analyst.question import Question, When
from spendo.assistant.analyst.statements import contribution_table, nothing_to_compare, statement
from spendo.assistant.analyst.sums import nothing_found, sum_of
from spendo.assistant.analyst.understanding.heard import Heard
from spendo.assistant.analyst.wording import during, is_zero, money, name, notes, plain, table
from spendo.assistant.tools.envelope import (
    AnyEnvelope,
    IncomeStatementEnvelope,
    PeriodPart,
    SumEnvelope,
)

SHOWN = 8
_A_DAY = timedelta(days=1)


_RUNNING = re.compile(r"(?:in |on |over )?this (week|month|quarter|year).*")
_BETWEEN = re.compile(r"(?:between|from) (.+) (?:and|to) (.+)")


def read(question: Question, heard: Heard) -> Question | None:
    """ "Than the month before" is what it is compared to anyway."""
    when, other = heard.times.when or question.when, question.other
    if when and other is None and (both := _BETWEEN.fullmatch(when.text)):
        when, other = When(both[2]), When(both[1])
    return replace(question, when=when, other=other, group_by=None, limit=None, bounds=None)


def answer(question: Question) -> Plan:
    chosen = yield from look_up(question)
    period = yield from period_text(question.when, "this month")
    before = "previous"
    if question.other:
        before = yield from period_text(question.other, "previous")
    elif running := _RUNNING.fullmatch(period):
        before = f"same point last {running[1]}"
    found = yield from ask(IncomeStatementEnvelope, statement(period, before))
    change = found.comparison
    if change is not None and found.period.end - found.period.start == _A_DAY:
        text = yield from rows(replace(question, kind="listing", sort="newest"))
        return text
    if change is not None and chosen.all():
        text = yield from _of_names(chosen, found.period, change.period)
        return text
    if change is None or (is_zero(found.spending) and is_zero(change.spending)):
        text = yield from nothing_to_compare(found)
        return text
    parts = [part for part in change.contributions if not is_zero(part.change)]
    if is_zero(change.spending_change):
        lead = "Your spending stayed the same"
    else:
        word = "fell" if money(change.spending_change).startswith("−") else "rose"
        lead = f"Your spending {word} by **{plain(change.spending_change)}**"
    text = (
        f"{lead}, from {money(change.spending)} ({change.period.words}) to "
        f"{money(found.spending)} ({found.period.words})."
    )
    if not parts:
        return text + notes(found.excluded)
    shown = parts[:SHOWN]
    text += f" What changed:\n\n{contribution_table(shown, found.group_by)}"
    if len(shown) < change.contribution_count:
        text += "\n\nThe other changes are smaller; all of them add up to the change."
    return text + notes(found.excluded)


def _of_names(
    chosen: Filter, period: PeriodPart, before: PeriodPart
) -> Generator[list[Call], list[AnyEnvelope], str]:
    """What was spent on them in both periods, and where."""
    inside = "category" if chosen.merchants else "merchant"
    now, then = yield from ask_all(
        SumEnvelope, [sum_of("spending", _days(each), chosen, inside) for each in (period, before)]
    )
    if not (now.count or then.count):
        text = yield from nothing_found(f"no spending{chosen.words()}", now)
        return text
    change = yield from difference(now.total, then.total)
    what = f"Your spending{chosen.words()}"
    if is_zero(change):
        lead = f"{what} stayed the same"
    else:
        word = "fell" if money(change).startswith("−") else "rose"
        lead = f"{what} {word} by **{plain(change)}**"
    ends = (
        f"from {money(then.total)}{during(then.period)} to {money(now.total)}{during(now.period)}"
    )
    past = {group.label: group.total for group in then.groups}
    current = {group.label: group.total for group in now.groups}
    labels = list(dict.fromkeys((*current, *past)))[: 2 * SHOWN]
    lines = (
        (
            name(label or "None"),
            money(current[label]) if label in current else "—",
            money(past[label]) if label in past else "—",
        )
        for label in labels
    )
    head = "Category" if inside == "category" else "Where"
    shown = table((head, "Now", "Before"), lines, right=(1, 2))
    return f"{lead}, {ends}.\n\n{shown}" + notes(now.excluded)


def _days(period: PeriodPart) -> str:
    return f"{period.start.isoformat()}..{(period.end - _A_DAY).isoformat()}"


KINDS = (
    Kind(
        name="why",
        family=Family.COMPARISON,
        title="Why spending changed",
        cues="""
            86 why ... ~spend
            86 why ... ~spend ... ~change/~more
            86 why ... so? much/high/low/more/less
            86 what drove/caused/explains/made/drives/pushed/raised
            86 what is behind
            92 what is/was/are driving/pushing/causing
            86 what was behind
            86 reason/reasons for/why/behind
            85 ^ why $
            85 ^ and? but? why is/was that/it? $
            85 ^ but/and why $
            86 explain ... increase/decrease/jump/rise/drop/change/difference
        """,
        read=read,
        leans=True,
        answer=answer,
        examples=(
            "Why did my spending jump in March?",
            "why did I spend more in March?",
            "what made my spending go up in July",
            "why was spending higher in March than the month before?",
            "what drove the increase of spending in July",
            "what explains the drop in spending last month",
            ("How much did I spend last month?", "why?"),
            ("How much did I spend on restaurants in October?", "why did it go up?"),
            ("did I spend more this month than last month?", "but why"),
            "why did my spendng jump in March",
        ),
    ),
)
