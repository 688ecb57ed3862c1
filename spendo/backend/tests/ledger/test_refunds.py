from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from spendo.ledger.models import Transaction
from spendo.ledger.selectors import TransactionFilter, sum_transactions
from spendo.ledger.services import (
    LedgerError,
    NewPart,
    edit_transaction,
    link_refund,
    pair_transfers,
    split_transaction,
    unlink_refund,
)
from spendo.users.models import User
from tests.ledger.book import Book, usd


def test_a_refund_takes_the_category_of_its_purchase_but_keeps_its_own(book: Book) -> None:
    purchase = book.add("-40.00", "Clothing")
    plain, chosen = book.add("15.00"), book.add("5.00", "Groceries")
    assert link_refund(book.user, plain.pk, purchase.pk).category == book.categories["Clothing"]
    assert link_refund(book.user, chosen.pk, purchase.pk).category == book.categories["Groceries"]
    clothing = TransactionFilter(category_ids=(book.categories["Clothing"].pk,))
    found = sum_transactions(book.user, where=clothing, measure="net")
    assert found.total.amount == Decimal("-20.00")  # both lower what the purchase was for


def test_refunds_are_never_more_than_the_purchase(book: Book) -> None:
    purchase = book.add("-40.00")
    first, second, third = book.add("15.00"), book.add("25.00"), book.add("0.01")
    link_refund(book.user, first.pk, purchase.pk)
    link_refund(book.user, first.pk, purchase.pk)  # once more is no more
    link_refund(book.user, second.pk, purchase.pk)
    with pytest.raises(LedgerError, match="more than the purchase"):
        link_refund(book.user, third.pk, purchase.pk)
    with pytest.raises(LedgerError, match="more than the purchase"):
        edit_transaction(book.user, first.pk, amount=usd("15.01"))
    with pytest.raises(LedgerError, match="more than the purchase"):
        edit_transaction(book.user, purchase.pk, amount=usd("-39.99"))
    with pytest.raises(LedgerError, match="money in"):
        edit_transaction(book.user, purchase.pk, amount=usd("40.00"))
    edit_transaction(book.user, first.pk, amount=usd("14.99"))
    link_refund(book.user, third.pk, purchase.pk)


def test_a_part_is_refunded_not_its_row(book: Book) -> None:
    row = book.add("-50.00")
    made = split_transaction(book.user, row.pk, [NewPart(usd("-30.00")), NewPart(usd("-20.00"))])
    refund = book.add("30.00")
    with pytest.raises(LedgerError, match="one of its parts"):
        link_refund(book.user, refund.pk, row.pk)
    link_refund(book.user, refund.pk, made[0].pk)
    assert Transaction.objects.get(pk=refund.pk).refund_of_id == made[0].pk


def _of_a_refund(book: Book) -> tuple[int, int]:
    first = book.add("30.00")
    link_refund(book.user, first.pk, book.add("-40.00").pk)
    return book.add("5.00").pk, first.pk


def _of_a_side(book: Book) -> tuple[int, int]:
    book.account("Savings", "savings")
    return book.add("5.00").pk, book.transfer("5.00", "Checking", "Savings").outflow_id


def _in_another_currency(book: Book) -> tuple[int, int]:
    book.account("Euro", currency="EUR")
    return book.add("5.00", account="Euro").pk, book.add("-5.00").pk


def _itself(book: Book) -> tuple[int, int]:
    row = book.add("5.00")
    return row.pk, row.pk


def _someone_elses(book: Book) -> tuple[int, int]:
    bob = Book(User.objects.create(username="bob"))
    bob.account()
    return book.add("5.00").pk, bob.add("-5.00").pk


NO_REFUNDS: list[Callable[[Book], tuple[int, int]]] = [
    lambda book: (book.add("-5.00").pk, book.add("-5.00").pk),
    lambda book: (book.add("5.00").pk, book.add("5.00").pk),
    lambda book: (book.add("5.00").pk, 10**9),
    _of_a_refund, _of_a_side, _in_another_currency, _itself, _someone_elses,
]  # fmt: skip


@pytest.mark.parametrize("make", NO_REFUNDS)
def test_what_is_no_refund(book: Book, make: Callable[[Book], tuple[int, int]]) -> None:
    refund_id, of_id = make(book)
    with pytest.raises(LedgerError):
        link_refund(book.user, refund_id, of_id)


def test_a_purchase_with_refunds_refunds_nothing_and_is_no_transfer(book: Book) -> None:
    book.account("Savings", "savings")
    purchase, refund = book.add("-40.00"), book.add("30.00")
    link_refund(book.user, refund.pk, purchase.pk)
    other: Any = book.add("40.00", account="Savings")
    with pytest.raises(LedgerError, match="Unlink"):
        pair_transfers(book.user, [(purchase.pk, other.pk)])


def test_a_refund_is_unlinked(book: Book) -> None:
    purchase, refund = book.add("-40.00", "Clothing"), book.add("30.00")
    link_refund(book.user, refund.pk, purchase.pk)
    unlink_refund(book.user, refund.pk)
    assert not Transaction.objects.filter(refund_of__isnull=False).exists()
    with pytest.raises(LedgerError, match="not linked"):
        unlink_refund(book.user, refund.pk)
