from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from spendo.users.models import User
from tests.ledger.book import Book, newest_id
from tests.users.api import Api


@pytest.fixture
def api(user: User) -> Api:
    return Api(Client(enforce_csrf_checks=True, raise_request_exception=False)).sign_in(user)


@pytest.fixture
def bob(book: Book) -> User:
    other = Book(User.objects.create(username="bob"))
    other.account("Bobs")
    other.add("-77.00", account="Bobs")
    return other.user


def test_accounts_come_with_their_totals(api: Api, book: Book) -> None:
    book.account("Savings", "savings", opening="200.00")
    book.account("Broker", "investment", opening="0.10")
    book.account("Euro", currency="EUR", opening="5.00")
    book.account("Old", hidden=True, opening="9.00")
    book.add("-0.30")
    book.add("-1.00", pending=True)
    answer = api.get(f"/api/customuser/{book.user.pk}/accounts/")
    assert answer.status == 200
    accounts = answer.body.pop("accounts")
    assert answer.body == {
        "currency": "USD",
        "total_balance": "199.80",
        "cash_balance": "-0.30",
        "savings_balance": "200.00",
        "investing_retirement": "0.10",
        "property": "0.00",
        "loans": "0.00",
        "partial": True,
        "left_out": [{"currency": "EUR", "balance": "5.00", "accounts": 1}],
    }
    assert [account["name"] for account in accounts] == ["Checking", "Savings", "Broker", "Euro"]
    checking = accounts[0]
    assert (checking.pop("id"), len(checking.pop("as_of"))) == (book.accounts["Checking"].pk, 10)
    assert checking == {
        "name": "Checking",
        "institution": "Bank",
        "kind": "checking",
        "group": "cash",
        "currency": "USD",
        "balance": "-0.30",
        "pending": "-1.00",
    }


def test_accounts_of_someone_else_are_not_there(api: Api, bob: User) -> None:
    theirs = api.get(f"/api/customuser/{bob.pk}/accounts/")
    nobodys = api.get("/api/customuser/999999/accounts/")
    assert (theirs.status, theirs.code) == (404, "not_found")
    assert theirs.body == nobodys.body


def test_staff_sees_anyones_accounts_in_that_users_currency(api: Api, bob: User) -> None:
    User.objects.filter(username="ann").update(is_staff=True, currency="JPY")
    answer = api.get(f"/api/customuser/{bob.pk}/accounts/")
    assert (answer.body["currency"], answer.body["total_balance"]) == ("USD", "-77.00")


@pytest.mark.parametrize("number", ["0", "-1", "x", "1.5", "9" * 30, "%00"])
def test_an_id_that_is_none_is_not_found(api: Api, number: str) -> None:
    answer = api.get(f"/api/customuser/{number}/accounts/")
    assert (answer.status, answer.code) == (404, "not_found")


@pytest.mark.parametrize("path", ["/api/transactions/", "/api/customuser/1/accounts/"])
def test_who_is_not_signed_in_sees_no_money(db: None, path: str) -> None:
    answer = Api(Client(enforce_csrf_checks=True)).get(path)
    assert (answer.status, answer.code) == (401, "not_signed_in")


def test_a_transaction_is_told_in_strings(api: Api, book: Book) -> None:
    made = book.add("-4.50", "Groceries", merchant="Greenleaf", pending=True)
    (row,) = api.get("/api/transactions/").body["data"]
    assert row == {
        "id": made.pk,
        "date": "2026-05-14",
        "description": "Greenleaf",
        "merchant": "Greenleaf",
        "category": "Groceries",
        "account": "Checking",
        "amount": "-4.50",
        "currency": "USD",
        "pending": True,
        "transfer": False,
    }


def test_own_transactions_are_paged_newest_first(api: Api, book: Book, bob: User) -> None:
    book.account("Savings", "savings")
    book.transfer("5.00", "Checking", "Savings")
    made = [book.add("-1.00").pk for _ in range(3)]
    first = api.get("/api/transactions/?limit=2").body
    assert [row["id"] for row in first["data"]] == made[:0:-1]
    assert (first["has_more"], first["after"]) == (True, made[1])
    rest = api.get(f"/api/transactions/?limit=20&after={first['after']}").body
    assert (rest["has_more"], rest["after"]) == (False, None)
    assert [row["transfer"] for row in rest["data"]] == [False, True, True]
    amounts = [Decimal(row["amount"]) for row in first["data"] + rest["data"]]
    assert sum(amounts) == Decimal("-3.00")


def test_a_cursor_of_someone_else_is_as_unknown_as_any(api: Api, bob: User) -> None:
    theirs = newest_id(bob)
    answers = [api.get(f"/api/transactions/?after={after}") for after in (theirs, 10**9)]
    assert [(answer.status, answer.code) for answer in answers] == [(400, "invalid")] * 2
    assert answers[0].body == answers[1].body


@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=-5",
        "limit=101",
        "limit=abc",
        "limit=",
        "after=x",
        "after=-1",
        "after=99999999999999999999",
        "limit=1%00",
    ],
)
def test_a_bad_page_is_refused(api: Api, query: str) -> None:
    answer = api.get(f"/api/transactions/?{query}")
    assert (answer.status, answer.code) == (400, "invalid")


