"""How a month's budgets stand."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from spendo.budgets.months import month_after, month_of
from spendo.budgets.selectors.limits import (
    BudgetInForce,
    budgets_in_force,
    first_budget_month,
)
from spendo.ledger.money import Money, round_money
from spendo.ledger.periods import Period
from spendo.ledger.selectors import (
    SAMPLE,
    Excluded,
    SumResult,
    TransactionFilter,
    sum_transactions,
)
from spendo.ledger.selectors.trees import CategoryTree
from spendo.users.models import User
from spendo.users.selectors import today


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """One budget in one month.

    `available` is the limit and what was carried from the month before, which is what was left of
    it (negative: overspent) when that month's budget rolls over, else nothing. `spent` is the
    spending of the category and those below it; `left` is available less spent.
    `at_this_pace` is what will have been spent by the end of the month if every day is like those
    so far: spent ÷ days so far × days of the month. None before the month has begun.
    `within` is the budgeted category above this one, in whose line this one's spending is, too.
    """

    category_id: int
    category: str
    within: str | None
    limit: Money
    carried: Money
    available: Money
    spent: Money
    left: Money
    at_this_pace: Money | None
    rollover: bool
    since: date
    count: int

    @property
    def is_over(self) -> bool:
        return self.left.amount < 0

    @property
    def will_be_over(self) -> bool:
        return self.at_this_pace is not None and self.at_this_pace > self.available


@dataclass(frozen=True, slots=True)
class BudgetStatus:
    """A month's budgets, those that are over first.

    The sums leave out what is within another of the lines, so that nothing is in them twice;
    `unbudgeted` is the month's spending that is in none. `spending` is the month's, or that of the
    categories that were asked for.

    `days_left` counts today; 0 for a month that is over. `other_currencies` names categories whose
    budget is not in the user's currency: they are not in `lines`.
    """

    month: Period
    as_of: date
    days_left: int
    lines: tuple[BudgetLine, ...]
    limit: Money
    available: Money
    spent: Money
    left: Money
    unbudgeted: Money
    spending: SumResult
    other_currencies: tuple[str, ...]

    @property
    def excluded(self) -> Excluded:
        return self.spending.excluded


def budget_status(
    user: User,
    month: date | None = None,
    *,
    category_ids: Collection[int] | None = None,
    as_of: date | None = None,
) -> BudgetStatus:
    """The budgets of the month that `month` is in (default: this one), or those of some
    categories only. Categories of others and those without a budget have no line."""
    now = as_of or today(user)
    period = month_of(month or now)
    tree = CategoryTree.of(user)
    in_force = budgets_in_force(user, first_budget_month(user) or period.start, period.start)
    own = {
        category_id: months
        for category_id, months in in_force.items()
        if period.start in months and months[period.start].limit.currency == user.currency
    }
    spending = _spending(user, period)
    spent, counts = _with_parents(user, tree, spending)
    before = _spent_before(user, tree, own, period.start)
    known = _Month(tree, own, period, now, spent, counts, before)
    lines = [_line(category_id, known) for category_id in own]
    outermost = [line for line in lines if line.within is None]
    total_spent = _sum(user, [line.spent for line in outermost])
    ids = set(own) if category_ids is None else set(own) & set(category_ids)
    wanted = [line for line in lines if line.category_id in ids]
    shown = [line for line in wanted if not ids & set(tree.path(line.category_id)[1:])]
    return BudgetStatus(
        month=period,
        as_of=now,
        days_left=max(0, (period.end - max(now, period.start)).days),
        lines=tuple(sorted(wanted, key=_most_urgent)),
        limit=_sum(user, [line.limit for line in shown]),
        available=_sum(user, [line.available for line in shown]),
        spent=_sum(user, [line.spent for line in shown]),
        left=_sum(user, [line.left for line in shown]),
        unbudgeted=spending.total - total_spent,
        spending=spending if category_ids is None else _spending_in(user, period, category_ids),
        other_currencies=tuple(
            months[period.start].category
            for category_id, months in in_force.items()
            if period.start in months and category_id not in own
        ),
    )


@dataclass(frozen=True, slots=True)
class _Month:
    """What is known of one month when its lines are made. `spent_before` has, by the first month
    of a row of months that rolls over into this one, what was spent in them."""

    tree: CategoryTree
    budgets: Mapping[int, Mapping[date, BudgetInForce]]
    period: Period
    now: date
    spent: Mapping[int, Money]
    counts: Mapping[int, int]
    spent_before: Mapping[date, Mapping[int, Money]]


def _line(category_id: int, known: _Month) -> BudgetLine:
    months = known.budgets[category_id]
    budget = months[known.period.start]
    zero = Money.zero(budget.limit.currency)
    carried = _carried(category_id, known, zero)
    used = known.spent.get(category_id, zero)
    path = known.tree.path(category_id)[1:]
    above = next((each for each in path if each in known.budgets), None)
    return BudgetLine(
        category_id=category_id,
        category=budget.category,
        within=None if above is None else known.tree.nodes[above].name,
        limit=budget.limit,
        carried=carried,
        available=budget.limit + carried,
        spent=used,
        left=budget.limit + carried - used,
        at_this_pace=_at_this_pace(used, known.period, known.now),
        rollover=budget.rollover,
        since=budget.since,
        count=known.counts.get(category_id, 0),
    )


def _carried(category_id: int, known: _Month, zero: Money) -> Money:
    """What the months before leave: their limits less what was spent in them."""
    months = known.budgets[category_id]
    before = _rolling_months(months, known.period.start)
    if not before:
        return zero
    carried = zero - known.spent_before[before[-1]].get(category_id, zero)
    for month in before:
        carried += months[month].limit
    return carried


def _rolling_months(months: Mapping[date, BudgetInForce], month: date) -> list[date]:
    """The months before `month`, back to the first of an unbroken row that rolls over."""
    before: list[date] = []
    earlier = month_after(month, -1)
    while earlier in months and months[earlier].rollover:
        before.append(earlier)
        earlier = month_after(earlier, -1)
    return before


def _spent_before(
    user: User,
    tree: CategoryTree,
    budgets: Mapping[int, Mapping[date, BudgetInForce]],
    month: date,
) -> dict[date, dict[int, Money]]:
    """One sum for all budgets that have rolled over since the same month."""
    firsts = {before[-1] for each in budgets.values() if (before := _rolling_months(each, month))}
    last = month_of(month_after(month, -1)).last_day
    return {
        first: _with_parents(user, tree, _spending(user, Period.of_days(first, last), 0))[0]
        for first in firsts
    }


def _spending(user: User, period: Period, sample: int = SAMPLE) -> SumResult:
    where = TransactionFilter(period=period)
    return sum_transactions(
        user, where=where, measure="spending", group_by="category", sample=sample
    )


def _spending_in(user: User, period: Period, category_ids: Collection[int]) -> SumResult:
    where = TransactionFilter(period=period, category_ids=tuple(category_ids))
    return sum_transactions(user, where=where, measure="spending")


def _at_this_pace(spent: Money, period: Period, now: date) -> Money | None:
    if now < period.start:
        return None
    days = (period.end - period.start).days
    so_far = min(days, (now - period.start).days + 1)
    return round_money(spent.amount * days / Decimal(so_far), spent.currency)


def _with_parents(
    user: User, tree: CategoryTree, spending: SumResult
) -> tuple[dict[int, Money], dict[int, int]]:
    """Each category's spending and rows with those of the categories below it."""
    spent: dict[int, Money] = {}
    counts: dict[int, int] = {}
    for group in spending.groups:
        if group.key:
            for category_id in tree.path(int(group.key)):
                spent[category_id] = spent.get(category_id, Money.zero(user.currency)) + group.total
                counts[category_id] = counts.get(category_id, 0) + group.count
    return spent, counts


def _sum(user: User, amounts: Sequence[Money]) -> Money:
    total = Money.zero(user.currency)
    for amount in amounts:
        total += amount
    return total


def _most_urgent(line: BudgetLine) -> tuple[bool, bool, Decimal, str]:
    return (not line.is_over, not line.will_be_over, line.left.amount, line.category)
