"""Totals over transactions: the calls for them and how they are put."""

from __future__ import annotations

from collections.abc import Generator

from spendo.assistant.analyst.lookup import Filter
from spendo.assistant.analyst.plan import AnswerNowError, Call, ask
from spendo.assistant.analyst.wording import (
    EMPTY_LEDGER,
    counted,
    day,
    during,
    is_zero,
    money,
    name,
    notes,
    table,
)
from spendo.assistant.tools.envelope import AnyEnvelope, DataRangeEnvelope, SumEnvelope

SO_FAR = "this month"
"""The period of a sum that names none; the answer says the dates."""
WHOLE_MONTHS = "last 3 months"
"""The period of an average that names none: whole months, so that none is cut short."""
SHOWN_GROUPS = 15

_HEADS = {
    "category": "Category",
    "top_category": "Category",
    "merchant": "Where",
    "month": "Month",
    "week": "Week",
    "day": "Day",
    "account": "Account",
    "tag": "Tag",
}
_IN_ORDER = frozenset({"month", "week", "day"})


def usual_period(group_by: str | None) -> str:
    """That of a sum that names none: one that has several of what it is grouped by."""
    return "this year" if group_by == "month" else SO_FAR


def sum_of(measure: str, period: str, chosen: Filter, group_by: str | None = None) -> Call:
    arguments: dict[str, object] = {"measure": measure, "period": period, **chosen.arguments()}
    if group_by:
        arguments["group_by"] = group_by
    return Call("sum_transactions", arguments)


def nothing_found(what: str, found: SumEnvelope) -> Generator[list[Call], list[AnyEnvelope], str]:
    """Nothing in the period: said with the days that the records do cover."""
    records = yield from ask(DataRangeEnvelope, Call("data_range"))
    if not records.count or records.first is None or records.last is None:
        raise AnswerNowError(EMPTY_LEDGER)
    text = f"There is {what}{during(found.period)}."
    if found.excluded.pending and found.excluded.pending_total:
        verb = "is" if found.excluded.pending == 1 else "are"
        text += (
            f" {counted(found.excluded.pending, 'pending transaction')} "
            f"({money(found.excluded.pending_total)}) {verb} not counted yet."
        )
    return f"{text} Your records cover {day(records.first)} to {day(records.last)}." + notes(
        found.excluded
    )


def groups(found: SumEnvelope, limit: int | None) -> str:
    """The groups as a table; empty when there are none."""
    if found.group_by is None or not found.groups:
        return ""
    shown = found.groups if found.group_by in _IN_ORDER else found.groups[: limit or SHOWN_GROUPS]
    rows = [
        (name(group.label or "None"), money(group.total), f"{group.count:,}")
        for group in shown
        if not (is_zero(group.total) and not group.count)
    ]
    amounts = {"income": "Received", "net": "Left"}.get(found.measure, "Spent")
    text = "\n\n" + table((_HEADS[found.group_by], amounts, "Transactions"), rows, right=(1, 2))
    if len(shown) < found.group_count:
        text += f"\n\nThe largest {len(shown)} of {found.group_count:,}."
    return text
