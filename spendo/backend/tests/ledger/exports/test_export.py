"""All of a ledger out, and in again."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from spendo.ledger.exports import all_tables, csv_pieces, json_pieces
from spendo.ledger.imports import ImportRefused
from spendo.ledger.imports.own_table import COLUMNS, escaped, unescaped
from spendo.ledger.models import Account, Change, Transaction, Transfer
from spendo.ledger.services.restoring import restore_export
from spendo.users.models import User
from tests.ledger.book import Book
from tests.ledger.exports.whole import contents, everything
from tests.ledger.importing.files import commit, ledger_rows
from tests.ledger.random_ledgers import examples


@pytest.fixture
def ann(user: User) -> Book:
    return everything(user)


@pytest.fixture
def bob(db: None) -> User:
    other = Book(User.objects.create(username="zoe"))  # rows that must stay out of everything
    other.account("Theirs")
    other.add("-1.00", account="Theirs")
    return User.objects.create(username="bob")


def exported(user: User) -> bytes:
    return "".join(json_pieces(user)).encode()


def restored(user: User, content: bytes) -> dict[str, int]:
    return restore_export(user, io.BytesIO(content)).counts


def table_of(user: User) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO("".join(csv_pieces(user)), newline="")))


def test_json_gives_the_same_ledger_to_every_detail(ann: Book, bob: User) -> None:
    counts = restored(bob, exported(ann.user))
    assert contents(bob) == contents(ann.user)
    assert all(counts[table.name] for table in all_tables() if table.restored), counts
    first, again = (json.loads(exported(user)) for user in (ann.user, bob))
    for name in ("accounts", "transactions", "rates", "budgets"):
        assert len(first["tables"][name]) == len(again["tables"][name]) > 0
    assert len(again["tables"]["changes"]) == 1  # a new history
    assert len(first["tables"]["changes"]) > 5


def test_every_table_of_a_user_is_in_the_export() -> None:
    known = {table.model for table in all_tables()}
    owned = {
        model
        for label in ("ledger", "budgets")
        for model in apps.get_app_config(label).get_models()
        if any(field.name == "user" for field in model._meta.concrete_fields)
    }
    assert {model.__name__ for model in owned - known} == {"ImportDraft"}


def test_amounts_are_exact_and_nothing_is_a_float(ann: Book) -> None:
    def no_float(text: str) -> Any:
        raise AssertionError(text)

    document = json.loads(exported(ann.user), parse_float=no_float)
    assert (document["format"], document["version"]) == ("spendo-ledger", 1)
    assert document["tables"]["rates"][0]["rate"] == "1.082500000000"
    assert document["tables"]["accounts"][0]["opening_balance_minor"] == 100055
    assert b'"user_id"' not in exported(ann.user).split(b'"changes":')[0]


def test_a_restore_is_for_an_empty_ledger_and_can_be_undone(ann: Book, bob: User) -> None:
    content = exported(ann.user)
    with pytest.raises(ImportRefused, match="empty ledger only"):
        restored(ann.user, content)
    restored(bob, content)
    with pytest.raises(ImportRefused, match="empty ledger only"):
        restored(bob, content)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda text: text[: len(text) // 2], "cut off"),
        (lambda text: "{" * 5000, "no valid JSON|nested too deep"),
        (lambda text: "[1]", "no export"),
        (lambda text: text.replace("spendo-ledger", "other"), "no export of a ledger"),
        (lambda text: text.replace('"version": 1', '"version": 2'), "version 2"),
        (lambda text: text.replace('"amount_minor": -8000', '"amount_minor": -80.0'), "cannot be"),
        (lambda text: text.replace('"amount_minor": -8000', '"amount_minor": NaN'), "valid JSON"),
        (lambda text: text.replace('"amount_minor": -8000', '"amount_minor": 1e309'), "cannot be"),
        (lambda text: text.replace('"amount_minor": -8000', '"amount_minor": "-8000"'), "cannot"),
        (lambda text: text.replace('"amount_minor": -6000', '"amount_minor": -6001'), "add up"),
        (lambda text: text.replace('"amount_minor": 25000', '"amount_minor": 25001'), "same am"),
        (lambda text: text.replace('"date": "2026-05-14"', '"date": "2026-02-30"'), "cannot be"),
        (lambda text: text.replace('"currency": "JPY"', '"currency": "XXX"'), "cannot be"),
        (lambda text: text.replace('"kind": "property"', '"kind": "yacht"'), "cannot be"),
        (lambda text: text.replace("Costco", "x" * 2001), "cannot be"),
        (lambda text: text.replace("Costco", "a\\u0000b"), "cannot be"),
        (lambda text: text.replace('"account_id": ', '"account_id": 99'), "not in the file"),
        (lambda text: text.replace('"note": ', '"nota": '), "not known"),
        (lambda text: text.replace('"hidden": false, ', ""), "has no “hidden”"),
        (lambda text: text.replace('"tables": {', '"tables": {"passwords": [],'), "out of its"),
        (lambda text: text.replace('"tags": [{', '"tags": [7, {'), "no row|out of"),
        (lambda text: text.replace('"columns": ["Tag"', '"columns": [7'), "cannot be"),
        (lambda text: text.replace('{"date": "Tag"', '{"day": "Tag"'), "cannot be"),
    ],
)  # fmt: skip
def test_an_export_that_was_changed_is_refused_whole(
    ann: Book, bob: User, change: Any, said: str
) -> None:
    text = exported(ann.user).decode().replace('"tags": [\n{', '"tags": [{')
    changed = change(text)
    assert changed != text
    with pytest.raises(ImportRefused, match=said):
        restored(bob, changed.encode())
    assert not Account.objects.filter(user=bob).exists()
    assert not Change.objects.filter(user=bob).exists()


def test_rows_of_somebody_else_cannot_be_named(ann: Book, bob: User) -> None:
    theirs = Account.objects.get(name="Theirs")
    text = exported(ann.user).decode()
    own = ann.accounts["Checking"].pk
    with pytest.raises(ImportRefused, match="not in the file"):
        restored(
            bob, text.replace(f'"account_id": {own},', f'"account_id": {theirs.pk},', 1).encode()
        )


def test_the_table_has_every_row_once_and_runs_nothing(ann: Book) -> None:
    rows = table_of(ann.user)
    assert tuple(rows[0]) == COLUMNS
    together = sum(int(row["amount"].replace(".", "")) for row in rows if row["currency"] == "USD")
    usd = Transaction.objects.of(ann.user).filter(parent=None, account__currency="USD")
    assert together == sum(usd.values_list("amount_minor", flat=True))
    dangerous = [
        (name, cell)
        for row in rows
        for name, cell in row.items()
        if name != "amount" and cell[:1] in ("=", "+", "-", "@", "\t", "\r")
    ]
    assert dangerous == []
    assert [row["description"] for row in rows if "Kyoto" in row["description"]] == ["'@Kyoto"]


def test_the_table_gives_the_same_rows(ann: Book, bob: User) -> None:
    result = commit(bob, "".join(csv_pieces(ann.user)))
    assert (result.refused_count, result.likely_duplicates) == (0, 0)
    assert table_of_names(bob) == table_of_names(ann.user)
    assert ledger_rows(bob) == ledger_rows(ann.user)
    assert Transfer.objects.filter(user=bob).count() == 1
    assert Transaction.objects.of(bob).filter(is_split=True).count() == 1
    again = commit(bob, "".join(csv_pieces(ann.user)))
    assert (again.added, again.known) == (0, result.added)


def table_of_names(user: User) -> list[tuple[str, ...]]:
    """The table without the numbers that are another ledger's own."""
    own = ("transfer", "split")
    return [
        tuple("x" if name in own and cell else cell for name, cell in row.items())
        for row in table_of(user)
    ]


