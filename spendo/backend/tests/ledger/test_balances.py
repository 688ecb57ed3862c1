from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from pytest_django import DjangoAssertNumQueries

from spendo.ledger.periods import Period
from spendo.ledger.rollups import are_fresh
from spendo.ledger.selectors import (
    account_totals,
    balance_history,
    list_accounts,
    lowest_balance,
    net_worth,
)
from spendo.users.models import User
from spendo.users.selectors import today
from tests.ledger.book import Book, usd


def test_a_balance_is_the_opening_and_what_has_posted(user: User) -> None:
    book = Book(user)
    book.account("Checking", opening="100.00")
    book.add("-30.25")
    book.add("-9.00", pending=True)
    book.add("-1.00", hidden=True)
    book.add("-5.00", on=today(user) + timedelta(days=1))
    (account,) = list_accounts(user)
    assert (account.balance, account.pending) == (usd("68.75"), usd("-9.00"))
    assert (account.institution, account.kind, account.group) == ("Bank", "checking", "cash")
    assert account.as_of == today(user)


def test_the_day_of_a_balance_is_the_users_own(user: User) -> None:
    user.time_zone = "America/Los_Angeles"
    book = Book(user)
    book.account()
    book.add("-1.00", on=date(2026, 3, 1))
    with time_machine.travel(datetime(2026, 3, 1, 3, 0, tzinfo=UTC), tick=False):
        assert list_accounts(user)[0].balance == usd("0")
    with time_machine.travel(datetime(2026, 3, 1, 9, 0, tzinfo=UTC), tick=False):
        assert list_accounts(user)[0].balance == usd("-1.00")


def test_totals_by_group_leave_hidden_accounts_out(user: User) -> None:
    book = Book(user)
    for name, kind, opening in (
        ("Checking", "checking", "100.00"),
        ("Card", "credit_card", "-40.00"),
        ("Wallet", "cash", "5.00"),
        ("Loan", "loan", "-1000.00"),
        ("Savings", "savings", "20.00"),
        ("Broker", "investment", "300.00"),
        ("Pension", "retirement", "7.00"),
        ("Cabin", "property", "500.00"),
    ):
        book.account(name, kind, opening=opening)
    book.account("Old", "savings", opening="999.00", hidden=True)
    totals = account_totals(user)
    assert (totals.cash, totals.saving, totals.investing_retirement) == (
        usd("65.00"), usd("20.00"), usd("307.00"),
    )  # fmt: skip
    assert (totals.property, totals.loans) == (usd("500.00"), usd("-1000.00"))
    assert totals.total == usd("-108.00")
    assert (totals.partial, totals.hidden_accounts) == (False, 1)


def test_a_total_without_a_rate_is_partial(user: User) -> None:
    book = Book(user)
    book.account("Checking", opening="100.00")
    book.account("Euro", currency="EUR", opening="50.00")
    book.account("Euro 2", currency="EUR", opening="1.50")
    totals = account_totals(user)
    assert (totals.total, totals.partial) == (usd("100.00"), True)
    (part,) = totals.left_out
    assert (part.currency, str(part.total), part.accounts) == ("EUR", "51.50", 2)


@pytest.mark.parametrize(
    ("as_of", "assets", "liabilities"),
    [
        (date(2025, 12, 31), "0.00", "0.00"),
        (date(2026, 1, 1), "100.00", "40.00"),
        (date(2026, 2, 1), "60.00", "0.00"),
        (date(2026, 3, 1), "60.00", "0.00"),
    ],
)
def test_net_worth_can_be_asked_of_any_day(
    user: User, as_of: date, assets: str, liabilities: str
) -> None:
    book = Book(user)
    book.account("Checking", opening="100.00", opened_on=date(2026, 1, 1))
    book.account("Card", "credit_card", opening="-40.00", opened_on=date(2026, 1, 1))
    book.transfer("40.00", "Checking", "Card", on=date(2026, 2, 1))
    worth = net_worth(user, as_of=as_of)
    assert (worth.assets, worth.liabilities) == (usd(assets), usd(liabilities))
    assert worth.total == usd(assets) - usd(liabilities)
    assert worth.as_of == as_of


def test_nothing_in_another_currency_is_left_out_of_no_total(book: Book) -> None:
    empty = book.account("Yen", currency="JPY", opened_on=date(2026, 1, 1))
    book.add("-500", account="Yen", on=date(2026, 3, 1))
    book.add("500", account="Yen", on=date(2026, 3, 20))

    def left_out(day: date) -> list[str]:
        worth = net_worth(book.user, as_of=day)
        (point,) = balance_history(book.user, None, Period.of_days(day, day)).total
        assert (worth.partial, point.partial) == (bool(worth.left_out),) * 2
        return [str(each.total) for each in worth.left_out]

    assert [left_out(date(2026, *day)) for day in ((2, 1), (3, 1), (3, 20))] == [[], ["-500"], []]
    totals = account_totals(book.user, list_accounts(book.user, as_of=date(2026, 3, 20)))
    assert not totals.partial
    of_march = lowest_balance(book.user, None, Period.of_days(date(2026, 3, 1), date(2026, 3, 31)))
    assert of_march is not None
    assert empty.pk not in [account.id for account in of_march.accounts]  # it lacks a rate on a day


def test_another_users_accounts_are_never_counted(user: User) -> None:
    other = Book(User.objects.create(username="bob"))
    other.account(opening="5.00")
    assert list_accounts(user) == []
    assert net_worth(user).total == usd("0")


def test_balances_take_the_same_number_of_queries_for_any_number_of_accounts(
    user: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    book = Book(user)
    for number in range(8):
        book.account(f"Account {number}")
        book.add("-1.00", account=f"Account {number}")
    assert are_fresh(user)
    with django_assert_num_queries(5):  # accounts, valuations, what is stale, posted, pending
        list_accounts(user)
    with django_assert_num_queries(6):  # those, and the number of hidden accounts
        account_totals(user)
