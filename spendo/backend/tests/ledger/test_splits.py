from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from spendo.ledger.changes import ChangeConflict, undo
from spendo.ledger.models import Change, Transaction, Transfer
from spendo.ledger.money import Money
from spendo.ledger.selectors import TransactionFilter, account_balance, sum_transactions
from spendo.ledger.services import (
    LedgerError,
    NewPart,
    edit_transaction,
    hide_transactions,
    join_parts,
    link_refund,
    pair_transfers,
    split_loan_payment,
    split_transaction,
    tag_transactions,
)
from spendo.users.models import User
from tests.ledger.book import Book, usd
from tests.ledger.snapshots import snapshot


def parts(*amounts: str) -> list[NewPart]:
    return [NewPart(usd(amount)) for amount in amounts]


def spent(book: Book) -> Decimal:
    return -sum_transactions(book.user, where=TransactionFilter(), measure="net").total.amount


def test_parts_stand_in_the_place_of_their_row(book: Book) -> None:
    row = book.add("-50.00", merchant="Costco")
    tag_transactions(book.user, [row.pk], "Trip")
    made = split_transaction(
        book.user,
        row.pk,
        [
            NewPart(usd("-30.01"), book.categories["Groceries"].pk, " Food "),
            NewPart(usd("-19.99"), book.categories["Clothing"].pk),
        ],
    )
    first, second = Transaction.objects.filter(parent=row).order_by("pk")
    assert [first.pk, second.pk] == [part.pk for part in made]
    assert (first.amount_minor, second.amount_minor) == (-3001, -1999)
    assert (first.description, second.description) == ("Food", "Costco")
    assert (first.date, first.merchant_key, first.account_id) == (
        row.date,
        "costco",
        row.account_id,
    )
    assert [tag.name for tag in second.tags.all()] == ["Trip"]
    assert spent(book) == Decimal("50.00")
    balance = account_balance(book.user, row.account_id, date(2026, 6, 1))
    assert (balance.balance.amount, balance.pending.amount) == (Decimal(-50), Decimal(0))


@pytest.mark.parametrize(
    ("amounts", "words"),
    [
        (["-30.00", "-20.01"], "0.01 USD is left"),
        (["-30.00", "-19.99"], "-0.01 USD is left"),
        (["30.00", "20.00"], "do not add up"),
        (["-50.00"], "2 to 100"),
        (["-0.50"] * 101, "2 to 100"),
        (["-50.00", "0.00"], "nothing"),
    ],
)
def test_parts_that_are_not_the_row_are_refused(book: Book, amounts: list[str], words: str) -> None:
    row = book.add("-50.00")
    with pytest.raises(LedgerError, match=words):
        split_transaction(book.user, row.pk, parts(*amounts))
    assert Transaction.objects.count() == 1
    assert not Change.objects.exists()


def test_a_part_may_be_money_the_other_way(book: Book) -> None:
    row = book.add("-50.00")
    split_transaction(book.user, row.pk, parts("-60.00", "10.00"))
    assert spent(book) == Decimal("50.00")


def test_parts_are_in_the_currency_and_the_categories_of_their_row(book: Book) -> None:
    row = book.add("-50.00")
    bob = Book(User.objects.create(username="bob"))
    theirs = bob.category("Theirs").pk
    for part in (NewPart(Money(Decimal("-20.00"), "EUR")), NewPart(usd("-20.00"), theirs)):
        with pytest.raises(LedgerError):
            split_transaction(book.user, row.pk, [NewPart(usd("-30.00")), part])


STANDING: dict[str, tuple[Callable[[Book], Transaction], str]] = {
    "pending": (lambda book: book.add("-50.00", pending=True), "pending"),
    "a side": (lambda book: book.transfer("50.00", "Checking", "Savings").outflow, "Unpair"),
    "split already": (
        lambda book: _split(book.add("-50.00"), book),
        "parts already",
    ),
    "a part": (
        lambda book: Transaction.objects.filter(
            parent=_split(book.add("-100.00"), book, "-50.00", "-50.00")
        )[0],
        "A part cannot be split",
    ),
    "refunded": (lambda book: _refunded(book), "refunds"),
}


def _split(row: Transaction, book: Book, *amounts: str) -> Transaction:
    split_transaction(book.user, row.pk, parts(*(amounts or ("-30.00", "-20.00"))))
    return row


def _refunded(book: Book) -> Transaction:
    row = book.add("-50.00")
    link_refund(book.user, book.add("5.00").pk, row.pk)
    return row


