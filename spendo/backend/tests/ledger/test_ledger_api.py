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
    with django_assert_num_queries(4):  # session, user, number of all, page
        api.get("/api/transactions/")
