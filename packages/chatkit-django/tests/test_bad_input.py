"""Whatever is sent, the answer is a 4xx in JSON, and nothing is left behind."""

import json

import pytest
from django.test import AsyncClient, RequestFactory

from chatkit_django.models import Thread, ThreadItem
from chatkit_django.testing import message
from tests.conftest import PATH


def create(**changes):
    return {"type": "threads.create", "params": {"input": {**message("hi"), **changes}}}


def on_thread(kind, **params):
    return {"type": kind, "params": {"thread_id": "thr_unknown", **params}}


MALFORMED = {
    "nothing": (b"", "empty_body"),
    "only blanks": (b" \n ", "empty_body"),
    "not JSON": (b"{not json", "invalid_json"),
    "two values": (b"{}{}", "invalid_json"),
    "not UTF-8": (b'{"type": "threads.list\xff", "params": {}}', "invalid_json"),
    "half a surrogate": (b'{"type": "\\ud800", "params": {}}', "invalid_json"),
    "a NaN": (b'{"type": "threads.list", "params": {"limit": NaN}}', "invalid_json"),
    "nested 5000 deep": (
        b'{"type": "threads.list", "params": ' + b'{"a":' * 5000 + b"1" + b"}" * 5000 + b"}",
        "invalid_json",
    ),
    "lists nested without end": (b"[" * 100_000, "invalid_json"),
    "a list": (b"[]", "invalid_request"),
    "a number": (b"1", "invalid_request"),
    "an empty object": (b"{}", "invalid_request"),
    "no type": (b'{"params": {}}', "invalid_request"),
    "a type that is no text": (b'{"type": 7, "params": {}}', "invalid_request"),
    "an unknown type": (b'{"type": "threads.stop", "params": {}}', "unknown_type"),
    "no params": (b'{"type": "threads.list"}', "invalid_request"),
    "params that are a list": (b'{"type": "threads.list", "params": []}', "invalid_request"),
    "metadata that is a text": (
        b'{"type": "threads.list", "params": {}, "metadata": "x"}',
        "invalid_request",
    ),
}
REFUSED = {
    "a limit as text": ({"type": "threads.list", "params": {"limit": "5"}}, 400),
    "a limit with a fraction": ({"type": "threads.list", "params": {"limit": 1.5}}, 400),
    "a limit of true": ({"type": "threads.list", "params": {"limit": True}}, 400),
    "a negative limit": ({"type": "threads.list", "params": {"limit": -5}}, 400),
    "a limit of zero": ({"type": "threads.list", "params": {"limit": 0}}, 400),
    "an unknown order": ({"type": "threads.list", "params": {"order": "random"}}, 400),
    "an unknown thread cursor": ({"type": "threads.list", "params": {"after": "thr_x"}}, 404),
    "a message without content": (
        {"type": "threads.create", "params": {"input": {"attachments": []}}},
        400,
    ),
    "content of an unknown kind": (create(content=[{"type": "input_video", "text": "x"}]), 400),
    "a tag without data": (create(content=[{"type": "input_tag", "id": "e", "text": "E"}]), 400),
    "text that is a number": (create(content=[{"type": "input_text", "text": 1}]), 400),
    "an empty message": (create(content=[]), 400),
    "a blank message": (create(content=[{"type": "input_text", "text": " \n\t"}]), 400),
    "a message of 100 kB": (create(content=[{"type": "input_text", "text": "a" * 100_000}]), 413),
    "a quote of 100 kB": (create(quoted_text="a" * 100_000), 413),
    "a NUL in the message": (create(content=[{"type": "input_text", "text": "a\0b"}]), 400),
    "a NUL in a key": ({**create(), "metadata": {"a\0": 1}}, 400),
    "an unknown attachment": (create(attachments=["atc_unknown"]), 404),
    "an unknown thread to open": (on_thread("threads.get_by_id"), 404),
    "an unknown thread to write to": (
        on_thread("threads.add_user_message", input=message("hi")),
        404,
    ),
    "an unknown thread to retry in": (on_thread("threads.retry_after_item", item_id="x"), 404),
    "an unknown thread to page": (on_thread("items.list"), 404),
    "an unknown thread to rename": (on_thread("threads.update", title="x"), 404),
    "an unknown thread to delete": (on_thread("threads.delete"), 404),
    "a thread id that is a list": (
        {"type": "threads.get_by_id", "params": {"thread_id": ["a"]}},
        400,
    ),
    "a NUL in a thread id": ({"type": "threads.delete", "params": {"thread_id": "a\0"}}, 400),
    "an endless thread id": (
        {"type": "threads.get_by_id", "params": {"thread_id": "x" * 100_000}},
        404,
    ),
    "an empty title": (on_thread("threads.update", title="  "), 400),
    "an endless title": (on_thread("threads.update", title="x" * 5000), 400),
}


