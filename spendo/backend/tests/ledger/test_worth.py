"""What rows in another currency were worth is kept, and is always what their days' rates say."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.db.models import Q

from spendo.ledger import rollups
from spendo.ledger.models import Account, ExchangeRate, Rollup, StaleMonth
from spendo.ledger.money import MAX_MINOR, from_minor
from spendo.ledger.periods import Period
from spendo.ledger.rollups import are_fresh, find_drift, rebuild
from spendo.ledger.selectors import SumResult, TransactionFilter, rolled, sum_transactions
from spendo.ledger.selectors.cells import Cell
from spendo.users.models import User
from tests.ledger.book import Book, usd

DAY = date(2026, 5, 14)
ALL = TransactionFilter()
MAY = TransactionFilter(period=Period.of_days(date(2026, 5, 1), date(2026, 5, 31)))


def set_rate(user: User, on: date, rate: str, base: str = "EUR", quote: str = "USD") -> None:
    ExchangeRate.objects.create(user=user, base=base, quote=quote, date=on, rate=Decimal(rate))


def spent(book: Book, where: TransactionFilter = ALL) -> SumResult:
    return sum_transactions(book.user, where=where, measure="spending")


def from_rows(book: Book) -> SumResult:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(rolled, "are_fresh", lambda user: False)
        return spent(book)


@pytest.fixture
def abroad(book: Book) -> Book:
    """Five days of purchases in euros, each with its own rate."""
    book.account("Euro", currency="EUR")
    for number in range(5):
        on = DAY + timedelta(days=number)
        set_rate(book.user, on, f"1.1{number}")
        book.add("-1.00", "Groceries", account="Euro", on=on)
    return book


def test_a_month_is_read_without_its_days(abroad: Book) -> None:
    assert spent(abroad, MAY).total == usd("5.60")
    Rollup.objects.filter(piece__startswith="D").delete()
    result = spent(abroad, MAY)
    assert (result.total, result.count, result.partial) == (usd("5.60"), 5, False)
    (euro,) = result.converted
    assert (str(euro.total), euro.converted) == ("5.00", usd("5.60"))
    assert (euro.first_rate.date, euro.last_rate.date) == (DAY, DAY + timedelta(days=4))
    assert (euro.first_rate.decimal, euro.last_rate.decimal) == (Decimal("1.1"), Decimal("1.14"))


def test_only_the_days_without_a_plain_rate_are_read_by_day(abroad: Book) -> None:
    user, june = abroad.user, date(2026, 6, 20)
    set_rate(user, june, "0.9", base="USD", quote="EUR")
    abroad.add("-0.90", "Groceries", account="Euro", on=june)
    abroad.add("-7.00", "Groceries", account="Euro", on=date(2026, 7, 20))
    assert spent(abroad).total == usd("6.60")
    with_worth = Q(piece__startswith="D") & ~Q(worth_in="")
    assert Rollup.objects.filter(with_worth).delete()[0]
    result = spent(abroad)
    assert (result.total, result.count, result.partial) == (usd("6.60"), 6, True)
    assert result.converted[0].last_rate.inverted
    assert [str(part.total) for part in result.excluded.left_out] == ["7.00"]


def test_an_inverted_rate_that_decimals_say_is_kept(abroad: Book) -> None:
    on = date(2026, 6, 20)
    set_rate(abroad.user, on, "0.8", base="USD", quote="EUR")
    abroad.add("-8.00", "Groceries", account="Euro", on=on)
    assert are_fresh(abroad.user)
    assert not Rollup.objects.filter(account__currency="EUR", scope="category", worth_in="")
    assert spent(abroad).total == usd("15.60")


def by_sql(statement: str) -> Callable[[User], None]:
    def change(user: User) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement, [user.pk])

    return change


@pytest.mark.parametrize(
    ("change", "months"),
    [
        (lambda user: set_rate(user, date(2026, 5, 10), "1"), {"2026-05"}),
        (lambda user: set_rate(user, date(2026, 5, 25), "1"), {"2026-05", "2026-06"}),
        (
            lambda user: set_rate(user, date(2026, 2, 25), "1", base="USD", quote="EUR"),
            {"2026-02", "2026-03"},
        ),
        (lambda user: set_rate(user, date(2026, 5, 10), "1", base="JPY"), set()),
        (lambda user: set_rate(user, date(2026, 5, 10), "1", base="JPY", quote="EUR"), set()),
        (lambda user: set_rate(user, date(9999, 12, 31), "1"), {"9999-12"}),
        (by_sql("UPDATE ledger_exchangerate SET rate = rate * 2 WHERE user_id = %s"), {"2026-05"}),
        (by_sql("UPDATE ledger_exchangerate SET rate = rate WHERE user_id = %s"), set()),
        (
            lambda user: ExchangeRate.objects.filter(user=user, date=DAY).update(
                date=date(2026, 7, 1)
            ),
            {"2026-05", "2026-07"},
        ),
        (by_sql("DELETE FROM ledger_exchangerate WHERE user_id = %s"), {"2026-05"}),
        (by_sql("UPDATE users_user SET currency = 'EUR' WHERE id = %s"), {"2026-05"}),
        (by_sql("UPDATE users_user SET occupation = 'x' WHERE id = %s"), set()),
        (by_sql("UPDATE ledger_account SET currency = 'JPY' WHERE user_id = %s"), {"2026-05"}),
        (by_sql("UPDATE ledger_account SET name = 'x' WHERE user_id = %s"), set()),
    ],
)
def test_what_a_rate_may_serve_is_stale_when_it_changes(
    abroad: Book, change: Callable[[User], object], months: set[str]
) -> None:
    other = Book(User.objects.create(username="other"))
    other.account("Euro", currency="EUR")
    other.add("-1.00", account="Euro")
    assert are_fresh(abroad.user)
    assert are_fresh(other.user)
    change(abroad.user)
    noted = StaleMonth.objects.filter(user_id=abroad.user.pk)
    assert set(noted.values_list("month", flat=True)) == months
    assert not StaleMonth.objects.filter(user_id=other.user.pk).exists()


def test_a_rate_makes_no_account_in_the_users_own_currency_stale(abroad: Book) -> None:
    abroad.add("-1.00", "Groceries")
    assert are_fresh(abroad.user)
    set_rate(abroad.user, date(2026, 5, 10), "1")
    stale = StaleMonth.objects.values_list("account_id", flat=True)
    assert list(stale) == [abroad.accounts["Euro"].pk]


@pytest.mark.parametrize("currency", ["EUR", "JPY"])
def test_who_has_another_currency_by_now_is_not_given_the_worth_in_the_old_one(
    abroad: Book, currency: str
) -> None:
    set_rate(abroad.user, DAY, "200", base="EUR", quote="JPY")
    assert spent(abroad).total == usd("5.60")
    abroad.user.currency = currency  # known here alone: nothing is stale
    assert spent(abroad) == from_rows(abroad)
    abroad.user.save()
    abroad.user.currency = "USD"  # read before it was changed
    assert spent(abroad) == from_rows(abroad)
    assert spent(abroad).total == usd("5.60")


def test_an_account_in_another_currency_has_another_worth(abroad: Book) -> None:
    assert spent(abroad).total == usd("5.60")
    set_rate(abroad.user, DAY, "0.01", base="JPY", quote="USD")
    Account.objects.filter(pk=abroad.accounts["Euro"].pk).update(currency="JPY")
    assert spent(abroad) == from_rows(abroad)
    assert spent(abroad).total == usd("5.00")


def test_worth_beyond_what_fits_is_read_by_day(abroad: Book) -> None:
    set_rate(abroad.user, date(2026, 6, 1), "900000000000")
    for _ in range(3):
        row = abroad.add("-1.00", "Groceries", account="Euro", on=date(2026, 6, 1))
        type(row).objects.filter(pk=row.pk).update(amount_minor=-MAX_MINOR)
    assert spent(abroad).total == from_minor(3 * MAX_MINOR * 900000000000 + 560, "USD")
    assert spent(abroad) == from_rows(abroad)
    assert find_drift(abroad.user) == []


def test_a_rate_that_is_deleted_while_it_is_read_leaves_its_rows_out(
    abroad: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    def then_delete(*asked: Any, **more: Any) -> list[Cell]:
        found = rolled.rolled_cells(*asked, **more)
        ExchangeRate.objects.filter(date__gt=DAY).delete()
        ExchangeRate.objects.filter(date=DAY).update(date=DAY + timedelta(days=2))
        return found

    monkeypatch.setattr("spendo.ledger.selectors.sums.rolled_cells", then_delete)
    result = spent(abroad)
    assert (result.count, result.total, result.partial) == (3, usd("3.30"), True)


def test_worth_that_is_not_what_the_rates_say_is_found(abroad: Book) -> None:
    rebuild(abroad.user)
    assert find_drift(abroad.user) == []
    Rollup.objects.filter(~Q(worth_in=""), piece="A", scope="merchant").update(worth_high=1)
    assert {drift.grain for drift in find_drift(abroad.user)} == {"A"}
    Rollup.objects.filter(~Q(worth_in=""), piece=f"D{DAY}", scope="category").update(worth_in="")
    assert {drift.grain for drift in find_drift(abroad.user)} == {"A", "D"}
    assert rollups.refresh(abroad.user)
