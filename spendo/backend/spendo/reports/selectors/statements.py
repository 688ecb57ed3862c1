"""What came in, what was spent, what is left of it; and why it is not what it was before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Literal

from spendo.budgets.months import month_after
from spendo.ledger.money import Money
from spendo.ledger.periods import Period, UnknownPeriod
from spendo.ledger.selectors import (
    SAMPLE,
    Excluded,
    Measure,
    SumGroup,
    SumResult,
    TransactionFilter,
    sum_transactions,
)
from spendo.ledger.selectors.trees import CategoryTree
from spendo.users.models import User

GroupSpending = Literal["category", "merchant"]
Earlier = Literal["month", "quarter", "year"]


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One category (or merchant). `own` is what is booked on it, `total` has what is below it,
    too; `depth` is 0 for a root, whose totals add up to the statement's. `share` is the part of
    that in percent, one decimal."""

    key: str
    label: str
    depth: int
    own: Money
    total: Money
    count: int
    share: Decimal | None


@dataclass(frozen=True, slots=True)
class Contribution:
    """How much one category or merchant has to do with a change: `now` less `before`."""

    key: str
    label: str
    now: Money
    before: Money
    change: Money


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed since `period`. `contributions` are those of the single categories (each
    without what is below it) or merchants to the change of spending, largest change first; they
    sum to it exactly, and so do those to the change of income."""

    period: Period
    income: Money
    spending: Money
    net: Money
    income_change: Money
    spending_change: Money
    net_change: Money
    contributions: tuple[Contribution, ...]
    income_contributions: tuple[Contribution, ...]
    partial: bool


@dataclass(frozen=True, slots=True)
class IncomeStatement:
    """`net` is income less spending; `savings_rate` is net ÷ income in percent, one decimal (None
    without income). Lines are in the order of the tree, siblings by size. `spending_sum` and
    `income_sum` have the rows and what was left out."""

    period: Period
    income: Money
    spending: Money
    net: Money
    savings_rate: Decimal | None
    spending_lines: tuple[StatementLine, ...]
    income_lines: tuple[StatementLine, ...]
    spending_sum: SumResult
    income_sum: SumResult
    comparison: Comparison | None

    @property
    def count(self) -> int:
        return self.spending_sum.count + self.income_sum.count

    @property
    def excluded(self) -> tuple[Excluded, Excluded]:
        return self.spending_sum.excluded, self.income_sum.excluded


def income_statement(
    user: User,
    period: Period,
    *,
    group_by: GroupSpending = "category",
    compare_to: Period | None = None,
) -> IncomeStatement:
    """Income, spending and what is left of a period, in the user's currency; with `compare_to`
    also how each changed since that period, and what contributed how much."""
    tree = CategoryTree.of(user)
    spending = _sum(user, period, "spending", group_by)
    income = _sum(user, period, "income", group_by)
    net = income.total - spending.total
    return IncomeStatement(
        period=period,
        income=income.total,
        spending=spending.total,
        net=net,
        savings_rate=percent_of(net, income.total),
        spending_lines=tuple(_lines(tree, spending, group_by)),
        income_lines=tuple(_lines(tree, income, group_by)),
        spending_sum=spending,
        income_sum=income,
        comparison=_compare(user, spending, income, group_by, compare_to) if compare_to else None,
    )


def same_point_before(period: Period, unit: Earlier) -> Period:
    """The same days of the month (quarter, year) before: from 1–26 November to 1–26 October.

    A day that the earlier month does not have is its last one. What ends with its month goes back
    to the end of the earlier month if it also begins on the first. Raises UnknownPeriod before
    the first day a ledger can have.
    """
    months = {"month": 1, "quarter": 3, "year": 12}[unit]
    try:
        first = _months_back(period.start, months)
        whole = period.start.day == 1 and period.end.day == 1
        last = (
            _months_back(period.end, months) - timedelta(days=1)
            if whole
            else _months_back(period.last_day, months)
        )
    except ValueError:
        raise UnknownPeriod("That is too long ago.") from None
    return Period.of_days(first, last)


def percent_of(part: Money, whole: Money) -> Decimal | None:
    """part ÷ whole in percent, one decimal, half-even; None unless the whole is positive."""
    if whole.amount <= 0:
        return None
    exact = 100 * part.amount / whole.amount
    return exact.quantize(Decimal("0.1"), rounding=ROUND_HALF_EVEN)


def _sum(
    user: User, period: Period, measure: Measure, group_by: GroupSpending, sample: int = SAMPLE
) -> SumResult:
    where = TransactionFilter(period=period)
    return sum_transactions(user, where=where, measure=measure, group_by=group_by, sample=sample)


def _lines(
    tree: CategoryTree, found: SumResult, group_by: GroupSpending
) -> Sequence[StatementLine]:
    if group_by == "merchant":
        return [
            StatementLine(
                group.key, group.label, 0, group.total, group.total, group.count,
                percent_of(group.total, found.total),
            )
            for group in found.groups
        ]  # fmt: skip
    return _branches(tree, found)


def _branches(tree: CategoryTree, found: SumResult) -> list[StatementLine]:
    own = {group.key: group for group in found.groups}
    total: dict[str, Money] = {}
    count: dict[str, int] = {}
    below: dict[str, set[str]] = {}
    for group in found.groups:
        path = [str(each) for each in tree.path(int(group.key))] if group.key else [""]
        for child, parent in zip(path, [*path[1:], "root"], strict=True):
            below.setdefault(parent, set()).add(child)
            total[child] = total.get(child, Money.zero(found.total.currency)) + group.total
            count[child] = count.get(child, 0) + group.count
    lines: list[StatementLine] = []

    def label(key: str) -> str:
        return own[key].label if key in own else tree.nodes[int(key)].name

    def visit(parent: str, depth: int) -> None:
        for key in sorted(
            below.get(parent, ()), key=lambda each: (-total[each].amount, label(each))
        ):
            booked = own[key].total if key in own else Money.zero(found.total.currency)
            share = percent_of(total[key], found.total)
            lines.append(
                StatementLine(key, label(key), depth, booked, total[key], count[key], share)
            )
            visit(key, depth + 1)

    visit("root", 0)
    return lines


def _compare(
    user: User, spending: SumResult, income: SumResult, group_by: GroupSpending, before: Period
) -> Comparison:
    spent_before = _sum(user, before, "spending", group_by, sample=0)
    income_before = _sum(user, before, "income", group_by, sample=0)
    net, net_before = income.total - spending.total, income_before.total - spent_before.total
    sums = (spending, income, spent_before, income_before)
    return Comparison(
        period=before,
        income=income_before.total,
        spending=spent_before.total,
        net=net_before,
        income_change=income.total - income_before.total,
        spending_change=spending.total - spent_before.total,
        net_change=net - net_before,
        contributions=_contributions(spending.groups, spent_before.groups),
        income_contributions=_contributions(income.groups, income_before.groups),
        partial=any(each.excluded.left_out for each in sums),
    )


def _contributions(now: Sequence[SumGroup], before: Sequence[SumGroup]) -> tuple[Contribution, ...]:
    groups_now, groups_before = ({each.key: each for each in groups} for groups in (now, before))
    made = []
    for key in groups_now | groups_before:
        one, other = groups_now.get(key), groups_before.get(key)
        known = one or other
        assert known is not None  # noqa: S101  (the key came from one of them)
        zero = Money.zero(known.total.currency)
        total, earlier = one.total if one else zero, other.total if other else zero
        if one or other:
            made.append(Contribution(key, known.label, total, earlier, total - earlier))
    made.sort(key=lambda each: (-abs(each.change.amount), each.label))
    return tuple(made)


def _months_back(day: date, months: int) -> date:
    first = month_after(day.replace(day=1), -months)
    last = month_after(first) - timedelta(days=1)
    return first.replace(day=min(day.day, last.day))
