from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from spendo.ledger.errors import UnknownRow
from spendo.ledger.models import Rollup, Valuation
from spendo.ledger.money import Money, to_minor
from spendo.ledger.periods import Period
from spendo.ledger.rollups import are_fresh
from spendo.ledger.selectors import (
    account_balance,
    balance_history,
    list_accounts,
    lowest_balance,
    net_worth,
    net_worth_history,
)
from spendo.users.models import User
from tests.ledger.book import Book, usd
from tests.ledger.random_ledgers import AS_FOUND, examples, undone
from tests.ledger.test_rates import write_rate

FEBRUARY = Period.of_days(date(2024, 2, 1), date(2024, 2, 29))


@pytest.fixture
def home(user: User) -> Book:
    """A house worth 300,000 since June, and an account beside it."""
    book = Book(user)
    book.account("House", "property", opening="1.00", opened_on=date(2024, 1, 1))
    book.account("Checking", opening="100.00", opened_on=date(2024, 1, 10))
    return book


def value(book: Book, account: str, on: date, amount: str) -> None:
    held = book.accounts[account]
    Valuation.objects.create(
        user=book.user,
        account=held,
        date=on,
        value_minor=to_minor(Money(Decimal(amount), held.currency)),
    )


def balance_on(book: Book, account: str, day: date) -> str:
    return str(account_balance(book.user, book.accounts[account].pk, day).balance)


def test_a_valuation_is_the_balance_at_the_end_of_its_day(home: Book) -> None:
    for day in (3, 5, 6):
        home.add("-10.00", account="House", on=date(2024, 6, day))
    value(home, "House", date(2024, 6, 5), "300000.00")
    value(home, "House", date(2024, 8, 1), "310000.00")
    assert [
        balance_on(home, "House", day)
        for day in (
            date(2023, 12, 31),
            date(2024, 1, 1),
            date(2024, 6, 4),
            date(2024, 6, 5),
            date(2024, 6, 6),
            date(2024, 7, 31),
            date(2024, 8, 1),
        )
    ] == ["0.00", "1.00", "-9.00", "300000.00", "299990.00", "299990.00", "310000.00"]


def test_an_opening_after_a_valuation_is_not_added(home: Book) -> None:
    value(home, "House", date(2023, 12, 1), "5.00")
    period = Period.of_days(date(2023, 12, 1), date(2024, 1, 2))
    points = balance_history(home.user, [home.accounts["House"].pk], period).accounts[0].points
    assert {str(point.balance) for point in points} == {"5.00"}
    assert balance_on(home, "House", date(2024, 1, 2)) == "5.00"


def test_a_history_has_the_balance_of_each_day(home: Book) -> None:
    home.add("-30.00", on=date(2024, 1, 11))
    home.add("-5.00", on=date(2024, 1, 12), pending=True)
    value(home, "House", date(2024, 1, 12), "7.00")
    home.add("-1.00", account="House", on=date(2024, 1, 12))
    period = Period.of_days(date(2024, 1, 9), date(2024, 1, 13))
    history = balance_history(home.user, None, period)
    for part in history.accounts:
        assert [str(point.balance) for point in part.points] == [
            balance_on(home, part.account.name, point.date) for point in part.points
        ]
    assert [str(point.balance) for point in history.total] == [
        "1.00", "101.00", "71.00", "77.00", "77.00",
    ]  # fmt: skip


def test_months_and_weeks_end_where_the_calendar_says(home: Book) -> None:
    days = [point.date for point in balance_history(home.user, None, FEBRUARY, "week").total]
    assert days == [date(2024, 2, day) for day in (4, 11, 18, 25, 29)]
    quarter = Period.of_days(date(2024, 1, 15), date(2024, 3, 10))
    worths = net_worth_history(home.user, quarter, "month")
    assert [worth.as_of for worth in worths.points] == [
        date(2024, 1, 31), date(2024, 2, 29), date(2024, 3, 10),
    ]  # fmt: skip
    assert [worth.total for worth in worths.points] == [usd("101.00")] * 3


