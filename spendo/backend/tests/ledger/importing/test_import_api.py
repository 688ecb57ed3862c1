"""Files over HTTP: sent, looked at, confirmed, taken back; each user's own."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from spendo.ledger.models import ImportDraft, Transaction
from spendo.ledger.services.importing import drafts
from spendo.users.models import User
from tests.ledger.book import Book
from tests.ledger.importing.files import COFFEES, HEADER, bank, table
from tests.ledger.imports.reading import FILES

IMPORTS = "/api/imports/"


@pytest.fixture
def ann(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def bob(db: None) -> Client:
    client = Client()
    client.force_login(User.objects.create(username="bob"))
    return client


def send(client: Client, content: str | bytes, **choices: Any) -> Any:
    body = content.encode() if isinstance(content, str) else content
    data: dict[str, Any] = {"file": SimpleUploadedFile("../a statement.csv", body)}
    if choices:
        data["choices"] = json.dumps(choices)
    return client.post(IMPORTS, data)


def say(client: Client, draft: str, **choices: Any) -> Any:
    return client.patch(f"{IMPORTS}{draft}/", choices, content_type="application/json")


def test_a_file_is_sent_looked_at_confirmed_and_taken_back(ann: Client, user: User) -> None:
    sent = send(ann, COFFEES)
    assert sent.status_code == 201
    draft = sent.json()
    assert draft["file_name"] == "a statement.csv"
    assert draft["preview"]["counts"]["new"] == 3
    assert draft["preview"]["accounts"][0] == {
        "id": None,
        "name": "Checking",
        "currency": "USD",
        "rows": 3,
        "first": "2026-10-09",
        "last": "2026-10-10",
        "stated_balance": None,
        "stated_on": None,
    }
    assert draft["preview"]["rows"][0] | {"match_id": 0} == {
        "line": 2,
        "verdict": "new",
        "reason": "",
        "account": "Checking",
        "date": "2026-10-09",
        "amount": "-4.50",
        "currency": "USD",
        "description": "Bluebell Coffee",
        "merchant": "Bluebell Coffee",
        "category": "",
        "pending": False,
        "match_id": 0,
    }
    assert Transaction.objects.count() == 0
    assert [each["id"] for each in ann.get(IMPORTS).json()["drafts"]] == [draft["id"]]
    committed = ann.post(f"{IMPORTS}{draft['id']}/commit/").json()
    assert (committed["added"], committed["refused"], committed["accounts_made"]) == (
        3,
        0,
        ["Checking"],
    )
    listed = ann.get(IMPORTS).json()
    assert listed["drafts"] == []
    assert [(each["id"], each["added"]) for each in listed["data"]] == [(committed["id"], 3)]
    assert ann.post(f"{IMPORTS}{draft['id']}/commit/").status_code == 404
    assert ann.get(f"{IMPORTS}{committed['id']}/").json()["status"] == "done"
    assert ann.delete(f"{IMPORTS}{committed['id']}/").json() == {"deleted": 3}
    assert ann.delete(f"{IMPORTS}{committed['id']}/").status_code == 409
    assert Transaction.objects.of(user).count() == 0


def test_what_the_file_leaves_open_is_asked_and_answered(ann: Client, book: Book) -> None:
    text = "Datum;Text;Betrag\n03/04/2026;Tee;-1,50\n04/05/2026;Tee;-2,00\n"
    draft = send(ann, text).json()
    assert draft["preview"] is None
    assert (draft["needs"]["code"], draft["needs"]["choices"]) == (
        "ambiguous_dates",
        ["dmy", "mdy"],
    )
    draft = say(ann, draft["id"], date_order="dmy").json()
    assert (draft["needs"]["code"], draft["needs"]["choices"]) == ("account", ["Checking"])
    draft = say(ann, draft["id"], account_id=book.accounts["Checking"].pk).json()
    assert [row["date"] for row in draft["preview"]["rows"]] == ["2026-04-03", "2026-05-04"]
    assert draft["choices"]["date_order"] == "dmy"
    assert ann.post(f"{IMPORTS}{draft['id']}/commit/").json()["added"] == 2


def test_columns_are_mapped_by_hand(ann: Client, book: Book) -> None:
    draft = send(ann, "Tag,Was,Wieviel\n2026-10-01,Tee,-2.50\n").json()
    assert draft["needs"]["code"] == "mapping"
    assert draft["needs"]["choices"] == ["Tag", "Was", "Wieviel"]
    assert draft["needs"]["samples"] == ["2026-10-01", "Tee", "-2.50"]
    wrong = say(ann, draft["id"], mapping={"date": "Tag", "amount": 3})
    assert (wrong.status_code, wrong.json()["error"]["code"]) == (422, "mapping")
    right = {"date": "Tag", "amount": "Wieviel", "description": "Was"}
    draft = say(ann, draft["id"], mapping=right, new_account="Purse").json()
    assert draft["preview"]["rows"][0]["amount"] == "-2.50"


def test_each_account_of_a_file_is_asked_for_by_itself(ann: Client, book: Book) -> None:
    """A file that names several accounts, of which some may be ones that are there."""
    book.account("Purse")
    one, other = (bank(f"A1,20261003,-5.00,{name}") for name in ("TEA", "JAM"))
    text = one.replace("</OFX>", "") + other.replace("123456789", "987654321").partition("<OFX>")[2]
    draft = send(ann, text).json()
    assert (draft["needs"]["account"], draft["needs"]["choices"]) == (
        "123456789", ["Checking", "Purse"],
    )  # fmt: skip
    purse = {"123456789": {"account_id": book.accounts["Purse"].pk}}
    draft = say(ann, draft["id"], accounts=purse).json()
    assert (draft["needs"]["account"], draft["needs"]["choices"]) == ("987654321", ["Checking"])
    draft = say(ann, draft["id"], accounts={"987654321": {"new_account": "Box"}}).json()
    assert [(each["name"], each["id"] is None) for each in draft["preview"]["accounts"]] == [
        ("Purse", False), ("Box", True),
    ]  # fmt: skip
    ann.post(f"{IMPORTS}{draft['id']}/commit/")
    rows = Transaction.objects.filter(user=book.user).order_by("pk")
    assert [(row.account.name, row.description) for row in rows] == [
        ("Purse", "TEA"),
        ("Box", "JAM"),
    ]
    assert send(ann, text).json()["preview"]["counts"]["known"] == 2
    refused: list[Any] = [{"1": {"account_id": "x"}}, {"1": 3}, [], {"1": {}}, {"1": {"name": "x"}}]
    for wrong in refused:
        assert send(ann, text, accounts=wrong).json()["error"]["code"] == "choices", wrong


def test_rows_of_a_preview_are_paged_and_filtered(ann: Client) -> None:
    text = table(*[f"2026-10-01,Tea {n},{'x' if n % 10 == 0 else '-1.00'}" for n in range(100)])
    draft = send(ann, text).json()
    assert (len(draft["preview"]["rows"]), draft["preview"]["truncated"]) == (50, True)
    url = f"{IMPORTS}{draft['id']}/"
    page = ann.get(f"{url}?verdict=refused&limit=3&after_line=2").json()["preview"]
    assert [row["line"] for row in page["rows"]] == [12, 22, 32]
    assert page["counts"]["refused"] == 10
    assert ann.get(url, {"verdict": "nope"}).status_code == 400


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (b"", 422, "empty"),
        (b"PK\x03\x04zip", 422, "not_a_statement"),
        (HEADER.encode() + b"2026-10-01,a\0b,1,USD,x,\n", 422, "unreadable"),
        (b"<?xml version='1.0'?><!DOCTYPE a><a/>", 422, "unreadable"),
    ],
)
def test_files_that_are_refused_are_not_kept(
    ann: Client, content: bytes, status: int, code: str
) -> None:
    answer = send(ann, content)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    assert not ImportDraft.objects.exists()


def test_the_line_of_a_fault_is_told(ann: Client) -> None:
    error = send(ann, HEADER + '2026-10-01,"open,1,USD,x,\n').json()["error"]
    assert error["line"] == 2
    assert "not closed" in error["message"]


def test_a_file_is_its_users_only(ann: Client, bob: Client) -> None:
    draft = send(ann, COFFEES).json()["id"]
    assert bob.get(f"{IMPORTS}{draft}/").status_code == 404
    assert say(bob, draft, new_account="Mine").status_code == 404
    assert bob.post(f"{IMPORTS}{draft}/commit/").status_code == 404
    assert bob.delete(f"{IMPORTS}{draft}/").status_code == 404
    assert bob.get(IMPORTS).json() == {"data": [], "drafts": [], "has_more": False, "after": None}
    batch = ann.post(f"{IMPORTS}{draft}/commit/").json()["id"]
    assert bob.get(f"{IMPORTS}{batch}/").status_code == 404
    assert bob.delete(f"{IMPORTS}{batch}/").status_code == 404
    assert Client().get(IMPORTS).status_code == 401
    assert send(Client(), COFFEES).status_code == 401


def test_files_wait_for_a_day_and_not_too_many(
    ann: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drafts, "MOST_DRAFTS", 2)
    first = send(ann, COFFEES).json()["id"]
    assert send(ann, COFFEES).status_code == 201
    too_many = send(ann, COFFEES)
    assert (too_many.status_code, too_many.json()["error"]["code"]) == (409, "too_many")
    ImportDraft.objects.filter(pk=first).update(expires_at=timezone.now() - timedelta(seconds=1))
    assert ann.get(f"{IMPORTS}{first}/").status_code == 404
    assert ann.post(f"{IMPORTS}{first}/commit/").status_code == 404
    assert send(ann, COFFEES).status_code == 201
    assert not ImportDraft.objects.filter(pk=first).exists()


def test_a_file_that_is_too_large(ann: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafts, "MAX_DRAFT_BYTES", 100)
    answer = send(ann, COFFEES * 2)
    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "too_large")
    assert not ImportDraft.objects.exists()


def test_what_is_no_form_or_no_choice(ann: Client) -> None:
    assert ann.post(IMPORTS, {}, content_type="application/json").status_code == 415
    assert ann.post(IMPORTS, {"file": "text"}).status_code == 400
    assert send(ann, COFFEES, nonsense=1).json()["error"]["code"] == "choices"
    assert send(ann, COFFEES, account_id="1").json()["error"]["code"] == "choices"
    assert send(ann, COFFEES, account_id=12345).json()["error"]["code"] == "refused"
    data = {"file": SimpleUploadedFile("a.csv", b"x"), "choices": "[" * 5000}
    assert ann.post(IMPORTS, data).status_code == 400
    for path in ("0", "9" * 40, "\x00", "é", "deadbeef"):
        assert ann.get(f"{IMPORTS}{path}/").status_code == 404


def test_an_upload_needs_its_csrf_token(user: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)
    assert send(client, COFFEES).status_code == 403


def test_every_format_goes_through_the_same_door(ann: Client) -> None:
    for name, rows in (("checking.qfx", 5), ("quicken.qif", 4), ("statement.camt.xml", 7)):
        draft = send(ann, (FILES / name).read_bytes()).json()
        assert draft["preview"]["counts"]["new"] == rows, name
