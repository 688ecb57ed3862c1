from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from spendo.ledger.models import Transaction
from spendo.ledger.money import MAX_MINOR, from_minor
from spendo.ledger.periods import Period, resolve_period
from spendo.ledger.rollups import are_fresh
from spendo.ledger.selectors import GroupBy, SumResult, TransactionFilter, sum_transactions
from spendo.users.models import User
from tests.ledger.book import Book, usd

TODAY = date(2026, 6, 30)
ALL = TransactionFilter()


def spending(book: Book, **where: Any) -> SumResult:
    return sum_transactions(book.user, where=TransactionFilter(**where), measure="spending")


def test_an_empty_ledger_has_spent_nothing(user: User) -> None:
    result = sum_transactions(user, where=ALL, measure="spending", group_by="category")
    assert result.total == usd("0")
    assert (result.count, result.groups, result.sample) == (0, [], [])


def test_two_identical_coffees_are_two(book: Book) -> None:
    book.category("Coffee")
    for _ in range(2):
        book.add("-4.50", "Coffee", merchant="Bluebell")
    result = spending(book)
    assert (result.total, result.count) == (usd("9.00"), 2)


def test_a_refund_reduces_the_month_it_arrives_in(book: Book) -> None:
    book.add("-80.00", "Clothing", on=date(2026, 4, 28))
    book.add("80.00", "Clothing", on=date(2026, 5, 6))
    book.add("-30.00", "Clothing", on=date(2026, 5, 7))
    assert spending(book, period=resolve_period("in April", TODAY)).total == usd("80.00")
    assert spending(book, period=resolve_period("in May", TODAY)).total == usd("-50.00")
    assert spending(book).total == usd("30.00")


def test_a_partial_refund_leaves_the_rest(book: Book) -> None:
    book.add("-124.50", "Clothing")
    book.add("49.75", "Clothing")
    assert spending(book).total == usd("74.75")


def test_without_a_category_money_out_is_spending_and_money_in_is_income(book: Book) -> None:
    book.add("-9.99")
    book.add("4.00")
    assert spending(book).total == usd("9.99")
    income = sum_transactions(book.user, where=ALL, measure="income")
    assert (income.total, income.count) == (usd("4.00"), 1)


def test_pay_that_is_taken_back_reduces_income(book: Book) -> None:
    book.add("2000.00", "Pay")
    book.add("-150.00", "Pay")
    assert sum_transactions(book.user, where=ALL, measure="income").total == usd("1850.00")
    assert spending(book).total == usd("0")


def test_both_sides_of_a_transfer_are_left_out_and_counted_apart(book: Book) -> None:
    book.account("Savings", "savings")
    book.transfer("400.00", "Checking", "Savings", category="Transfer")
    book.add("-10.00", "Groceries")
    assert (spending(book).total, spending(book).excluded.transfers) == (usd("10.00"), 1)
    net = sum_transactions(book.user, where=ALL, measure="net")
    assert (net.total, net.excluded.transfers) == (usd("-10.00"), 2)


def test_a_paired_transfer_is_no_spending_whatever_its_category(book: Book) -> None:
    book.account("Card", "credit_card")
    book.transfer("250.00", "Checking", "Card", category="Groceries")
    assert spending(book).total == usd("0")


def test_an_unpaired_card_payment_is_suspected_not_counted(book: Book) -> None:
    book.category("Card payment", "transfer")
    payment = book.add("-85.40", "Card payment")
    result = spending(book)
    assert (result.total, result.count) == (usd("0"), 0)
    assert [row.id for row in result.excluded.suspected_transfers] == [payment.pk]
    assert result.excluded.suspected_count == 1
    assert result.excluded.transfers == 0
    assert sum_transactions(book.user, where=ALL, measure="income").excluded.suspected_count == 0


def test_all_suspected_transfers_are_counted_though_ten_are_shown(book: Book) -> None:
    for _ in range(12):
        book.add("-1.00", "Transfer")
    excluded = spending(book).excluded
    assert (len(excluded.suspected_transfers), excluded.suspected_count) == (10, 12)


