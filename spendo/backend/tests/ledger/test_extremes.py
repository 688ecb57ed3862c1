from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spendo.ledger.models import Transaction
from spendo.ledger.periods import Period
from spendo.ledger.selectors import (
    Measure,
    TransactionFilter,
    largest,
    median,
    search_transactions,
    smallest,
)
from spendo.users.models import User
from tests.ledger.book import DAY, Book, usd
from tests.ledger.random_ledgers import AS_FOUND, examples, undone
from tests.ledger.test_rates import write_rate

ALL = TransactionFilter()


@pytest.mark.parametrize(
    ("amounts", "middle"),
    [
        ([], None),
        (["-5.00"], "5.00"),
        (["-5.00", "-1.00", "-9.00"], "5.00"),
        (["-5.00", "-1.00", "-5.00", "-9.00"], "5.00"),
        (["-1.00", "-1.01"], "1.00"),
        (["-1.01", "-1.02"], "1.02"),
        (["-5.00", "-1.00", "2.00"], "3.00"),
    ],
)
def test_the_median_is_in_the_middle_of_the_purchases(
    book: Book, amounts: list[str], middle: str | None
) -> None:
    for amount in amounts:
        book.add(amount, "Groceries")
    book.add("-100.00", "Groceries", hidden=True)
    book.add("-100.00", "Groceries", pending=True)
    book.add("-100.00", "Transfer")
    found = median(book.user, where=ALL, measure="spending")
    assert (str(found.amount) if found.amount else None) == middle
    assert found.count == sum(amount.startswith("-") for amount in amounts)


def test_largest_and_smallest_are_of_one_direction(book: Book) -> None:
    small, large = book.add("-1.00", "Groceries"), book.add("-70.00", "Groceries")
    book.add("90.00", "Groceries")
    book.add("-500.00", "Transfer")
    pay = book.add("80.00", "Pay")
    for find, measure, row in (
        (largest, "spending", large),
        (smallest, "spending", small),
        (largest, "income", pay),
    ):
        found = find(book.user, where=ALL, measure=measure)  # type: ignore[arg-type]
        assert found
        assert found.id == row.pk
    assert largest(book.user, where=TransactionFilter(uncategorised=True), measure="net") is None


def test_rows_in_other_currencies_are_compared_by_what_they_were_worth(book: Book) -> None:
    book.account("Yen", currency="JPY")
    write_rate(book.user, "JPY", "USD", DAY, "0.0065")
    hotel = book.add("-90000", account="Yen")  # 585.00
    rent = book.add("-600.00")
    ramen = book.add("-1000", account="Yen")  # 6.50
    lost = book.add("-5", account="Yen", on=DAY + timedelta(days=30))
    page = search_transactions(book.user, where=ALL, sort="largest")
    assert [row.id for row in page.rows] == [rent.pk, hotel.pk, ramen.pk]
    assert [(part.currency, str(part.total)) for part in page.left_out] == [("JPY", "-5")]
    assert lost.pk not in [row.id for row in page.rows]
    found = median(book.user, where=ALL, measure="spending")
    assert (found.amount, found.count, found.partial) == (usd("585.00"), 3, True)
    least = smallest(book.user, where=ALL, measure="spending")
    assert least
    assert least.id == ramen.pk


@pytest.mark.django_db
@settings(phases=AS_FOUND, max_examples=examples(25), deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(["Checking", "Euro"]), st.integers(0, 3), st.integers(-5, 5)),
        max_size=14,
    ),
    st.integers(1, 4),
    st.sampled_from([ALL, TransactionFilter(period=Period.of_days(DAY, DAY + timedelta(days=9)))]),
)
def test_pages_by_size_are_every_row_once_in_order(
    ledger: list[tuple[str, int, int]], limit: int, where: TransactionFilter
) -> None:
    with undone():
        book = Book(User.objects.create(username="ann"))
        book.account()
        book.account("Euro", currency="EUR")
        factors = [Decimal(each) for each in ("0.5", "1", "2.5", "1.25")]
        for place, factor in enumerate(factors):
            write_rate(book.user, "EUR", "USD", DAY + timedelta(days=place), str(factor))
        sizes = {}
        for account, day, minor in ledger:
            row = Transaction.objects.create(
                user=book.user,
                account=book.accounts[account],
                date=DAY + timedelta(days=day),
                amount_minor=minor,
                description="x",
            )
            sizes[row.pk] = abs(minor) * (factors[day] if account == "Euro" else 1)
        seen: list[int] = []
        after = None
        for _ in range(len(ledger) + 1):
            page = search_transactions(
                book.user, where=where, sort="largest", limit=limit, after=after
            )
            seen += [row.id for row in page.rows]
            after = page.after
            if not page.truncated:
                break
        assert seen == sorted(sizes, key=lambda number: (-sizes[number], -number))


def test_in_a_short_period_the_largest_may_be_behind_many_that_do_not_count(book: Book) -> None:
    book.add("-7.00", "Groceries")
    expected = [book.add("-6.00", "Groceries").pk, book.add("5.00", "Pay").pk]
    where = TransactionFilter(period=Period.of_days(DAY, DAY))
    for _ in range(40):
        book.add("-9.00", "Groceries", hidden=True)
    book.add("-99.00", "Groceries", on=DAY + timedelta(days=1))
    page = search_transactions(book.user, where=where, sort="largest")
    assert [row.id for row in page.rows][1:] == expected
    shown: dict[Measure, int] = {"spending": page.rows[0].id, "income": expected[-1]}
    for measure, number in shown.items():
        found = largest(book.user, where=where, measure=measure)
        assert found
        assert found.id == number
