"""What was said of a header once is what the next file with it begins with."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from spendo.ledger.changes import undo
from spendo.ledger.models import Account, Change, ImportHeader, Transaction
from spendo.ledger.services import importing
from spendo.ledger.services.importing import headers
from spendo.users.models import User
from tests.ledger.book import Book
from tests.ledger.importing.test_import_api import send

IMPORTS = "/api/imports/"
HEADERS = "/api/imports/headers/"
HEAD = "Tag,Was,Wieviel\n"
OCTOBER = f"{HEAD}03/10/2026,Tea at Ann's,2.50\n04/10/2026,Bread,1.20\n"
NOVEMBER = f"{HEAD}05/11/2026,Jam,7.00\n"
MAPPING = {
    "date": "Tag",
    "amount": "Wieviel",
    "description": "Was",
    "money_out_is_positive": True,
}


@pytest.fixture
def ann(user: User, book: Book) -> Client:
    client = Client()
    client.force_login(user)
    return client


def said(book: Book) -> dict[str, Any]:
    return {
        "mapping": MAPPING,
        "date_order": "dmy",
        "account_id": book.accounts["Checking"].pk,
    }


def imported(client: Client, content: str, **choices: Any) -> Any:
    draft = send(client, content, **choices).json()
    assert draft["preview"], draft["needs"]
    return client.post(f"{IMPORTS}{draft['id']}/commit/").json()


def test_the_next_file_is_read_as_the_last_one_was(ann: Client, book: Book) -> None:
    assert imported(ann, OCTOBER, **said(book))["added"] == 2
    draft = send(ann, NOVEMBER).json()
    preview = draft["preview"]
    (row,) = preview["rows"]
    assert (row["date"], row["amount"], row["account"]) == ("2026-11-05", "-7.00", "Checking")
    assert preview["remembered"] == ImportHeader.objects.get().pk
    assert preview["reading"] == MAPPING | {
        "description": ["Was"],
        "date_order": "dmy",
        "decimal_mark": ".",
    }
    assert draft["choices"] == {}
    assert ann.post(f"{IMPORTS}{draft['id']}/commit/").json()["added"] == 1


def test_what_is_kept_is_the_header_and_nothing_else_of_the_file(ann: Client, book: Book) -> None:
    imported(ann, OCTOBER, **said(book))
    (values,) = ImportHeader.objects.values()
    kept = json.dumps({name: each for name, each in values.items() if name != "used_at"})
    for word in ("Tea", "Bread", "2.50", "1.20", "a statement"):
        assert word not in kept
    (shown,) = ann.get(HEADERS).json()["data"]
    assert shown == {
        "id": ImportHeader.objects.get().pk,
        "columns": ["Tag", "Was", "Wieviel"],
        "mapping": MAPPING | {"description": ["Was"]},
        "profile": "",
        "date_order": "dmy",
        "decimal_mark": "",
        "account_id": book.accounts["Checking"].pk,
        "account": "Checking",
        "several_accounts": False,
        "used_at": shown["used_at"],
    }


@pytest.mark.parametrize(
    "content",
    [
        "03/10/2026,Tea,2.50\n04/10/2026,Jam,1.20\n",
        "Oct 3 2026,Tea,TEA SHOP\n04/10/2026,Jam,1.20\n",
    ],
)
def test_a_first_row_is_no_header(ann: Client, book: Book, content: str) -> None:
    """A file without a header: its first row was taken for one, or its places were named."""
    first = content.split("\n")[0].split(",")
    for columns in (first, ["#1", "#2", "#3"]):
        mapping = dict(zip(("date", "description", "amount"), columns, strict=True))
        draft = send(ann, content, **said(book) | {"mapping": mapping}).json()
        ann.post(f"{IMPORTS}{draft['id']}/commit/")
    assert not ImportHeader.objects.exists()


def test_another_header_is_another_table(ann: Client, book: Book) -> None:
    imported(ann, OCTOBER, **said(book))
    for head in ("Tag,Was,Wieviel,Mehr\n", "Was,Tag,Wieviel\n"):
        draft = send(ann, NOVEMBER.replace(HEAD, head)).json()
        assert draft["needs"]["code"] == "mapping"
    draft = send(ann, NOVEMBER.replace(HEAD, "sep=;\n\nTAG;was; Wieviel\n").replace(",", ";"))
    assert draft.json()["preview"]["counts"]["new"] == 1


def test_what_is_said_of_a_file_comes_first(ann: Client, book: Book) -> None:
    imported(ann, OCTOBER, **said(book))
    other = MAPPING | {"money_out_is_positive": False}
    draft = send(ann, NOVEMBER, mapping=other, date_order="mdy").json()
    (row,) = draft["preview"]["rows"]
    assert (row["date"], row["amount"], row["account"]) == ("2026-05-11", "7.00", "Checking")
    ann.post(f"{IMPORTS}{draft['id']}/commit/")
    (row,) = send(ann, f"{HEAD}06/11/2026,Oil,9.00\n").json()["preview"]["rows"]
    assert (row["date"], row["amount"]) == ("2026-06-11", "9.00")


def test_the_dates_of_the_file_itself_are_believed_before_the_last_ones(
    ann: Client, book: Book
) -> None:
    imported(ann, OCTOBER, **said(book))
    (row,) = send(ann, f"{HEAD}11/25/2026,Jam,7.00\n").json()["preview"]["rows"]
    assert row["date"] == "2026-11-25"


def test_a_table_of_several_accounts_asks_each_time(ann: Client, book: Book) -> None:
    book.account("Purse")
    imported(ann, OCTOBER, **said(book))
    imported(ann, NOVEMBER, account_id=book.accounts["Purse"].pk)
    draft = send(ann, f"{HEAD}06/11/2026,Oil,9.00\n").json()
    assert draft["needs"]["code"] == "account"
    imported(ann, f"{HEAD}07/11/2026,Oil,9.00\n", account_id=book.accounts["Purse"].pk)
    assert send(ann, f"{HEAD}08/11/2026,Oil,9.00\n").json()["needs"]["code"] == "account"


def test_a_known_bank_is_asked_for_its_account_once(ann: Client, user: User) -> None:
    head = "Transaction Date,Post Date,Description,Category,Type,Amount,Memo\n"
    row = "10/02/2026,10/03/2026,{},Food & Drink,Sale,-4.50,\n"
    Account.objects.filter(user=user).update(currency="USD")
    imported(ann, head + row.format("Tea"), new_account="My Chase")
    preview = send(ann, head + row.format("Jam")).json()["preview"]
    assert (preview["profile"], preview["accounts"][0]["name"]) == ("chase_card", "My Chase")
    assert preview["accounts"][0]["id"] is not None


def test_it_can_be_changed_forgotten_and_left_out_of_account(ann: Client, book: Book) -> None:
    imported(ann, OCTOBER, **said(book))
    one = f"{HEADERS}{ImportHeader.objects.get().pk}/"
    purse = book.account("Purse")
    changed = ann.patch(
        one,
        {"mapping": MAPPING | {"money_out_is_positive": False}, "account_id": purse.pk},
        content_type="application/json",
    ).json()
    assert (changed["account"], changed["several_accounts"]) == ("Purse", False)
    (row,) = send(ann, NOVEMBER).json()["preview"]["rows"]
    assert (row["amount"], row["account"]) == ("7.00", "Purse")
    refused: list[Any] = [
        {"account_id": 10**9},
        {"mapping": {"date": 1}},
        {"mapping": {"date": "No"}},
        {"new_account": "x"},
        [],
    ]
    for wrong in refused:
        answer = ann.patch(one, wrong, content_type="application/json")
        assert answer.status_code in (400, 422), wrong
    assert send(ann, NOVEMBER, as_remembered=False).json()["needs"]["code"] == "mapping"
    assert ann.delete(one).status_code == 200
    assert ann.delete(one).status_code == 404
    assert send(ann, NOVEMBER).json()["needs"]["code"] == "mapping"


def test_it_is_its_users_only(ann: Client, book: Book) -> None:
    imported(ann, OCTOBER, **said(book))
    bob = Client()
    bob.force_login(User.objects.create(username="bob"))
    one = f"{HEADERS}{ImportHeader.objects.get().pk}/"
    assert send(bob, NOVEMBER).json()["needs"]["code"] == "mapping"
    assert bob.get(HEADERS).json() == {"data": []}
    assert bob.delete(one).status_code == 404
    assert bob.patch(one, {}, content_type="application/json").status_code == 404
    assert Client().get(HEADERS).status_code == 401
    book.user.delete()
    assert not ImportHeader.objects.exists()


def test_undoing_an_import_is_not_in_the_way_of_what_was_learnt(ann: Client, book: Book) -> None:
    """The account that it made goes, though the header names it."""
    for back in ("undo", "revert"):
        result = imported(ann, OCTOBER, mapping=MAPPING, date_order="dmy", new_account="Purse")
        if back == "undo":
            undo(book.user, Change.objects.filter(kind="import").latest("pk").pk)
        else:
            importing.revert_import(book.user, result["id"])
        assert not Account.objects.filter(name="Purse").exists()
        assert ImportHeader.objects.get().account_id is None
        assert send(ann, NOVEMBER).json()["needs"]["code"] == "account"
    assert Transaction.objects.of(book.user).count() == 0


def test_a_dropped_file_teaches_nothing(ann: Client, book: Book) -> None:
    draft = send(ann, OCTOBER, **said(book)).json()
    ann.delete(f"{IMPORTS}{draft['id']}/")
    assert not ImportHeader.objects.exists()


def test_the_longest_unused_goes_first(
    ann: Client, book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(headers, "MOST", 2)
    imported(ann, OCTOBER, **said(book))
    for name in ("Datum", "Jour"):
        imported(ann, NOVEMBER)  # used again, so it stays
        table = f"{name},Was,Wieviel\n05/11/2026,{name},7.00\n"
        imported(ann, table, **said(book) | {"mapping": MAPPING | {"date": name}})
    kept = [each["columns"][0] for each in ann.get(HEADERS).json()["data"]]
    assert kept == ["Jour", "Tag"]


def test_by_command(book: Book, tmp_path: Path) -> None:
    def run(name: str, *arguments: str) -> str:
        out = StringIO()
        call_command(name, *arguments, "--user", "ann", stdout=out)
        return out.getvalue()

    october, november = tmp_path / "october.csv", tmp_path / "november.csv"
    october.write_text(OCTOBER)
    november.write_text(NOVEMBER)
    mapping = ("--mapping", json.dumps(MAPPING), "--dates", "dmy")
    run("import_transactions", str(october), *mapping, "--account", "Checking")
    shown = run("import_transactions", str(november), "--dry-run")
    assert "As last time" in shown
    assert "2026-11-05 -7.00 USD Jam" in shown
    with pytest.raises(CommandError, match="columns of this table are not known"):
        run("import_transactions", str(november), "--anew")
    number = ImportHeader.objects.get().pk
    assert run("import_headers") == (
        f"{number}: Tag, Was, Wieviel → date from Tag, amount from Wieviel (money out has no "
        "minus), description from Was, day month year; into Checking\n"
    )
    assert run("import_headers", "--forget", str(number)) == "Forgotten.\n"
    with pytest.raises(CommandError, match="no such"):
        run("import_headers", "--forget", str(number))