def test_pages_take_the_same_number_of_queries_for_any_number_of_rows(
    api: Api, book: Book, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(15):
        book.add("-1.00", "Groceries")
    api.get("/api/transactions/")
    with django_assert_num_queries(5):  # session, user, what is stale, number of all, page
        api.get("/api/transactions/")


@pytest.fixture
def october(book: Book) -> Book:
    """Groceries 20.00 and 7.50, one of 3.00 pending, a refund of 2.50, pay of 100.00, 40.00 to
    savings, and 9.00 without a category; before October one of 1.00."""
    book.account("Savings", "savings")
    for amount, category, day in (
        ("-1.00", "Groceries", date(2026, 9, 30)),
        ("-20.00", "Groceries", date(2026, 10, 1)),
        ("-7.50", "Groceries", date(2026, 10, 31)),
        ("2.50", "Groceries", date(2026, 10, 12)),
        ("100.00", "Pay", date(2026, 10, 2)),
        ("-9.00", None, date(2026, 10, 3)),
    ):
        book.add(amount, category, on=day, merchant="Corner, Pantry")
    book.add("-3.00", "Groceries", on=date(2026, 10, 4), pending=True)
    book.transfer("40.00", "Checking", "Savings", on=date(2026, 10, 5))
    return book


OCTOBER = "from=2026-10-01&to=2026-11-01"


def amounts_of(api: Api, query: str) -> list[str]:
    answer = api.get(f"/api/transactions/?{query}")
    assert answer.status == 200
    assert answer.body["count"] == len(answer.body["data"])
    return [row["amount"] for row in answer.body["data"]]


def test_a_query_string_names_the_rows(api: Api, october: Book) -> None:
    groceries = october.categories["Groceries"].pk
    savings = october.accounts["Savings"].pk
    in_groceries = ["-7.50", "2.50", "-3.00", "-20.00"]
    assert amounts_of(api, f"{OCTOBER}&category={groceries}") == in_groceries
    assert amounts_of(api, f"{OCTOBER}&category={groceries}&pending=only") == ["-3.00"]
    assert amounts_of(api, f"{OCTOBER}&category=none&transfers=0") == ["-9.00"]
    assert amounts_of(api, f"account={savings}") == ["40.00"]
    assert amounts_of(api, f"{OCTOBER}&min=20&sort=largest&transfers=0") == ["100.00", "-20.00"]
    assert amounts_of(api, "merchant=corner%5C%2C+pantry&to=2026-10-01&text=PANTRY") == ["-1.00"]
    assert amounts_of(api, f"{OCTOBER}&direction=in&sort=oldest&transfers=0") == ["100.00", "2.50"]


def test_the_rows_that_a_total_counts_are_those_and_no_others(api: Api, october: Book) -> None:
    spent = f"{OCTOBER}&transfers=0&counted=spending"
    assert amounts_of(api, spent) == ["-7.50", "2.50", "-9.00", "-20.00"]
    assert amounts_of(api, f"{OCTOBER}&transfers=0&counted=income") == ["100.00"]


def test_all_rows_of_the_filter_are_added_up_on_every_page(api: Api, october: Book) -> None:
    totals = {
        "currency": "USD",
        "spending": "34.00",  # 20.00 + 7.50 + 9.00 - 2.50
        "income": "100.00",
        "net": "66.00",
        "count": 5,
        "pending": 1,
        "partial": False,
        "left_out": [],
    }
    first = api.get(f"/api/transactions/?{OCTOBER}&limit=2&totals=1").body
    second = api.get(f"/api/transactions/?{OCTOBER}&limit=2&totals=1&after={first['after']}").body
    assert first["totals"] == second["totals"] == totals
    assert (first["count"], second["count"]) == (8, 8)
    assert "totals" not in api.get(f"/api/transactions/?{OCTOBER}").body
    spent = api.get(f"/api/transactions/?{OCTOBER}&transfers=0&counted=spending&totals=1").body
    assert spent["totals"] == totals | {"income": "0.00", "net": "-34.00", "count": 4, "pending": 1}


def test_what_has_no_rate_is_said_beside_the_totals(api: Api, book: Book) -> None:
    book.account("Yen", currency="JPY")
    book.add("-1000", "Groceries", account="Yen")
    answer = api.get("/api/transactions/?totals=1&min=1").body
    left_out = [{"currency": "JPY", "amount": "-1000", "transactions": 1}]
    assert (answer["count"], answer["left_out"]) == (0, left_out)
    assert (answer["totals"]["partial"], answer["totals"]["left_out"]) == (True, left_out)


def test_rows_of_someone_else_are_named_by_no_query(api: Api, book: Book, bob: User) -> None:
    assert amounts_of(api, f"id={newest_id(bob)}") == []
    assert amounts_of(api, "text=something") == []


@pytest.mark.parametrize("query", ["from=yesterday", "category=x", "counted=all", "totals=2"])
def test_a_query_that_names_no_rows_says_which_part(api: Api, query: str) -> None:
    answer = api.get(f"/api/transactions/?{query}")
    assert (answer.status, list(answer.fields)) == (400, [query.partition("=")[0]])
