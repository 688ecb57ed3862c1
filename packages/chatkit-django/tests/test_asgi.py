"""The short way to the chat answers exactly as Django's own way does."""

import asyncio
import json
import os
import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from asgiref.sync import SyncToAsync, sync_to_async
from django.contrib.sessions.backends.file import SessionStore as FileSession
from django.contrib.sessions.models import Session
from django.core.handlers.asgi import ASGIHandler
from django.core.signals import request_finished, request_started
from django.http import HttpResponse
from django.utils import timezone
from django.utils.deprecation import MiddlewareMixin

from chatkit_django.short_way import ChatKitASGIHandler
from chatkit_django.testing import ChatKitClient, message, parse_events

TOKEN = "t" * 32
LIST = json.dumps({"type": "threads.list", "params": {}}).encode()
CREATE = json.dumps({"type": "threads.create", "params": {"input": message("hello")}}).encode()


class StampingMiddleware(MiddlewareMixin):
    """One that the package cannot know."""

    def process_response(self, request, response):
        response["X-Stamp"] = "stamped"
        return response


class RefusingMiddleware(MiddlewareMixin):
    def process_request(self, request):
        return HttpResponse("closed", status=503)


def marked(get_response):
    async def middleware(request):
        response = await get_response(request)
        response["X-Marked"] = "yes"
        return response

    return middleware


marked.async_capable = True
marked.sync_capable = False
marked.chatkit_inline = True
marked.chatkit_by_headers = True


async def ask(application, method="POST", path="/chatkit/", body=LIST, headers=(), scheme="http"):
    """Status, headers (in order, the request's id left out) and body of one request."""
    given = {"host": "testserver", "content-type": "application/json", **dict(headers)}
    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "query_string": b"",
        "scheme": scheme,
        "server": ("testserver", 80),
        "client": ("127.0.0.1", 1234),
        "headers": [(name.encode(), value.encode()) for name, value in given.items()],
    }
    incoming = [{"type": "http.request", "body": body, "more_body": False}]
    sent = []

    async def receive():
        if not incoming:
            await asyncio.Event().wait()
        return incoming.pop(0)

    async def send(part):
        sent.append(part)

    async with asyncio.timeout(20):
        await application(scope, receive, send)
    assert [part["type"] for part in sent[:1]] == ["http.response.start"]
    assert not sent[-1].get("more_body", False)
    seen = {name.lower(): value for name, value in sent[0]["headers"]}
    assert re.fullmatch(b"[0-9a-f]{32}", seen.pop(b"x-request-id", b"0" * 32))
    return sent[0]["status"], seen, b"".join(part.get("body", b"") for part in sent[1:])


async def session_of(user):
    return (await ChatKitClient.signed_in(user, "/")).http.cookies["sessionid"].value


def signed(session, **more):
    cookies = f"sessionid={session}; csrftoken={TOKEN}"
    return {"cookie": cookies, "x-csrftoken": TOKEN, **more}


async def both(**request):
    """The one answer that both ways give, the short one also when it may remember the headers."""
    short = ChatKitASGIHandler()
    assert short.unknown_middleware == ""
    stock = await ask(ASGIHandler(), **request)
    assert [await ask(short, **request) for _ in range(3)] == [stock] * 3
    return stock


SCHEMES = ("http", "https")


@pytest.fixture
def every_middleware(settings):
    settings.MIDDLEWARE = [
        "corsheaders.middleware.CorsMiddleware",
        *settings.MIDDLEWARE,
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
        "django.middleware.locale.LocaleMiddleware",
        "tests.test_asgi.marked",
    ]
    settings.CORS_ALLOWED_ORIGINS = ["https://shop.example"]
    settings.CORS_ALLOW_CREDENTIALS = True
    settings.SECURE_HSTS_SECONDS = 60
    settings.ALLOWED_HOSTS = ["testserver"]


def test_a_projects_asgi_module_may_import_it_before_anything_else():
    program = (
        "from chatkit_django.asgi import get_chatkit_application\n"
        "print(get_chatkit_application().unknown_middleware == '')"
    )
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"}
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=environment,
        cwd=Path(__file__).parents[1],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("True\n", "")


async def test_a_signed_in_user_is_answered(server, ada, every_middleware):
    status, headers, body = await both(headers=signed(await session_of(ada)))
    assert (status, json.loads(body)) == (200, {"data": [], "has_more": False})
    assert headers[b"x-content-type-options"] == b"nosniff"
    assert headers[b"x-frame-options"] == b"DENY"
    assert headers[b"x-marked"] == b"yes"
    assert b"Cookie" in headers[b"vary"]


