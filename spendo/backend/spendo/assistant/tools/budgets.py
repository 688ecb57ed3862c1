"""Budgets: what is left of them, and what they could be."""

from __future__ import annotations

from typing import Annotated

from agents import RunContextWrapper, function_tool
from pydantic import Field

from spendo.assistant.tools.calling import ToolProblemError, answer_call, refuse_arguments
from spendo.assistant.tools.envelope import MAX_GROUPS, SAMPLE_ROWS, Filters, bank_text
from spendo.assistant.tools.envelope.budgets import (
    BudgetPart,
    BudgetStatusEnvelope,
    SuggestBudgetsEnvelope,
    SuggestionPart,
)
from spendo.assistant.tools.links import rows_link
from spendo.assistant.tools.names import ChosenNames, choose_names
from spendo.assistant.tools.parts import amount, excluded_part, row_part
from spendo.assistant.tools.periods import PERIOD_HELP, period_of, period_part
from spendo.assistant.turn import Turn
from spendo.budgets.months import month_of
from spendo.budgets.selectors import MOST_MONTHS, BudgetLine, BudgetSuggestion
from spendo.budgets.selectors import budget_status as status_of_month
from spendo.budgets.selectors import suggest_budgets as suggestions_of
from spendo.ledger.selectors import RowsQuery, TransactionFilter


@function_tool(failure_error_function=refuse_arguments)
async def budget_status(
    context: RunContextWrapper[Turn],
    month: Annotated[
        str | None,
        Field(description=f"The month, in words. {PERIOD_HELP} null: this month."),
    ] = None,
    categories: Annotated[
        list[str] | None, Field(description="Only the budgets of these categories. null: all.")
    ] = None,
) -> str:
    """The budgets of a month: limit, what was carried over, spent, left, and what will have been
    spent by its end at this pace. Use it for "how much is left for groceries", "which budgets am I
    over", "am I on track". A category without a budget has no line; when `budgets` is empty there
    is none, and the answer says so."""
    turn = context.context

    def work() -> BudgetStatusEnvelope:
        asked = period_of(turn, month) if month else month_of(turn.today)
        if month_of(asked.start) != month_of(asked.last_day):
            raise ToolProblemError("not_a_month", "Budgets are for one month: name it.")
        names = _categories(turn, categories)
        found = status_of_month(
            turn.user,
            asked.start,
            category_ids=names.category_ids if categories else None,
            as_of=turn.today,
        )
        return BudgetStatusEnvelope(
            period=period_part(turn, found.month),
            filters=Filters(categories=tuple(bank_text(name) for name in names.categories)),
            left=amount(found.left),
            spent=amount(found.spent),
            limit=amount(found.limit),
            available=amount(found.available),
            unbudgeted=amount(found.unbudgeted),
            budget_count=len(found.lines),
            over_count=sum(1 for line in found.lines if line.is_over),
            days_left=found.days_left,
            budgets=tuple(_budget(line) for line in found.lines[:MAX_GROUPS]),
            other_currencies=tuple(bank_text(name) for name in found.other_currencies),
            count=found.spending.count,
            rows=tuple(row_part(row) for row in found.spending.sample[:SAMPLE_ROWS]),
            excluded=excluded_part(found.excluded),
            truncated=len(found.lines) > MAX_GROUPS,
            link=rows_link(
                RowsQuery(
                    TransactionFilter(period=found.month, category_ids=names.category_ids),
                    counted="spending",
                )
            ),
        )

    return await answer_call(turn, "budget_status", "Looking at your budgets", work)


@function_tool(failure_error_function=refuse_arguments)
async def suggest_budgets(
    context: RunContextWrapper[Turn],
    months: Annotated[
        int,
        Field(ge=1, le=MOST_MONTHS, description="From how many whole months before this one."),
    ] = 6,
    categories: Annotated[
        list[str] | None, Field(description="Only for these categories. null: all.")
    ] = None,
) -> str:
    """What a budget could be: the median of what each category cost in the last whole months, with
    the least and the most. Use it for "suggest a budget", "what do I usually spend on dining". When
    `months` is 0 there is not a whole month to go by, and the answer says so."""
    turn = context.context

    def work() -> SuggestBudgetsEnvelope:
        names = _categories(turn, categories)
        found = suggestions_of(
            turn.user,
            months=months,
            category_ids=names.category_ids if categories else None,
            as_of=turn.today,
        )
        filters = Filters(categories=tuple(bank_text(name) for name in names.categories))
        if found.period is None or found.spending is None:
            return SuggestBudgetsEnvelope(filters=filters, months=0, lines=(), count=0)
        return SuggestBudgetsEnvelope(
            period=period_part(turn, found.period),
            filters=filters,
            months=found.months,
            lines=tuple(_suggestion(line) for line in found.lines[:MAX_GROUPS]),
            count=found.spending.count,
            rows=tuple(row_part(row) for row in found.spending.sample[:SAMPLE_ROWS]),
            excluded=excluded_part(found.spending.excluded),
            truncated=len(found.lines) > MAX_GROUPS,
            link=rows_link(
                RowsQuery(
                    TransactionFilter(period=found.period, category_ids=names.category_ids),
                    counted="spending",
                )
            ),
        )

    return await answer_call(turn, "suggest_budgets", "Looking at what you usually spend", work)


def _categories(turn: Turn, categories: list[str] | None) -> ChosenNames:
    names = choose_names(turn.user, categories, None, None)
    if names.uncategorised:
        raise ToolProblemError(
            "no_category", "What is in no category has no budget: name categories."
        )
    return names


def _budget(line: BudgetLine) -> BudgetPart:
    return BudgetPart(
        category=bank_text(line.category),
        within=bank_text(line.within) if line.within else None,
        left=amount(line.left),
        spent=amount(line.spent),
        limit=amount(line.limit),
        carried=amount(line.carried),
        available=amount(line.available),
        at_this_pace=amount(line.at_this_pace) if line.at_this_pace else None,
        over=line.is_over,
        will_be_over=line.will_be_over,
        rollover=line.rollover,
        since=line.since,
        count=line.count,
    )


def _suggestion(line: BudgetSuggestion) -> SuggestionPart:
    return SuggestionPart(
        category=bank_text(line.category),
        within=bank_text(line.within) if line.within else None,
        usual=amount(line.usual),
        least=amount(line.least),
        most=amount(line.most),
    )