@settings(max_examples=50)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=6))
def test_escaping_can_always_be_taken_back(text: str) -> None:
    assert unescaped(escaped(text)) == text
    assert not escaped(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


TEXT = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30
) | st.sampled_from(["=1+1", "'", "'=x", "-5", "a\r\nb", ' "quoted" ', ",", "\u2028", "@", "\r"])


@pytest.mark.django_db
@settings(
    max_examples=examples(15),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(st.tuples(TEXT, TEXT, TEXT, st.integers(-(10**15) + 1, 10**15 - 1)), max_size=6))
def test_any_words_and_amounts_come_back_as_they_were(
    user: User, rows: list[tuple[str, str, str, int]]
) -> None:
    with transaction.atomic():
        book = Book(user)
        book.account()
        bob, cy = (User.objects.create(username=name) for name in ("bob", "cy"))
        for description, merchant, note, minor in rows:
            row = book.add("0", merchant=merchant)
            Transaction.objects.filter(pk=row.pk).update(
                description=description, note=note, amount_minor=minor
            )
        restored(bob, exported(user))
        assert contents(bob) == contents(user)
        if rows:
            result = commit(cy, "".join(csv_pieces(user)))
            assert result.refused == ()
            assert table_of(cy) == table_of(user)
        transaction.set_rollback(True)


async def body_of(response: Any) -> bytes:
    return b"".join([part async for part in response.streaming_content])


def test_over_http_and_by_command(ann: Book, bob: User, tmp_path: Path) -> None:
    client = Client()
    client.force_login(ann.user)
    for kind, begins in (("json", b'{"format": "spendo-ledger"'), ("csv", b'"date"')):
        answer = client.get(f"/api/export/ledger.{kind}")
        content = async_to_sync(body_of)(answer)
        assert answer.status_code == 200
        assert content.startswith(begins)
        assert int(answer["Content-Length"]) == len(content)
        assert f'.{kind}"' in answer["Content-Disposition"]
    assert Client().get("/api/export/ledger.json").status_code == 401
    file = tmp_path / "ledger.json"
    call_command("export_ledger", user="ann", output=file)
    out = io.StringIO()
    call_command("import_transactions", str(file), "--user", "bob", stdout=out)
    assert "transactions: 13" in out.getvalue()
    assert contents(bob) == contents(ann.user)
    with pytest.raises(CommandError, match="File exists"):
        call_command("export_ledger", user="ann", output=file)
    with pytest.raises(CommandError, match="no user named nobody"):
        call_command("export_ledger", user="nobody")
    out = io.StringIO()
    call_command("export_ledger", user="ann", format="csv", stdout=out)
    assert out.getvalue() == "".join(csv_pieces(ann.user))
    with pytest.raises(ImportRefused, match="whole export of a ledger"):
        commit(User.objects.create(username="cy"), file.read_bytes())


@pytest.mark.django_db(transaction=True)
def test_an_export_is_of_one_moment(user: User, tmp_path: Path) -> None:
    """Outside of the transaction that tests run in: both databases have their own way."""
    everything(user)
    call_command("export_ledger", user="ann", output=tmp_path / "a.json")
    bob = User.objects.create(username="bob")
    restored(bob, (tmp_path / "a.json").read_bytes())
    assert contents(bob) == contents(user)
