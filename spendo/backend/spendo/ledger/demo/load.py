"""Putting the demo household into the database, a day at a time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max

from spendo.ledger.changes import acting, changing
from spendo.ledger.demo.extras import loan_balance
from spendo.ledger.demo.meaning import (
    add_rates_and_values,
    give_meaning,
    settle_with_other_amounts,
)
from spendo.ledger.demo.months import card_charges, card_payment, month_rows
from spendo.ledger.demo.own_hand import rename_category, work_with_it
from spendo.ledger.demo.places import ACCOUNTS, CATEGORIES, PARENTS, DemoAccount
from spendo.ledger.demo.rows import PREFIX, DemoRow
from spendo.ledger.models import Account, Category, Transaction
from spendo.ledger.money import from_minor
from spendo.ledger.services import (
    NewTransaction,
    add_account,
    add_categories,
    add_category,
    add_institution,
    edit_category,
    make_transactions,
    pair_transfers,
    post_pending,
)
from spendo.users.fields import fold
from spendo.users.models import User
from spendo.users.selectors import find_user, today

DEMO_USERNAME = DEMO_PASSWORD = "demo"  # noqa: S105
MONTHS = 18
PAYMENT_DAY = 20
SETTLES_AFTER = timedelta(days=3)
_CURRENCY = "USD"


class NameInUse(Exception):  # noqa: N818
    """There is a user of this name whom the demo did not make."""


@dataclass(frozen=True, slots=True)
class DemoLoaded:
    """What a load did: the days it added, and how many transactions."""

    user_created: bool
    added: int
    first: date | None
    last: date


@transaction.atomic
def load_demo() -> DemoLoaded:
    """Make the demo user with 18 months of data, or add the days since the last load.

    Nothing that is there is changed, but for pending card purchases, which post after three
    days, some with a tip. Raises NameInUse.
    """
    known = find_user(DEMO_USERNAME)
    user = known or _make_user()
    now = today(user)
    with acting("command"):
        if known is None:
            with changing(user, kind="load_demo", summary="Made the demo's accounts"):
                accounts, begin = _make_accounts(user), _opening_day(now)
            with acting("web"):
                rename_category(user)
        else:
            accounts, loaded_until = _known_accounts(user)
            begin = loaded_until + timedelta(days=1)
        with changing(user, kind="load_demo", summary=f"Loaded the demo's data up to {now}"):
            added = _load_days(user, accounts, begin, now)
    if known is None:
        with acting("web"):
            work_with_it(user, accounts, begin)
    return DemoLoaded(known is None, added, begin if added else None, now)


def _load_days(user: User, accounts: dict[str, Account], begin: date, now: date) -> int:
    since = begin - SETTLES_AFTER
    tipped = _rows(since, now - SETTLES_AFTER, begin) if begin <= now else iter(())
    settle_with_other_amounts(user, tipped, accounts)
    rows = [
        row
        for row in _rows(begin, now, _opened_on(accounts))
        if row.account in accounts and (not row.needs or row.needs in accounts)
    ]
    added = _add(user, rows, accounts, now) if rows else 0
    add_rates_and_values(user, begin, now, accounts)
    post_pending(user, external_prefix=PREFIX, until=now - SETTLES_AFTER)
    return added


def _make_user() -> User:
    user = User(username=DEMO_USERNAME, first_name="Demo", currency=_CURRENCY, time_zone="UTC")
    user.set_password(DEMO_PASSWORD)  # past the validators, which refuse it with reason
    user.save()
    return user


def _make_accounts(user: User) -> dict[str, Account]:
    categories = {category.name: category for category in add_categories(user, CATEGORIES)}
    for parent, children in PARENTS.items():
        above = add_category(user, name=parent, kind="expense")
        for child in children:
            edit_category(user, categories[child].pk, parent_id=above.pk)
    opened_on = _opening_day(today(user))
    return {
        key: add_account(
            user,
            institution=add_institution(user, name=account.institution),
            name=account.name,
            kind=account.kind,
            opening=from_minor(
                -loan_balance(opened_on) if key == "loan" else account.opening_minor,
                account.currency,
            ),
            opened_on=opened_on,
            external_id=f"{PREFIX}{key}",
            **_terms(account),
        )
        for key, account in ACCOUNTS.items()
    }


def _terms(account: DemoAccount) -> dict[str, Any]:
    minors = {
        "credit_limit": account.credit_limit_minor,
        "minimum_payment": account.minimum_payment_minor,
    }
    return {
        "interest_rate": account.interest_rate,
        **{
            name: None if minor is None else from_minor(minor, account.currency)
            for name, minor in minors.items()
        },
    }


def _opening_day(now: date) -> date:
    months = now.year * 12 + now.month - 1 - MONTHS
    return date(months // 12, months % 12 + 1, 1)


def _known_accounts(user: User) -> tuple[dict[str, Account], date]:
    """The accounts by the rows they hold, whatever they are called now, and the last day."""
    latest = (
        Transaction.objects.of(user)
        .filter(external_id__startswith=PREFIX)
        .values("account_id")
        .annotate(external_id=Max("external_id"), last=Max("date"))
        .order_by()
    )
    accounts = Account.objects.of(user).in_bulk()
    known = {
        account.external_id.removeprefix(PREFIX): account
        for account in accounts.values()
        if account.external_id.startswith(PREFIX)
    } | {row["external_id"].split(":")[1]: accounts[row["account_id"]] for row in latest}
    if not latest:
        raise NameInUse(DEMO_USERNAME)
    return known, max(row["last"] for row in latest)


def _opened_on(accounts: dict[str, Account]) -> date:
    return min(account.opened_on for account in accounts.values())


def _rows(begin: date, end: date, opened_on: date) -> Iterator[DemoRow]:
    """The rows of the days from `begin` to `end`, both inclusive, in order."""
    month = begin.replace(day=1)
    while month <= end:
        rows = [*month_rows(month.year, month.month), *_payment(month, opened_on)]
        yield from sorted((row for row in rows if begin <= row.day <= end), key=lambda row: row.day)
        month = (month + timedelta(days=31)).replace(day=1)


def _payment(month: date, opened_on: date) -> list[DemoRow]:
    """The card's last statement is paid: the month before, or the debt it began with."""
    before = month - timedelta(days=1)
    owed = (
        card_charges(before.year, before.month)
        if before >= opened_on
        else -ACCOUNTS["card"].opening_minor
    )
    return card_payment(month.replace(day=PAYMENT_DAY), owed)


