from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from spendo.ledger.models import ExchangeRate
from spendo.ledger.rates import ExactTotal, rounded_to_total
from spendo.ledger.selectors import (
    GroupBy,
    TransactionFilter,
    rate_on,
    rates_into,
    search_transactions,
    sum_transactions,
)
from spendo.users.models import User
from tests.ledger.book import DAY, Book, usd

ALL = TransactionFilter()


def write_rate(user: User, base: str, quote: str, on: date, rate: str) -> None:
    ExchangeRate.objects.create(user=user, base=base, quote=quote, date=on, rate=Decimal(rate))


@pytest.fixture
def abroad(book: Book) -> Book:
    book.account("Euro", currency="EUR")
    book.account("Yen", currency="JPY")
    book.account("Dinar", currency="KWD")
    return book


@pytest.mark.parametrize(("days", "found"), [(-1, False), (0, True), (7, True), (8, False)])
def test_a_rate_serves_its_day_and_the_week_after(user: User, days: int, found: bool) -> None:
    write_rate(user, "EUR", "USD", DAY, "1.1")
    rate = rate_on(user, "EUR", "USD", DAY + timedelta(days=days))
    assert (rate is not None) is found
    if rate:
        assert (rate.date, rate.decimal, rate.inverted) == (DAY, Decimal("1.1"), False)


def test_the_nearest_day_counts_and_on_one_day_the_direct_rate(user: User) -> None:
    write_rate(user, "EUR", "USD", DAY - timedelta(days=3), "1.5")
    write_rate(user, "USD", "EUR", DAY - timedelta(days=1), "0.8")
    found = rate_on(user, "EUR", "USD", DAY)
    assert found
    assert (found.value, found.inverted) == (Fraction(5, 4), True)
    write_rate(user, "EUR", "USD", DAY - timedelta(days=1), "1.3")
    found = rate_on(user, "EUR", "USD", DAY)
    assert found
    assert (found.decimal, found.inverted) == (Decimal("1.3"), False)


def test_a_rate_is_the_users_own_and_none_is_made_of_two(user: User) -> None:
    other = User.objects.create(username="bob")
    write_rate(other, "EUR", "USD", DAY, "1.1")
    write_rate(user, "EUR", "GBP", DAY, "0.9")
    write_rate(user, "GBP", "USD", DAY, "1.3")
    assert rate_on(user, "EUR", "USD", DAY) is None


def test_a_currency_in_itself_is_one(user: User) -> None:
    rate = rate_on(user, "USD", "USD", DAY)
    assert rate
    assert rate.value == 1


def test_the_first_days_there_are_can_be_asked_about(user: User) -> None:
    assert rate_on(user, "EUR", "USD", date.min) is None


