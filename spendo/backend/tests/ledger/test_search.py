from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from spendo.ledger.periods import Period
from spendo.ledger.rollups import are_fresh
from spendo.ledger.selectors import (
    TransactionFilter,
    UnknownCursor,
    count_transactions,
    data_range,
    search_transactions,
)
from spendo.users.models import User
from tests.ledger.book import DAY, Book, usd

ALL = TransactionFilter()


def test_a_row_says_all_there_is_to_show(book: Book) -> None:
    made = book.add("-4.50", "Groceries", merchant="Greenleaf", pending=True)
    (row,) = search_transactions(book.user, where=ALL).rows
    assert (row.id, row.date, row.description, row.merchant) == (
        made.pk, DAY, "Greenleaf", "Greenleaf",
    )  # fmt: skip
    assert (row.category, row.account, row.amount) == ("Groceries", "Checking", usd("-4.50"))
    assert (row.pending, row.transfer) == (True, False)


def test_pages_of_one_day_are_neither_repeated_nor_skipped(book: Book) -> None:
    made = [book.add("-1.00").pk for _ in range(7)]
    seen: list[int] = []
    after = None
    for _ in range(3):
        page = search_transactions(book.user, where=ALL, limit=3, after=after)
        seen += [row.id for row in page.rows]
        after = page.after
        assert page.total_count == 7
    assert seen == made[::-1]
    assert after is None


def test_a_row_that_arrives_while_paging_moves_no_other(book: Book) -> None:
    made = [book.add("-1.00").pk for _ in range(4)]
    first = search_transactions(book.user, where=ALL, limit=2)
    book.add("-9.00")
    second = search_transactions(book.user, where=ALL, limit=2, after=first.after)
    assert [row.id for row in first.rows + second.rows] == made[::-1]


def test_a_full_last_page_is_not_truncated(book: Book) -> None:
    for _ in range(2):
        book.add("-1.00")
    page = search_transactions(book.user, where=ALL, limit=2)
    assert (page.truncated, page.after) == (False, None)


def test_the_largest_are_by_size_within_a_direction(book: Book) -> None:
    for amount in ("-5.00", "70.00", "-30.00", "2.00"):
        book.add(amount)
    both = search_transactions(book.user, where=ALL, sort="largest")
    assert [str(row.amount) for row in both.rows] == ["70.00", "-30.00", "-5.00", "2.00"]
    out = search_transactions(book.user, where=TransactionFilter(direction="out"), sort="largest")
    assert [str(row.amount) for row in out.rows] == ["-30.00", "-5.00"]


def test_the_largest_of_a_month_are_those_of_the_accounts_asked_for(book: Book) -> None:
    other = Book(User.objects.create(username="bob"))
    others = other.account()
    other.add("-900.00")
    savings = book.account("Savings", "savings")
    book.add("-5.00", account="Savings", merchant="Bank")
    book.add("-7.00", account="Savings")
    book.add("-8.00", account="Savings", on=DAY.replace(year=DAY.year - 1))
    book.add("-30.00")

    def amounts(**asked: Any) -> list[str]:
        where = TransactionFilter(period=Period.of_days(DAY, DAY), **asked)
        page = search_transactions(book.user, where=where, sort="largest")
        return [str(row.amount) for row in page.rows]

    assert amounts() == ["-30.00", "-7.00", "-5.00"]
    assert amounts(account_ids=(savings.pk, others.pk)) == ["-7.00", "-5.00"]
    assert amounts(account_ids=(savings.pk,), merchants=("Bank",)) == ["-5.00"]
    assert amounts(account_ids=(others.pk,)) == []


def test_amounts_in_other_currencies_are_not_compared_but_listed(book: Book) -> None:
    book.account("Yen", currency="JPY")
    book.add("-3000", account="Yen")
    book.add("-20.00")
    largest = search_transactions(book.user, where=ALL, sort="largest")
    assert [str(row.amount) for row in largest.rows] == ["-20.00"]
    assert [(part.currency, str(part.total)) for part in largest.left_out] == [("JPY", "-3000")]
    over_ten = TransactionFilter(min_amount=Decimal(10))
    assert count_transactions(book.user, where=over_ten) == 1
    assert len(search_transactions(book.user, where=ALL).rows) == 2


def test_transfers_are_found_only_when_asked_for(book: Book) -> None:
    book.account("Savings", "savings")
    book.transfer("10.00", "Checking", "Savings")
    book.add("-3.00", "Transfer")
    assert count_transactions(book.user, where=ALL) == 0
    page = search_transactions(book.user, where=TransactionFilter(include_transfers=True))
    assert [row.transfer for row in page.rows] == [True, True, True]


def test_hidden_rows_are_never_found(book: Book) -> None:
    book.account("Old", hidden=True)
    book.add("-1.00", hidden=True)
    book.add("-1.00", account="Old")
    assert search_transactions(book.user, where=ALL).total_count == 0
    assert data_range(book.user).count == 0


@pytest.mark.parametrize("limit", [0, -1, 101, 10**9])
def test_a_limit_outside_the_bounds_is_refused(book: Book, limit: int) -> None:
    with pytest.raises(ValueError, match="limit"):
        search_transactions(book.user, where=ALL, limit=limit)


def test_a_cursor_of_someone_else_is_refused(book: Book) -> None:
    other = Book(User.objects.create(username="bob"))
    other.account()
    theirs = other.add("-1.00")
    for after in (theirs.pk, 10**6, 0, -1, 2**70):
        with pytest.raises(UnknownCursor):
            search_transactions(book.user, where=ALL, after=after)


def test_the_range_of_the_data_is_that_of_the_users_visible_rows(book: Book) -> None:
    other = Book(User.objects.create(username="bob"))
    other.account()
    other.add("-1.00", on=date(2020, 1, 1))
    assert (data_range(book.user).first, data_range(book.user).last) == (None, None)
    book.add("-1.00", on=date(2026, 2, 1))
    book.add("-1.00", on=date(2026, 3, 1), pending=True)
    book.add("-1.00", on=date(2026, 4, 1), hidden=True)
    found = data_range(book.user)
    assert (found.first, found.last, found.count) == (date(2026, 2, 1), date(2026, 3, 1), 2)


def test_a_page_takes_the_same_number_of_queries_for_any_number_of_rows(
    book: Book, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(20):
        book.add("-1.00", "Groceries")
    assert are_fresh(book.user)
    with django_assert_num_queries(3):  # what is stale, the number of all, the page
        search_transactions(book.user, where=ALL, limit=20)
