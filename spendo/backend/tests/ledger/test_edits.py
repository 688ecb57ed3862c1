from datetime import date
from typing import Any

import pytest

from spendo.ledger.changes import undo
from spendo.ledger.models import Change, Tag, Transaction, Transfer
from spendo.ledger.services import (
    LedgerError,
    NewPart,
    NewTransaction,
    add_tag,
    add_transactions,
    categorise_transactions,
    delete_tag,
    delete_transactions,
    edit_transaction,
    hide_transactions,
    link_refund,
    make_transactions,
    rename_tag,
    split_transaction,
    tag_transactions,
    unpair_transfer,
    untag_transactions,
)
from spendo.users.models import User
from tests.ledger.book import DAY, Book, usd
from tests.ledger.snapshots import snapshot


@pytest.fixture
def bob(book: Book) -> Book:
    other = Book(User.objects.create(username="bob"))
    other.account()
    other.category("Theirs")
    return other


def test_a_row_is_edited_and_the_edit_undone(book: Book) -> None:
    row = book.add("-1.00", merchant="Old")
    before = snapshot()
    fields: dict[str, Any] = {
        "date": date(2026, 2, 28),
        "value_date": date(2026, 3, 1),
        "description": "cash",
        "merchant": "New",
        "note": "n",
        "category_id": book.categories["Groceries"].pk,
        "hidden": True,
    }
    edit_transaction(book.user, row.pk, amount=usd("-2.50"), **fields)
    row.refresh_from_db()
    assert {name: getattr(row, name) for name in fields} == fields
    assert (row.amount_minor, row.merchant_key) == (-250, "new")
    change = Change.objects.get()
    assert (change.kind, change.summary) == ("edit_transaction", "Changed Old")
    undo(book.user, change.pk)
    assert snapshot() == before


@pytest.mark.parametrize(
    "fields",
    [
        {"amount": usd("-99999999999999.99")},
        {"date": date(1899, 12, 31)},
        {"merchant": "x" * 201},
        {"note": "x" * 1001},
        {"note": "a\x00b"},
        {"merchant": "\ud800"},
        {"category_id": 10**9},
        {"category_id": -1},
        {"account_id": 1},
        {"user_id": 1},
        {"pk": 1},
    ],
)
def test_an_edit_that_breaks_a_rule_changes_nothing(book: Book, fields: dict[str, Any]) -> None:
    row = book.add("-1.00")
    before = snapshot()
    with pytest.raises(LedgerError):
        edit_transaction(book.user, row.pk, **{"note": "y"} | fields)
    assert snapshot() == before


def test_what_the_bank_wrote_stays(book: Book) -> None:
    (row,) = make_transactions(
        book.user,
        [NewTransaction(book.accounts["Checking"].pk, DAY, usd("-1"), "POS 1", external_id="a")],
    )
    with pytest.raises(LedgerError, match="add a note"):
        edit_transaction(book.user, row.pk, description="Lunch")
    edit_transaction(book.user, row.pk, description="POS 1", merchant="Lunch")


def test_the_amount_of_a_side_stays(book: Book) -> None:
    book.account("Savings", "savings")
    transfer = book.transfer("5.00", "Checking", "Savings")
    with pytest.raises(LedgerError, match="Unpair"):
        edit_transaction(book.user, transfer.outflow_id, amount=usd("-6.00"))
    edit_transaction(book.user, transfer.outflow_id, amount=usd("-5.00"), note="same")
    unpair_transfer(book.user, transfer.inflow_id)
    edit_transaction(book.user, transfer.outflow_id, amount=usd("-6.00"))
    with pytest.raises(LedgerError, match="no side"):
        unpair_transfer(book.user, transfer.inflow_id)


def test_many_are_categorised_hidden_and_deleted_at_once(book: Book, bob: Book) -> None:
    rows = [book.add("-1.00").pk for _ in range(3)]
    groceries = book.categories["Groceries"].pk
    assert categorise_transactions(book.user, [*rows, rows[0]], groceries) == 3
    assert categorise_transactions(book.user, rows, groceries) == 0
    assert categorise_transactions(book.user, rows[:1], None) == 1
    assert hide_transactions(book.user, rows[:2]) == 2
    assert delete_transactions(book.user, rows[1:]) == 2
    summaries = list(Change.objects.order_by("id").values_list("summary", flat=True))
    assert summaries == [
        "Put 3 transactions in Groceries",
        "Put Something in no category",
        "Hid 2 transactions",
        "Deleted 2 transactions",
    ]


