"""Two periods side by side, or this one so far and the same days of the last one."""

from __future__ import annotations

import re
from collections.abc import Generator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from spendo.assistant.analyst.arithmetic import difference
from spendo.assistant.analyst.kind import Family, Kind
from spendo.assistant.analyst.lookup import Filter, look_up
from spendo.assistant.analyst.pay import PAY
from spendo.assistant.analyst.plan import AnswerNowError, Call, Plan, ask_all, period_text
from spendo.assistant.analyst.question import Move, Name, Question, When
from spendo.assistant.analyst.side_by_side import (
    Column,
    beside,
    measure_of,
    most_and_least,
    two,
)
from spendo.assistant.analyst.sums import SO_FAR, nothing_found, sum_of
from spendo.assistant.analyst.understanding.heard import Heard
from spendo.assistant.analyst.understanding.lexicon import CLASSES, word_set
from spendo.assistant.analyst.wording import names, notes, to_ask
from spendo.assistant.tools.envelope import AnyEnvelope, PeriodEnvelope, PeriodPart, SumEnvelope

_LAST_UNIT = re.compile(r"(?:the )?last (week|month|quarter|year)")
_ABOUT_SPENDING = (
    "~spend/~pay/~buy/~cost/charge/charges/payment/payments/bill/bills/total/totals/expensive/"
    "cheap/cheaper/dear/dearer/pricier/save/saved/saving"
)
_THIS_UNIT = re.compile(r"(?:in )?(?:the )?this (week|month|quarter|year)(?: so far)?")
_TURNED = (
    "~change",
    "up or down",
    "went/gone/going/go up/down",
    "getting/got ~more",
    "creep/creeps/crept/creeping up",
    "cut/cutting down/back/on",
    "~spend more/less",
)
_BETWEEN = re.compile(r"(?P<word>between|from) (.+) (?:and|to) (.+)")
_OTHER_FIGURES = (
    "balance/balances",
    "net worth",
    "savings rate",
    "~move",
    "put ... in/into/aside/away",
    "withdraw/withdrew/withdrawn/withdrawal/withdrawals",
)
"""What is compared is no spending, income or what was left of it."""
_SAME_DAYS = ("same point/time/stage/day/date/stretch/days", "last ... so far", "so far ... so far")
_TO_DATE = re.compile(r"(?:the )?(month|week|quarter|year) to date|([mwqy])td")
_UNIT_OF = {"m": "month", "w": "week", "q": "quarter", "y": "year"}
_SINCE = re.compile(r"since (.+)")
_RANGE = re.compile(r"(?:between|from) .+ (?:and|to) .+")
SAME_PERIOD = "Both are the same period, so there is nothing to compare."
_COMPARES = (
    "more/less/higher/lower/up/down/fewer ... than",
    "compare/compared/comparing/comparison",
    "versus/vs/difference/against",
)


def read(question: Question, heard: Heard) -> Question | None:
    about_income = heard.says("income", "~earn", *PAY)
    about_spending = heard.says(_ABOUT_SPENDING)
    compares = heard.says("compare/compared/comparing/comparison")
    if not (about_income or about_spending or compares or question.names):
        return None
    if heard.says_own(*_OTHER_FIGURES):
        return None
    if heard.says_own("~shop/~category"):
        return None
    if heard.says_own(*_SAME_DAYS) and (same := read_same_point(question, heard)):
        return same
    if to_date := _to_date(question, heard):
        return _up_to_now(question, heard, to_date)
    when, other = question.when, question.other
    if other and heard.times.when and (move := heard.times.move):  # "May and May a year before"
        when, other = heard.times.when, replace(other, moves=(move,))
    since = _SINCE.fullmatch(when.text) if when and not other else None
    if since and not heard.times.move and heard.says(*_TURNED):
        when, other = When("this month"), When(since[1])
    if when is None and heard.says(*_TURNED):
        when = When("this month")
    if when is None or (other is None and heard.says("and/or") and not heard.says(*_COMPARES)):
        return None
    if other is None and heard.times.move is not None and heard.times.when is not None:
        when, other = heard.times.when, when  # "last month against the month before"
    if question.more and any(_RANGE.fullmatch(each.text) for each in (when, other) if each):
        return None  # "between 1 and 15 May against 1 and 15 June": which days belong together?
    if other is None and (ago := heard.times.ago) is not None:
        now = When("today" if ago.unit == "day" else f"this {ago.unit}")
        when, other = (when, heard.times.when) if heard.times.when else (now, when)
    both = None if other or when.moves else _BETWEEN.fullmatch(when.text)
    if both and (both["word"] == "between" or heard.says(*_TURNED)):
        when, other = When(both[2]), When(both[3])
    turned = heard.says(*_TURNED)
    unit = None if when.moves else _LAST_UNIT.fullmatch(when.text)
    if other is None and unit and (not turned or heard.says(*_COMPARES, "since/from")):
        when, other = When(f"this {unit[1]}"), when
    if other is None:  # "by how much did it rise in May": against the month before
        if not turned or when.moves:
            return None
        running = _THIS_UNIT.fullmatch(when.text)
        if running:
            last = replace(question, when=when, other=When(f"last {running[1]}"))
            return replace(_compared(last, heard), aspect="same point")
        other = replace(when, moves=(Move(-1, "same"),))
    return _compared(replace(question, when=when, other=other), heard)


def _to_date(question: Question, heard: Heard) -> str | None:
    """The unit of "month to date compared with the previous month"."""
    found = _TO_DATE.fullmatch(question.when.text) if question.when else None
    if found is None:
        return None
    unit = found[1] or _UNIT_OF[found[2]]
    before = rf"(?:the )?(?:last|previous|prior) {unit}"
    other = question.other.text if question.other else ""
    return unit if heard.times.move or re.fullmatch(before, other) else None


