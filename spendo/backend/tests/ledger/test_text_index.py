"""A text is found where it is, however it is looked for."""

from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from spendo.ledger import text_index
from spendo.ledger.models import Transaction
from spendo.ledger.selectors import TransactionFilter, search_transactions
from spendo.users.fields import fold
from spendo.users.models import User
from tests.ledger.any_acts import new_book
from tests.ledger.book import Book
from tests.ledger.random_ledgers import AS_FOUND, examples, undone

# The tests run on both; what these look at is there on one of them only.
on_postgresql = pytest.mark.skipif("connection.vendor == 'sqlite'", reason="SQLite has the table")
on_sqlite = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL plans by itself")

LETTERS = "ab %_\\'\"*^()-+ßéİ日😀Ⅷ"
TEXTS = st.text(LETTERS, max_size=8)


def found(user: User, text: str) -> set[int]:
    page = search_transactions(user, where=TransactionFilter(text=text), limit=100)
    assert page.total_count == len(page.rows)
    return {row.id for row in page.rows}


def that_say(rows: list[Transaction], text: str) -> set[int]:
    return {
        row.pk
        for row in rows
        if any(fold(text) in fold(said) for said in (row.merchant, row.description, row.note))
    }


CHANGES: dict[str, Callable[[Transaction, str], object]] = {
    "merchant": lambda row, text: setattr(row, "merchant", text),
    "description": lambda row, text: setattr(row, "description", text),
    "note": lambda row, text: setattr(row, "note", text),
}


@pytest.mark.django_db
@settings(phases=AS_FOUND, max_examples=examples(15), deadline=None)
@given(
    rows=st.lists(st.tuples(TEXTS, TEXTS, TEXTS), min_size=1, max_size=5),
    changes=st.lists(st.tuples(st.sampled_from(sorted(CHANGES)), TEXTS), max_size=3),
    asked=st.lists(TEXTS.filter(str.strip), min_size=1, max_size=4),
)
def test_what_is_found_is_what_has_the_text(
    rows: list[tuple[str, str, str]], changes: list[tuple[str, str]], asked: list[str]
) -> None:
    with undone():
        book, other = new_book(), new_book("bob")
        made = [
            Transaction(
                user=each.user, account=each.accounts["Checking"], date="2026-05-14",
                amount_minor=-1, merchant=merchant, description=description, note=note,
            )
            for each in (book, other)
            for merchant, description, note in rows
        ]  # fmt: skip
        Transaction.objects.bulk_create(made)
        mine = made[: len(rows)]
        for (name, text), row in zip(changes, mine, strict=False):
            CHANGES[name](row, text)
            row.save()
        for text in (
            *asked,
            *(text for _, text in changes),
            mine[0].merchant[:4],
            mine[0].note[1:],
        ):
            if text.strip():
                assert found(book.user, text) == that_say(mine, text)
        mine[0].delete()
        assert found(book.user, asked[0]) == that_say(mine[1:], asked[0])


@on_sqlite
def test_rows_without_the_letters_are_not_looked_at(book: Book) -> None:
    row = book.add("-1", merchant="Blue Bottle")
    book.add("-1", merchant="Bluebell")
    other = new_book("bob")
    other.add("-1", merchant="Blue Bottle")
    rows = Transaction.objects.filter(text_index.may_say(book.user, "blue bo"))
    assert list(rows.values_list("pk", flat=True)) == [row.pk]
    assert text_index.may_say(book.user, "bl").children == []


@on_sqlite
@pytest.mark.django_db(transaction=True)
def test_without_the_index_every_row_is_read_and_a_migration_makes_it_again() -> None:
    book = new_book()
    first = book.add("-1", merchant="Blue Bottle")
    text_index.remove_from_sqlite("default")
    second = book.add("-1", merchant="Blue Bottle")
    assert found(book.user, "blue") == {first.pk, second.pk}
    assert text_index.may_say(book.user, "blue").children == []
    call_command("migrate", verbosity=0)
    assert text_index.may_say(book.user, "blue").children != []
    assert found(book.user, "blue") == {first.pk, second.pk}


@on_sqlite
@pytest.mark.django_db
def test_a_database_that_cannot_make_it_goes_without(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    text_index.remove_from_sqlite("default")
    monkeypatch.setattr(text_index, "_COLUMNS", ("merchant_key", "no, such ' column"))
    text_index.install("default")
    assert text_index.may_say(book.user, "blue").children == []


@on_postgresql
@pytest.mark.django_db
def test_postgresql_has_an_index_of_its_own() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_indexes WHERE indexname = %s", [text_index._TABLE])
        assert cursor.fetchone()
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_indexscan = off")
        rows = Transaction.objects.filter(merchant_key__contains="blue")
        assert text_index._TABLE in rows.explain()
