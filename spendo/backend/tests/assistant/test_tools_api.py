"""The tools called by name, from Python and over HTTP."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from spendo.assistant.tools import api
from spendo.assistant.tools.envelope import SumEnvelope
from spendo.assistant.tools.registry import TOOLS
from spendo.users.models import User
from tests.ledger.book import Book
from tests.users.api import Api


async def test_a_tool_is_called_by_its_name(ann: User, ledger: Book) -> None:
    envelope = await api.call_tool(
        ann, "sum_transactions", measure="spending", period="last month", categories=["Groceries"]
    )
    assert isinstance(envelope, SumEnvelope)
    assert (envelope.total.amount, envelope.total.currency, envelope.count) == ("100.00", "USD", 2)


def test_a_caller_without_an_event_loop_sees_its_own_transaction(
    db: None, fixed_day: object
) -> None:
    book = Book(User.objects.create(username="cleo"))
    book.account()
    book.add("-3.20")
    envelope = api.call_tool_now(book.user, "count_transactions")
    assert envelope.tool == "count_transactions"
    assert envelope.count == 1


async def test_what_cannot_be_called_says_why(ann: User) -> None:
    with pytest.raises(api.UnknownTool):
        await api.call_tool(ann, "rob_bank")
    with pytest.raises(api.InvalidArguments) as wrong:
        await api.call_tool(ann, "sum_transactions", measure="joy", user_id=1, period=7)
    assert wrong.value.fields == {
        "user_id": ["There is no such argument."],
        "measure": ["Input should be 'spending', 'income' or 'net'."],
        "period": ["Input should be a valid string."],
    }
    with pytest.raises(api.ToolRefused) as refused:
        await api.call_tool(ann, "sum_transactions", measure="net", period="the age of reason")
    assert refused.value.problem.code == "unknown_period"


def test_all_tools_are_listed_with_their_arguments_and_their_envelope() -> None:
    listed = {each.name: each for each in api.list_tools()}
    assert list(listed) == [tool.name for tool in TOOLS]
    found = listed["sum_transactions"]
    assert (found.access, found.envelope) == ("read", "SumEnvelope")
    assert found.arguments["required"] == ["measure"]
    assert found.arguments["additionalProperties"] is False
    for tool in TOOLS:
        assert set(listed[tool.name].arguments["properties"]) == set(
            tool.params_json_schema["properties"]
        )


@pytest.fixture
def web(ann: User) -> Api:
    return Api(Client(enforce_csrf_checks=True, raise_request_exception=False)).sign_in(ann)


def test_the_list_over_http_has_schemas(web: Api) -> None:
    answer = web.get("/api/tools/")
    assert answer.status == 200
    assert [tool["name"] for tool in answer.body["data"]] == [tool.name for tool in TOOLS]
    calc = next(tool for tool in answer.body["data"] if tool["name"] == "calc")
    assert calc["access"] == "read"
    assert calc["arguments"]["required"] == ["expression"]
    assert calc["returns"]["properties"]["result"]["type"] == "string"


def test_a_call_over_http_gives_the_envelope(web: Api, ledger: Book) -> None:
    answer = web.post(
        "/api/tools/sum_transactions/",
        {"measure": "spending", "period": "last month", "categories": ["Groceries"]},
    )
    assert answer.status == 200
    assert answer.body["tool"] == "sum_transactions"
    assert answer.body["total"] == {"amount": "100.00", "currency": "USD"}
    assert answer.body["period"]["from"] == "2026-10-01"


def test_a_user_sees_only_their_own(web: Api, ledger: Book, bob: User) -> None:
    theirs = Api(Client(enforce_csrf_checks=True)).sign_in(bob)
    assert theirs.post("/api/tools/count_transactions/", {}).body["count"] == 0
    assert web.post("/api/tools/count_transactions/", {}).body["count"] == 13
    answer = theirs.post("/api/tools/count_transactions/", {"user": web.client.session.session_key})
    assert (answer.status, answer.fields) == (400, {"user": ["There is no such argument."]})


@pytest.mark.parametrize(
    ("path", "body", "status", "code"),
    [
        ("rob_bank", {}, 404, "not_found"),
        ("calc", [], 400, "invalid"),
        ("calc", "1 + 1", 400, "invalid"),
        ("calc", {}, 400, "invalid"),
        ("calc", {"expression": 7}, 400, "invalid"),
        ("calc", {"expression": "1/0"}, 400, "invalid_expression"),
        ("sum_transactions", {"measure": "net", "categories": ["Yachts"]}, 400, "unknown_category"),
        ("search_transactions", {"limit": 51}, 400, "invalid"),
        ("search_transactions", {"limit": True}, 400, "invalid"),
    ],
)
def test_a_refusal_over_http_has_the_shape_of_all_others(
    web: Api, path: str, body: Any, status: int, code: str
) -> None:
    answer = web.post(f"/api/tools/{path}/", body)
    assert (answer.status, answer.code) == (status, code)
    assert answer.body["error"]["message"].endswith(".")


def test_a_refusal_over_http_names_what_would_do(web: Api, ledger: Book) -> None:
    answer = web.post(
        "/api/tools/sum_transactions/", {"measure": "spending", "merchants": ["noodle"]}
    )
    assert answer.code == "ambiguous_merchant"
    assert set(answer.body["error"]["choices"]) == {"Noodle Harbor", "Noodle House"}


def test_who_is_not_signed_in_or_comes_from_elsewhere_calls_nothing(web: Api, db: None) -> None:
    nobody = Api(Client(enforce_csrf_checks=True))
    for answer in (nobody.get("/api/tools/"), nobody.post("/api/tools/calc/", {})):
        assert (answer.status, answer.code) == (401, "not_signed_in")
    forged = web.post("/api/tools/calc/", {"expression": "1"}, token=None)
    assert (forged.status, forged.code) == (403, "csrf_failed")
    assert web.get("/api/tools/calc/").status == 405


def test_too_many_and_too_large_calls_are_refused(
    web: Api, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    long = web.post("/api/tools/calc/", {"expression": "1" * 70_000})
    assert (long.status, long.code) == (413, "too_large")
    settings.CHATKIT_LIMITS = {"requests": {"user": "2/day"}}
    answers = [web.post("/api/tools/calc/", {"expression": "1"}) for _ in range(3)]
    assert [answer.status for answer in answers] == [200, 200, 429]
    assert answers[2].code == "too_many_requests"
    assert int(answers[2].headers["Retry-After"]) > 0