def test_a_filter_that_includes_transfers_counts_them(book: Book) -> None:
    book.account("Savings", "savings")
    book.transfer("400.00", "Checking", "Savings", category="Transfer")
    savings = (book.accounts["Savings"].pk,)
    into_savings = sum_transactions(
        book.user,
        where=TransactionFilter(account_ids=savings, include_transfers=True),
        measure="net",
    )
    assert into_savings.total == usd("400.00")
    assert into_savings.excluded.transfers == 0


def test_pending_is_not_in_the_total_but_beside_it(book: Book) -> None:
    book.add("-10.00", "Groceries")
    book.add("-4.25", "Groceries", pending=True)
    result = spending(book)
    assert (result.total, result.count) == (usd("10.00"), 1)
    assert (result.excluded.pending.total, result.excluded.pending.count) == (usd("4.25"), 1)


def test_hidden_rows_and_hidden_accounts_are_left_out_and_counted_apart(book: Book) -> None:
    book.account("Old", hidden=True)
    book.add("-10.00", "Groceries")
    book.add("-20.00", "Groceries", hidden=True)
    book.add("-40.00", "Groceries", account="Old")
    book.add("-80.00", "Groceries", account="Old", pending=True)
    result = spending(book)
    assert result.total == usd("10.00")
    assert (result.excluded.hidden, result.excluded.pending.count) == (3, 0)


def test_other_currencies_are_listed_never_added(book: Book) -> None:
    book.account("Euro", currency="EUR")
    book.account("Yen", currency="JPY")
    book.account("Dinar", currency="KWD")
    book.add("-10.00", "Groceries")
    book.add("-20.00", "Groceries", account="Euro")
    book.add("-3000", "Groceries", account="Yen")
    book.add("-1.234", "Groceries", account="Dinar")
    book.add("-0.001", "Groceries", account="Dinar")
    result = spending(book)
    assert (result.total, result.count) == (usd("10.00"), 1)
    assert [
        (part.currency, str(part.total), part.transactions) for part in result.excluded.left_out
    ] == [("EUR", "20.00", 1), ("JPY", "3000", 1), ("KWD", "1.235", 2)]


@pytest.mark.parametrize(("currency", "text"), [("JPY", "3000"), ("KWD", "1.234")])
def test_totals_are_at_the_exponent_of_the_users_currency(
    user: User, currency: str, text: str
) -> None:
    user.currency = currency
    user.save()
    book = Book(user)
    book.account(currency=currency)
    book.add(f"-{text}")
    assert str(spending(book).total) == text


def test_another_users_rows_are_never_counted(book: Book) -> None:
    other = Book(User.objects.create(username="bob"))
    other.account()
    theirs = other.category("Groceries")
    other.add("-99.00", "Groceries", merchant="Shop")
    book.add("-1.00", "Groceries", merchant="Shop")
    assert spending(book).total == usd("1.00")
    assert spending(book, category_ids=(theirs.pk,)).count == 0
    assert spending(book, account_ids=(other.accounts["Checking"].pk,)).count == 0
    assert spending(book, merchants=("Shop",)).total == usd("1.00")


def test_groups_add_up_to_the_total_and_the_largest_is_first(book: Book) -> None:
    book.add("-5.00", "Groceries")
    book.add("-7.00", "Clothing")
    book.add("-1.00")
    book.add("500.00", "Pay")
    result = sum_transactions(book.user, where=ALL, measure="spending", group_by="category")
    assert [(group.label, str(group.total)) for group in result.groups] == [
        ("Clothing", "7.00"),
        ("Groceries", "5.00"),
        ("Uncategorised", "1.00"),
    ]


def test_months_are_in_order_and_named(book: Book) -> None:
    for amount, day in (("-1.00", 31), ("-2.00", 30)):
        book.add(amount, "Groceries", on=date(2025, 12, day))
    book.add("-9.00", "Groceries", on=date(2026, 1, 1))
    result = sum_transactions(book.user, where=ALL, measure="spending", group_by="month")
    assert [(group.key, group.label, str(group.total)) for group in result.groups] == [
        ("2025-12", "December 2025", "3.00"),
        ("2026-01", "January 2026", "9.00"),
    ]