def read_same_point(question: Question, heard: Heard) -> Question | None:
    """ "At this point last month": the days of this one, and as many of the last one."""
    if heard.says_own("~shop/~category"):
        return None
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
    return _up_to_now(question, heard, last)


def _up_to_now(question: Question, heard: Heard, unit: str) -> Question:
    whole = replace(question, when=When(f"this {unit}"), other=When(f"last {unit}"), more=())
    return replace(_compared(whole, heard), aspect="same point")


def _compared(question: Question, heard: Heard) -> Question:
    about_income = heard.says_own("income/receive/received", "~earn", *PAY) or heard.says("~earn")
    if not question.names and heard.says_own(*PAY):
        question = replace(question, names=(Name("salary"),))
    about_income = about_income and not heard.says_own("~spend/paid/~buy")
    saved = heard.says_own("save/saved/saving", "saving/savings ~more")
    saved = saved and not heard.says_own("~spend")
    without = question.without
    left_out = {each.text.casefold() for each in without}
    said = (_without_talk(each) for each in question.names if each.text.casefold() not in left_out)
    return replace(
        question,
        direction="in" if about_income else "out",
        measure="net" if saved else None,
        per=heard.each_unit,
        counts=heard.says_own(*_COUNTS) and not heard.says_own("how many percent/dollars"),
        group_by=None,
        bounds=None,
        names=tuple(each for each in said if each.text),
        without=without,
    )


def _without_talk(said: Name) -> Name:
    """Without words of the comparison beside it: "percent change", "groceries drop"."""
    return replace(said, text=" ".join(each for each in said.text.split() if each not in _TALK))


_TALK = CLASSES["change"] | word_set("same point ahead far stage percent percentage")
_COUNTS = ("how often/frequently/many", "number/count of", "more/less often", "fewer")


def answer(question: Question) -> Plan:
    chosen = yield from look_up(question)
    periods = yield from _periods(question)
    if len(periods) < 2:
        raise AnswerNowError(SAME_PERIOD)
    measure = measure_of(question)
    sums = yield from ask_all(SumEnvelope, [sum_of(measure, each, chosen) for each in periods])
    if not any(each.count for each in sums) and measure == "spending" and chosen.all():
        measure = "income"  # "did my dividends grow"
        question = replace(question, direction="in")
        sums = yield from ask_all(SumEnvelope, [sum_of(measure, each, chosen) for each in periods])
    if not any(each.count for each in sums):
        measure = measure_of(question)
        text = yield from nothing_found(f"no {measure}{chosen.words()}", sums[0])
        return text
    columns = [Column(each.period.words, each) for each in sums]
    if question.without:
        columns = yield from _less(question, chosen, periods, columns)
    where = chosen.words()
    if question.without:
        where += f" without {names(name.text for name in question.without)}"
    lead = yield from (
        two(question, where, columns, "in the first of these periods", "in both periods")
        if len(columns) == 2
        else most_and_least(question, where, columns, "over")
    )
    partial = next((each for each in sums if each.excluded.left_out), sums[0])
    shown = beside(question, "Period", columns) + _same_point(question, chosen)
    return f"{lead}\n\n{shown}{notes(partial.excluded)}"


def _same_point(question: Question, chosen: Filter) -> str:
    """Where one that still runs is compared with all of the last one: a link that asks for that up
    to the same day."""
    when, other = question.when, question.other
    if when is None or other is None or when.moves or other.moves or question.aspect:
        return ""
    this = _THIS_UNIT.fullmatch(when.text) or _THIS_UNIT.fullmatch(other.text)
    last = _LAST_UNIT.fullmatch(other.text) or _LAST_UNIT.fullmatch(when.text)
    if this is None or last is None or this[1] != last[1] or len(chosen.all()) > 1:
        return ""
    if question.more or question.measure or question.without or question.direction == "in":
        return ""
    asked = f"Compare my spending{chosen.words()} with the same point last {this[1]}"
    return f"\n\nThis {this[1]} is not over yet. {to_ask(asked, 'Up to the same day')}"


def _periods(question: Question) -> Generator[list[Call], list[AnyEnvelope], list[str]]:
    first = yield from period_text(question.when, SO_FAR)
    second = yield from period_text(question.other, "last month")
    if question.aspect == "same point":
        second = yield from _same_days(first, second)
    more = []
    for when in question.more:
        text = yield from period_text(when, SO_FAR)
        more.append(text)
    return list(dict.fromkeys((first, second, *more)))


def _less(
    question: Question, chosen: Filter, periods: Sequence[str], columns: Sequence[Column]
) -> Generator[list[Call], list[AnyEnvelope], list[Column]]:
    """The same without what is to be left out."""
    left_out = yield from look_up(replace(question, names=question.without, without=(), sure=True))
    calls = [sum_of(measure_of(question), each, chosen.narrowed(left_out)) for each in periods]
    parts = yield from ask_all(SumEnvelope, calls)
    less = []
    for column, part in zip(columns, parts, strict=True):
        rest = yield from difference(column.sum.total, part.total)
        less.append(replace(column, less=rest))
    return less


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
            67 creep/creeps/crept/creeping up
            67 cheaper/dearer/costlier/pricier/bigger/smaller/better/worse ... than {time}
            67 compare/compared/comparing/comparison
            67 versus/vs/difference/against
            64 {time} and/or {time}
            67 {time} ... against {time}
            67 twice/double/half as much/many
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
