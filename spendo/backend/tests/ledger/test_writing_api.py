"""The ledger over HTTP: what changes it, what is refused, and how it is taken back."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from spendo.ledger.models import Change, Transaction
from spendo.users.models import User
from tests.ledger.book import Book, usd
from tests.ledger.snapshots import snapshot
from tests.users.api import Answer, Api


@pytest.fixture
def api(user: User) -> Api:
    return Api(Client(enforce_csrf_checks=True, raise_request_exception=False)).sign_in(user)


@pytest.fixture
def bob(book: Book) -> Book:
    other = Book(User.objects.create(username="bob"))
    other.account()
    other.category("Theirs")
    return other


def undo(api: Api, answer: Answer) -> Answer:
    return api.post(f"/api/changes/{answer.body['change_id']}/undo/", {})


def test_a_new_user_begins_with_an_account_and_a_transaction(api: Api, user: User) -> None:
    made = api.post(
        "/api/accounts/",
        {"name": "Everyday", "kind": "checking", "institution": "Bank", "currency": "EUR",
         "opening": "100.10", "opened_on": "2026-01-01"},
    )  # fmt: skip
    assert made.status == 201
    account = made.body["account"]
    assert account.pop("id")
    assert account == {
        "name": "Everyday", "institution": "Bank", "kind": "checking", "currency": "EUR",
        "opening": "100.10", "opened_on": "2026-01-01", "credit_limit": None,
        "interest_rate": None, "minimum_payment": None, "external_id": "", "hidden": False,
    }  # fmt: skip
    number = api.get(f"/api/customuser/{user.pk}/accounts/").body["accounts"][0]["id"]
    food = api.post("/api/categories/", {"name": "Food", "kind": "expense"}).body["category"]
    row = api.post(
        "/api/transactions/",
        {"account_id": number, "date": "2026-01-02", "amount": "-12.30", "description": "Lunch",
         "category_id": food["id"], "tags": ["Work"]},
    )  # fmt: skip
    assert row.status == 201
    told = row.body["transaction"]
    assert (told["amount"], told["currency"], told["category"], told["tags"]) == (
        "-12.30", "EUR", "Food", ["Work"],
    )  # fmt: skip
    assert told["counts_as"] == "counted"
    for answer in (row, made):
        assert undo(api, answer).status == 200
    assert not Transaction.objects.exists()


def test_an_account_is_read_edited_and_deleted(api: Api, book: Book) -> None:
    path = f"/api/accounts/{book.accounts['Checking'].pk}/"
    answer = api.patch(path, {"credit_limit": "2000", "interest_rate": "19.99", "name": "Card"})
    account = answer.body["account"]
    assert (account["credit_limit"], account["interest_rate"], account["name"]) == (
        "2000.00", "19.9900", "Card",
    )  # fmt: skip
    assert api.get(path).body["account"] == account
    cleared = api.patch(path, {"credit_limit": None})
    assert cleared.body["account"]["credit_limit"] is None
    nothing = api.patch(path, {})
    assert (nothing.status, nothing.body["change_id"]) == (200, None)
    deleted = api.delete(path)
    assert api.get(path).status == 404
    assert undo(api, deleted).status == 200
    assert api.get(path).body["account"]["name"] == "Card"


def test_a_row_is_split_refunded_paired_and_all_of_it_undone(api: Api, book: Book) -> None:
    book.account("Loan", "loan")
    row = book.add("-100.00", merchant="Home Bank")
    loan, refund = book.add("80.00", account="Loan"), book.add("5.00")
    before = snapshot()
    path = f"/api/transactions/{row.pk}/"
    loaned = api.post(
        f"{path}split-loan/",
        {"principal": "80.00", "loan_row_id": loan.pk,
         "rest": [{"amount": "-20.00", "category_id": book.categories["Groceries"].pk}]},
    )  # fmt: skip
    principal, interest = loaned.body["transaction"]["parts"]
    assert (principal["amount"], interest["amount"]) == ("-80.00", "-20.00")
    assert loaned.body["transaction"]["counts_as"] == "split"
    side = api.get(f"/api/transactions/{principal['id']}/").body["transaction"]
    assert (side["transfer_with"]["id"], side["parent_id"]) == (loan.pk, row.pk)
    linked = api.post(f"/api/transactions/{refund.pk}/refund/", {"of_id": interest["id"]})
    assert linked.body["transaction"]["refund_of"]["id"] == interest["id"]
    assert linked.body["transaction"]["category"] == "Groceries"
    refused = api.post(f"{path}join/", {})
    assert (refused.status, refused.code) == (400, "refused")
    assert "Unpair" in refused.body["error"]["message"]
    early = undo(api, loaned)
    assert (early.status, early.code) == (409, "conflict")
    unlinked = api.delete(f"/api/transactions/{refund.pk}/refund/")
    assert unlinked.body["transaction"]["refund_of"] is None
    for answer in (unlinked, linked, loaned):
        assert undo(api, answer).status == 200
    assert snapshot() == before


def test_a_split_is_exact_or_not_at_all(api: Api, book: Book) -> None:
    row = book.add("-50.00")
    path = f"/api/transactions/{row.pk}/split/"
    wrong = api.post(path, {"parts": [{"amount": "-30.00"}, {"amount": "-20.01"}]})
    assert (wrong.status, wrong.code) == (400, "refused")
    assert wrong.body["error"]["message"] == (
        "The parts do not add up to the row: 0.01 USD is left."
    )
    finer = api.post(path, {"parts": [{"amount": "-30.005"}, {"amount": "-19.995"}]})
    assert (finer.status, finer.code) == (400, "refused")
    assert Transaction.objects.count() == 1
    right = api.post(path, {"parts": [{"amount": "-30.00"}, {"amount": "-20.00"}]})
    assert len(right.body["transaction"]["parts"]) == 2
    assert api.post(f"/api/transactions/{row.pk}/join/", {}).body["transaction"]["parts"] == []


def test_many_rows_are_changed_at_once(api: Api, book: Book) -> None:
    ids = [book.add("-1.00").pk for _ in range(3)]
    groceries = book.categories["Groceries"].pk
    done = api.post("/api/transactions/categorise/", {"ids": ids, "category_id": groceries})
    assert done.body["count"] == 3
    assert api.post("/api/transactions/tag/", {"ids": ids, "tag": "Trip"}).body["count"] == 3
    assert api.post("/api/transactions/untag/", {"ids": ids[:1], "tag": "trip"}).body["count"] == 1
    assert api.post("/api/transactions/hide/", {"ids": ids, "hidden": True}).body["count"] == 3
    assert api.post("/api/transactions/delete/", {"ids": ids[:2]}).body["count"] == 2
    assert api.delete(f"/api/transactions/{ids[2]}/").body["count"] == 1
    tags = api.get("/api/tags/").body["tags"]
    assert [(tag["name"], tag["transactions"]) for tag in tags] == [("Trip", 0)]


def test_the_tree_tags_and_rules_over_http(api: Api, book: Book) -> None:
    row = book.add("-1.00", merchant="Netflix")
    fun = api.post("/api/categories/", {"name": "Fun", "kind": "expense"}).body["category"]["id"]
    tv = api.post("/api/categories/", {"name": "TV", "kind": "expense", "parent_id": fun})
    cycle = api.patch(f"/api/categories/{fun}/", {"parent_id": tv.body["category"]["id"]})
    assert (cycle.status, cycle.body["error"]["message"]) == (
        400,
        "A category cannot be under itself.",
    )
    rule = api.post(
        "/api/rules/",
        {"field": "merchant", "match": "equals", "text": "netflix",
         "category_id": tv.body["category"]["id"]},
    )  # fmt: skip
    assert rule.body["rule"]["position"] == 1
    preview = api.post("/api/rules/preview/", {})
    assert (preview.body["count"], preview.body["truncated"]) == (1, False)
    assert preview.body["effects"][0]["transaction_id"] == row.pk
    assert api.post("/api/rules/apply/", {"ids": [row.pk]}).body["count"] == 1
    listed = api.get("/api/categories/").body["categories"]
    assert {node["name"]: node["transactions"] for node in listed}["TV"] == 1
    number = rule.body["rule"]["id"]
    off = api.patch(f"/api/rules/{number}/", {"active": False})
    assert off.body["rule"]["active"] is False
    assert api.delete(f"/api/rules/{number}/").status == 200
    assert api.get("/api/rules/").body["rules"] == []
    tag = api.post("/api/tags/", {"name": "Trip"}).body["tag"]["id"]
    assert api.patch(f"/api/tags/{tag}/", {"name": "Japan"}).body["tag"]["name"] == "Japan"
    assert api.delete(f"/api/tags/{tag}/").status == 200
    gone = api.delete(f"/api/categories/{tv.body['category']['id']}/")
    assert undo(api, gone).status == 200


def test_transfers_are_suggested_paired_and_unpaired(api: Api, book: Book) -> None:
    book.account("Savings", "savings")
    out = book.add("-5.00", merchant="Transfer to Savings")
    into = book.add("5.00", account="Savings", merchant="Transfer from Checking")
    found = api.get("/api/transfers/suggestions/").body
    assert (found["count"], found["suggestions"][0]["certain"]) == (1, True)
    assert "It names the account Savings." in found["suggestions"][0]["reasons"]
    assert api.get("/api/transfers/suggestions/?since=2027-01-01").body["count"] == 0
    matched = api.post("/api/transfers/match/", {})
    assert matched.body["count"] == 1
    again = api.post("/api/transfers/", {"pairs": [{"outflow_id": out.pk, "inflow_id": into.pk}]})
    assert again.body["count"] == 0
    side = api.post(f"/api/transactions/{into.pk}/unpair/", {}).body["transaction"]
    assert side["transfer_with"] is None


def test_rates_valuations_and_series(api: Api, book: Book) -> None:
    rate = api.post(
        "/api/rates/", {"base": "EUR", "quote": "USD", "date": "2026-01-02", "rate": "1.1"}
    )
    assert Decimal(rate.body["rate"]["rate"]) == Decimal("1.1")
    assert len(api.get("/api/rates/?base=EUR&limit=5").body["rates"]) == 1
    assert api.get("/api/rates/?base=JPY").body["rates"] == []
    assert api.delete(f"/api/rates/{rate.body['rate']['id']}/").status == 200
    account = book.accounts["Checking"].pk
    value = api.post(
        "/api/valuations/", {"account_id": account, "date": "2026-01-02", "value": "9.50"}
    )
    (told,) = api.get(f"/api/valuations/?account_id={account}").body["valuations"]
    assert (told["value"], told["currency"], told["id"]) == ("9.50", "USD", value.body["id"])
    assert api.delete(f"/api/valuations/{told['id']}/").status == 200
    said = api.post(
        "/api/series/",
        {"account_id": account, "merchant": "Netflix", "kind": "subscription",
         "cadence": "monthly", "amount": "-15.49", "first_on": "2026-01-02",
         "decision": "confirmed"},
    ).body["series"]  # fmt: skip
    assert (said["status"], said["amount"]) == ("confirmed", "-15.49")
    ended = api.post(f"/api/series/{said['id']}/end/", {"ended_on": "2026-03-02"})
    assert ended.body["series"]["status"] == "ended"
    assert len(api.get("/api/series/").body["series"]) == 1
    assert api.delete(f"/api/series/{said['id']}/").status == 200


def test_changes_are_listed_and_taken_back_and_done_again(api: Api, book: Book) -> None:
    row = book.add("-1.00")
    for note in ("a", "b"):
        api.patch(f"/api/transactions/{row.pk}/", {"note": note})
    page = api.get("/api/changes/?limit=1").body
    assert (page["has_more"], page["data"][0]["summary"]) == (True, "Changed Something")
    newest = page["data"][0]["id"]
    taken = api.post(f"/api/changes/{newest}/undo/", {})
    assert (taken.status, taken.body["undone_id"]) == (200, newest)
    twice = api.post(f"/api/changes/{newest}/undo/", {})
    assert (twice.status, twice.code) == (409, "conflict")
    assert undo(api, taken).status == 200
    row.refresh_from_db()
    assert row.note == "b"
    assert api.get(f"/api/changes/?after={newest}").body["has_more"] is False


FOREIGN: list[tuple[str, str, Any]] = [
    ("get", "/api/accounts/{account}/", None),
    ("patch", "/api/accounts/{account}/", {"name": "x"}),
    ("delete", "/api/accounts/{account}/", None),
    ("get", "/api/transactions/{row}/", None),
    ("patch", "/api/transactions/{row}/", {"note": "x"}),
    ("patch", "/api/transactions/{row}/", {"amount": "-2.00"}),
    ("delete", "/api/transactions/{row}/", None),
    ("post", "/api/transactions/{row}/split/",
     {"parts": [{"amount": "-0.50"}, {"amount": "-0.50"}]}),
    ("post", "/api/transactions/{row}/split-loan/",
     {"principal": "0.50", "rest": [{"amount": "-0.50"}]}),
    ("post", "/api/transactions/{row}/join/", {}),
    ("post", "/api/transactions/{row}/refund/", {"of_id": 1}),
    ("delete", "/api/transactions/{row}/refund/", None),
    ("post", "/api/transactions/{row}/unpair/", {}),
    ("post", "/api/transactions/categorise/", {"ids": ["row"], "category_id": None}),
    ("post", "/api/transactions/hide/", {"ids": ["row"], "hidden": True}),
    ("post", "/api/transactions/delete/", {"ids": ["row"]}),
    ("post", "/api/transactions/tag/", {"ids": ["row"], "tag": "x"}),
    ("post", "/api/transactions/untag/", {"ids": ["row"], "tag": "x"}),
    ("patch", "/api/categories/{category}/", {"name": "x"}),
    ("delete", "/api/categories/{category}/", None),
    ("get", "/api/valuations/?account_id={account}", None),
    ("post", "/api/changes/{change}/undo/", {}),
]  # fmt: skip


@pytest.mark.parametrize(("method", "path", "body"), FOREIGN)
@pytest.mark.parametrize("whose", ["theirs", "nobodys"])
def test_what_is_someone_elses_is_not_there(
    api: Api, bob: Book, method: str, path: str, body: Any, whose: str
) -> None:
    row = bob.add("-1.00")
    change = Change.objects.create(user=bob.user, kind="x", summary="x", source="web")
    ids = {
        "account": bob.accounts["Checking"].pk,
        "row": row.pk,
        "category": bob.categories["Theirs"].pk,
        "change": change.pk,
    }
    if whose == "nobodys":
        ids = dict.fromkeys(ids, 9 * 10**17)
    if body and "ids" in body:
        body = body | {"ids": [ids["row"]]}
    before = snapshot()
    answer = getattr(api, method)(path.format(**ids), *([] if body is None else [body]))
    assert (answer.status, answer.code) == (404, "not_found")
    assert snapshot() == before


BAD: list[tuple[str, str, Any]] = [
    ("post", "/api/accounts/", {}),
    ("post", "/api/accounts/", []),
    ("patch", "/api/accounts/{account}/", {"currency": "EUR"}),
    ("patch", "/api/accounts/{account}/", {"opening": 12.5}),
    ("patch", "/api/accounts/{account}/", {"opening": "1e309"}),
    ("patch", "/api/accounts/{account}/", {"opening": "NaN"}),
    ("patch", "/api/accounts/{account}/", {"opening": "1,50"}),
    ("patch", "/api/accounts/{account}/", {"opening": "1.005"}),
    ("patch", "/api/accounts/{account}/", {"hidden": "yes"}),
    ("patch", "/api/accounts/{account}/", {"name": "a\x00b"}),
    ("patch", "/api/accounts/{account}/", {"name": "x" * 121}),
    ("patch", "/api/transactions/{row}/", {"date": "2026-02-30"}),
    ("patch", "/api/transactions/{row}/", {"date": "1899-12-31"}),
    ("patch", "/api/transactions/{row}/", {"user_id": 1}),
    ("patch", "/api/transactions/{row}/", {"category_id": "1"}),
    ("patch", "/api/transactions/{row}/", {"category_id": True}),
    ("post", "/api/transactions/{row}/split/", {"parts": "x"}),
    ("post", "/api/transactions/{row}/split/", {"parts": [{"amount": "-1.00"}]}),
    ("post", "/api/transactions/{row}/split/", {"parts": [{"amount": "-1.00"}, {"sum": "0"}]}),
    ("post", "/api/transactions/categorise/", {"ids": [], "category_id": None}),
    ("post", "/api/transactions/categorise/", {"ids": [0], "category_id": None}),
    ("post", "/api/transactions/categorise/", {"ids": [10**30], "category_id": None}),
    ("post", "/api/transactions/categorise/", {"ids": [1.5], "category_id": None}),
    ("post", "/api/transactions/hide/", {"ids": [1]}),
    ("post", "/api/transfers/", {"pairs": [[1, 2]]}),
    ("get", "/api/transfers/suggestions/?since=soon", None),
    ("post", "/api/rates/", {"base": "EUR", "quote": "XXX", "date": "2026-01-01", "rate": "1"}),
    ("post", "/api/rates/", {"base": "EUR", "quote": "USD", "date": "2026-01-01", "rate": "0"}),
    ("get", "/api/rates/?limit=0", None),
    ("get", "/api/valuations/?account_id=x", None),
    ("get", "/api/changes/?limit=1000", None),
    ("post", "/api/rules/", {"field": "merchant", "match": "regex", "text": "x",
                             "category_id": 1}),
    ("post", "/api/categories/", {"name": "x", "kind": "fun"}),
]  # fmt: skip


@pytest.mark.parametrize(("method", "path", "body"), BAD)
def test_what_cannot_be_read_is_refused_and_changes_nothing(
    api: Api, book: Book, method: str, path: str, body: Any
) -> None:
    row = book.add("-1.00")
    before = snapshot()
    path = path.format(row=row.pk, account=book.accounts["Checking"].pk)
    answer = getattr(api, method)(path, *([] if body is None else [body]))
    assert answer.status == 400
    assert answer.code in ("invalid", "refused")
    assert answer.body["error"]["message"]
    assert snapshot() == before


@pytest.mark.parametrize(
    "path", ["/api/changes/", "/api/categories/", "/api/transactions/1/", "/api/accounts/1/"]
)
def test_who_is_not_signed_in_changes_nothing(db: None, path: str) -> None:
    answer = Api(Client(enforce_csrf_checks=True)).get(path)
    assert (answer.status, answer.code) == (401, "not_signed_in")


def test_a_change_needs_the_pages_token(api: Api, book: Book) -> None:
    row = book.add("-1.00")
    answer = api.post_raw(f"/api/transactions/{row.pk}/join/", "{}", token=None)
    assert (answer.status, answer.code) == (403, "csrf_failed")


def test_the_refunds_of_a_purchase_are_told_with_it(api: Api, book: Book) -> None:
    purchase, refund = book.add("-9.00"), book.add("4.00")
    api.post(f"/api/transactions/{refund.pk}/refund/", {"of_id": purchase.pk})
    told = api.get(f"/api/transactions/{purchase.pk}/").body["transaction"]
    assert [one["amount"] for one in told["refunds"]] == [str(usd("4.00"))]