def test_two_spellings_of_a_merchant_are_one(book: Book) -> None:
    book.add("-1.00", merchant="Greenleaf Market")
    book.add("-2.00", merchant="GREENLEAF  market")
    result = sum_transactions(book.user, where=ALL, measure="spending", group_by="merchant")
    assert [(str(group.total), group.count) for group in result.groups] == [("3.00", 2)]
    assert spending(book, merchants=("greenleaf market",)).total == usd("3.00")


def test_a_renamed_category_keeps_its_rows(book: Book) -> None:
    book.add("-1.00", "Groceries")
    book.categories["Groceries"].name = "Food"
    book.categories["Groceries"].save()
    result = sum_transactions(book.user, where=ALL, measure="spending", group_by="category")
    assert [group.label for group in result.groups] == ["Food"]


def test_a_period_has_its_first_day_and_not_the_day_after_it(book: Book) -> None:
    for day, amount in (
        (date(2026, 4, 30), "-1"),
        (date(2026, 5, 1), "-2"),
        (date(2026, 5, 31), "-4"),
        (date(2026, 6, 1), "-8"),
    ):
        book.add(f"{amount}.00", "Groceries", on=day)
    assert spending(book, period=resolve_period("in May", TODAY)).total == usd("6.00")


@pytest.mark.parametrize(
    ("least", "most", "total"),
    [
        ("10", None, "30.00"),
        (None, "10", "11.00"),
        ("10.005", None, "20.00"),
        (None, "9.999", "1.00"),
        ("10", "10", "10.00"),
        ("-5", None, "31.00"),
        (None, "-1", "0.00"),
        ("1e30", None, "0.00"),
        (None, "1e30", "31.00"),
    ],
)
def test_amounts_are_bounded_inclusively_by_size(
    book: Book, least: str | None, most: str | None, total: str
) -> None:
    for amount in ("-1.00", "-10.00", "-20.00"):
        book.add(amount, "Groceries")
    result = spending(
        book,
        min_amount=None if least is None else Decimal(least),
        max_amount=None if most is None else Decimal(most),
    )
    assert str(result.total) == total


def test_a_bound_that_is_no_number_is_refused(book: Book) -> None:
    with pytest.raises(ValueError, match="finite"):
        spending(book, min_amount=Decimal("NaN"))


def test_ids_and_names_that_no_row_can_have_match_nothing(book: Book) -> None:
    book.add("-1.00", "Groceries", merchant="Shop")
    assert spending(book, category_ids=(2**70, -1)).count == 0
    assert spending(book, account_ids=(2**70,)).count == 0
    assert spending(book, merchants=("a\x00b", "\ud800")).count == 0


def test_uncategorised_joins_the_categories_asked_for(book: Book) -> None:
    book.add("-1.00")
    book.add("-2.00", "Groceries")
    book.add("-4.00", "Clothing")
    groceries = (book.categories["Groceries"].pk,)
    assert spending(book, uncategorised=True).total == usd("1.00")
    assert spending(book, uncategorised=True, category_ids=groceries).total == usd("3.00")


@pytest.mark.parametrize("first", [date(2025, 1, 1), date(2026, 1, 20)])
def test_rare_rows_among_many_are_shown_newest_first(book: Book, first: date) -> None:
    book.category("Coffee")
    for _ in range(70):
        book.add("-1.00", "Groceries", on=date(2026, 6, 1))
    days = [date(2026, month, day) for month in range(1, 7) for day in (10, 25)]
    coffees = [book.add("-2.00", "Coffee", on=day).pk for day in days]
    book.add("-2.00", "Coffee", on=date(2026, 6, 25), hidden=True)
    period = Period.of_days(first, date(2026, 6, 20))
    assert are_fresh(book.user)
    ids = (book.categories["Coffee"].pk,)
    result = spending(book, category_ids=ids, period=period)
    expected = [pk for pk, day in zip(coffees, days, strict=True) if day in period]
    assert [row.id for row in result.sample] == expected[::-1][:10]


