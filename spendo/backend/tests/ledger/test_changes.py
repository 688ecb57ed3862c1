import contextlib
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from spendo.ledger.changes import ChangeConflict, acting, changing, undo
from spendo.ledger.models import (
    Account,
    Category,
    Change,
    ChangedRow,
    Tag,
    Transaction,
    Transfer,
)
from spendo.ledger.models.changes import AppendOnlyError
from spendo.ledger.selectors import list_changes
from spendo.ledger.services import (
    LedgerError,
    NewTransaction,
    add_transactions,
    delete_account,
    tag_transactions,
)
from spendo.users.models import User
from tests.ledger.book import DAY, Book, usd
from tests.ledger.snapshots import snapshot


@pytest.fixture
def full(book: Book) -> Book:
    """A ledger in which rows name each other in every way."""
    book.account("Savings", "savings")
    purchase = book.add("-9.00", "Groceries", merchant="Greenleaf")
    refund = book.add("4.00", "Groceries")
    Transaction.objects.filter(pk=refund.pk).update(refund_of=purchase)
    book.transfer("5.00", "Checking", "Savings")
    parent = book.add("-3.00")
    Transaction.objects.filter(pk=parent.pk).update(is_split=True)
    for amount in ("-1.00", "-2.00"):
        part = book.add(amount, "Clothing")
        Transaction.objects.filter(pk=part.pk).update(parent=parent)
    tag_transactions(book.user, [purchase.pk, parent.pk], "Trip")
    return book


def newest(user: User) -> Change:
    return Change.objects.filter(user=user).latest("id")


def fail(book: Book, row: Transaction) -> None:
    """An act that writes and then fails."""
    with (
        contextlib.suppress(ZeroDivisionError),
        changing(book.user, kind="fails") as change,
    ):
        change.update(row, note="y")
        raise ZeroDivisionError


def test_an_act_says_what_it_made_changed_and_deleted(book: Book) -> None:
    row, gone = book.add("-1.00"), book.add("-2.00")
    with changing(book.user, kind="try", summary="Tried", source="chat") as change:
        tag = change.create(Tag(user=book.user, name="Trip"))
        change.update(row, category=book.categories["Groceries"], note="x")
        change.delete(gone)
    made, changed, deleted = ChangedRow.objects.order_by("id")
    assert (made.model, made.row_id, made.before) == ("ledger.tag", tag.pk, None)
    assert made.after == {
        "id": tag.pk, "user_id": book.user.pk, "name": "Trip",
    }  # fmt: skip
    assert changed.before == {"category_id": None, "note": ""}
    assert changed.after == {
        "category_id": book.categories["Groceries"].pk, "note": "x",
    }  # fmt: skip
    assert (deleted.row_id, deleted.after) == (gone.pk, None)
    assert (deleted.before or {})["amount_minor"] == -200
    kept = newest(book.user)
    assert (kept.kind, kept.summary, kept.source) == ("try", "Tried", "chat")


def test_a_name_that_changes_takes_its_folded_copy_along(book: Book) -> None:
    row = book.add("-1.00", merchant="Old")
    with changing(book.user, kind="try") as change:
        change.update(row, merchant="  NEW  Shop")
    assert Transaction.objects.get().merchant_key == "new shop"
    undo(book.user, newest(book.user).pk)
    assert Transaction.objects.get().merchant_key == "old"


def test_what_fails_leaves_nothing_and_what_changes_nothing_leaves_no_trace(book: Book) -> None:
    row = book.add("-1.00")
    fail(book, row)
    with changing(book.user, kind="try") as change:
        change.update(row, note="x")
        change.update(row, note="")
    row.refresh_from_db()
    with changing(book.user, kind="try") as change:
        assert not change.update(row, note="")
    assert Change.objects.count() == 1
    assert Transaction.objects.get().note == ""


