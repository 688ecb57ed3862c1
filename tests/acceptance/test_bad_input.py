"""Bad input over real HTTP: always a 4xx with a JSON error, and never a thread left behind."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import httpx2
import pytest

from spendo_process import Client, SpendoProcess

CHAT = "/api/chatkit/"


def message(text: str = "hello") -> dict[str, Any]:
    content = [{"type": "input_text", "text": text}]
    return {"content": content, "attachments": [], "inference_options": {}}


def request(type_: str, **params: Any) -> bytes:
    return json.dumps({"type": type_, "params": params}).encode()


NESTED = b"[" * 5000 + b"]" * 5000
BAD_BODIES: dict[str, tuple[bytes, set[int]]] = {
    "empty": (b"", {400}),
    "malformed": (b"{not json", {400}),
    "not an object": (b"[1, 2]", {400}),
    "no type": (b'{"params": {}}', {400}),
    "no params": (b'{"type": "threads.list"}', {400}),
    "unknown type": (request("threads.explode"), {400}),
    "type of a wrong type": (b'{"type": 7, "params": {}}', {400}),
    "params of a wrong type": (b'{"type": "threads.list", "params": []}', {400}),
    "nested 5,000 deep": (b'{"type": "threads.list", "params": ' + NESTED + b"}", {400}),
    "invalid UTF-8": (b'{"type": "threads.list", "params": {"after": "\xff\xfe"}}', {400}),
    "NUL in a message": (request("threads.create", input=message("a\0b")), {400}),
    "NUL in an id": (request("threads.get_by_id", thread_id="a\0b"), {400, 404}),
    "half a surrogate pair": (
        (
            b'{"type":"threads.create","params":{"input":{"content":[{"type":"input_text",'
            b'"text":"\\ud800"}],"attachments":[],"inference_options":{}}}}'
        ),
        {400},
    ),
    "3 MB": (request("threads.create", input=message("x" * 3_000_000)), {413}),
    "100 kB message": (request("threads.create", input=message("x" * 100_000)), {413}),
    "empty message": (request("threads.create", input=message("")), {400}),
    "blank message": (request("threads.create", input=message(" \n\t ")), {400}),
    "no content": (request("threads.create", input=message() | {"content": []}), {400}),
    "negative limit": (request("threads.list", limit=-5, order="desc"), {400}),
    "limit of a wrong type": (request("threads.list", limit="many", order="desc"), {400}),
    "huge limit": (request("threads.list", limit=10**9, order="desc"), {400}),
    "limit beyond 64 bits": (request("threads.list", limit=10**30, order="desc"), {400}),
    "unknown order": (request("threads.list", limit=5, order="sideways"), {400}),
    "unknown thread": (request("threads.get_by_id", thread_id="thr_none"), {404}),
    "items of an unknown thread": (request("items.list", thread_id="thr_none"), {404}),
    "message to an unknown thread": (
        request("threads.add_user_message", thread_id="thr_none", input=message()),
        {404},
    ),
    "retry in an unknown thread": (
        request("threads.retry_after_item", thread_id="thr_none", item_id="x"),
        {404},
    ),
    "deletion of an unknown thread": (request("threads.delete", thread_id="thr_none"), {404}),
    "unknown page": (request("threads.list", limit=5, order="desc", after="thr_none"), {400, 404}),
    "feedback in an unknown thread": (
        request("items.feedback", thread_id="thr_none", item_ids=["x"], kind="positive"),
        {404},
    ),
    "feedback on nothing": (
        request("items.feedback", thread_id="thr_none", item_ids=[], kind="positive"),
        {400},
    ),
    "a tool's result in an unknown thread": (
        request("threads.add_client_tool_output", thread_id="thr_none", result={}),
        {404},
    ),
    "answers in an unknown thread": (
        request("threads.add_structured_input", thread_id="thr_none", item_id="x", input={}),
        {404},
    ),
    "empty title": (request("threads.update", thread_id="thr_none", title=""), {400, 404}),
}


def assert_refused(response: httpx2.Response, statuses: set[int]) -> None:
    assert response.status_code in statuses, response.text
    assert response.headers["content-type"].startswith("application/json")
    error = response.json()["error"]
    assert error["code"]
    assert error["message"].endswith((".", "?"))
    lowered = response.text.lower()
    for leak in ("traceback", "pydantic", "sqlite", 'file "', "site-packages", "exception"):
        assert leak not in lowered, response.text


@pytest.fixture(scope="module")
def newcomer(spendo: SpendoProcess) -> Iterator[Client]:
    """Signed in, with no thread before or after any of these tests."""
    with Client(spendo.url) as client:
        yield client.sign_up("newcomer")


@pytest.mark.parametrize("what", BAD_BODIES)
def test_a_bad_chat_request_is_refused(what: str, newcomer: Client) -> None:
    body, statuses = BAD_BODIES[what]
    headers = {"X-CSRFToken": newcomer.token(), "Content-Type": "application/json"}
    assert_refused(newcomer.post(CHAT, content=body, headers=headers), statuses)
    assert newcomer.chat("threads.list", limit=20, order="desc").json()["data"] == []


def test_the_official_clients_limit_is_served_as_the_largest_page(newcomer: Client) -> None:
    response = newcomer.chat("threads.list", limit=9999, order="desc")
    assert response.status_code == 200
    assert len(response.json()["data"]) <= 100


Attack = Callable[[Client], httpx2.Response]
ATTACKS: dict[str, tuple[Attack, set[int]]] = {
    "no CSRF token": (
        lambda client: client.post(CHAT, json={"type": "threads.list", "params": {}}),
        {403},
    ),
    "a foreign CSRF token": (
        lambda client: client.post(
            CHAT,
            json={"type": "threads.list", "params": {}},
            headers={"X-CSRFToken": "a" * 64},
        ),
        {403},
    ),
    "a cross-site text/plain form": (
        lambda client: client.post(
            CHAT,
            content=request("threads.create", input=message()),
            headers={"Content-Type": "text/plain", "Origin": "http://evil.example"},
        ),
        {403, 415},
    ),
    "text/plain with a token": (
        lambda client: client.post(
            CHAT,
            content=request("threads.create", input=message()),
            headers={"Content-Type": "text/plain", "X-CSRFToken": client.token()},
        ),
        {415},
    ),
    "PUT": (lambda client: client.put(CHAT, headers={"X-CSRFToken": client.token()}), {405}),
    "DELETE": (lambda client: client.delete(CHAT, headers={"X-CSRFToken": client.token()}), {405}),
}


@pytest.mark.parametrize("what", ATTACKS)
def test_a_request_that_is_not_the_pages_own_is_refused(what: str, newcomer: Client) -> None:
    attack, statuses = ATTACKS[what]
    assert_refused(attack(newcomer), statuses)
    assert newcomer.chat("threads.list", limit=20, order="desc").json()["data"] == []


NOT_SERVED: dict[str, dict[str, Any]] = {
    "threads.custom_action": {"thread_id": "t", "action": {"type": "a"}},
    "threads.sync_custom_action": {"thread_id": "t", "action": {"type": "a"}},
    "input.transcribe": {"audio_base64": "YWJj", "mime_type": "audio/webm"},
}


@pytest.mark.parametrize("type_", NOT_SERVED)
def test_a_request_not_served_says_so(type_: str, newcomer: Client) -> None:
    assert_refused(newcomer.chat(type_, **NOT_SERVED[type_]), {501})


@pytest.mark.parametrize(
    ("file", "status"),
    [
        ({"name": "a.exe", "size": 1, "mime_type": "application/x-msdownload"}, 415),
        ({"name": "a.csv", "size": 10**12, "mime_type": "text/csv"}, 413),
        ({"name": "", "size": -1, "mime_type": "text/csv"}, 400),
    ],
)
def test_a_file_that_is_not_taken_is_refused(
    file: dict[str, Any], status: int, newcomer: Client
) -> None:
    assert_refused(newcomer.chat("attachments.create", **file), {status})


def test_a_file_that_is_not_there_cannot_be_deleted(newcomer: Client) -> None:
    assert_refused(newcomer.chat("attachments.delete", attachment_id="a"), {404})


def test_nobody_chats_without_signing_in(client: Client) -> None:
    assert_refused(client.chat("threads.list", limit=5, order="desc"), {401})


def test_health_needs_no_sign_in(client: Client) -> None:
    assert client.get(CHAT).json() == {"status": "ok"}


def test_an_unknown_address_of_the_api_is_a_json_404(client: Client) -> None:
    assert_refused(client.get("/api/nothing/here/"), {404})


def test_an_unknown_page_is_the_web_apps_404(client: Client) -> None:
    response = client.get("/no/such/page")
    assert response.status_code == 404
    assert '<div id="root">' in response.text
    assert "urlpatterns" not in response.text.lower()


def test_a_foreign_host_name_is_refused(spendo: SpendoProcess) -> None:
    response = httpx2.get(spendo.url + "/api/me/", headers={"Host": "evil.example"})
    assert_refused(response, {400})


def test_guessing_a_password_is_limited(client: Client) -> None:
    client.sign_up("careful")
    client.post_json("/api/logout/", {})
    statuses = [
        client.post_json(
            "/api/login/", {"username": "careful", "password": f"guess {n}"}
        ).status_code
        for n in range(6)
    ]
    assert statuses[0] == 401
    assert statuses[-1] == 429
    right = client.post_json(
        "/api/login/", {"username": "careful", "password": "correct horse battery"}
    )
    assert_refused(right, {429})
    assert int(right.headers["retry-after"]) > 0
