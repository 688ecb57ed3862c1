"""Totals beside each other: of periods, of categories, of shops, of accounts."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from spendo.assistant.analyst.arithmetic import difference, share
from spendo.assistant.analyst.plan import AnswerNowError, Call
from spendo.assistant.analyst.question import Question
from spendo.assistant.analyst.wording import is_zero, money, name, percent, plain, table
from spendo.assistant.tools.envelope import Amount, AnyEnvelope, SumEnvelope

_VERBS = {"spending": "spent", "income": "received", "net": "saved"}
_HEADS = {"spending": "Spent", "income": "Received", "net": "Left"}
NOT_WHOLE = "Those periods are not all made of whole months, so there is no average per month."
CANNOT_LEAVE_OUT = "I can leave something out of totals only, not of averages or counts."


@dataclass(frozen=True, slots=True)
class Column:
    """What stands under one label; `less` is its total without what is to be left out."""

    label: str
    sum: SumEnvelope
    less: Amount | None = None

    @property
    def total(self) -> Amount:
        return self.less or self.sum.total


def measure_of(question: Question) -> str:
    return question.measure or ("income" if question.direction == "in" else "spending")


def _value(question: Question, column: Column) -> Amount:
    """The total, or the average that was asked for."""
    if question.per is None:
        return column.total
    if column.less is not None:
        raise AnswerNowError(CANNOT_LEAVE_OUT)
    if not column.sum.count:
        return column.sum.total
    averages = column.sum.averages
    found = {
        "transaction": averages.per_transaction,
        "day": averages.per_day,
        "week": averages.per_week,
        "month": averages.per_month,
    }[question.per]
    if found is None:
        raise AnswerNowError(NOT_WHOLE)
    return found


def two(
    question: Question, what: str, columns: Sequence[Column], first: str, both: str
) -> Generator[list[Call], list[AnyEnvelope], str]:
    """How much more or less the first is, and by how many percent where that means something."""
    if question.counts:
        return _two_counts(what, columns, first, both)
    now, then = (_value(question, column) for column in columns)
    change = yield from difference(now, then)
    verb = _VERBS[measure_of(question)]
    unit = f" per {question.per}" if question.per else ""
    if is_zero(change):
        return f"You {verb} the same{unit}{what} {both}."
    word = "less" if money(change).startswith("−") else "more"
    by = ""
    if not is_zero(then) and not money(then).startswith("−"):
        found = yield from share(change, then)
        by = f" ({percent(found).lstrip('−')} {word})"
    return f"You {verb} **{plain(change)}** {word}{unit}{what} {first}{by}:"


def _two_counts(what: str, columns: Sequence[Column], first: str, both: str) -> str:
    now, then = (column.sum.count for column in columns)
    if now == then:
        return f"As many transactions{what} {both}."
    word = "Fewer" if now < then else "More"
    return f"{word} transactions{what} {first}: **{now:,}** against **{then:,}**."


def most_and_least(
    question: Question, what: str, columns: Sequence[Column], joint: str
) -> Generator[list[Call], list[AnyEnvelope], str]:
    """Of three and more."""
    yield from ()
    if question.counts:
        ordered = sorted(columns, key=lambda column: column.sum.count)
        most, least = (f"{column.sum.count:,}" for column in (ordered[-1], ordered[0]))
        lead = f"Most transactions{what} were"
    else:
        ordered = sorted(columns, key=lambda column: Decimal(_value(question, column).amount))
        most, least = (money(_value(question, column)) for column in (ordered[-1], ordered[0]))
        lead = f"You {_VERBS[measure_of(question)]} most{what}"
    high, low = name(ordered[-1].label), name(ordered[0].label)
    unit = f" per {question.per}" if question.per and not question.counts else ""
    return f"{lead} {joint} {high}: **{most}**{unit}, and least {joint} {low}: {least}{unit}."


def beside(question: Question, head: str, columns: Sequence[Column]) -> str:
    heads = [head, _HEADS[measure_of(question)], "Transactions"]
    if question.per and not question.counts:
        heads.insert(1, f"Per {question.per}")
    rows = []
    for column in columns:
        row = [name(column.label), money(column.total), f"{column.sum.count:,}"]
        if question.per and not question.counts:
            row.insert(1, money(_value(question, column)))
        bold = 2 if question.counts else 1
        row[bold] = f"**{row[bold]}**"
        rows.append(row[: 2 if column.less is not None else None])
    if any(column.less is not None for column in columns):
        heads = heads[:2]
    return table(heads, rows, right=tuple(range(1, len(heads))))
