"""Balances: what has posted, per account and together.

A row that is hidden from reports still moves its account's balance; a hidden account is left
out altogether.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from typing import Any, get_args

from django.db.models import Q

from spendo.ledger.errors import UnknownRow
from spendo.ledger.models import Account
from spendo.ledger.money import Money, from_minor, to_minor
from spendo.ledger.prepared import ask, ask_models
from spendo.ledger.rates import ExactTotal, Rates, rates_into, rounded_to_total
from spendo.ledger.selectors.balances import Balances
from spendo.ledger.selectors.posted import pending_sums
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
    "loan": "loans",
    "savings": "saving",
    "investment": "investing_retirement",
    "retirement": "investing_retirement",
    "property": "property",
}


def list_accounts(user: User, *, as_of: date | None = None) -> list[AccountBalance]:
    """The visible accounts with their balances at the end of `as_of` (default: today), in the
    order they were added."""
    return _balances(user, visible_accounts(user), as_of or today(user))


def account_balance(user: User, account_id: int, as_of: date | None = None) -> AccountBalance:
    """One account at the end of `as_of` (default: today). Raises UnknownRow."""
    return _balances(user, known_accounts(user, [account_id]), as_of or today(user))[0]


def count_accounts(user: User) -> int:
    """How many accounts are not hidden."""
    return len(_hiding(user)) - hidden_accounts(user)


def account_totals(user: User, balances: Sequence[AccountBalance] | None = None) -> AccountTotals:
    """Today's balances by group, in the user's currency; of those that `list_accounts` has just
    given, if it has."""
    as_of = today(user)
    balances = list_accounts(user, as_of=as_of) if balances is None else balances
    groups: dict[AccountGroup, ExactTotal] = {name: ExactTotal() for name in get_args(AccountGroup)}
    total = ExactTotal()
    for account in balances:
        if (worth := _worth(account)) is not None:
            groups[account.group].add(worth)
            total.add(worth)
    minors = rounded_to_total(list(groups.values()), total.rounded())
    left_out = _without_rate(balances)
    return AccountTotals(
        total=total.money(user.currency),
        **{
            name: from_minor(minor, user.currency)
            for name, minor in zip(groups, minors, strict=True)
        },
        left_out=left_out,
        partial=bool(left_out),
        hidden_accounts=hidden_accounts(user),
        as_of=as_of,
    )


def net_worth(user: User, *, as_of: date | None = None) -> NetWorth:
    """What is owned less what is owed at the end of `as_of` (default: today)."""
    day = as_of or today(user)
    balances = _balances(user, visible_accounts(user), day)
    worths = [worth for account in balances if (worth := _worth(account)) is not None]
    return net_worth_of(
        user, worths, _without_rate(balances), as_of=day, hidden=hidden_accounts(user)
    )


def net_worth_of(
    user: User,
    worths: Iterable[Fraction],
    left_out: list[LeftOutCurrency],
    *,
    as_of: date,
    hidden: int,
) -> NetWorth:
    """Balances in minor units of the user's currency as net worth, rounded once."""
    assets, owed, total = ExactTotal(), ExactTotal(), ExactTotal()
    for worth in worths:
        (assets if worth >= 0 else owed).add(worth)
        total.add(worth)
    assets_minor, owed_minor = rounded_to_total([assets, owed], total.rounded())
    return NetWorth(
        assets=from_minor(assets_minor, user.currency),
        liabilities=from_minor(-owed_minor, user.currency),
        total=total.money(user.currency),
        as_of=as_of,
        left_out=left_out,
        partial=bool(left_out),
        hidden_accounts=hidden,
    )


def visible_accounts(user: User) -> list[Account]:
    """In the order they were added, each with its institution."""
    mine = Q(user_id=user.pk, hidden=False)
    return ask_models(Account, "id", where=mine, beside="institution")


def known_accounts(user: User, account_ids: Sequence[int] | None) -> list[Account]:
    """The visible accounts of these ids, all for None. Raises UnknownRow for any other id."""
    accounts = visible_accounts(user)
    if account_ids is None:
        return accounts
    by_id = {account.pk: account for account in accounts}
    if not set(account_ids) <= set(by_id):
        raise UnknownRow("There is no such account.")
    return [by_id[number] for number in dict.fromkeys(account_ids)]


def other_currencies(user: User) -> list[str]:
    """Those of the visible accounts that are not the user's own, by code."""
    mine = visible_accounts(user)
    return sorted({account.currency for account in mine} - {user.currency})


def hidden_accounts(user: User) -> int:
    return sum(_hiding(user))


def _hiding(user: User) -> list[bool]:
    """Of each account whether it is hidden."""
    return [hidden for (hidden,) in ask(_hidden, where=Q(user_id=user.pk))]


def _hidden(where: Q) -> Any:
    return Account.objects.filter(where).order_by().values_list("hidden")


def left_out_of(balances: Iterable[tuple[Account, int]]) -> list[LeftOutCurrency]:
    """Balances that could not be converted, by currency."""
    found: dict[str, list[int]] = defaultdict(list)
    for account, minor in balances:
        found[account.currency].append(minor)
    return [
        LeftOutCurrency(total=from_minor(sum(minors), currency), accounts=len(minors))
        for currency, minors in sorted(found.items())
    ]


def _balances(user: User, accounts: list[Account], as_of: date) -> list[AccountBalance]:
    balances = Balances(user, accounts, as_of, as_of)
    pending = pending_sums(user)
    rates = rates_into(user, user.currency, {(account.currency, as_of) for account in accounts})
    found = []
    for account in accounts:
        (minor,) = balances.on(account.pk, [as_of])
        found.append(_balance(account, minor, pending.get(account.pk, 0), rates, as_of))
    return found


def _balance(
    account: Account, minor: int, pending: int, rates: Rates, as_of: date
) -> AccountBalance:
    rate = rates.on(account.currency, as_of)
    nothing = None if minor else Money.zero(rates.quote)  # at any rate
    return AccountBalance(
        id=account.pk,
        name=account.name,
        institution=account.institution.name,
        kind=account.kind,
        group=GROUP_OF_KIND[account.kind],
        balance=from_minor(minor, account.currency),
        pending=from_minor(pending, account.currency),
        as_of=as_of,
        converted=from_minor(round(rate.convert(minor)), rates.quote) if rate else nothing,
        rate=rate if rate and account.currency != rates.quote else None,
    )


def _worth(account: AccountBalance) -> Fraction | None:
    """The balance in minor units of the user's currency, not rounded."""
    minor = to_minor(account.balance)
    if account.rate is not None:
        return account.rate.convert(minor)
    return Fraction(minor) if account.converted is not None else None


def _without_rate(balances: Sequence[AccountBalance]) -> list[LeftOutCurrency]:
    found: dict[str, list[Money]] = defaultdict(list)
    for account in balances:
        if account.converted is None:
            found[account.currency].append(account.balance)
    return [
        LeftOutCurrency(total=sum(each, Money.zero(currency)), accounts=len(each))
        for currency, each in sorted(found.items())
    ]
