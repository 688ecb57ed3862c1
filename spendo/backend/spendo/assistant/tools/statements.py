"""The income statement, and why it is not what it was."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, Literal

from agents import RunContextWrapper, function_tool
from pydantic import Field

from spendo.assistant.tools.calling import ToolProblemError, answer_call, refuse_arguments
from spendo.assistant.tools.envelope import MAX_GROUPS, SAMPLE_ROWS, Excluded, bank_text
from spendo.assistant.tools.envelope.statements import (
    ComparisonPart,
    ContributionPart,
    IncomeStatementEnvelope,
    StatementLinePart,
)
from spendo.assistant.tools.links import rows_link
from spendo.assistant.tools.parts import amount, excluded_part, row_part
from spendo.assistant.tools.periods import PERIOD_HELP, moved, period_of, period_part
from spendo.assistant.turn import Turn
from spendo.ledger.money import Money
from spendo.ledger.periods import Period, UnknownPeriod
from spendo.ledger.selectors import RowsQuery, TransactionFilter
from spendo.reports.selectors import (
    Comparison,
    Contribution,
    IncomeStatement,
    StatementLine,
    income_statement,
    same_point_before,
)
from spendo.reports.selectors.statements import percent_of

COMPARE_HELP = (
    "'previous': the period before of the same length. 'same_point_last_month', "
    "'same_point_last_quarter', 'same_point_last_year': the same days of it. Or a period in words, "
    "such as 'March 2026'. null: no comparison."
)


@function_tool(name_override="income_statement", failure_error_function=refuse_arguments)
async def income_statement_tool(
    context: RunContextWrapper[Turn],
    period: Annotated[str, Field(description=PERIOD_HELP)],
    compare_to: Annotated[str | None, Field(description=COMPARE_HELP)] = None,
    group_by: Annotated[
        Literal["category", "merchant"],
        Field(description="What the lines and the contributions to a change are."),
    ] = "category",
) -> str:
    """Income, spending by category, what is left of the income, and the savings rate of a period;
    with `compare_to` what changed and which categories or merchants it came from. Use it for "what
    did I save", "why did spending rise", "which category grew most", "more than at the same point
    last month". `contributions` sum exactly to the change: never add up or subtract yourself."""
    turn = context.context

    def work() -> IncomeStatementEnvelope:
        asked = period_of(turn, period)
        before = _compared(turn, asked, period, compare_to) if compare_to else None
        found = income_statement(turn.user, asked, group_by=group_by, compare_to=before)
        return _envelope(turn, found, group_by)

    return await answer_call(turn, "income_statement", "Drawing up your income statement", work)


def _compared(turn: Turn, period: Period, words: str, compare_to: str) -> Period:
    try:
        match compare_to.strip().casefold().replace(" ", "_"):
            case "previous":
                return moved(period, words, -1, "same", turn.today)
            case "same_point_last_month":
                return same_point_before(period, "month")
            case "same_point_last_quarter":
                return same_point_before(period, "quarter")
            case "same_point_last_year":
                return same_point_before(period, "year")
    except (UnknownPeriod, OverflowError, ValueError):
        raise ToolProblemError("unknown_period", "There is nothing before that.") from None
    return period_of(turn, compare_to)


def _envelope(
    turn: Turn, found: IncomeStatement, group_by: Literal["category", "merchant"]
) -> IncomeStatementEnvelope:
    rows = sorted(
        [*found.spending_sum.sample, *found.income_sum.sample], key=lambda row: (row.date, row.id)
    )
    longest = max(len(found.spending_lines), len(found.income_lines))
    return IncomeStatementEnvelope(
        period=period_part(turn, found.period),
        net=amount(found.net),
        income=amount(found.income),
        spending=amount(found.spending),
        savings_rate=percent(found.savings_rate),
        group_by=group_by,
        spending_lines=_lines(found.spending_lines),
        income_lines=_lines(found.income_lines),
        line_count=len(found.spending_lines) + len(found.income_lines),
        comparison=_comparison(turn, found, found.comparison) if found.comparison else None,
        count=found.count,
        rows=tuple(row_part(row) for row in rows[: -SAMPLE_ROWS - 1 : -1]),
        excluded=_together(*(excluded_part(each) for each in found.excluded)),
        truncated=longest > MAX_GROUPS,
        link=rows_link(RowsQuery(TransactionFilter(period=found.period), counted="net")),
    )


def percent(value: Decimal | None) -> str | None:
    return None if value is None else format(value, "f")


def _lines(lines: Sequence[StatementLine]) -> tuple[StatementLinePart, ...]:
    return tuple(
        StatementLinePart(
            label=bank_text(line.label),
            depth=line.depth,
            total=amount(line.total),
            own=amount(line.own),
            count=line.count,
            share=percent(line.share),
        )
        for line in lines[:MAX_GROUPS]
    )


def _comparison(turn: Turn, found: IncomeStatement, change: Comparison) -> ComparisonPart:
    return ComparisonPart(
        period=period_part(turn, change.period),
        spending_change=amount(change.spending_change),
        income_change=amount(change.income_change),
        net_change=amount(change.net_change),
        spending_change_percent=_change_percent(change.spending_change, change.spending),
        income_change_percent=_change_percent(change.income_change, change.income),
        spending=amount(change.spending),
        income=amount(change.income),
        net=amount(change.net),
        contributions=_contributions(change.contributions),
        contribution_count=len(change.contributions),
        income_contributions=_contributions(change.income_contributions),
    )


def _change_percent(change: Money, before: Money) -> str | None:
    return percent(percent_of(change, before))


def _contributions(contributions: Sequence[Contribution]) -> tuple[ContributionPart, ...]:
    return tuple(
        ContributionPart(
            label=bank_text(each.label),
            change=amount(each.change),
            now=amount(each.now),
            before=amount(each.before),
        )
        for each in contributions[:MAX_GROUPS]
    )


def _together(spending: Excluded, income: Excluded) -> Excluded:
    """What neither of the two has: no row is left out of both."""
    return Excluded(
        transfers=spending.transfers + income.transfers,
        hidden=spending.hidden + income.hidden,
        pending=spending.pending + income.pending,
        suspected_transfers=(*spending.suspected_transfers, *income.suspected_transfers)[
            :SAMPLE_ROWS
        ],
        suspected_count=spending.suspected_count + income.suspected_count,
        left_out=(*spending.left_out, *income.left_out),
    )
