"""Two periods side by side, or this one so far and the same days of the last one."""

from __future__ import annotations

import re
from collections.abc import Generator
from dataclasses import replace
from datetime import date, timedelta

from spendo.assistant.analyst.arithmetic import difference, share
from spendo.assistant.analyst.kind import Family, Kind
from spendo.assistant.analyst.lookup import Filter, look_up
from spendo.assistant.analyst.plan import Call, Plan, ask_all, period_text
from spendo.assistant.analyst.question import Question, When
from spendo.assistant.analyst.sums import SO_FAR, nothing_found, sum_of
from spendo.assistant.analyst.understanding.heard import Heard
from spendo.assistant.analyst.wording import is_zero, money, notes, percent, plain, table
from spendo.assistant.tools.envelope import AnyEnvelope, PeriodEnvelope, PeriodPart, SumEnvelope

_LAST_UNIT = re.compile(r"(?:the )?last (week|month|quarter|year)")
_BETWEEN = re.compile(r"between (.+) and (.+)")
_COMPARES = (
    "more/less/higher/lower/up/down/fewer ... than",
    "compare/compared/comparing/comparison",
    "versus/vs/difference/against",
)


def read(question: Question, heard: Heard) -> Question | None:
    about_income = heard.says("income", "~earn", "salary")
    about_spending = heard.says("~spend/~pay/~buy/~cost/charge/charges/payment/payments/bill/bills")
    compares = heard.says("compare/compared/comparing/comparison")
    if not (about_income or about_spending or compares or question.names):
        return None
    when, other = question.when, question.other
    if when is None or (other is None and heard.says("and/or") and not heard.says(*_COMPARES)):
        return None
    if other is None and heard.times.move is not None and heard.times.when is not None:
        when, other = heard.times.when, when  # "last month against the month before"
    if other is None and (both := _BETWEEN.fullmatch(when.text)) and not when.moves:
        when, other = When(both[1]), When(both[2])
    if other is None:
        unit = _LAST_UNIT.fullmatch(when.text)
        if unit is None or when.moves:
            return None
        when, other = When(f"this {unit[1]}"), when
    return _compared(replace(question, when=when, other=other), heard)


def read_same_point(question: Question, heard: Heard) -> Question | None:
    """ "At this point last month": the days of this one, and as many of the last one."""
    last = next(
        (
            unit[1]
            for when in (question.when, question.other)
            if when and (unit := _LAST_UNIT.fullmatch(when.text.removeprefix("of ")))
        ),
        None,
    )
    if last is None:
        return None
    question = replace(question, when=When(f"this {last}"), other=When(f"last {last}"))
    return replace(_compared(question, heard), aspect="same point")


def _compared(question: Question, heard: Heard) -> Question:
    about_income = heard.says("income", "~earn", "salary") and not heard.says("~spend/~pay/~buy")
    return replace(
        question,
        direction="in" if about_income else "out",
        group_by=None,
        bounds=None,
        names=tuple(name for name in question.names if name.text.casefold() not in _NO_NAMES),
    )


_NO_NAMES = frozenset({"point", "same point", "ahead", "far", "stage"})


def answer(question: Question) -> Plan:
    chosen = yield from look_up(question)
    first = yield from period_text(question.when, SO_FAR)
    second = yield from period_text(question.other, "last month")
    if question.aspect == "same point":
        second = yield from _same_days(first, second)
    measure = "income" if question.direction == "in" else "spending"
    now, then = yield from ask_all(
        SumEnvelope, [sum_of(measure, period, chosen) for period in (first, second)]
    )
    if not (now.count or then.count):
        text = yield from nothing_found(f"no {measure}{chosen.words()}", now)
        return text
    lead = yield from _lead(measure, chosen, now, then)
    head = "Received" if measure == "income" else "Spent"
    rows = [
        (each.period.words, f"**{money(each.total)}**", f"{each.count:,}")
        for each in (now, then)
        if each.period
    ]
    partial = now if now.excluded.left_out else then
    shown = table(("Period", head, "Transactions"), rows, right=(1, 2))
    return f"{lead}\n\n{shown}{notes(partial.excluded)}"


def _lead(
    measure: str, chosen: Filter, now: SumEnvelope, then: SumEnvelope
) -> Generator[list[Call], list[AnyEnvelope], str]:
    """How much more or less, and by how many percent where that means something."""
    change = yield from difference(now.total, then.total)
    verb = "received" if measure == "income" else "spent"
    what = chosen.words()
    if is_zero(change):
        return f"You {verb} the same{what} in both periods."
    word = "less" if money(change).startswith("−") else "more"
    by = ""
    if not is_zero(then.total) and not money(then.total).startswith("−"):
        found = yield from share(change, then.total)
        by = f" ({percent(found).lstrip('−')} {word})"
    return f"You {verb} **{plain(change)}** {word}{what} in the first of these periods{by}:"


def _same_days(first: str, second: str) -> Generator[list[Call], list[AnyEnvelope], str]:
    """The days of the second period that come as early in it as those of the first in theirs."""
    now, then = yield from ask_all(
        PeriodEnvelope,
        [
            Call("resolve_period", {"text": text, "move": 0, "unit": "same"})
            for text in (first, second)
        ],
    )
    until = _as_far(now.period, then.period)
    return f"{then.period.start.isoformat()}..{until.isoformat()}"


def _as_far(now: PeriodPart, then: PeriodPart) -> date:
    """The last day of `then` that is no later in it than the last day of `now` is."""
    last = then.end - timedelta(days=1)
    if (now.start.month, now.start.day) == (1, 1) == (then.start.month, then.start.day):
        today = now.end - timedelta(days=1)
        year = then.start.year
        try:
            return today.replace(year=year)
        except ValueError:  # 29 February
            return date(year, 2, 28)
    return min(then.start + (now.end - now.start) - timedelta(days=1), last)


KINDS = (
    Kind(
        name="compare",
        family=Family.COMPARISON,
        title="Two periods side by side",
        cues="""
            67 more/less/higher/lower/fewer ... than
            67 more/less/higher/lower/fewer ... ... than
            67 more/less/higher/lower/fewer ... {time} than
            67 up/down ... than
            67 compare/compared/comparing/comparison
            67 versus/vs/difference/against
            64 {time} and/or {time}
            67 {time} ... against {time}
        """,
        never="""
            net worth
            more/less/higher/lower than ~i earn/earned/make/made
        """,
        read=read,
        answer=answer,
        examples=(
            "did I spend more on eating out than last month?",
            "Compare groceries in October to September",
            "compare October and September",
            "did i spend more this month than last month",
            "is my spending higher this month than last month",
            "spending this year versus last year",
            "did I earn more this month than last month",
            "comapre coffee this month with last month",
        ),
    ),
    Kind(
        name="same_point",
        becomes="compare",
        family=Family.COMPARISON,
        title="At the same point of the period before",
        cues="""
            75 same/this point/time/stage/day/date .. {time}
            75 same/this point/time/stage/day/date of? .. {time}
            75 by now {time}
            75 so far ... so far {time}
        """,
        read=read_same_point,
        answer=answer,
        examples=(
            "How does my spending compare to the same point last month?",
            "am I ahead of where I was at this point last month?",
            "compare my spending to the same time last month",
            "spending so far this month vs the same point last month",
            "had I spent more by this point last year",
            "same point last month?",
        ),
    ),
)
