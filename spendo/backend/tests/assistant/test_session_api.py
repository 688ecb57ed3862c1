"""POST /api/chatkit/session/: sessions of a hosted chat, where one is set up."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from django.test import Client
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from spendo.users.models import User
from tests.assistant.fake_openai import SECRET, served

PATH = "/api/chatkit/session/"


class Minting:
    def __init__(self) -> None:
        self.status = 200
        self.requests: list[tuple[str, dict[str, object]]] = []
        self.app = Starlette(routes=[Route("/{path:path}", self._mint, methods=["POST"])])

    async def _mint(self, request: Request) -> JSONResponse:
        self.requests.append((request.url.path, await request.json()))
        if self.status != 200:
            return JSONResponse({"error": {"message": SECRET}}, status_code=self.status)
        return JSONResponse(
            {
                "id": "cksess_1",
                "object": "chatkit.session",
                "client_secret": "ek_1",
                "expires_at": 1_800_000_000,
            }
        )


@pytest.fixture
def hosted(monkeypatch: pytest.MonkeyPatch) -> Iterator[Minting]:
    minting = Minting()
    with served(minting.app) as address:
        monkeypatch.setenv("OPENAI_API_KEY", SECRET)
        monkeypatch.setenv("CHATKIT_WORKFLOW_ID", "wf_1")
        monkeypatch.setenv("OPENAI_BASE_URL", f"{address}/v1")
        yield minting


def signed_in(user: User, *, csrf: bool = False) -> Client:
    client = Client(enforce_csrf_checks=csrf)
    client.force_login(user)
    return client


def test_a_session_is_minted_for_the_user_who_is_signed_in(ann: User, hosted: Minting) -> None:
    response = signed_in(ann).post(PATH)
    assert response.status_code == 200
    assert response.json() == {"client_secret": "ek_1", "expires_at": 1_800_000_000}
    [(path, body)] = hosted.requests
    assert path == "/v1/chatkit/sessions"
    assert body == {"user": str(ann.pk), "workflow": {"id": "wf_1"}}


@pytest.mark.parametrize("variable", ["OPENAI_API_KEY", "CHATKIT_WORKFLOW_ID"])
def test_without_key_and_workflow_it_is_a_token_for_our_own_chat(
    ann: User, hosted: Minting, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    monkeypatch.delenv(variable)
    session = signed_in(ann, csrf=True)
    session.cookies["csrftoken"] = "t" * 32
    response = session.post(PATH, headers={"X-CSRFToken": "t" * 32})
    assert (response.status_code, hosted.requests) == (200, [])
    authorization = f"Bearer {response.json()['client_secret']}"
    answer = Client(enforce_csrf_checks=True).post(
        "/api/chatkit/",
        {"type": "threads.list", "params": {}},
        content_type="application/json",
        headers={"Authorization": authorization, "Origin": "https://elsewhere.example"},
    )
    assert (answer.status_code, answer.json()["error"]["code"]) == (501, "asgi_required")
    others = Client().get("/api/me/", headers={"Authorization": authorization})
    assert others.status_code == 401


def test_signed_out_is_401(ann: User, hosted: Minting) -> None:
    response = Client().post(PATH)
    assert (response.status_code, response.json()["error"]["code"]) == (401, "not_signed_in")
    assert hosted.requests == []


@pytest.mark.parametrize("is_signed_in", [True, False])
def test_without_a_csrf_token_it_is_refused(ann: User, hosted: Minting, is_signed_in: bool) -> None:
    client = signed_in(ann, csrf=True) if is_signed_in else Client(enforce_csrf_checks=True)
    assert client.post(PATH).status_code == 403
    assert hosted.requests == []


@pytest.mark.parametrize("method", ["get", "put", "delete", "patch"])
def test_another_method_is_405_and_says_which_one(ann: User, method: str) -> None:
    response = getattr(signed_in(ann), method)(PATH)
    assert (response.status_code, response["Allow"]) == (405, "POST")
    assert response.json()["error"]["code"] == "method_not_allowed"


@pytest.mark.parametrize("status", [401, 429, 500])
def test_a_failure_of_the_provider_tells_nothing_of_it(
    ann: User, hosted: Minting, status: int
) -> None:
    hosted.status = status
    response = signed_in(ann).post(PATH)
    assert (response.status_code, response.json()["error"]["code"]) == (502, "provider_failed")
    assert SECRET not in json.dumps(response.json())