def test_the_days_before_anything_is_known_are_not_there(home: Book) -> None:
    everything = Period.of_days(date(1900, 1, 1), date(2024, 1, 3))
    assert [point.date for point in balance_history(home.user, None, everything).total] == [
        date(2024, 1, day) for day in (1, 2, 3)
    ]
    home.add("-1.00", on=date(2023, 12, 31))
    assert balance_history(home.user, None, everything).period.start == date(2023, 12, 31)


def test_a_leap_day_and_the_days_of_a_clock_change_are_days(home: Book) -> None:
    home.user.time_zone = "America/New_York"
    home.add("-1.00", on=date(2024, 2, 29))
    home.add("-2.00", on=date(2024, 3, 10))
    points = balance_history(
        home.user,
        [home.accounts["Checking"].pk],
        Period.of_days(date(2024, 2, 28), date(2024, 3, 11)),
    ).total
    assert len(points) == 13
    assert [str(point.balance) for point in points[:3]] == ["100.00", "99.00", "99.00"]
    assert [str(point.balance) for point in points[-3:]] == ["99.00", "97.00", "97.00"]
    with time_machine.travel(datetime(2024, 3, 11, 3, 30, tzinfo=UTC), tick=False):
        assert account_balance(home.user, home.accounts["Checking"].pk).as_of == date(2024, 3, 10)
    with time_machine.travel(datetime(2024, 3, 11, 4, 0, tzinfo=UTC), tick=False):
        assert account_balance(home.user, home.accounts["Checking"].pk).as_of == date(2024, 3, 11)


def test_accounts_in_other_currencies_are_converted_at_the_rate_of_the_day(home: Book) -> None:
    user = home.user
    home.account("Yen", "savings", currency="JPY", opening="1000", opened_on=date(2024, 2, 1))
    home.account("Dinar", "loan", currency="KWD", opening="-0.500", opened_on=date(2024, 2, 1))
    write_rate(user, "JPY", "USD", date(2024, 2, 3), "0.0061234")
    write_rate(user, "JPY", "USD", date(2024, 2, 8), "0.007")
    write_rate(user, "USD", "KWD", date(2024, 2, 3), "0.3")
    worth = net_worth(user, as_of=date(2024, 2, 3))
    # 101 + 6.1234 = 107.1234, and 0.5 / 0.3 = 1.6666…: together 105.45673…, which is 105.46. The
    # cent that is missing then goes to what was rounded down the furthest.
    assert (worth.assets, worth.liabilities) == (usd("107.13"), usd("1.67"))
    assert (worth.total, worth.partial) == (usd("105.46"), False)
    later = net_worth(user, as_of=date(2024, 2, 11))
    assert (later.assets, later.partial) == (usd("108.00"), True)
    assert [(part.currency, str(part.total)) for part in later.left_out] == [("KWD", "-0.500")]
    yen, dinar = list_accounts(user, as_of=date(2024, 2, 11))[2:]
    assert (yen.converted, yen.rate and yen.rate.date) == (usd("7.00"), date(2024, 2, 8))
    assert (dinar.converted, dinar.rate) == (None, None)


def test_the_lowest_balance_is_the_first_day_it_was_reached(home: Book) -> None:
    home.add("-60.00", on=date(2024, 2, 10))
    home.add("20.00", on=date(2024, 2, 12))
    home.add("-20.00", on=date(2024, 2, 20))
    found = lowest_balance(home.user, [home.accounts["Checking"].pk], FEBRUARY)
    assert found
    assert (found.date, found.balance) == (date(2024, 2, 10), usd("40.00"))
    both = lowest_balance(home.user, None, FEBRUARY)
    assert both
    assert (both.balance, both.partial) == (usd("41.00"), False)


def test_an_account_without_a_rate_on_some_day_is_left_out_of_the_lowest(home: Book) -> None:
    home.account("Euro", currency="EUR", opening="5.00", opened_on=date(2024, 1, 1))
    write_rate(home.user, "EUR", "USD", date(2024, 2, 1), "1.1")
    found = lowest_balance(home.user, None, FEBRUARY)
    assert found
    assert (found.balance, found.partial) == (usd("101.00"), True)
    assert [part.currency for part in found.left_out] == ["EUR"]
    alone = lowest_balance(home.user, [home.accounts["Euro"].pk], FEBRUARY)
    assert alone
    assert (str(alone.balance), alone.balance.currency, alone.partial) == ("5.00", "EUR", False)


