"""The OpenAPI document: valid, complete, and true of what is answered."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from drf_spectacular.validation import validate_schema
from jsonschema import Draft202012Validator

from config.described import OPERATIONS, api_routes, document
from spendo.assistant.tools.registry import TOOLS
from spendo.users.models import User
from tests.ledger.book import Book
from tests.users.api import Api

METHODS = {"get", "post", "put", "patch", "delete"}


@pytest.fixture(scope="module")
def described() -> dict[str, Any]:
    return document()


@pytest.fixture
def api(db: None) -> Api:
    user = User.objects.create(username="ann")
    return Api(Client(enforce_csrf_checks=True)).sign_in(user)


def operations(described: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, found in described["paths"].items():
        for method, operation in found.items():
            yield method, path, operation


def test_the_document_is_valid(described: dict[str, Any]) -> None:
    validate: Any = validate_schema  # untyped
    validate(described)
    names = [operation["operationId"] for _, _, operation in operations(described)]
    assert len(names) == len(set(names))
    assert all(method in METHODS for method, _, _ in operations(described))


def test_every_route_is_in_it_and_nothing_else(described: dict[str, Any]) -> None:
    tools = {f"/api/tools/{tool.name}/" for tool in TOOLS}
    assert set(described["paths"]) == (set(api_routes()) - {"/api/tools/{name}/"}) | tools


def test_every_operation_says_what_it_does(described: dict[str, Any]) -> None:
    silent = [
        f"{method} {path}"
        for method, path, operation in operations(described)
        if not operation.get("summary")
    ]
    assert silent == [], "say it in the `operations` of the app's api"


def test_what_is_described_is_there(described: dict[str, Any]) -> None:
    there = {
        (method.upper(), path.removeprefix("/api/")) for method, path, _ in operations(described)
    }
    assert set(OPERATIONS) - there == {("POST", "tools/{name}/")}  # one path for each tool


def test_every_reference_leads_somewhere(described: dict[str, Any]) -> None:
    known = {f"#/components/schemas/{name}" for name in described["components"]["schemas"]}
    text = json.dumps(described)
    used = {part.split('"')[0] for part in text.split('"$ref": "')[1:]}
    assert used <= known
    assert "#/components/schemas/ToolSumEnvelope" in used


def test_it_is_served_to_whoever_is_signed_in(api: Api, described: dict[str, Any]) -> None:
    assert Api(Client()).get("/api/openapi.json").status == 401
    assert api.get("/api/openapi.json").body == json.loads(json.dumps(described))


def fits(described: dict[str, Any], answer: Any, path: str, method: str = "get") -> bool:
    answers = described["paths"][path][method]["responses"]
    schema = next(iter(answers.values()))["content"]["application/json"]["schema"]
    whole = {**schema, "components": described["components"]}
    return not list(Draft202012Validator(whole).iter_errors(answer))


def test_answers_fit_their_description(api: Api, described: dict[str, Any]) -> None:
    book = Book(User.objects.get(username="ann"))
    book.account()
    book.category("Groceries")
    made = book.add("-4.50", "Groceries", merchant="Greenleaf")
    for path in (
        "/api/transactions/",
        "/api/tools/",
        "/api/categories/",
        "/api/changes/",
        "/api/me/",
    ):
        query = "?totals=1" if path == "/api/transactions/" else ""
        answer = api.get(path + query)
        assert answer.status == 200
        assert fits(described, answer.body, path), path
    row = api.get(f"/api/transactions/{made.pk}/").body
    assert fits(described, row, "/api/transactions/{transaction_id}/")
    assert not fits(described, {"data": []}, "/api/transactions/")


@pytest.mark.parametrize(
    ("tool", "arguments"),
    [
        ("sum_transactions", {"measure": "spending", "group_by": "category"}),
        ("list_accounts", {}),
        ("net_worth", {"period": "this year"}),
        ("calc", {"expression": "1 / 3"}),
    ],
)
def test_an_envelope_fits_its_schema(
    described: dict[str, Any], tool: str, arguments: dict[str, Any], db: None
) -> None:
    from spendo.assistant.tools.api import call_tool_now

    book = Book(User.objects.create(username="bea"))
    book.account(opening="10")
    book.add("-4.50", merchant="Greenleaf")
    envelope = call_tool_now(book.user, tool, **arguments)
    answer = envelope.model_dump(mode="json", by_alias=True)
    assert fits(described, answer, f"/api/tools/{tool}/", "post")
    assert not fits(described, answer | {"tool": "another"}, f"/api/tools/{tool}/", "post")