def test_one_row_of_someone_else_stops_the_whole_act(book: Book, bob: Book) -> None:
    ids = [book.add("-1.00").pk, bob.add("-1.00").pk]
    before = snapshot()
    for act in (
        lambda: categorise_transactions(book.user, ids, None),
        lambda: categorise_transactions(book.user, ids[:1], bob.categories["Theirs"].pk),
        lambda: hide_transactions(book.user, ids),
        lambda: delete_transactions(book.user, ids),
        lambda: tag_transactions(book.user, ids, "Trip"),
        lambda: untag_transactions(book.user, ids, "Trip"),
        lambda: edit_transaction(book.user, ids[1], note="x"),
        lambda: delete_transactions(book.user, [0, -1, 10**30]),
    ):
        with pytest.raises(LedgerError, match="no such"):
            act()
    assert snapshot() == before


def test_deleting_unlinks_and_takes_parts_along(book: Book) -> None:
    book.account("Savings", "savings")
    transfer = book.transfer("5.00", "Checking", "Savings")
    row, purchase = book.add("-3.00"), book.add("-9.00")
    made = split_transaction(book.user, row.pk, [NewPart(usd("-1")), NewPart(usd("-2"))])
    refund = link_refund(book.user, book.add("1.00").pk, purchase.pk)
    with pytest.raises(LedgerError, match="alone"):
        delete_transactions(book.user, [made[0].pk])
    before = snapshot()
    ids = [transfer.outflow_id, row.pk, made[0].pk, purchase.pk]
    assert delete_transactions(book.user, ids) == 3
    assert set(Transaction.objects.all()) == {transfer.inflow, refund}
    assert not Transfer.objects.exists()
    undo(book.user, Change.objects.latest("id").pk)
    assert snapshot() == before


def test_tags_are_put_on_taken_off_renamed_and_deleted(book: Book) -> None:
    rows = [book.add("-1.00").pk for _ in range(2)]
    trip = add_tag(book.user, " Trip ")
    assert add_tag(book.user, "TRIP") == trip
    assert tag_transactions(book.user, rows, "trip") == 2
    assert tag_transactions(book.user, rows, "Trip") == 0
    assert untag_transactions(book.user, rows[:1], "TRIP") == 1
    add_tag(book.user, "Work")
    with pytest.raises(LedgerError, match="already"):
        rename_tag(book.user, trip.pk, "work")
    assert rename_tag(book.user, trip.pk, "Japan").name_key == "japan"
    before = snapshot()
    delete_tag(book.user, trip.pk)
    assert not Transaction.objects.filter(tags__isnull=False).exists()
    undo(book.user, Change.objects.latest("id").pk)
    assert snapshot() == before
    for name in ("", "  ", "x" * 61, "\x00"):
        with pytest.raises(LedgerError):
            add_tag(book.user, name)


def test_new_rows_bring_everything_along(book: Book) -> None:
    new = NewTransaction(
        book.accounts["Checking"].pk, DAY, usd("-1"), "x", note="n", tags=("A", "b", "B"),
        value_date=date(2026, 5, 16), import_key="k", hidden=True,
    )  # fmt: skip
    assert add_transactions(book.user, [new, new]) == 1
    assert add_transactions(book.user, [new]) == 0
    row = Transaction.objects.get()
    assert (row.note, row.value_date, row.hidden) == ("n", date(2026, 5, 16), True)
    assert sorted(Tag.objects.values_list("name", flat=True)) == ["A", "B"]
    assert row.tags.count() == 2
    assert Change.objects.count() == 1
    with pytest.raises(LedgerError, match="no such import"):
        add_transactions(
            book.user,
            [NewTransaction(row.account_id, DAY, usd("-1"), "x", import_batch_id=10**9)],
        )