async def test_health_and_wrong_methods_and_addresses(server, every_middleware):
    assert (await both(method="GET"))[0] == 200
    assert (await both(method="HEAD"))[0] == 200
    assert (await both(method="PUT", headers=signed("unknown-session")))[0] == 405
    assert (await both(path="/chatkit/more"))[0] == 404
    assert (await both(path="/chatkit", method="GET"))[0] == 301


async def test_who_is_not_signed_in_is_refused(server, ada, every_middleware):
    for cookies in ("", "sessionid=nobodys-session-key", "sessionid=short", 'sessionid="\\0"'):
        headers = {"cookie": f"{cookies}; csrftoken={TOKEN}", "x-csrftoken": TOKEN}
        status, _, body = await both(headers=headers)
        assert (status, json.loads(body)["error"]["code"]) == (401, "not_signed_in")


async def test_a_foreign_page_is_refused(server, ada, every_middleware):
    session = await session_of(ada)
    origins = ("https://evil.example", "null", "http://testserver.evil.example", "nonsense")
    for headers in (
        {"cookie": f"sessionid={session}"},
        {"cookie": f"sessionid={session}; csrftoken={TOKEN}"},
        signed(session) | {"x-csrftoken": "u" * 32},
        *(signed(session, origin=origin) for origin in origins),
        signed(session) | {"content-type": "application/x-www-form-urlencoded", "origin": "null"},
        signed(session) | {"content-type": "multipart/form-data; boundary=b", "x-csrftoken": ""},
    ):
        assert (await both(headers=headers))[0] == 403
    no_referer = await both(headers=signed(session), scheme="https")
    assert no_referer[0] == 403
    for referer, wanted in (("https://testserver/chat", 200), ("https://evil.example/", 403)):
        answer = await both(headers=signed(session, referer=referer), scheme="https")
        assert answer[0] == wanted


async def test_a_trusted_origin_is_served_with_its_headers(server, ada, every_middleware, settings):
    settings.CSRF_TRUSTED_ORIGINS = ["https://shop.example"]
    headers = signed(await session_of(ada), origin="https://shop.example")
    status, seen, _ = await both(headers=headers)
    assert status == 200
    assert seen[b"access-control-allow-origin"] == b"https://shop.example"
    preflight = {"origin": "https://shop.example", "access-control-request-method": "POST"}
    status, seen, _ = await both(method="OPTIONS", headers=preflight)
    assert (status, b"access-control-allow-methods" in seen) == (200, True)


async def test_a_foreign_host_is_refused(server, ada, every_middleware):
    headers = signed(await session_of(ada), host="evil.example")
    assert (await both(headers=headers))[0] == 400


async def test_a_redirect_to_https_comes_first(server, every_middleware, settings):
    settings.SECURE_SSL_REDIRECT = True
    status, headers, _ = await both()
    assert (status, headers[b"location"]) == (301, b"https://testserver/chatkit/")


async def test_a_session_counts_no_longer_than_django_says(server, ada, bob):
    session = await session_of(ada)
    await Session.objects.filter(session_key=session).aupdate(
        expire_date=timezone.now() - timedelta(seconds=1)
    )
    assert (await both(headers=signed(session)))[0] == 401

    session = await session_of(ada)
    ada.set_password("another")
    await ada.asave()
    assert (await ask(ChatKitASGIHandler(), headers=signed(session)))[0] == 401

    session = await session_of(bob)
    bob.is_active = False
    await bob.asave()
    assert (await both(headers=signed(session)))[0] == 401

    session = await session_of(ada)
    await ada.adelete()
    assert (await both(headers=signed(session)))[0] == 401


async def test_a_rotated_secret_key_keeps_sessions_as_django_does(server, ada, settings):
    session = await session_of(ada)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "a new one"
    status, headers, _ = await ask(ChatKitASGIHandler(), headers=signed(session))
    assert (status, b"set-cookie" in headers) == (200, True)


@pytest.mark.parametrize(
    "engine",
    [
        "django.contrib.sessions.backends.signed_cookies",
        "django.contrib.sessions.backends.cache",
        "django.contrib.sessions.backends.cached_db",
        "django.contrib.sessions.backends.file",
    ],
)
async def test_every_kind_of_session_works(server, ada, settings, engine, tmp_path, monkeypatch):
    settings.SESSION_ENGINE = engine
    settings.SESSION_FILE_PATH = str(tmp_path)
    monkeypatch.delattr(FileSession, "_storage_path", raising=False)  # kept once it is known
    session = await session_of(ada)
    assert (await both(headers=signed(session)))[0] == 200
    forged = session[:-2] + ("yy" if session.endswith("xx") else "xx")
    # The cookie that is given back has the second in it.
    with time_machine.travel(timezone.now(), tick=False):
        assert (await both(headers=signed(forged)))[0] == 401


