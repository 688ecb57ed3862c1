"""How the figures of envelopes are put together: in words, and the parts that sum to them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from decimal import Decimal
from typing import Any

from spendo.assistant.tools.envelope import (
    AccountBalanceEnvelope,
    AccountsEnvelope,
    Amount,
    AnyEnvelope,
    BalanceHistoryEnvelope,
    CalcEnvelope,
    CountEnvelope,
    ErrorEnvelope,
    ExplainedPart,
    Figure,
    IncomeStatementEnvelope,
    NetWorthEnvelope,
    SearchEnvelope,
    SumEnvelope,
    bank_text,
)
from spendo.assistant.tools.envelope.recurring import RecurringEnvelope
from spendo.assistant.tools.filters import Asked, find
from spendo.assistant.tools.parts import amount
from spendo.assistant.turn import Turn
from spendo.ledger import selectors
from spendo.ledger.money import Money

MOST_PARTS = 12
GROUPINGS: tuple[selectors.GroupBy, ...] = ("category", "merchant")

_MEASURES = {
    "spending": "money out in expense categories or without a category, less refunds",
    "income": "money in in income categories or without a category",
    "net": "income less spending",
}
_NOT_COUNTED = (
    "Transfers between own accounts, pending rows and hidden rows are not in it, and a split row "
    "counts as its parts."
)
_BALANCE = (
    "The balance of an account is its opening balance and everything booked since; from a "
    "valuation on it is that value and what was booked later."
)
_CONVERTED = "Other currencies are converted at the rate of the day."


def formula_of(envelope: AnyEnvelope, figure: Figure) -> str:
    """How the figure is put together, in words for the user."""
    match envelope:
        case ErrorEnvelope():
            return "The same call cannot be made any more: what it named has changed since."
        case CalcEnvelope():
            return f"{envelope.expression} = {envelope.result}"
        case SumEnvelope():
            return f"{_of_sum(envelope, figure)} {_NOT_COUNTED} {_CONVERTED}"
        case IncomeStatementEnvelope():
            return (
                f"Income is {_MEASURES['income']}; spending is {_MEASURES['spending']}; net is "
                f"income less spending. {_NOT_COUNTED} {_CONVERTED}"
            )
        case SearchEnvelope() | CountEnvelope():
            return "The transactions that match the filter, one by one; pending ones count, too."
        case NetWorthEnvelope():
            return f"Net worth is what the accounts hold less what is owed. {_BALANCE} {_CONVERTED}"
        case AccountsEnvelope() | AccountBalanceEnvelope() | BalanceHistoryEnvelope():
            return f"{_BALANCE} {_CONVERTED}"
        case _:
            return getattr(envelope, "definition", None) or _in_general(envelope)


def _in_general(envelope: AnyEnvelope) -> str:
    words = envelope.period_words()
    about = f", {words}" if words else ""
    return f"It is a result of {envelope.tool}{about}, made from the records of the ledger."


def _of_sum(envelope: SumEnvelope, figure: Figure) -> str:
    total = f"the sum of {envelope.measure}: {_MEASURES[envelope.measure]}"
    if figure.kind == "count":
        return f"The number of transactions in {total}."
    if figure.label.startswith("average per "):
        unit = figure.label.removeprefix("average per ")
        return (
            f"{total[0].upper()}{total[1:]}. It is divided evenly by {unit}, empty ones included."
        )
    if any(figure.label == group.label for group in envelope.groups):
        return f"The part of {figure.label} in {total}."
    if figure.label == "median":
        return "The amount in the middle of all, by size."
    return f"{total[0].upper()}{total[1:]}."


def parts_of(
    turn: Turn, envelope: AnyEnvelope, figure: Figure, arguments: Mapping[str, Any]
) -> Iterator[ExplainedPart]:
    """The parts that sum to the figure; none for one that is no sum."""
    match envelope:
        case CalcEnvelope():
            for number in envelope.operands:
                yield ExplainedPart(label=number, number=number)
        case SumEnvelope() if figure.kind == "money" and figure.label == envelope.measure:
            yield from _groups(turn, envelope, arguments)
        case IncomeStatementEnvelope() if figure.kind == "money" and figure.label == "net":
            yield ExplainedPart(label="income", amount=envelope.income)
            yield ExplainedPart(label="spending", amount=_negative(envelope.spending))
        case NetWorthEnvelope() if figure.kind == "money" and figure.label == "total":
            yield ExplainedPart(label="assets", amount=envelope.assets)
            yield ExplainedPart(label="liabilities", amount=_negative(envelope.liabilities))
        case AccountsEnvelope() if figure.label == "total":
            for label in ("cash", "saving", "investing_retirement", "property", "loans"):
                yield ExplainedPart(
                    label=label.replace("_", " and "), amount=getattr(envelope, label)
                )
        case RecurringEnvelope() if figure.label in ("per month", "per year"):
            yield from _series(envelope, figure)
        case AccountBalanceEnvelope() if figure.label == "total" and not envelope.partial:
            for account in envelope.accounts:
                yield ExplainedPart(label=account.name, amount=account.converted or account.balance)


def _series(envelope: RecurringEnvelope, figure: Figure) -> Iterator[ExplainedPart]:
    """What is spent regularly; nothing where not all of it is in the envelope."""
    if envelope.truncated:
        return
    for each in envelope.series:
        cost = each.per_month if figure.label == "per month" else each.per_year
        is_active = each.status in ("found", "confirmed")
        if is_active and each.kind in ("subscription", "bill") and cost.currency == figure.currency:
            yield ExplainedPart(label=each.merchant, amount=_negative(cost), count=each.count)


def _negative(part: Amount) -> Amount:
    return amount(-Money(Decimal(part.amount), part.currency))


def _groups(
    turn: Turn, envelope: SumEnvelope, arguments: Mapping[str, Any]
) -> Iterator[ExplainedPart]:
    """The total by category, or by merchant where it is of one category; the small ones as one."""
    known = {field.name for field in fields(Asked)}
    asked = Asked(**{name: value for name, value in arguments.items() if name in known})
    where = find(turn, asked).where
    groups: list[selectors.SumGroup] = []
    for group_by in GROUPINGS:
        groups = selectors.sum_transactions(
            turn.user, where=where, measure=envelope.measure, group_by=group_by, sample=0
        ).groups
        if len(groups) > 1:
            break
    for group in groups[:MOST_PARTS]:
        yield ExplainedPart(
            label=bank_text(group.label), amount=amount(group.total), count=group.count
        )
    rest = groups[MOST_PARTS:]
    if rest:
        total = Money.zero(turn.user.currency)
        for group in rest:
            total += group.total
        yield ExplainedPart(
            label=f"{len(rest)} more",
            amount=amount(total),
            count=sum(group.count for group in rest),
        )