def test_an_act_within_an_act_is_part_of_it(book: Book) -> None:
    row = book.add("-1.00")
    with acting("chat") as act, changing(book.user, kind="outer", summary="Outer") as outer:
        with changing(book.user, kind="inner", summary="Inner", source="command") as inner:
            inner.summary = "Inner still"
            inner.update(row, note="x")
        fail(book, row)
        assert outer.id == inner.id
    kept = newest(book.user)
    assert (Change.objects.count(), kept.kind, kept.source) == (1, "outer", "chat")
    assert kept.summary == "Outer"
    assert act.change_ids == [kept.pk]
    assert Transaction.objects.get().note == "x"


def test_an_inner_act_that_fails_first_leaves_no_number_behind(book: Book) -> None:
    row = book.add("-1.00")
    with changing(book.user, kind="outer") as outer:
        fail(book, row)
        assert outer.id is None
        row.refresh_from_db()
        outer.update(row, note="z")
    assert ChangedRow.objects.get().change == newest(book.user)


def test_an_act_is_of_one_user(book: Book) -> None:
    bob = Book(User.objects.create(username="bob"))
    bob.account()
    theirs = bob.add("-1.00")
    with pytest.raises(RuntimeError), changing(book.user, kind="x") as change:
        change.update(theirs, note="x")
    with (
        pytest.raises(RuntimeError),
        changing(book.user, kind="x"),
        changing(bob.user, kind="x"),
    ):
        pass
    assert not Change.objects.exists()


def test_deleting_takes_along_what_names_the_row_and_undo_brings_all_back(full: Book) -> None:
    before = snapshot()
    delete_account(full.user, full.accounts["Checking"].pk)
    assert not Transaction.objects.filter(account__name="Checking").exists()
    assert not Transfer.objects.exists()
    after = snapshot()
    undone = undo(full.user, newest(full.user).pk)
    assert snapshot() == before
    undo(full.user, undone.pk)
    assert snapshot() == after
    undo(full.user, newest(full.user).pk)
    assert snapshot() == before
    assert [entry.kind for entry in list_changes(full.user, 3).entries] == ["undo", "redo", "undo"]


def test_deleting_what_can_be_forgotten_is_remembered(full: Book) -> None:
    before = snapshot()
    with changing(full.user, kind="x") as change:
        change.delete(full.categories["Groceries"])
    assert Transaction.objects.filter(category=None).count() == 5
    undo(full.user, newest(full.user).pk)
    assert snapshot() == before


def test_undo_is_refused_when_a_row_was_changed_since(book: Book) -> None:
    row = book.add("-1.00")
    with changing(book.user, kind="x") as change:
        change.update(row, note="x")
    first = newest(book.user)
    with changing(book.user, kind="x") as change:
        change.update(row, note="y")
    before = snapshot()
    with pytest.raises(ChangeConflict, match="changed again since"):
        undo(book.user, first.pk)
    assert snapshot() == before
    undo(book.user, newest(book.user).pk)
    undo(book.user, first.pk)
    assert Transaction.objects.get().note == ""


def test_undo_is_refused_when_what_was_made_is_in_use(book: Book) -> None:
    with changing(book.user, kind="x") as change:
        fees = change.create(Category(user=book.user, name="Fees", kind="expense"))
    Transaction.objects.filter(pk=book.add("-1.00").pk).update(category=fees)
    with pytest.raises(ChangeConflict, match="in use"):
        undo(book.user, newest(book.user).pk)
    assert Category.objects.filter(pk=fees.pk).exists()


@pytest.mark.parametrize("taken", ["name", "target"])
def test_undo_is_refused_when_the_place_is_taken(book: Book, taken: str) -> None:
    book.account("Savings")
    row = book.add("-1.00", account="Savings")
    with changing(book.user, kind="x") as change:
        if taken == "name":
            change.delete(book.categories["Groceries"])
            Category.objects.create(user=book.user, name="groceries", kind="income")
        else:
            change.delete(row)
    if taken == "target":
        Account.objects.filter(name="Savings").delete()
    before = snapshot()
    with pytest.raises(ChangeConflict, match="taken the place"):
        undo(book.user, newest(book.user).pk)
    assert snapshot() == before


