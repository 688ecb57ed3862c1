"""What the demo household means to spend, and saves for."""

from collections.abc import Mapping
from datetime import date

from spendo.budgets.months import month_after
from spendo.budgets.services import add_goal, set_budget
from spendo.ledger.models import Account, Category
from spendo.ledger.money import from_minor
from spendo.users.fields import fold
from spendo.users.models import User
from spendo.users.selectors import today

_BUDGETS: dict[str, tuple[int, bool]] = {
    "Rent": (160_000, False),  # from before the rent rose: it is over from the 1st on
    "Groceries": (52_000, True),
    "Restaurants": (32_000, False),
    "Coffee": (7_500, False),
    "Subscriptions": (4_500, False),
    "Clothing": (12_000, True),
}
"""Limit in cents, and whether what is left goes to the next month."""

_BUDGETED_MONTHS = 6


def add_budgets_and_goals(user: User, accounts: Mapping[str, Account], first: date) -> None:
    """Six budgets since six months ago, and two goals; made once, with the demo user."""
    now = today(user)
    categories = dict(Category.objects.filter(user=user).values_list("name_key", "id"))
    since = max(first, month_after(now.replace(day=1), -_BUDGETED_MONTHS))
    for name, (minor, rollover) in _BUDGETS.items():
        set_budget(
            user,
            categories[fold(name)],
            month=since,
            limit=from_minor(minor, user.currency),
            rollover=rollover,
        )
    add_goal(
        user,
        name="Emergency fund",
        target=from_minor(2_000_000, user.currency),
        due_on=month_after(now.replace(day=1), 15),
        account_id=accounts["savings"].pk,
    )
    add_goal(
        user,
        name="New laptop",
        target=from_minor(180_000, user.currency),
        due_on=month_after(now.replace(day=1), 5),
        saved=from_minor(65_000, user.currency),
    )
