from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model

from spendo.ledger.models import Account, Category, Institution, Transaction, Transfer
from spendo.ledger.money import MAX_MINOR, Money
from spendo.ledger.services import (
    LedgerError,
    NewTransaction,
    add_account,
    add_categories,
    add_institution,
    add_transactions,
    pair_transfers,
)
from spendo.users.models import User
from tests.ledger.book import DAY, Book, usd


@pytest.fixture
def other(book: Book) -> Book:
    other = Book(User.objects.create(username="bob"))
    other.account()
    other.category("Groceries")
    return other


def row(book: Book, **change: Any) -> NewTransaction:
    values: dict[str, Any] = {
        "account_id": book.accounts["Checking"].pk,
        "date": DAY,
        "amount": usd("-1.00"),
        "description": "x",
    }
    return NewTransaction(**values | change)


def test_rows_are_added_once_by_external_id(book: Book) -> None:
    rows = [row(book, external_id="a"), row(book, external_id="b"), row(book), row(book)]
    assert add_transactions(book.user, rows) == 4
    assert add_transactions(book.user, rows[:2]) == 0
    assert Transaction.objects.count() == 4


def test_a_known_external_id_keeps_what_the_user_made_of_it(book: Book) -> None:
    add_transactions(book.user, [row(book, external_id="a")])
    Transaction.objects.update(description="mine")
    add_transactions(book.user, [row(book, external_id="a", description="theirs")])
    assert Transaction.objects.get().description == "mine"


def test_what_is_someone_elses_cannot_be_used(book: Book, other: Book) -> None:
    theirs = other.add("-1.00")
    mine = book.add("1.00")
    for change in (
        lambda: add_transactions(
            book.user, [row(book, account_id=other.accounts["Checking"].pk)]
        ),
        lambda: add_transactions(
            book.user, [row(book, category_id=other.categories["Groceries"].pk)]
        ),
        lambda: pair_transfers(book.user, [(theirs.pk, mine.pk)]),
        lambda: add_account(
            book.user, institution=other.bank, name="x", kind="cash", opening=usd("0"),
            opened_on=DAY,
        ),
    ):  # fmt: skip
        with pytest.raises(LedgerError):
            change()
    assert Transaction.objects.of(book.user).count() == 1


@pytest.mark.parametrize(
    "change",
    [
        {"amount": Money(Decimal(1), "EUR")},
        {"amount": usd(str(Decimal(MAX_MINOR + 1) / 100))},
        {"amount": usd("1E+50")},
        {"date": date(1899, 12, 31)},
        {"category_id": 10**9},
        {"account_id": 10**9},
    ],
)
def test_a_row_that_breaks_a_rule_adds_nothing(book: Book, change: dict[str, Any]) -> None:
    with pytest.raises(LedgerError):
        add_transactions(book.user, [row(book), row(book, **change)])
    assert not Transaction.objects.exists()


def test_the_largest_amount_is_stored_exactly(book: Book) -> None:
    largest = usd(str(Decimal(MAX_MINOR) / 100))
    add_transactions(book.user, [row(book, amount=largest), row(book, amount=-largest)])
    assert sorted(Transaction.objects.values_list("amount_minor", flat=True)) == [
        -MAX_MINOR,
        MAX_MINOR,
    ]


def test_two_sides_are_paired_once(book: Book) -> None:
    book.account("Savings", "savings")
    pair = (book.add("-5.00").pk, book.add("5.00", account="Savings").pk)
    assert pair_transfers(book.user, [pair]) == 1
    assert pair_transfers(book.user, [pair]) == 0


@pytest.mark.parametrize(
    ("out", "into", "target"),
    [
        ("-5.00", "4.99", "Savings"),
        ("5.00", "-5.00", "Savings"),
        ("-5.00", "5.00", "Checking"),
        ("-5.00", "-5.00", "Savings"),
    ],
)
def test_what_is_no_transfer_is_not_paired(book: Book, out: str, into: str, target: str) -> None:
    book.account("Savings", "savings")
    pair = (book.add(out).pk, book.add(into, account=target).pk)
    with pytest.raises(LedgerError):
        pair_transfers(book.user, [pair])
    assert not Transfer.objects.exists()


