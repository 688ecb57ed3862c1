"""Which budgets are in force in which month."""

from dataclasses import dataclass
from datetime import date

from spendo.budgets.models import Budget
from spendo.budgets.months import months_between
from spendo.ledger.money import Money, from_minor
from spendo.users.models import User


@dataclass(frozen=True, slots=True)
class BudgetInForce:
    """A category's limit in one month; `since` is the month from which it has been that."""

    category_id: int
    category: str
    since: date
    limit: Money
    rollover: bool


@dataclass(frozen=True, slots=True)
class BudgetRow:
    """One entry: from `month` on the limit is that, or there is none any more."""

    id: int
    category_id: int
    category: str
    month: date
    limit: Money | None
    rollover: bool


def list_budgets(user: User) -> list[BudgetRow]:
    """Every entry the user has made, by category and month."""
    return [
        BudgetRow(
            id=row.pk,
            category_id=row.category_id,
            category=row.category.name,
            month=row.month,
            limit=None if row.limit_minor is None else from_minor(row.limit_minor, row.currency),
            rollover=row.rollover,
        )
        for row in _rows(user)
    ]


def budgets_in_force(user: User, first: date, last: date) -> dict[int, dict[date, BudgetInForce]]:
    """By category and month, the budgets of the months from `first`'s to `last`'s."""
    by_category: dict[int, list[Budget]] = {}
    for row in _rows(user):
        by_category.setdefault(row.category_id, []).append(row)
    months = months_between(first, last)
    return {
        category_id: in_force
        for category_id, rows in by_category.items()
        if (in_force := _by_month(rows, months))
    }


def first_budget_month(user: User) -> date | None:
    return (
        Budget.objects.filter(user=user).order_by("month").values_list("month", flat=True).first()
    )


def _rows(user: User) -> list[Budget]:
    return list(
        Budget.objects.filter(user=user)
        .select_related("category")
        .order_by("category__name_key", "month")
    )


def _by_month(rows: list[Budget], months: list[date]) -> dict[date, BudgetInForce]:
    """The latest entry by each month counts; one without a limit ends the budget."""
    found: dict[date, BudgetInForce] = {}
    for month in months:
        latest = next((row for row in reversed(rows) if row.month <= month), None)
        if latest is not None and latest.limit_minor is not None:
            found[month] = BudgetInForce(
                category_id=latest.category_id,
                category=latest.category.name,
                since=latest.month,
                limit=from_minor(latest.limit_minor, latest.currency),
                rollover=latest.rollover,
            )
    return found
