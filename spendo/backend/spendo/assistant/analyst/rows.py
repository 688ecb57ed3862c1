"""Searches: the calls for them and how they are put."""

from __future__ import annotations

from collections.abc import Generator
from decimal import Decimal

from spendo.assistant.analyst.lookup import Filter
from spendo.assistant.analyst.plan import AnswerNowError, Call, ask
from spendo.assistant.analyst.question import Bounds, Question
from spendo.assistant.analyst.wording import EMPTY_LEDGER, day
from spendo.assistant.tools.envelope import AnyEnvelope, DataRangeEnvelope

USUAL_ROWS = 10
_LEAST_STEP = Decimal("0.001")
"""Smaller than any currency's unit, so that "over $100" leaves $100.00 out."""


def where_of(question: Question, chosen: Filter, period: str) -> dict[str, object]:
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


def what_of(question: Question) -> str:
    return {"out": "payments", "in": "deposits"}.get(question.direction or "", "transactions")


def one_of(many: str) -> str:
    return many.removesuffix("s")


def places_of(chosen: Filter) -> str:
    return chosen.words().replace(" on ", " in ", 1) if chosen.categories else chosen.words()


def bounds_words(bounds: Bounds | None) -> str:
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


def none_found(what: str) -> Generator[list[Call], list[AnyEnvelope], str]:
    records = yield from ask(DataRangeEnvelope, Call("data_range"))
    if not records.count or records.first is None or records.last is None:
        raise AnswerNowError(EMPTY_LEDGER)
    return f"There are {what}. Your records cover {day(records.first)} to {day(records.last)}."