def test_a_change_is_undone_once_and_only_by_its_user(book: Book) -> None:
    bob = User.objects.create(username="bob")
    tag_transactions(book.user, [book.add("-1.00").pk], "Trip")
    change = newest(book.user)
    for user, number in ((bob, change.pk), (book.user, 10**30), (book.user, 0)):
        with pytest.raises(LedgerError, match="no such change"):
            undo(user, number)
    undo(book.user, change.pk)
    with pytest.raises(ChangeConflict, match="already"):
        undo(book.user, change.pk)
    assert not Tag.objects.exists()


def test_history_is_only_added_to_and_goes_with_its_user(book: Book) -> None:
    tag_transactions(book.user, [book.add("-1.00").pk], "Trip")
    change, row = newest(book.user), ChangedRow.objects.all()[0]
    for rewrite in (
        lambda: Change.objects.all().delete(),
        lambda: Change.objects.update(summary="x"),
        lambda: ChangedRow.objects.filter(change=change).delete(),
        lambda: ChangedRow.objects.update(after={}),
        change.delete, change.save, row.delete, row.save,
    ):  # fmt: skip
        with pytest.raises(AppendOnlyError):
            rewrite()
    book.user.delete()
    assert not Change.objects.exists()
    assert not ChangedRow.objects.exists()


def test_changes_are_listed_newest_first(book: Book) -> None:
    row = book.add("-1.00")
    for name in ("a", "b", "c"):
        tag_transactions(book.user, [row.pk], name)
    undone = undo(book.user, newest(book.user).pk, source="chat")
    page = list_changes(book.user, 2)
    assert [(entry.summary, entry.source, entry.rows) for entry in page.entries] == [
        ("Undid: Tagged 1 transaction c", "chat", 2),
        ("Tagged 1 transaction c", "web", 2),
    ]
    assert page.entries[0].undoes_id == page.entries[1].id
    assert page.entries[1].undone_by_id == undone.pk
    rest = list_changes(book.user, 2, page.after)
    assert ([entry.summary[-1] for entry in rest.entries], rest.after) == (["b", "a"], None)


def test_many_rows_take_few_queries_and_come_back_exactly(
    book: Book, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    rows = [
        NewTransaction(
            book.accounts["Checking"].pk, date(2026, 1, 1), usd("-1.10"), f"row {number}"
        )
        for number in range(1100)
    ]
    empty = snapshot()
    add_transactions(book.user, rows)
    made = snapshot()
    with (
        django_assert_max_num_queries(12),
        changing(book.user, kind="categorise") as change,
    ):
        change.update_many(Transaction.objects.all(), category=book.categories["Groceries"])
    with django_assert_max_num_queries(40), changing(book.user, kind="number") as change:
        change.update_each(
            [(row, {"note": str(place)}) for place, row in enumerate(Transaction.objects.all())]
        )
    with changing(book.user, kind="delete") as change:
        change.delete_many(Transaction.objects.all())
    assert ChangedRow.objects.count() == 8
    for change_id in list(Change.objects.order_by("-id").values_list("id", flat=True))[:3]:
        undo(book.user, change_id)
    assert snapshot() == made
    undo(book.user, Change.objects.earliest("id").pk)
    assert snapshot() == empty


def test_a_row_that_cannot_be_is_refused_and_the_act_can_go_on(book: Book) -> None:
    row = book.add("-1.00")
    with changing(book.user, kind="x") as change:
        with pytest.raises(IntegrityError), transaction.atomic():
            change.create(Category(user=book.user, name="groceries", kind="expense"))
        change.update(row, date=DAY.replace(day=1))
    assert ChangedRow.objects.get().before == {"date": "2026-05-14"}