def test_many_days_take_one_query(
    user: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    days = {("EUR", DAY + timedelta(days=number)) for number in range(40)}
    with django_assert_num_queries(1):
        rates_into(user, "USD", days | {("JPY", DAY), ("USD", DAY)})
    with django_assert_num_queries(0):
        rates_into(user, "USD", {("USD", DAY)})


def test_each_row_is_converted_at_the_rate_of_its_day_and_rounded_once(abroad: Book) -> None:
    user = abroad.user
    write_rate(user, "EUR", "USD", DAY, "1.0855")
    write_rate(user, "EUR", "USD", DAY + timedelta(days=1), "1.2")
    write_rate(user, "JPY", "USD", DAY, "0.0063")
    write_rate(user, "USD", "KWD", DAY, "0.3")
    abroad.add("-1.00", "Groceries")
    abroad.add("-0.10", "Groceries", account="Euro")  # 0.10855
    abroad.add("-0.10", "Groceries", account="Euro", on=DAY + timedelta(days=1))  # 0.12
    abroad.add("-3", "Groceries", account="Yen")  # 0.0189
    abroad.add("-0.100", "Groceries", account="Dinar")  # 0.3333…
    result = sum_transactions(user, where=ALL, measure="spending")
    # 1 + 0.10855 + 0.12 + 0.0189 + 0.33333… = 1.58078…
    assert (result.total, result.count, result.partial) == (usd("1.58"), 5, False)
    euro, yen, dinar = {part.currency: part for part in result.converted}.values()
    assert (str(euro.total), euro.converted, euro.count) == ("0.20", usd("0.23"), 2)
    assert (euro.first_rate.decimal, euro.last_rate.decimal) == (Decimal("1.0855"), Decimal("1.2"))
    assert (yen.currency, dinar.converted, dinar.first_rate.inverted) == ("JPY", usd("0.33"), True)


def test_what_has_no_rate_is_left_out_and_said(abroad: Book) -> None:
    write_rate(abroad.user, "EUR", "USD", DAY, "1.25")
    abroad.add("-1.00", "Groceries")
    known = abroad.add("-4.00", "Groceries", account="Euro")
    abroad.add("-8.00", "Groceries", account="Euro", on=DAY + timedelta(days=8))
    abroad.add("-3", "Groceries", account="Yen")
    abroad.add("-16.00", "Groceries", account="Euro", on=DAY + timedelta(days=8), pending=True)
    result = sum_transactions(abroad.user, where=ALL, measure="spending")
    assert (result.total, result.count, result.partial) == (usd("6.00"), 2, True)
    assert [
        (part.currency, str(part.total), part.transactions) for part in result.excluded.left_out
    ] == [("EUR", "8.00", 1), ("JPY", "3", 1)]
    assert known.pk in [row.id for row in result.sample]
    assert len(result.sample) == 2
    pending = result.excluded.pending
    assert (pending.count, pending.total, pending.unconverted) == (0, usd("0"), 1)


def test_a_half_cent_goes_to_the_even_one(abroad: Book) -> None:
    write_rate(abroad.user, "EUR", "USD", DAY, "0.5")
    abroad.add("-0.01", "Groceries", account="Euro")
    assert sum_transactions(abroad.user, where=ALL, measure="spending").total == usd("0.00")
    abroad.add("-0.02", "Groceries", account="Euro")
    assert sum_transactions(abroad.user, where=ALL, measure="spending").total == usd("0.02")


@pytest.mark.parametrize("group_by", ["category", "merchant", "day"])
def test_a_converted_group_has_the_figure_it_has_alone(abroad: Book, group_by: GroupBy) -> None:
    write_rate(abroad.user, "EUR", "USD", DAY - timedelta(days=2), "1.004")
    for place, name in enumerate(("Groceries", "Clothing", None)):
        abroad.add(
            "-1.00", name, account="Euro", merchant=str(name), on=DAY - timedelta(days=place)
        )
    result = sum_transactions(abroad.user, where=ALL, measure="spending", group_by=group_by)
    assert result.total == usd("3.01")  # 3.012, rounded once; each group is 1.004
    assert sorted(str(group.total) for group in result.groups) == ["1.00", "1.00", "1.00"]


def test_bounds_compare_what_an_amount_was_worth(abroad: Book) -> None:
    write_rate(abroad.user, "EUR", "USD", DAY, "1.25")
    write_rate(abroad.user, "EUR", "USD", DAY - timedelta(days=20), "0.50")
    own = abroad.add("-10.00")
    worth_ten = abroad.add("-8.00", account="Euro")
    abroad.add("-7.99", account="Euro")
    abroad.add("-8.00", account="Euro", on=DAY - timedelta(days=20))
    abroad.add("-99.00", account="Euro", on=DAY - timedelta(days=10))
    page = search_transactions(abroad.user, where=TransactionFilter(min_amount=Decimal(10)))
    assert {row.id for row in page.rows} == {own.pk, worth_ten.pk}
    assert page.total_count == 2
    assert [(part.currency, str(part.total)) for part in page.left_out] == [("EUR", "-99.00")]


FRACTIONS = st.fractions(-1000, 1000, max_denominator=10**6)


@settings(max_examples=50, deadline=None)
@given(st.lists(FRACTIONS | st.sampled_from([Fraction(1, 2), Fraction(-3, 2)]), max_size=12))
def test_a_total_is_rounded_as_the_exact_sum_is(amounts: list[Fraction]) -> None:
    total = ExactTotal()
    for amount in amounts:
        total.add(amount)
    assert total.rounded() == round(sum(amounts, Fraction(0)))
    assert total.exact() == sum(amounts, Fraction(0))


@settings(max_examples=50, deadline=None)
@given(st.lists(FRACTIONS, min_size=1, max_size=9))
def test_parts_are_rounded_to_their_total_and_by_less_than_one(amounts: list[Fraction]) -> None:
    parts, whole = [ExactTotal() for _ in amounts], ExactTotal()
    for part, amount in zip(parts, amounts, strict=True):
        part.add(amount)
        whole.add(amount)
    found = rounded_to_total(parts, whole.rounded())
    assert sum(found) == round(sum(amounts))
    assert all(abs(minor - amount) < 1 for minor, amount in zip(found, amounts, strict=True))