@pytest.mark.parametrize("name", STANDING)
def test_what_is_not_split(book: Book, name: str) -> None:
    book.account("Savings", "savings")
    make, words = STANDING[name]
    row = make(book)
    with pytest.raises(LedgerError, match=words):
        split_transaction(book.user, row.pk, parts("-30.00", "-20.00"))


def test_the_amount_of_a_row_with_parts_stays_and_what_they_share_goes_along(book: Book) -> None:
    row = _split(book.add("-50.00"), book)
    with pytest.raises(LedgerError, match="Join them"):
        edit_transaction(book.user, row.pk, amount=usd("-51.00"))
    part = row.parts.all()[0]
    for fields in ({"amount": usd("-1.00")}, {"date": date(2026, 1, 1)}):
        with pytest.raises(LedgerError, match="A part has"):
            edit_transaction(book.user, part.pk, **fields)
    edit_transaction(book.user, row.pk, date=date(2026, 1, 2))
    assert {part.date for part in row.parts.all()} == {date(2026, 1, 2)}


def test_a_hidden_row_hides_its_parts(book: Book) -> None:
    row = _split(book.add("-50.00"), book)
    assert hide_transactions(book.user, [row.pk]) == 3
    assert spent(book) == 0
    part = row.parts.all()[0]
    with pytest.raises(LedgerError, match="Show that row"):
        hide_transactions(book.user, [part.pk], hidden=False)
    with pytest.raises(LedgerError, match="Show that row"):
        edit_transaction(book.user, part.pk, hidden=False)
    hide_transactions(book.user, [row.pk], hidden=False)
    hide_transactions(book.user, [part.pk])
    assert spent(book) == Decimal("20.00")


def test_parts_are_joined_from_the_row_or_from_one_of_them(book: Book) -> None:
    row = book.add("-50.00")
    alone = snapshot()
    for from_a_part in (False, True):
        _split(row, book)
        chosen = row.parts.all()[1] if from_a_part else row
        assert join_parts(book.user, chosen.pk) == row
        assert snapshot() == alone
    with pytest.raises(LedgerError, match="no parts"):
        join_parts(book.user, row.pk)


def test_parts_that_are_linked_are_not_joined(book: Book) -> None:
    book.account("Loan", "loan")
    row = _split(book.add("-50.00"), book)
    first, second = row.parts.order_by("pk")
    pair_transfers(book.user, [(first.pk, book.add("30.00", account="Loan").pk)])
    with pytest.raises(LedgerError, match="Unpair"):
        join_parts(book.user, row.pk)
    Transfer.objects.all().delete()
    link_refund(book.user, book.add("5.00").pk, second.pk)
    with pytest.raises(LedgerError, match="refunds"):
        join_parts(book.user, row.pk)


def test_a_split_is_undone_unless_a_part_was_used_since(book: Book) -> None:
    row = book.add("-50.00")
    before = snapshot()
    _split(row, book)
    change = Change.objects.latest("id")
    refund = book.add("5.00")
    link_refund(book.user, refund.pk, row.parts.all()[0].pk)
    with pytest.raises(ChangeConflict):
        undo(book.user, change.pk)
    undo(book.user, Change.objects.latest("id").pk)
    refund.delete()
    undo(book.user, change.pk)
    assert snapshot() == before


def test_of_a_loan_payment_only_the_interest_is_spending(book: Book) -> None:
    book.account("Mortgage", "loan", opening="-1000.00")
    payment = book.add("-100.00", merchant="Home Bank")
    loan = book.add("80.00", account="Mortgage", merchant="Payment")
    interest = NewPart(usd("-20.00"), book.categories["Groceries"].pk, "Interest")
    made = split_loan_payment(
        book.user, payment.pk, principal=usd("80.00"), rest=[interest], loan_row_id=loan.pk
    )
    assert spent(book) == Decimal("20.00")
    assert Transfer.objects.get().outflow == made[0]
    assert Change.objects.count() == 1


def test_principal_without_a_loans_row_needs_a_category_for_transfers(book: Book) -> None:
    payment = book.add("-100.00")
    rest = [NewPart(usd("-20.00"))]
    with pytest.raises(LedgerError, match="category for transfers"):
        split_loan_payment(book.user, payment.pk, principal=usd("80.00"), rest=rest)
    with pytest.raises(LedgerError, match="more than nothing"):
        split_loan_payment(book.user, payment.pk, principal=usd("-80.00"), rest=rest)
    split_loan_payment(
        book.user, payment.pk, principal=usd("80.00"), rest=rest,
        principal_category_id=book.categories["Transfer"].pk,
    )  # fmt: skip
    assert spent(book) == Decimal("20.00")
