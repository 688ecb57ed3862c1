"""Sums of all accounts together are kept as well, with what they count as."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from io import StringIO
from itertools import product
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Q

from spendo.ledger.models import Account, Category, ExchangeRate, Rollup, StaleMonth, Total
from spendo.ledger.periods import Period
from spendo.ledger.rollups import are_fresh, find_drift
from spendo.ledger.rollups.pieces import parts_of
from spendo.ledger.selectors import (
    GroupBy,
    SumResult,
    TransactionFilter,
    count_transactions,
    match_names,
    rolled,
    sum_transactions,
)
from spendo.users.models import User
from tests.ledger.book import Book, usd
from tests.ledger.test_rollups import days_in

FIRST = date(2026, 5, 4)
PERIOD = TransactionFilter(period=Period.of_days(FIRST, date(2026, 8, 9)))
GROUPS: tuple[GroupBy, ...] = ("merchant", "category", "top_category")


def by(book: Book, group_by: GroupBy, where: TransactionFilter = PERIOD) -> SumResult:
    return sum_transactions(book.user, where=where, measure="spending", group_by=group_by)


def from_rows(book: Book, group_by: GroupBy) -> SumResult:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(rolled, "are_fresh", lambda user: False)
        return by(book, group_by)


@pytest.fixture
def abroad(book: Book) -> Book:
    """Purchases in four currencies over three months: with plain rates, with one that only
    three decimals of a unit have, and without any."""
    for name, currency in (("Euro", "EUR"), ("Dinar", "KWD"), ("Yen", "JPY")):
        book.account(name, currency=currency)
    book.account("Card", "credit_card")
    for number in range(40):
        on = FIRST + timedelta(days=2 * number)
        account = ("Checking", "Card", "Euro", "Dinar", "Yen")[number % 5]
        book.add(
            str(-3 - number),
            ("Groceries", "Clothing", None)[number % 3],
            account=account,
            on=on,
            merchant=("Bar", "Shop", "")[number % 3],
            hidden=number % 13 == 12,
        )
        for base, rate in (("EUR", "1.1"), ("KWD", "3.251")):
            ExchangeRate.objects.create(
                user=book.user, base=base, quote="USD", date=on, rate=Decimal(rate)
            )
    return book


@pytest.mark.parametrize("group_by", GROUPS)
def test_groups_are_those_of_the_rows(abroad: Book, group_by: GroupBy) -> None:
    assert by(abroad, group_by) == from_rows(abroad, group_by)
    assert find_drift(abroad.user) == []


def test_groups_ask_no_rollups_of_accounts_but_days(book: Book) -> None:
    book.account("Card", "credit_card")
    for account in ("Checking", "Card"):
        for day in (5, 9):
            on = date(2026, 5, day)
            book.add("-2.00", "Groceries", account=account, on=on, merchant="Bar")
    last = date(2026, 5, 31)
    may, after = (
        TransactionFilter(period=Period.of_days(first, last)) for first in (date(2026, 5, 1), FIRST)
    )
    assert are_fresh(book.user)
    Rollup.objects.filter(~Q(piece__startswith="D")).delete()
    for where, group_by in product((may, after), GROUPS):
        (group,) = by(book, group_by, where).groups
        assert (group.total, group.count) == (usd("8.00"), 4)
    Rollup.objects.all().delete()
    assert count_transactions(book.user, where=after) == 4
    assert match_names(book.user, text="bar").merchants == ["Bar"]


def test_what_has_no_worth_is_in_its_groups_by_day(abroad: Book) -> None:
    ExchangeRate.objects.create(
        user=abroad.user, base="USD", quote="JPY", date=FIRST + timedelta(days=8), rate=Decimal(147)
    )
    for group_by in GROUPS:
        result = by(abroad, group_by)
        assert result == from_rows(abroad, group_by)
        assert result.partial
        assert "JPY" in {each.currency for each in result.converted}


@pytest.mark.parametrize("currency", ["EUR", "KWD"])
def test_who_has_another_currency_by_now_is_not_given_groups_in_the_old_one(
    abroad: Book, currency: str
) -> None:
    assert by(abroad, "merchant").groups
    abroad.user.currency = currency  # known here alone: nothing is stale
    for group_by in GROUPS:
        assert by(abroad, group_by) == from_rows(abroad, group_by)


CHANGES: list[tuple[Callable[[Book], object], bool]] = [
    (lambda book: Account.objects.filter(user=book.user).update(hidden=True), True),
    (lambda book: Account.objects.filter(user=book.user).update(hidden=False), False),
    (lambda book: Account.objects.filter(user=book.user).update(kind="loan"), True),
    (lambda book: Account.objects.filter(user=book.user).update(name="Other"), False),
    (lambda book: Category.objects.filter(user=book.user).update(kind="transfer"), True),
    (lambda book: Category.objects.filter(user=book.user).update(name_key="x"), False),
    (lambda book: book.accounts["Card"].delete(), True),
]


@pytest.mark.parametrize(("change", "is_stale"), CHANGES)
def test_totals_are_stale_when_what_they_count_as_changes(
    book: Book, change: Callable[[Book], Any], *, is_stale: bool
) -> None:
    book.account("Card", "credit_card")
    Category.objects.filter(user=book.user).exclude(name="Groceries").delete()
    other = Book(User.objects.create(username="other"))
    other.account("Mine")
    book.add("-1.00", "Groceries")
    assert are_fresh(book.user)
    assert are_fresh(other.user)
    change(book)
    noted = StaleMonth.objects.values_list("user_id", "account_id", "month")
    assert set(noted) == ({(book.user.pk, None, "")} if is_stale else set())
    assert are_fresh(book.user)
    assert find_drift(book.user) == []


def test_a_total_that_is_wrong_is_found(book: Book) -> None:
    book.add("-1.00", "Groceries", merchant="Bar")
    assert are_fresh(book.user)
    assert find_drift(book.user) == []
    Total.objects.filter(scope="merchant", piece="M2026-05").update(low=-7)
    (drift,) = find_drift(book.user)
    assert (drift.account_id, drift.scope, drift.grain) == (None, "total of merchant", "M")
    assert (drift.kept, drift.made) == ((1, -7, 0), (1, -100, 0))
    said = StringIO()
    with pytest.raises(CommandError, match="1 sums differ"):
        call_command("check_rollups", stderr=said)
    assert "all accounts, total of merchant, M: 1 rows of -7" in said.getvalue()
    call_command("check_rollups", rebuild=True)


@pytest.mark.parametrize("piece", ["E2024-02-01", "E2024-02-25", "M2023-02", "Q2026-4", "Y2025"])
def test_the_parts_of_a_piece_are_each_of_its_days_once(piece: str) -> None:
    days = [day for part in parts_of(piece) for day in days_in(part)]
    assert days == days_in(piece)
