"""Transactions themselves: the newest, the largest, those that match, and how many."""

from __future__ import annotations

from collections.abc import Generator
from decimal import Decimal

from spendo.assistant.analyst.plan import AnswerNowError, Call, Plan, ask, period_text
from spendo.assistant.analyst.question import Bounds, Question
from spendo.assistant.analyst.topics.lookup import Filter, look_up
from spendo.assistant.analyst.wording import (
    EMPTY_LEDGER,
    counted,
    day,
    during,
    left_out,
    money,
    plain,
    row_table,
    where,
)
from spendo.assistant.tools.envelope import (
    MAX_ROWS,
    AnyEnvelope,
    CountEnvelope,
    DataRangeEnvelope,
    PeriodPart,
    SearchEnvelope,
)

USUAL_ROWS = 10
_LEAST_STEP = Decimal("0.001")
"""Smaller than any currency's unit, so that "over $100" leaves $100.00 out."""


def listing(question: Question) -> Plan:
    chosen = yield from look_up(question)
    period = yield from period_text(question.when, "all time")
    limit = min(question.limit or USUAL_ROWS, MAX_ROWS)
    sort = question.sort or "newest"
    found = yield from ask(
        SearchEnvelope,
        Call(
            "search_transactions",
            {**_where(question, chosen, period), "sort": sort, "limit": limit},
        ),
    )
    what = _what(question)
    suffix = f"{_places(chosen)}{_bounds_words(question.bounds)}{during(found.period)}"
    if not found.rows:
        text = yield from _none(f"no {what}{suffix}")
        return text
    notes = "".join(f"\n\n{line}" for line in left_out(found.left_out))
    if limit == 1:
        row = found.rows[0]
        amount = plain(row.amount) if question.direction == "out" else money(row.amount)
        which = {"largest": "largest", "newest": "latest", "oldest": "first"}[sort]
        return (
            f"Your {which} {_one(what)}{suffix} is **{amount}**, {where(row)} on {day(row.date)}."
            + notes
        )
    shown = len(found.rows)
    order = {"largest": "largest", "newest": "newest", "oldest": "first"}[sort]
    if found.truncated:
        head = f"The {shown} {order} of {counted(found.count, _one(what))}{suffix}:"
    else:
        head = f"{counted(found.count, _one(what))}{suffix}:"
    return f"{head}\n\n{row_table(found.rows)}{notes}"


def counting(question: Question) -> Plan:
    chosen = yield from look_up(question)
    period = yield from period_text(question.when, "all time")
    found = yield from ask(
        CountEnvelope, Call("count_transactions", _where(question, chosen, period))
    )
    what = _what(question)
    suffix = f"{_places(chosen)}{_bounds_words(question.bounds)}{during(found.period)}"
    if not found.count:
        text = yield from _none(f"no {what}{suffix}")
        return text
    return f"**{found.count:,}** {_one(what) if found.count == 1 else what}{suffix}."


def _where(question: Question, chosen: Filter, period: str) -> dict[str, object]:
    arguments: dict[str, object] = {"period": period, **chosen.arguments()}
    if question.direction:
        arguments["direction"] = question.direction
    if bounds := question.bounds:
        if bounds.low is not None:
            arguments["min_amount"] = str(bounds.low + (_LEAST_STEP if bounds.over else 0))
        if bounds.high is not None:
            arguments["max_amount"] = str(
                max(bounds.high - (_LEAST_STEP if bounds.under else 0), Decimal(0))
            )
    return arguments


def _what(question: Question) -> str:
    return {"out": "payments", "in": "deposits"}.get(question.direction or "", "transactions")


def _one(many: str) -> str:
    return many.removesuffix("s")


def _places(chosen: Filter) -> str:
    return chosen.words().replace(" on ", " in ", 1) if chosen.categories else chosen.words()


def _bounds_words(bounds: Bounds | None) -> str:
    if bounds is None:
        return ""
    low, high = bounds.low, bounds.high
    if low is not None and low == high:
        return f" of exactly {low:,}"
    if low is not None and high is not None:
        return f" between {low:,} and {high:,}"
    if low is not None:
        return f" {'over' if bounds.over else 'of at least'} {low:,}"
    return f" {'under' if bounds.under else 'of at most'} {high:,}"


def _none(what: str) -> Generator[list[Call], list[AnyEnvelope], str]:
    records = yield from ask(DataRangeEnvelope, Call("data_range"))
    if not records.count or records.first is None or records.last is None:
        raise AnswerNowError(EMPTY_LEDGER)
    return f"There are {what}. Your records cover {day(records.first)} to {day(records.last)}."


def data(question: Question) -> Plan:
    records = yield from ask(DataRangeEnvelope, Call("data_range"))
    if not records.count or records.first is None or records.last is None:
        return EMPTY_LEDGER
    return (
        f"Your records hold **{records.count:,}** transactions, from {day(records.first)} to "
        f"{day(records.last)}. What an account did before it was added here is not known, nor are "
        "exchange rates."
    )


__all__ = ["PeriodPart", "counting", "data", "listing"]