def error_of(response):
    assert response["Content-Type"] == "application/json"
    error = json.loads(response.content)["error"]
    assert set(error) == {"code", "message"}
    assert 20 < len(error["message"]) < 200
    for leak in ("Traceback", "pydantic", "validation error", "line ", "File ", "SELECT", "DOES"):
        assert leak not in error["message"]
    return error


async def nothing_is_left():
    return not await Thread.objects.aexists() and not await ThreadItem.objects.aexists()


async def post(client, body, **options):
    options = {"content_type": "application/json", **options}
    return await client.http.post(PATH, body, **options)


@pytest.mark.parametrize("name", MALFORMED)
async def test_a_malformed_body_is_a_400(client_of_ada, name):
    body, code = MALFORMED[name]
    response = await post(client_of_ada, body)
    assert (response.status_code, error_of(response)["code"]) == (400, code)


@pytest.mark.parametrize("name", REFUSED)
async def test_a_bad_request_is_refused_and_leaves_nothing(client_of_ada, name):
    body, status = REFUSED[name]
    response = await post(client_of_ada, json.dumps(body))
    assert response.status_code == status
    error_of(response)
    assert await nothing_is_left()


async def test_a_body_of_3_mb_is_a_413(client_of_ada):
    body = json.dumps(create(content=[{"type": "input_text", "text": "a" * 3_000_000}]))
    response = await post(client_of_ada, body)
    assert (response.status_code, error_of(response)["code"]) == (413, "body_too_large")
    assert await nothing_is_left()


async def test_a_number_of_a_million_digits_is_refused(client_of_ada):
    body = b'{"type": "threads.list", "params": {"limit": ' + b"9" * 1_000_000 + b"}}"
    response = await post(client_of_ada, body)
    assert response.status_code == 400
    error_of(response)


async def test_a_backslash_before_u0000_is_not_a_nul(client_of_ada):
    events = await client_of_ada.ask(r"what is \u0000?")
    assert events[-1]["item"]["content"][0]["text"] == r"You said: what is \u0000?"


async def test_a_large_limit_gives_a_full_page_and_no_more(client_of_ada, settings):
    settings.CHATKIT_MAX_PAGE_SIZE = 2
    for _ in range(3):
        await client_of_ada.ask("hi")
    page = await client_of_ada.read("threads.list", limit=9999)
    assert (len(page["data"]), page["has_more"]) == (2, True)
    rest = await client_of_ada.read("threads.list", limit=10_000, after=page["after"])
    assert (len(rest["data"]), rest["has_more"]) == (1, False)


@pytest.mark.parametrize("limit", [10_001, 10**9, 10**30])
async def test_a_limit_no_client_asks_for_is_refused(client_of_ada, limit):
    body = {"type": "threads.list", "params": {"limit": limit}}
    response = await post(client_of_ada, json.dumps(body))
    assert (response.status_code, error_of(response)["code"]) == (400, "invalid_limit")


@pytest.mark.parametrize("kind", ["text/plain", "multipart/form-data", "", "application/jsonp"])
async def test_another_content_type_is_a_415(client_of_ada, kind):
    response = await post(client_of_ada, json.dumps(create()), content_type=kind)
    assert (response.status_code, error_of(response)["code"]) == (415, "unsupported_media_type")
    assert await nothing_is_left()


async def test_json_may_name_its_charset(client_of_ada):
    body = json.dumps({"type": "threads.list", "params": {}})
    response = await post(client_of_ada, body, content_type="application/json; charset=utf-8")
    assert response.status_code == 200


@pytest.mark.parametrize("content_type", ["application/json", "text/plain"])
@pytest.mark.parametrize("token", [None, "x" * 32])
async def test_a_missing_or_foreign_csrf_token_is_a_403(server, ada, content_type, token):
    http = AsyncClient(enforce_csrf_checks=True)
    await http.aforce_login(ada)
    http.cookies["csrftoken"] = "y" * 32
    headers = {"Origin": "https://evil.example"}
    if token:
        headers["X-CSRFToken"] = token
    response = await http.post(
        PATH, json.dumps(create()), content_type=content_type, headers=headers
    )
    assert (response.status_code, error_of(response)["code"]) == (403, "csrf_failed")
    assert await nothing_is_left()


