"""Files by command."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from spendo.ledger.models import Change, ImportBatch, Transaction
from spendo.users.models import User
from tests.ledger.book import Book
from tests.ledger.importing.files import HEADER, bank
from tests.ledger.imports.reading import FILES


def run(name: str, *arguments: str, **options: Any) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command(name, *arguments, stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


def bring(file: Path | str, *arguments: str, **options: Any) -> tuple[str, str]:
    path = FILES / file if isinstance(file, str) else file
    return run("import_transactions", str(path), "--user", "ann", *arguments, **options)


def test_a_dry_run_says_what_an_import_does_and_does_nothing(user: User) -> None:
    said, _ = bring("plain.csv", "--dry-run")
    assert "Everyday Checking (new): 3 rows in USD, 2026-10-01 to 2026-10-31" in said
    assert "New categories: Pay, Groceries, Coffee, Restaurants" in said
    assert "line 4: new: 2026-10-02 -4.50 USD Bluebell Coffee" in said
    assert "Nothing was written. It would be: 7 new." in said
    assert not Transaction.objects.exists()
    said, _ = bring("plain.csv")
    assert "7 added, 0 settled, 0 known" in said
    said, _ = bring("plain.csv", verbosity=2)
    assert "7 of 7 rows" in said
    assert "0 added, 0 settled, 7 known" in said
    assert Change.objects.get(user=user).source == "command"


def test_an_account_is_chosen_by_name(user: User, book: Book) -> None:
    with pytest.raises(CommandError, match=r"which account it is about.*Checking"):
        bring("chase_card.csv")
    bring("chase_card.csv", "--account", "CHECKING")
    assert Transaction.objects.filter(account=book.accounts["Checking"]).count() == 4
    with pytest.raises(CommandError, match="no account called Nope"):
        bring("chase_card.csv", "--account", "Nope")
    said, _ = bring("discover.csv", "--new-account", "Discover", "--profile", "discover")
    assert "New account: Discover" in said


def test_rows_that_are_refused_are_told_with_their_line(user: User, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text(HEADER + "2026-10-01,Tea,NaN,USD,A,\n2026-10-01,Tea,-1,USD,A,\n")
    said, told = bring(file)
    assert told == "line 2: refused: “NaN” is not an amount.\n"
    assert "1 added" in said
    assert "1 refused" in said
    file.write_text(HEADER + "2026-10-01,Tea,NaN,USD,A,\n")
    with pytest.raises(CommandError, match="All 1 rows were refused"):
        bring(file)


def test_what_cannot_be_read_is_said(user: User, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No such file"):
        bring(tmp_path / "nowhere.csv")
    with pytest.raises(CommandError, match="Is a directory"):
        bring(tmp_path)
    with pytest.raises(CommandError, match="no user named bob"):
        run("import_transactions", str(FILES / "plain.csv"), "--user", "bob")
    with pytest.raises(CommandError, match="JSON object"):
        bring("plain.csv", "--mapping", "{")
    file = tmp_path / "a.csv"
    file.write_text(HEADER + '2026-10-01,"open\n')
    with pytest.raises(CommandError, match="Line 2: A quotation mark is not closed"):
        bring(file)
    file.write_text("Date,Text,Amount\n03/04/2026,Tea,-1.00\n")
    with pytest.raises(CommandError, match=r"two ways.*Choose one of: dmy, mdy"):
        bring(file, "--new-account", "A")
    bring(file, "--new-account", "A", "--dates", "mdy")
    assert str(Transaction.objects.get().date) == "2026-03-04"


def test_columns_by_hand(user: User, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("Tag\tWas\tWieviel\n2026-10-01\tTee\t-1,50\n")
    mapping = '{"date": "Tag", "amount": "Wieviel", "description": "Was"}'
    bring(file, "--new-account", "A", "--mapping", mapping, "--separator", "\\t")
    assert Transaction.objects.get().amount_minor == -150


def test_an_import_is_taken_back_by_its_number(user: User) -> None:
    bring("plain.csv")
    batch = ImportBatch.objects.get()
    with pytest.raises(CommandError, match="no user named"):
        run("revert_import", str(batch.pk), "--user", "nobody")
    said, _ = run("revert_import", str(batch.pk), "--user", "ann")
    assert said == "7 rows deleted.\n"
    assert Change.objects.filter(user=user).latest("pk").source == "command"
    with pytest.raises(CommandError, match="taken back already"):
        run("revert_import", str(batch.pk), "--user", "ann")


def test_an_account_that_a_file_names_is_chosen_by_its_key(book: Book, tmp_path: Path) -> None:
    file = tmp_path / "a.ofx"
    file.write_text(bank("A1,20261003,-5.00,TEA"))
    with pytest.raises(CommandError, match=r"Say it with --accounts '\{\"123456789\": \"NAME\"\}'"):
        bring(file)
    said, _ = bring(file, "--accounts", '{"123456789": "checking"}')
    assert "1 added" in said
    assert Transaction.objects.get(description="TEA").account == book.accounts["Checking"]
    with pytest.raises(CommandError, match="a JSON object with names"):
        bring("plain.csv", "--accounts", '{"a": 1}')
