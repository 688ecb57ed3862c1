"""Balances: what has posted, per account and together.

A row that is hidden from reports still moves its account's balance; a hidden account is left
out altogether.
"""

from datetime import date

from spendo.ledger.models import Account, Transaction
from spendo.ledger.money import Money, from_minor
from spendo.ledger.selectors.types import (
    AccountBalance,
    AccountGroup,
    AccountTotals,
    LeftOutCurrency,
    NetWorth,
)
from spendo.users.models import User
from spendo.users.selectors import today

GROUP_OF_KIND: dict[str, AccountGroup] = {
    "checking": "cash",
    "credit_card": "cash",
    "cash": "cash",
    "loan": "cash",
    "savings": "saving",
    "investment": "investing_retirement",
    "retirement": "investing_retirement",
    "property": "investing_retirement",
}


def list_accounts(user: User) -> list[AccountBalance]:
    """The visible accounts with their balances of today, in the order they were added."""
    return _balances(user, today(user))


def account_totals(user: User) -> AccountTotals:
    """Today's balances by group, in the user's currency."""
    as_of = today(user)
    balances, left_out = _own_currency(user, _balances(user, as_of))
    sums = dict.fromkeys(("cash", "saving", "investing_retirement"), Money.zero(user.currency))
    for account in balances:
        sums[account.group] += account.balance
    return AccountTotals(
        total=sums["cash"] + sums["saving"] + sums["investing_retirement"],
        cash=sums["cash"],
        saving=sums["saving"],
        investing_retirement=sums["investing_retirement"],
        left_out=left_out,
        partial=bool(left_out),
        hidden_accounts=_hidden_accounts(user),
        as_of=as_of,
    )


def net_worth(user: User, *, as_of: date | None = None) -> NetWorth:
    """What is owned less what is owed at the end of `as_of` (default: today)."""
    day = as_of or today(user)
    balances, left_out = _own_currency(user, _balances(user, day))
    assets = liabilities = Money.zero(user.currency)
    for account in balances:
        if account.balance.amount >= 0:
            assets += account.balance
        else:
            liabilities -= account.balance
    return NetWorth(
        assets=assets,
        liabilities=liabilities,
        total=assets - liabilities,
        as_of=day,
        left_out=left_out,
        partial=bool(left_out),
        hidden_accounts=_hidden_accounts(user),
    )


def _balances(user: User, as_of: date) -> list[AccountBalance]:
    accounts = Account.objects.of(user).visible().select_related("institution").order_by("id")
    sums = Transaction.objects.of(user).balances(as_of=as_of)
    return [
        AccountBalance(
            id=account.pk,
            name=account.name,
            institution=account.institution.name,
            kind=account.kind,
            group=GROUP_OF_KIND[account.kind],
            balance=from_minor(
                posted + (account.opening_balance_minor if account.opened_on <= as_of else 0),
                account.currency,
            ),
            pending=from_minor(pending, account.currency),
            as_of=as_of,
        )
        for account in accounts
        for posted, pending in [sums.get(account.pk, (0, 0))]
    ]


def _own_currency(
    user: User, accounts: list[AccountBalance]
) -> tuple[list[AccountBalance], list[LeftOutCurrency]]:
    """The accounts in the user's currency, and the balances of the others by currency."""
    others: dict[str, LeftOutCurrency] = {}
    for account in accounts:
        if account.currency != user.currency:
            seen = others.get(account.currency)
            others[account.currency] = LeftOutCurrency(
                total=seen.total + account.balance if seen else account.balance,
                accounts=seen.accounts + 1 if seen else 1,
            )
    own = [account for account in accounts if account.currency == user.currency]
    return own, [others[currency] for currency in sorted(others)]


def _hidden_accounts(user: User) -> int:
    return Account.objects.of(user).filter(hidden=True).count()