async def test_the_pages_own_csrf_token_is_accepted(server, ada):
    http = AsyncClient(enforce_csrf_checks=True)
    await http.aforce_login(ada)
    http.cookies["csrftoken"] = "y" * 32
    body = json.dumps({"type": "threads.list", "params": {}})
    headers = {"X-CSRFToken": "y" * 32}
    response = await http.post(PATH, body, content_type="application/json", headers=headers)
    assert response.status_code == 200


async def test_who_is_not_signed_in_gets_a_401(server, transactional_db):
    for body in (b"", b"{not json", json.dumps(create()).encode()):
        response = await AsyncClient().post(PATH, body, content_type="application/json")
        assert (response.status_code, error_of(response)["code"]) == (401, "not_signed_in")
    assert await nothing_is_left()


async def test_health_needs_no_sign_in(server):
    response = await AsyncClient().get(PATH)
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options"])
async def test_other_methods_are_a_405(client_of_ada, method):
    response = await getattr(client_of_ada.http, method)(PATH)
    assert (response.status_code, error_of(response)["code"]) == (405, "method_not_allowed")
    assert response["Allow"] == "GET, HEAD, POST"


async def test_a_failure_of_ours_is_a_500_that_says_nothing_and_is_logged_once(
    client_of_ada, server, monkeypatch, caplog
):
    async def broken(*args, **kwargs):
        raise RuntimeError("secret at db host 10.0.0.5")

    monkeypatch.setattr(server.store, "load_threads", broken)
    response = await post(client_of_ada, b'{"type": "threads.list", "params": {}}')
    assert (response.status_code, error_of(response)["code"]) == (500, "internal_error")
    assert "secret" not in response.content.decode()
    failures = [record for record in caplog.records if record.exc_info]
    assert len(failures) == 1
    assert response["X-Request-ID"] in failures[0].getMessage()


async def test_a_thread_that_is_closed_takes_no_message(client_of_ada, server, as_ada):
    from chatkit.types import LockedStatus

    thread_id = (await client_of_ada.ask("hi"))[0]["thread"]["id"]
    thread = await server.store.load_thread(thread_id, as_ada)
    thread.status = LockedStatus(reason="audit")
    await server.store.save_thread(thread, as_ada)
    before = await ThreadItem.objects.acount()

    first = (await ThreadItem.objects.order_by("position").afirst()).item_id
    for body in (
        {
            "type": "threads.add_user_message",
            "params": {"thread_id": thread_id, "input": message("more")},
        },
        {
            "type": "threads.retry_after_item",
            "params": {"thread_id": thread_id, "item_id": first},
        },
    ):
        response = await post(client_of_ada, json.dumps(body))
        assert (response.status_code, error_of(response)["code"]) == (409, "thread_not_open")
    assert await ThreadItem.objects.acount() == before


async def test_only_a_users_message_can_be_retried(client_of_ada):
    events = await client_of_ada.ask("hi")
    thread_id = events[0]["thread"]["id"]
    for item_id, status in ((events[-1]["item"]["id"], 400), ("msg_unknown", 404)):
        response = await client_of_ada.send(
            "threads.retry_after_item", thread_id=thread_id, item_id=item_id
        )
        assert response.status_code == status
        error_of(response)
    assert await ThreadItem.objects.acount() == 2


async def test_an_unknown_item_cursor_is_a_404(client_of_ada):
    thread_id = (await client_of_ada.ask("hi"))[0]["thread"]["id"]
    response = await client_of_ada.send("items.list", thread_id=thread_id, after="msg_unknown")
    assert response.status_code == 404
    error_of(response)


def test_under_wsgi_nothing_is_begun(server, ada):
    from django.test import Client

    client = Client()
    client.force_login(ada)
    response = client.post(PATH, json.dumps(create()), content_type="application/json")
    assert (response.status_code, error_of(response)["code"]) == (501, "asgi_required")
    assert not Thread.objects.exists()


def test_no_more_of_a_body_is_read_than_may_be_sent():
    from chatkit_django.exceptions import BodyTooLarge
    from chatkit_django.views import read_body

    fits = RequestFactory().post(PATH, b"x" * 10, content_type="application/json")
    assert read_body(fits, 10) == b"x" * 10
    too_large = RequestFactory().post(PATH, b"x" * 11, content_type="application/json")
    with pytest.raises(BodyTooLarge):
        read_body(too_large, 10)