@pytest.mark.parametrize("days", [20, 300])
def test_pay_among_many_purchases_is_shown_newest_first(
    book: Book, days: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(40):
        book.add("-1.00", "Groceries", on=TODAY)
    pay = [book.add("9.00", "Pay", on=TODAY - timedelta(days=7 * week)) for week in range(20)]
    book.add("9.00", "Pay", on=TODAY, hidden=True)
    first = TODAY - timedelta(days=days)
    where = TransactionFilter(period=Period.of_days(first, TODAY))
    assert are_fresh(book.user)
    with django_assert_max_num_queries(6):  # none looks at the newest rows of all
        result = sum_transactions(book.user, where=where, measure="income")
    expected = [row.pk for row in pay if row.date >= first]
    assert [row.id for row in result.sample] == expected[:10]
    assert (result.count, result.excluded.hidden) == (len(expected), 1)


@pytest.mark.parametrize("days", [20, 300])
def test_rare_rows_that_are_shown_are_at_the_merchant(book: Book, days: int) -> None:
    book.category("Coffee")
    period = Period.of_days(TODAY - timedelta(days=days), TODAY)
    older = [TODAY - timedelta(days=days - number) for number in (1, 3)]
    rare = [book.add("-2.00", "Coffee", on=day, merchant="Bar").pk for day in older]
    for day in older:
        book.add("-3.00", "Coffee", on=day, merchant="Other")
    for _ in range(40):
        book.add("-1.00", "Groceries", merchant="Bar", on=TODAY)
    assert are_fresh(book.user)
    ids = (book.categories["Coffee"].pk,)
    result = spending(book, category_ids=ids, period=period, merchants=("bar",))
    assert result.total == usd("4.00")
    assert [row.id for row in result.sample] == rare[::-1]


def test_rows_shown_beside_one_without_a_rate_are_of_the_period(book: Book) -> None:
    book.account("Euro", currency="EUR")
    book.add("-1.00", "Groceries", account="Euro", on=date(2026, 5, 3))
    counted = book.add("-2.00", "Groceries", on=date(2026, 5, 2))
    book.add("-3.00", "Groceries", on=date(2026, 6, 2))
    assert are_fresh(book.user)
    result = spending(book, period=resolve_period("in May", TODAY))
    assert (result.total, result.partial) == (usd("2.00"), True)
    assert [row.id for row in result.sample] == [counted.pk]


def test_a_sum_without_a_sample_reads_no_rows(book: Book) -> None:
    book.add("-5.00", "Groceries")
    book.add("-6.00", "Transfer")
    result = sum_transactions(book.user, where=ALL, measure="spending", sample=0)
    assert (result.count, result.excluded.suspected_count) == (1, 1)
    assert (result.sample, result.excluded.suspected_transfers) == ([], [])


def test_a_sum_beyond_64_bits_is_exact(book: Book) -> None:
    account, category = book.accounts["Checking"], book.categories["Groceries"]
    number = 9_300  # times the largest amount is more than 2**63
    Transaction.objects.bulk_create(
        [
            Transaction(
                user=book.user, account=account, category=category, date=TODAY,
                amount_minor=-MAX_MINOR, description="x",
            )
            for _ in range(number)
        ],
        batch_size=2_000,
    )  # fmt: skip
    result = sum_transactions(book.user, where=ALL, measure="spending", group_by="category")
    assert result.total == from_minor(number * MAX_MINOR, "USD")
    assert result.groups[0].total == result.total


@pytest.mark.parametrize("group_by", ["category", "merchant", "month", "account"])
def test_the_number_of_queries_does_not_grow_with_the_rows(
    book: Book, group_by: GroupBy, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(30):
        book.add("-1.00", "Groceries", merchant=f"Shop {number}")
        book.add("-1.00", "Transfer")
    assert are_fresh(book.user)
    with django_assert_num_queries(8 if group_by == "category" else 7):
        sum_transactions(book.user, where=ALL, measure="spending", group_by=group_by)
