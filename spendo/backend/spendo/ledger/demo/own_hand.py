"""What the demo household has done in Spendo itself: each an act that can be seen and undone."""

from collections.abc import Callable, Mapping
from datetime import date

from spendo.ledger.demo.places import RENAMED
from spendo.ledger.models import Account, Category
from spendo.ledger.money import from_minor
from spendo.ledger.services import (
    NewSeries,
    add_rule,
    confirm_series,
    edit_account,
    edit_category,
)
from spendo.users.fields import fold
from spendo.users.models import User

Part = Callable[[User, Mapping[str, Account], date], None]
"""Adds to the ledger of a demo user that was just made: (user, accounts by key, first day)."""

_parts: list[Part] = []


def add_part(part: Part) -> None:
    """Let another app put what it has into the demo, too; done once, as the apps are loaded."""
    if part not in _parts:
        _parts.append(part)


def rename_category(user: User) -> None:
    before, after = RENAMED
    category = Category.objects.get(user=user, name_key=fold(before))
    edit_category(user, category.pk, name=after)


def work_with_it(user: User, accounts: Mapping[str, Account], first: date) -> None:
    """Hide an account, write a rule, confirm the rent; then what other apps have."""
    categories = dict(Category.objects.filter(user=user).values_list("name_key", "id"))
    edit_account(user, accounts["old"].pk, hidden=True)
    add_rule(
        user,
        field="merchant",
        match="starts_with",
        text="Metro Transit",
        category_id=categories["transport"],
    )
    confirm_series(
        user,
        NewSeries(
            account_id=accounts["checking"].pk,
            merchant="Maple Court Apartments",
            kind="bill",
            cadence="monthly",
            amount=from_minor(-165_000, "USD"),
            first_on=first,
            category_id=categories["rent"],
        ),
    )
    for part in _parts:
        part(user, accounts, first)
