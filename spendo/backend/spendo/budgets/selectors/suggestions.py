"""What a budget could be: what was usually spent."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from statistics import median

from spendo.budgets.months import month_of, months_between, whole_months_before
from spendo.ledger.money import Money, from_minor
from spendo.ledger.periods import Period
from spendo.ledger.rates import ExactTotal
from spendo.ledger.selectors import (
    SumResult,
    TransactionFilter,
    data_range,
    sum_subtrees,
    sum_transactions,
)
from spendo.ledger.selectors.trees import CategoryTree
from spendo.users.models import User
from spendo.users.selectors import today

MOST_MONTHS = 24


@dataclass(frozen=True, slots=True)
class BudgetSuggestion:
    """`usual` is the median of the months, those without spending included; like each of them it
    is rounded once, so of what was converted it may be a cent from the median of what is shown."""

    category_id: int
    category: str
    within: str | None
    usual: Money
    least: Money
    most: Money
    by_month: tuple[Money, ...]


@dataclass(frozen=True, slots=True)
class Suggestions:
    """By what is usually spent, most first; categories of which that is nothing are left out.

    `months` is how many whole months there were to go by, in `period` (None when there were
    none): fewer than asked for when the records begin later. `spending` is all that was spent in
    the period, or in the categories asked for.
    """

    lines: tuple[BudgetSuggestion, ...]
    months: int
    period: Period | None
    spending: SumResult | None


def suggest_budgets(
    user: User,
    *,
    months: int = 6,
    category_ids: Collection[int] | None = None,
    as_of: date | None = None,
) -> Suggestions:
    """For each category, or for some of them, the median of what it cost in the last `months` whole
    calendar months.

    `months` is 1 to 24, else ValueError. A category has those below it. Months before the first
    transaction are not counted.
    """
    if not 1 <= months <= MOST_MONTHS:
        raise ValueError(f"months must be 1 to {MOST_MONTHS}.")
    asked = whole_months_before(as_of or today(user), months)
    first = data_range(user).first
    if first is None or month_of(first).start >= asked.end:
        return Suggestions((), 0, None, None)
    period = Period.of_days(max(asked.start, month_of(first).start), asked.last_day)
    counted = months_between(period.start, period.last_day)
    tree = CategoryTree.of(user)
    spent = [
        sum_subtrees(user, where=TransactionFilter(period=month_of(month)), measure="spending")
        for month in counted
    ]
    lines = [
        line
        for category_id in {each for month in spent for each in month}
        if (category_ids is None or category_id in category_ids)
        and (line := _line(user, tree, category_id, spent)).usual.amount > 0
    ]
    lines.sort(key=lambda line: (-line.usual.amount, line.category))
    where = TransactionFilter(period=period, category_ids=tuple(category_ids or ()))
    spending = sum_transactions(user, where=where, measure="spending")
    return Suggestions(tuple(lines), len(counted), period, spending)


def _line(
    user: User, tree: CategoryTree, category_id: int, spent: list[dict[int, ExactTotal]]
) -> BudgetSuggestion:
    exact = [month.get(category_id, ExactTotal()) for month in spent]
    amounts = [total.money(user.currency) for total in exact]
    above = tree.nodes[category_id].parent_id
    usual: Fraction = median(total.exact() for total in exact)
    return BudgetSuggestion(
        category_id=category_id,
        category=tree.nodes[category_id].name,
        within=tree.nodes[above].name if above is not None else None,
        usual=from_minor(round(usual), user.currency),
        least=min(amounts, key=lambda amount: amount.amount),
        most=max(amounts, key=lambda amount: amount.amount),
        by_month=tuple(amounts),
    )
