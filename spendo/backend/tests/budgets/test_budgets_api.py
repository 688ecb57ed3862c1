"""Budgets and goals over HTTP."""

from typing import Any

import pytest
from django.test import Client

from spendo.budgets.models import Budget, Goal
from spendo.users.models import User
from tests.ledger.book import Book
from tests.users.api import Api


@pytest.fixture
def api(user: User) -> Api:
    return Api(Client(enforce_csrf_checks=True, raise_request_exception=False)).sign_in(user)


def test_a_budget_is_set_read_ended_and_undone(api: Api, book: Book) -> None:
    groceries = book.categories["Groceries"].pk
    book.add("-30.50", "Groceries")  # in May 2026
    made = api.post(
        "/api/budgets/",
        {"category_id": groceries, "month": "2026-05", "limit": "100", "rollover": True},
    )
    assert made.status == 201
    (line,) = made.body["budgets"]
    assert line == {
        "category_id": groceries, "category": "Groceries", "within": None, "limit": "100.00",
        "carried": "0.00", "available": "100.00", "spent": "30.50", "left": "69.50",
        "at_this_pace": "30.50", "over": False, "will_be_over": False, "rollover": True,
        "since": "2026-05", "count": 1,
    }  # fmt: skip
    june = api.get("/api/budgets/?month=2026-06").body
    assert (june["month"], june["budgets"][0]["carried"], june["days_left"]) == (
        "2026-06", "69.50", 0,
    )  # fmt: skip
    ended = api.post("/api/budgets/end/", {"category_id": groceries, "month": "2026-06"})
    assert (ended.status, ended.body["budgets"]) == (200, [])
    assert api.get("/api/budgets/").body["budgets"] == []
    assert api.post(f"/api/changes/{ended.body['change_id']}/undo/", {}).status == 200
    assert len(api.get("/api/budgets/?month=2026-06").body["budgets"]) == 1
    suggested = api.get("/api/budgets/suggestions/?months=12").body
    assert (suggested["months"], suggested["suggestions"]) == (6, [])


def test_a_goal_is_made_changed_and_dropped(api: Api, book: Book) -> None:
    made = api.post(
        "/api/goals/",
        {"name": "Roof", "target": "8000", "due_on": "2027-05-26",
         "account_id": book.accounts["Savings"].pk},
    )  # fmt: skip
    assert made.status == 201
    goal = made.body["goal"]
    assert (goal["saved"], goal["needed_per_month"], goal["percent"]) == (
        "5000.00", "500.00", "62.5",
    )  # fmt: skip
    changed = api.patch(f"/api/goals/{goal['id']}/", {"target": "6000", "due_on": None})
    assert changed.body["goal"]["missing"] == "1000.00"
    assert changed.body["goal"]["months_left"] is None
    assert [each["name"] for each in api.get("/api/goals/").body["goals"]] == ["Roof"]
    assert api.delete(f"/api/goals/{goal['id']}/").status == 200
    assert not Goal.objects.exists()


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"category_id": 1, "month": "2026-13", "limit": "1"},
        {"category_id": 1, "month": "2026-11", "limit": 1},
        {"category_id": 1, "month": "2026-11", "limit": "NaN"},
        {"category_id": "1", "month": "2026-11", "limit": "1"},
        {"category_id": 1, "month": "2026-11", "limit": "1", "user_id": 2},
    ],
)
def test_a_body_that_does_not_fit_is_refused_by_field(
    api: Api, book: Book, body: dict[str, Any]
) -> None:
    answer = api.post("/api/budgets/", body)
    assert (answer.status, answer.body["error"]["code"]) == (400, "invalid")
    assert not Budget.objects.exists()


def test_what_is_somebody_elses_is_not_there(api: Api, book: Book) -> None:
    other = Book(User.objects.create(username="bob"))
    category, account = other.category("Theirs").pk, other.account().pk
    goal = Goal.objects.create(
        user=other.user, name="Theirs", target_minor=1, currency="USD", created_on="2026-01-01"
    ).pk
    month = "2026-11"
    for method, path, body in (
        ("post", "/api/budgets/", {"category_id": category, "month": month, "limit": "1"}),
        ("post", "/api/budgets/end/", {"category_id": category, "month": month}),
        ("post", "/api/goals/", {"name": "Mine", "target": "1", "account_id": account}),
        ("patch", f"/api/goals/{goal}/", {"name": "Mine"}),
        ("delete", f"/api/goals/{goal}/", None),
    ):
        send = getattr(api, method)
        answer = send(path) if body is None else send(path, body)
        assert (answer.status, answer.body["error"]["code"]) == (404, "not_found"), path
    assert Goal.objects.get().name == "Theirs"


def test_a_rule_of_the_ledger_is_said_in_its_own_words(api: Api, book: Book) -> None:
    pay = book.categories["Pay"].pk
    answer = api.post("/api/budgets/", {"category_id": pay, "month": "2026-11", "limit": "1"})
    assert (answer.status, answer.body["error"]) == (
        400, {"code": "refused", "message": "A budget is for a category of expenses."},
    )  # fmt: skip


def test_who_is_not_signed_in_gets_nothing(db: None) -> None:
    api = Api(Client(enforce_csrf_checks=True, raise_request_exception=False))
    for path in ("/api/budgets/", "/api/budgets/suggestions/", "/api/goals/"):
        assert api.get(path).status == 401