def test_a_transfer_across_currencies_has_two_amounts(book: Book) -> None:
    book.account("Yen", "savings", currency="JPY")
    pair = (book.add("-10.00").pk, book.add("1550", account="Yen").pk)
    assert pair_transfers(book.user, [pair]) == 1


def test_names_are_added_once_in_any_case(book: Book) -> None:
    add_categories(book.user, {"GROCERIES": "income", "Fees": "expense"})
    kinds = dict(Category.objects.filter(user=book.user).values_list("name", "kind"))
    assert (kinds["Groceries"], kinds["Fees"], len(kinds)) == ("expense", "expense", 5)
    assert add_institution(book.user, name="BANK") == book.bank


def test_a_kind_that_does_not_exist_is_refused(book: Book) -> None:
    with pytest.raises(LedgerError):
        add_categories(book.user, {"x": "fun"})
    with pytest.raises(LedgerError):
        add_account(
            book.user, institution=book.bank, name="x", kind="sofa", opening=usd("0"),
            opened_on=DAY,
        )  # fmt: skip


BROKEN: dict[str, Callable[[Book], object]] = {
    "an amount out of range": lambda book: Transaction.objects.update(amount_minor=MAX_MINOR + 1),
    "an opening out of range": lambda book: Account.objects.update(
        opening_balance_minor=-MAX_MINOR - 1
    ),
    "a status that does not exist": lambda book: Transaction.objects.update(status="maybe"),
    "a kind of account that does not exist": lambda book: Account.objects.update(kind="sofa"),
    "a kind of category that does not exist": lambda book: Category.objects.update(kind="fun"),
    "a currency that is no code": lambda book: Account.objects.update(currency="us$"),
    "a date before 1900": lambda book: Transaction.objects.update(date=date(1899, 1, 1)),
    "the same external id twice": lambda book: Transaction.objects.update(external_id="a"),
    "the same category twice": lambda book: Category.objects.create(
        user=book.user, name="groceries", kind="expense"
    ),
    "the same institution twice": lambda book: Institution.objects.create(
        user=book.user, name="BANK"
    ),
    "a transfer to itself": lambda book: Transfer.objects.create(
        user=book.user, outflow=Transaction.objects.all()[0], inflow=Transaction.objects.all()[0]
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_the_database_itself_refuses(book: Book, name: str) -> None:
    book.add("-1.00")
    book.add("-1.00")
    with pytest.raises(IntegrityError), transaction.atomic():
        BROKEN[name](book)


def test_a_form_cannot_mix_two_users(book: Book, other: Book) -> None:
    mine, theirs = book.add("-1.00"), other.add("1.00")
    mixed: list[Model] = [
        Transaction(
            user=book.user, account=other.accounts["Checking"], date=DAY, amount_minor=1,
            description="x",
        ),
        Transaction(
            user=book.user, account=book.accounts["Checking"], date=DAY, amount_minor=1,
            description="x", category=other.categories["Groceries"],
        ),
        Transfer(user=book.user, outflow=mine, inflow=theirs),
        Account(
            user=book.user, institution=other.bank, name="x", kind="cash", currency="USD",
            opened_on=DAY,
        ),
    ]  # fmt: skip
    for made in mixed:
        with pytest.raises(ValidationError, match="own"):
            made.full_clean()
    mine.full_clean()


def test_one_transaction_is_in_one_transfer(book: Book) -> None:
    book.account("Savings", "savings")
    transfer = book.transfer("5.00", "Checking", "Savings")
    another = book.add("5.00", account="Savings")
    with pytest.raises(IntegrityError), transaction.atomic():
        Transfer.objects.create(user=book.user, outflow=transfer.outflow, inflow=another)
