"""Spending, income, what was saved, averages and comparisons: totals over transactions."""

from __future__ import annotations

from collections.abc import Generator

from spendo.assistant.analyst.plan import AnswerNowError, Call, Plan, ask, ask_all, period_text
from spendo.assistant.analyst.question import Question
from spendo.assistant.analyst.topics.balances import balance
from spendo.assistant.analyst.topics.lookup import Filter, look_up
from spendo.assistant.analyst.wording import (
    EMPTY_LEDGER,
    bold,
    counted,
    day,
    during,
    is_zero,
    money,
    name,
    notes,
    plain,
    table,
    where,
)
from spendo.assistant.tools.envelope import AnyEnvelope, DataRangeEnvelope, SumEnvelope

SO_FAR = "this month"
"""The period of a sum that names none; the answer says the dates."""
WHOLE_MONTHS = "last 3 months"
"""The period of an average that names none: whole months, so that none is cut short."""
SHOWN_GROUPS = 15

_HEADS = {"category": "Category", "merchant": "Where", "month": "Month", "account": "Account"}


def _sum(measure: str, period: str, chosen: Filter, group_by: str | None = None) -> Call:
    arguments: dict[str, object] = {"measure": measure, "period": period, **chosen.arguments()}
    if group_by:
        arguments["group_by"] = group_by
    return Call("sum_transactions", arguments)


def spending(question: Question) -> Plan:
    chosen = yield from look_up(question)
    only_accounts = chosen.accounts and not (chosen.categories or chosen.merchants)
    if only_accounts and not question.sure and question.when is None:  # "how much in savings"
        text = yield from balance(question)
        return text
    period = yield from period_text(question.when, SO_FAR)
    found = yield from ask(SumEnvelope, _sum("spending", period, chosen, question.group_by))
    if not found.count:
        text = yield from nothing_found(f"no spending{chosen.words()}", found)
        return text
    refund = money(found.total).startswith("−")
    if refund:
        text = (
            f"Refunds came to **{plain(found.total)}** more than you spent{chosen.words()}"
            f"{during(found.period)}."
        )
    else:
        text = f"You spent {bold(found.total)}{chosen.words('from')}{during(found.period)}."
    return text + _groups(found, question.limit) + notes(found.excluded)


def income(question: Question) -> Plan:
    chosen = yield from look_up(question)
    period = yield from period_text(question.when, SO_FAR)
    found = yield from ask(SumEnvelope, _sum("income", period, chosen, question.group_by))
    if not found.count:
        text = yield from nothing_found(f"no income{chosen.words()}", found)
        return text
    source = chosen.words().replace(" at ", " from ").replace(" on ", " from ")
    text = f"You received {bold(found.total)}{source}{during(found.period)}."
    return text + _groups(found, question.limit) + notes(found.excluded)


def saved(question: Question) -> Plan:
    period = yield from period_text(question.when, SO_FAR)
    received, spent, left = yield from ask_all(
        SumEnvelope, [_sum(measure, period, Filter()) for measure in ("income", "spending", "net")]
    )
    if not (received.count or spent.count):
        text = yield from nothing_found("no income or spending", received)
        return text
    end = "which leaves"
    if money(left.total).startswith("−"):
        end = "so more went out than came in:"
    return (
        f"You received **{money(received.total)}** and spent **{money(spent.total)}**, {end} "
        f"{bold(left.total)}{during(left.period)}."
    ) + notes(spent.excluded)


def average(question: Question) -> Plan:
    chosen = yield from look_up(question)
    period = yield from period_text(question.when, WHOLE_MONTHS)
    measure = "income" if question.direction == "in" else "spending"
    found = yield from ask(SumEnvelope, _sum(measure, period, chosen))
    if not found.count:
        text = yield from nothing_found(f"no {measure}{chosen.words()}", found)
        return text
    shares = {
        "transaction": found.averages.per_transaction,
        "day": found.averages.per_day,
        "week": found.averages.per_week,
        "month": found.averages.per_month,
    }
    wanted = [question.per] if question.per and shares[question.per] else ["transaction", "month"]
    parts = [f"**{money(share)}** per {unit}" for unit in wanted if (share := shares[unit])]
    verb = "received" if measure == "income" else "spent"
    text = f"On average you {verb} {' and '.join(parts)}{chosen.words()}{during(found.period)}."
    if question.per == "month" and not shares["month"]:
        text += " That period is not made of whole months, so there is no average per month."
    return text + f" In all: {money(found.total)}." + notes(found.excluded)


def compare(question: Question) -> Plan:
    chosen = yield from look_up(question)
    first = yield from period_text(question.when, SO_FAR)
    second = yield from period_text(question.other, "last month")
    measure = "income" if question.direction == "in" else "spending"
    found = yield from ask_all(
        SumEnvelope, [_sum(measure, period, chosen) for period in (first, second)]
    )
    head = "Received" if measure == "income" else "Spent"
    rows = [(each.period.words, f"**{money(each.total)}**", f"{each.count:,}") for each in found]
    subject = f"{head}{chosen.words()} in the two periods:"
    return f"{subject}\n\n{table(('Period', head, 'Transactions'), rows, right=(1, 2))}"


def last_paid(question: Question) -> Plan:
    period = yield from period_text(question.when, "all time")
    found = yield from ask(SumEnvelope, _sum("income", period, Filter()))
    if not found.rows:
        text = yield from nothing_found("no income", found)
        return text
    row = found.rows[0]
    return f"You last received {bold(row.amount)} from {where(row)} on {day(row.date)}."


def nothing_found(what: str, found: SumEnvelope) -> Generator[list[Call], list[AnyEnvelope], str]:
    """Nothing in the period: said with the days that the records do cover."""
    records = yield from ask(DataRangeEnvelope, Call("data_range"))
    if not records.count or records.first is None or records.last is None:
        raise AnswerNowError(EMPTY_LEDGER)
    text = f"There is {what}{during(found.period)}."
    if found.excluded.pending and found.excluded.pending_total:
        text += (
            f" {counted(found.excluded.pending, 'pending transaction')} "
            f"({money(found.excluded.pending_total)}) is not counted yet."
            if found.excluded.pending == 1
            else f" {counted(found.excluded.pending, 'pending transaction')} "
            f"({money(found.excluded.pending_total)}) are not counted yet."
        )
    return f"{text} Your records cover {day(records.first)} to {day(records.last)}." + notes(
        found.excluded
    )


def _groups(found: SumEnvelope, limit: int | None) -> str:
    if found.group_by is None or not found.groups:
        return ""
    in_order = found.group_by == "month"
    shown = found.groups if in_order else found.groups[: limit or SHOWN_GROUPS]
    rows = [
        (name(group.label or "None"), money(group.total), f"{group.count:,}")
        for group in shown
        if not (is_zero(group.total) and not group.count)
    ]
    amounts = "Received" if found.measure == "income" else "Spent"
    text = "\n\n" + table((_HEADS[found.group_by], amounts, "Transactions"), rows, right=(1, 2))
    if len(shown) < found.group_count:
        text += f"\n\nThe largest {len(shown)} of {found.group_count:,}."
    return text