async def test_a_session_saved_at_every_request_is_saved(server, ada, settings):
    settings.SESSION_SAVE_EVERY_REQUEST = True
    session = await session_of(ada)
    old = timezone.now() + timedelta(hours=1)
    await Session.objects.aupdate(expire_date=old)
    status, headers, _ = await ask(ChatKitASGIHandler(), headers=signed(session))
    assert (status, b"sessionid=" in headers[b"set-cookie"]) == (200, True)
    assert (await Session.objects.aget()).expire_date > old


async def test_a_body_too_large_is_refused_and_not_kept(server, ada, settings):
    settings.CHATKIT_MAX_BODY_BYTES = 1_000
    settings.CHATKIT_MAX_AUDIO_BYTES = 1
    headers = signed(await session_of(ada))
    assert (await both(body=b" " * 5_000, headers=headers))[0] == 413
    assert (await both(body=LIST.ljust(1_000), headers=headers))[0] == 200


async def test_an_answer_streams(server, ada, every_middleware):
    headers = signed(await session_of(ada))
    status, seen, body = await ask(ChatKitASGIHandler(), body=CREATE, headers=headers)
    assert (status, seen[b"content-type"]) == (200, b"text/event-stream")
    events = parse_events(body)
    assert [events[0]["type"], events[-1]["type"]] == ["thread.created", "thread.item.done"]


async def test_the_chat_makes_no_thread_of_its_own(server, ada, monkeypatch):
    headers = signed(await session_of(ada))
    short = ChatKitASGIHandler()
    hops = []
    stock_call = SyncToAsync.__call__

    async def counting(self, *arguments, **named):
        hops.append(self.func)
        return await stock_call(self, *arguments, **named)

    monkeypatch.setattr(SyncToAsync, "__call__", counting)
    assert (await ask(short, headers=headers))[0] == 200
    assert (await ask(short, body=CREATE, headers=headers))[0] == 200
    assert hops == []


@pytest.mark.parametrize("unknown", ["StampingMiddleware", "RefusingMiddleware"])
async def test_with_a_middleware_that_is_not_known_django_serves_the_chat(
    server, ada, settings, unknown
):
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, f"tests.test_asgi.{unknown}"]
    application = ChatKitASGIHandler()
    assert application.unknown_middleware == f"tests.test_asgi.{unknown}"
    answer = await ask(application, headers=signed(await session_of(ada)))
    assert answer == await ask(ASGIHandler(), headers=signed(await session_of(ada)))
    assert answer[0] == 503 or answer[1][b"x-stamp"] == b"stamped"


async def test_a_subclass_of_a_known_middleware_is_not_known(server, settings, monkeypatch):
    settings.CSRF_USE_SESSIONS = True
    assert ChatKitASGIHandler().unknown_middleware == "CSRF_USE_SESSIONS"


async def test_signals_are_fired_and_a_receiver_that_blocks_gets_a_thread(server, ada):
    fired = []

    def receiver(signal, **_):
        in_loop = True
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            in_loop = False
        fired.append((signal, in_loop))

    request_started.connect(receiver)
    request_finished.connect(receiver)
    try:
        headers = signed(await session_of(ada))
        fired.clear()
        await ask(ChatKitASGIHandler(), headers=headers)
        await ask(ChatKitASGIHandler(), body=CREATE, headers=headers)
    finally:
        request_started.disconnect(receiver)
        request_finished.disconnect(receiver)
    assert fired == [(request_started, False), (request_finished, False)] * 2


async def test_connections_of_the_projects_own_synchronous_code_are_closed(server, ada, settings):
    """It is given a thread, and what it opened there ends with the request."""
    from django.db import connection, connections

    opened = []

    def look():
        connection.ensure_connection()
        opened.append(connections["default"])

    async def respond(thread, message, context):
        await sync_to_async(look)()
        return
        yield

    connection.settings_dict["CONN_MAX_AGE"] = 0
    server.respond = respond
    headers = signed(await session_of(ada))
    await ask(ChatKitASGIHandler(), body=CREATE, headers=headers)
    assert [one.connection for one in opened] == [None]
