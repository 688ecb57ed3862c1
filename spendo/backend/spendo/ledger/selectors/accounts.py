"""Balances: what has posted, per account and together."""

from datetime import date

from spendo.ledger.selectors.types import AccountBalance, AccountTotals, NetWorth
from spendo.users.models import User


def list_accounts(user: User) -> list[AccountBalance]:
    """The visible accounts with their balances of today, in the order they were added."""
    raise NotImplementedError


def account_totals(user: User) -> AccountTotals:
    """Today's balances by group, in the user's currency."""
    raise NotImplementedError


def net_worth(user: User, *, as_of: date | None = None) -> NetWorth:
    """What is owned less what is owed at the end of `as_of` (default: today)."""
    raise NotImplementedError