def _add(user: User, rows: list[DemoRow], accounts: dict[str, Account], now: date) -> int:
    categories = dict(Category.objects.filter(user=user).values_list("name_key", "id"))
    made = make_transactions(
        user,
        [
            NewTransaction(
                account_id=accounts[row.account].pk,
                date=row.day,
                amount=from_minor(_minor(row, now), accounts[row.account].currency),
                description=row.description or row.place,
                merchant=row.place,
                # A category that the user has renamed or deleted is not made again.
                category_id=categories.get(fold(row.category)) if row.category else None,
                pending=_is_pending(row, now),
                external_id=row.external_id,
                tags=(row.tag,) if row.tag else (),
            )
            for row in rows
        ],
    )
    ids = dict(
        Transaction.objects.of(user)
        .filter(external_id__startswith=PREFIX, date__gte=rows[0].day)
        .values_list("external_id", "id")
    )
    pair_transfers(
        user,
        [
            (ids[row.external_id], ids[row.twin])
            for row in rows
            if row.twin
            and not row.parts
            and row.minor < 0
            and row.external_id in ids
            and row.twin in ids
        ],
    )
    new = {row.external_id: row.pk for row in made}
    give_meaning(user, rows, new, categories)
    return len(made)


def _is_pending(row: DemoRow, now: date) -> bool:
    return row.settles_later and row.day > now - SETTLES_AFTER


def _minor(row: DemoRow, now: date) -> int:
    if row.pending_minor is not None and _is_pending(row, now):
        return row.pending_minor
    return row.minor
