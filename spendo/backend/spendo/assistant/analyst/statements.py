"""Income statements with what changed: the calls for them and how they are put."""

from __future__ import annotations

from collections.abc import Generator, Sequence

from spendo.assistant.analyst.plan import AnswerNowError, Call, ask
from spendo.assistant.analyst.wording import EMPTY_LEDGER, day, money, name, table
from spendo.assistant.tools.envelope import (
    AnyEnvelope,
    DataRangeEnvelope,
    IncomeStatementEnvelope,
)
from spendo.assistant.tools.envelope.statements import ContributionPart


def statement(period: str, compare_to: str, *, by_merchant: bool = False) -> Call:
    return Call(
        "income_statement",
        {
            "period": period,
            "compare_to": compare_to,
            "group_by": "merchant" if by_merchant else "category",
        },
    )


def contribution_table(parts: Sequence[ContributionPart], group_by: str) -> str:
    return table(
        ("Where" if group_by == "merchant" else "Category", "Change", "Now", "Before"),
        (
            (name(part.label), money(part.change), money(part.now), money(part.before))
            for part in parts
        ),
        right=(1, 2, 3),
    )


def nothing_to_compare(
    found: IncomeStatementEnvelope,
) -> Generator[list[Call], list[AnyEnvelope], str]:
    records = yield from ask(DataRangeEnvelope, Call("data_range"))
    if not records.count or records.first is None or records.last is None:
        raise AnswerNowError(EMPTY_LEDGER)
    return (
        f"There is no spending in {found.period.words} or before to compare. Your records cover "
        f"{day(records.first)} to {day(records.last)}."
    )
