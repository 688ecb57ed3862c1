from datetime import date, timedelta
from typing import Any

import pytest

from spendo.ledger.changes import undo
from spendo.ledger.models import Change, Transaction, Transfer
from spendo.ledger.services import (
    NewTransaction,
    Settled,
    link_refund,
    make_transactions,
    settle_pending,
    tag_transactions,
)
from spendo.users.models import User
from tests.ledger.book import DAY, Book, usd
from tests.ledger.snapshots import snapshot


def posted(book: Book, amount: str, *, days: int = 2, **fields: Any) -> NewTransaction:
    values: dict[str, Any] = {
        "account_id": book.accounts["Checking"].pk,
        "date": DAY + timedelta(days=days),
        "amount": usd(amount),
        "description": "POS 4411",
        "merchant": "Diner",
    }
    return NewTransaction(**values | fields)


def settle(book: Book, *rows: NewTransaction) -> Settled:
    return settle_pending(book.user, rows)


def test_a_pending_row_becomes_the_posted_one_and_keeps_what_the_user_made_of_it(
    book: Book,
) -> None:
    row = book.add("-40.00", "Groceries", merchant="diner", pending=True)
    Transaction.objects.filter(pk=row.pk).update(note="with Bo")
    tag_transactions(book.user, [row.pk], "Trip")
    settled = settle(
        book,
        posted(book, "-48.00", external_id="f1", value_date=DAY, note="theirs", tags=("Bank",)),
    )
    assert (settled.ids, settled.rest) == ({0: row.pk}, [])
    row.refresh_from_db()
    assert (row.status, row.amount_minor, row.date) == ("posted", -4800, DAY + timedelta(days=2))
    assert (row.description, row.external_id, row.value_date) == ("POS 4411", "f1", DAY)
    assert (row.merchant, row.note, row.category) == (
        "diner", "with Bo", book.categories["Groceries"],
    )  # fmt: skip
    assert sorted(tag.name for tag in row.tags.all()) == ["Bank", "Trip"]


@pytest.mark.parametrize(
    ("was", "became", "days", "fits"),
    [
        ("-40.00", "-40.00", 0, True),
        ("-40.00", "-50.00", 10, True),
        ("-40.00", "-50.01", 2, False),
        ("-40.00", "-39.99", 2, False),
        ("-40.00", "-40.00", 11, False),
        ("-40.00", "-40.00", -1, True),
        ("-40.00", "-40.00", -2, False),
        ("-40.00", "40.00", 2, False),
        ("40.00", "40.00", 2, True),
        ("40.00", "41.00", 2, False),
    ],
)
def test_the_tip_and_the_days(book: Book, was: str, became: str, days: int, fits: bool) -> None:
    row = book.add(was, merchant="Diner", pending=True)
    settled = settle(book, posted(book, became, days=days))
    assert settled.ids == ({0: row.pk} if fits else {})
    assert len(settled.rest) == (0 if fits else 1)


def test_an_external_id_decides_alone(book: Book) -> None:
    row = book.add("-1.00", merchant="Hold", pending=True)
    other = book.add("-52.00", merchant="Diner", pending=True)
    Transaction.objects.filter(pk=row.pk).update(external_id="f1")
    settled = settle(book, posted(book, "-52.00", days=30, external_id="f1"))
    assert settled.ids == {0: row.pk}
    other.refresh_from_db()
    assert other.status == "pending"


def test_a_row_of_the_same_content_is_the_same_row_whichever_is_nearer(book: Book) -> None:
    first = book.add("-40.00", merchant="Diner", pending=True)
    second = book.add("-40.00", merchant="Diner", on=DAY + timedelta(days=2), pending=True)
    for row, key in ((first, "k1"), (second, "k2")):
        Transaction.objects.filter(pk=row.pk).update(import_key=key)
    settled = settle(book, posted(book, "-40.00", import_key="k1"))
    assert settled.ids == {0: first.pk}


def test_another_account_or_merchant_or_user_is_another_row(book: Book) -> None:
    book.account("Card", "credit_card")
    bob = Book(User.objects.create(username="bob"))
    bob.account()
    bob.add("-40.00", merchant="Diner", pending=True)
    book.add("-40.00", merchant="Diner", account="Card", pending=True)
    book.add("-40.00", merchant="Dinner", pending=True)
    book.add("-40.00", merchant="Diner")
    assert settle(book, posted(book, "-40.00")).ids == {}
    assert settle(book, posted(book, "-40.00", pending=True)).ids == {}


def test_twins_settle_one_by_one_nearest_first(book: Book) -> None:
    first = book.add("-4.50", merchant="Diner", pending=True)
    second = book.add("-4.50", merchant="Diner", on=DAY + timedelta(days=1), pending=True)
    settled = settle(book, posted(book, "-4.50", days=1), posted(book, "-4.50", days=2))
    assert settled.ids == {0: second.pk, 1: first.pk}
    assert settle(book, posted(book, "-4.50", days=2)).rest


def test_the_same_amount_goes_before_a_tip(book: Book) -> None:
    tipped = book.add("-40.00", merchant="Diner", pending=True)
    exact = book.add("-45.00", merchant="Diner", pending=True)
    settled = settle(book, posted(book, "-45.00"), posted(book, "-44.00"))
    assert settled.ids == {0: exact.pk, 1: tipped.pk}


def test_what_could_be_another_tip_is_left_pending(book: Book) -> None:
    for amount in ("-40.00", "-41.00"):
        book.add(amount, merchant="Diner", pending=True)
    assert settle(book, posted(book, "-48.00")).ids == {}
    book.add("-20.00", merchant="Bar", pending=True)
    rows = [posted(book, amount, merchant="Bar") for amount in ("-22.00", "-23.00")]
    assert settle(book, *rows).ids == {}


def test_a_row_that_is_there_already_settles_nothing(book: Book) -> None:
    new = posted(book, "-40.00", external_id="f1")
    make_transactions(book.user, [new])
    book.add("-40.00", merchant="Diner", pending=True)
    settled = settle(book, new)
    assert (settled.ids, settled.rest) == ({}, [new])


def test_a_tip_unpairs_a_transfer_and_a_refund_stays_within_its_purchase(book: Book) -> None:
    book.account("Savings", "savings")
    side = book.add("-40.00", merchant="Diner", pending=True)
    Transfer.objects.create(
        user=book.user, outflow=side, inflow=book.add("40.00", account="Savings")
    )
    refunded = book.add("-30.00", merchant="Bar", pending=True)
    link_refund(book.user, book.add("30.00").pk, refunded.pk)
    settled = settle(book, posted(book, "-41.00"), posted(book, "-31.00", merchant="Bar"))
    assert settled.ids == {0: side.pk, 1: refunded.pk}
    assert not Transfer.objects.exists()


def test_settling_is_undone(book: Book) -> None:
    book.add("-40.00", merchant="Diner", pending=True)
    before = snapshot()
    settle(book, posted(book, "-44.00", external_id="f1"))
    undo(book.user, Change.objects.latest("id").pk)
    assert snapshot() == before
    assert Transaction.objects.get().date == date(2026, 5, 14)
