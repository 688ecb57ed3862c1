"""Two acts of one user at the same time: one after the other, or one of them refused."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from spendo.ledger.models import Change, Transaction
from spendo.ledger.services import (
    LedgerError,
    NewPart,
    NewTransaction,
    add_tag,
    add_transactions,
    link_refund,
    split_transaction,
)
from spendo.users.models import User
from tests.ledger.book import DAY, Book, usd

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 4


def at_once(act: Callable[[int], object]) -> list[object]:
    """What each of several threads got from the act: what it returned, or the refusal."""
    ready = Barrier(AT_ONCE)

    def run(number: int) -> object:
        ready.wait(timeout=10)
        try:
            return act(number)
        except LedgerError as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(AT_ONCE) as threads:
        return list(threads.map(run, range(AT_ONCE)))


@pytest.fixture
def book() -> Book:
    book = Book(User.objects.create(username="ann"))
    book.account()
    return book


def test_a_row_is_split_once(book: Book) -> None:
    row = book.add("-3.00")
    parts = [NewPart(usd("-1.00")), NewPart(usd("-2.00"))]
    results = at_once(lambda _: split_transaction(book.user, row.pk, parts))
    assert sum(isinstance(result, LedgerError) for result in results) == AT_ONCE - 1
    assert Transaction.objects.filter(parent=row).count() == 2
    assert Change.objects.count() == 1


def test_refunds_at_once_are_not_more_than_the_purchase(book: Book) -> None:
    purchase = book.add("-9.00")
    refunds = [book.add("4.00").pk for _ in range(AT_ONCE)]
    at_once(lambda number: link_refund(book.user, refunds[number], purchase.pk))
    assert purchase.refunds.count() == 2


def test_a_row_of_one_external_id_is_added_once(book: Book) -> None:
    new = NewTransaction(
        book.accounts["Checking"].pk, DAY, usd("-1.00"), "x", external_id="a", tags=("Trip",)
    )
    assert sorted(map(str, at_once(lambda _: add_transactions(book.user, [new])))) == [
        "0", "0", "0", "1",
    ]  # fmt: skip


def test_a_name_is_made_once(book: Book) -> None:
    made = at_once(lambda number: add_tag(book.user, ("Trip", "TRIP")[number % 2]).pk)
    assert len(set(made)) == 1