def test_accounts_of_others_and_hidden_ones_do_not_exist(home: Book) -> None:
    other = Book(User.objects.create(username="bob"))
    theirs = other.account()
    hidden = home.account("Old", hidden=True)
    for number in (theirs.pk, hidden.pk, 2**70):
        with pytest.raises(UnknownRow):
            account_balance(home.user, number)
        with pytest.raises(UnknownRow):
            balance_history(home.user, [number], FEBRUARY)
        with pytest.raises(UnknownRow):
            lowest_balance(home.user, [number], FEBRUARY)


def test_without_accounts_there_is_no_history(user: User) -> None:
    assert lowest_balance(user, None, FEBRUARY) is None
    assert net_worth_history(user, FEBRUARY).points[-1].total == usd("0")
    assert not balance_history(user, None, FEBRUARY).partial


@pytest.mark.django_db
@settings(phases=AS_FOUND, max_examples=examples(25), deadline=None)
@given(
    rows=st.lists(st.tuples(st.integers(0, 2), st.integers(0, 200)), min_size=9, max_size=25),
    values=st.lists(
        st.tuples(st.integers(0, 1), st.integers(0, 200)), min_size=1, max_size=3, unique=True
    ),
    first=st.integers(0, 100),
    length=st.integers(0, 200),
)
def test_the_ends_of_months_are_what_they_are_day_by_day(
    rows: list[tuple[int, int]], values: list[tuple[int, int]], first: int, length: int
) -> None:
    start = date(2024, 1, 1)
    with undone():
        book = Book(User.objects.create(username="ann"))
        for name, currency, opened in (("A", "USD", 0), ("B", "USD", 100), ("C", "EUR", 0)):
            opened_on = start + timedelta(days=opened)
            book.account(name, currency=currency, opening="9.00", opened_on=opened_on)
        for days in range(0, 300, 12):
            write_rate(book.user, "EUR", "USD", start + timedelta(days=days), str(1 + days))
        for number, (account, days) in enumerate(rows):
            on = start + timedelta(days=days)
            book.add(str(number - 12), account="ABC"[account], on=on, pending=number % 7 == 6)
        for account, days in values:
            value(book, "AB"[account], start + timedelta(days=days), str(1000 + days))
        assert are_fresh(book.user)
        begin = start + timedelta(days=first)
        period = Period.of_days(begin, begin + timedelta(days=length))
        by_month = balance_history(book.user, None, period, "month")
        by_day = balance_history(book.user, None, period, "day")
        on_day = {point.date: point for point in by_day.total}
        assert by_month.total == [on_day[point.date] for point in by_month.total]
        for months, each in zip(by_month.accounts, by_day.accounts, strict=True):
            known = {point.date: point for point in each.points}
            assert months.points == [known[point.date] for point in months.points]


def test_months_are_read_without_their_days(home: Book) -> None:
    for number in range(60):
        home.add("-1.00", on=date(2024, 2, 1) + timedelta(days=number))
    assert are_fresh(home.user)
    Rollup.objects.filter(piece__startswith="D").delete()
    quarter = Period.of_days(date(2024, 1, 1), date(2024, 3, 31))
    history = balance_history(home.user, None, quarter, "month")
    assert [str(point.balance) for point in history.total] == ["101.00", "72.00", "41.00"]


def test_a_history_takes_the_same_number_of_queries_for_any_number_of_days(
    home: Book, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    value(home, "House", date(2024, 1, 12), "7.00")
    home.account("Euro", currency="EUR", opening="5.00", opened_on=date(2024, 1, 1))
    for number in range(20):
        home.add("-1.00", on=date(2024, 2, 1) + timedelta(days=number))
    assert are_fresh(home.user)
    for last in (date(2024, 2, 3), date(2024, 2, 29)):
        with django_assert_num_queries(11):
            balance_history(home.user, None, Period.of_days(date(2024, 2, 1), last))
