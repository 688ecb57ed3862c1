"""What the short way remembers of a request's headers never lets in who is not let in otherwise."""

import asyncio
import json
from datetime import timedelta
from functools import wraps
from types import ModuleType

import pytest
from asgiref.sync import sync_to_async
from django.contrib.sessions.models import Session
from django.core.signals import request_started
from django.http import JsonResponse
from django.urls import path, reverse
from django.utils import timezone

from chatkit_django import limits, remembered, tokens
from chatkit_django.context import RequestContext
from chatkit_django.inline import InlineChain
from chatkit_django.memory_store import MemoryStore
from chatkit_django.models import LimitCounter, Run, Thread
from chatkit_django.short_way import ChatKitASGIHandler
from chatkit_django.testing import ChatKitClient, message, parse_events
from chatkit_django.views import ChatKitView
from tests.limited import slots
from tests.scripted import ScriptedServer
from tests.test_asgi import CREATE, LIST, ask, session_of, signed


class Watched:
    """An application, and how many requests went through the middleware."""

    def __init__(self, monkeypatch):
        self.through_middleware = 0
        stock = InlineChain.get_response_async

        async def counting(chain, request):
            self.through_middleware += 1
            return await stock(chain, request)

        monkeypatch.setattr(InlineChain, "get_response_async", counting)
        self._application = ChatKitASGIHandler()

    async def ask(self, **request):
        """Status and body, and whether the request went through the middleware."""
        before = self.through_middleware
        status, _, body = await ask(self._application, **request)
        return status, body, self.through_middleware > before


@pytest.fixture
def watched(server, monkeypatch):
    return Watched(monkeypatch)


@pytest.fixture
async def known(watched, ada):
    """Headers of ada's that are remembered."""
    headers = signed(await session_of(ada))
    assert await watched.ask(headers=headers) == (200, b'{"data":[],"has_more":false}', True)
    assert await watched.ask(headers=headers) == (200, b'{"data":[],"has_more":false}', False)
    return headers


async def test_pages_and_answers_need_no_middleware_once_the_headers_are_known(watched, known):
    status, body, anew = await watched.ask(body=CREATE, headers=known)
    assert (status, anew) == (200, False)
    thread_id = parse_events(body)[0]["thread"]["id"]
    status, body, anew = await watched.ask(headers=known)
    assert (status, anew) == (200, False)
    assert [thread["id"] for thread in json.loads(body)["data"]] == [thread_id]


async def test_signing_out_counts_at_once(watched, known):
    await Session.objects.all().adelete()
    for body in (LIST, CREATE, b"{", b""):
        status, _, anew = await watched.ask(body=body, headers=known)
        assert (status, anew) == (401, True)


@pytest.mark.parametrize("body", [CREATE, b"{"])
async def test_who_signed_out_gets_nothing_done_and_hears_nothing_else(
    watched, known, ada, server, body
):
    await Session.objects.all().adelete()
    assert (await watched.ask(body=body, headers=known))[0] == 401
    listed = await (await ChatKitClient.signed_in(ada, "/chatkit/")).read("threads.list")
    assert listed["data"] == []


def asking(kind, **params):
    return json.dumps({"type": kind, "params": params}).encode()


EMPTY = message("") | {"content": []}
# Requests for an answer, and what each would be refused with if the user were signed in.
REFUSED = {
    404: asking("threads.add_user_message", thread_id="thr_unknown", input=message("hi")),
    400: asking("threads.create", input=EMPTY),
}


@pytest.mark.parametrize("status", REFUSED)
async def test_who_signed_out_does_not_hear_what_else_is_wrong(watched, known, status):
    assert (await watched.ask(body=REFUSED[status], headers=known))[0] == status
    await Session.objects.all().adelete()
    assert (await watched.ask(body=REFUSED[status], headers=known))[::2] == (401, True)


async def test_who_signed_out_uses_up_nothing_and_begins_no_run(watched, known, chosen):
    chosen(messages={"user": "1/day"}, responses={"user": 1})
    await Session.objects.all().adelete()
    assert (await watched.ask(body=CREATE, headers=known))[::2] == (401, True)
    assert not await LimitCounter.objects.filter(kind__startswith="messages").aexists()
    assert not await Thread.objects.aexists()
    assert not await Run.objects.aexists()
    assert await slots() == 0


async def test_who_signed_out_does_not_see_what_came_of_an_earlier_request(watched, known):
    once = known | {"idempotency-key": "once"}
    status, first, _ = await watched.ask(body=CREATE, headers=once)
    assert status == 200
    status, again, anew = await watched.ask(body=CREATE, headers=once)
    assert (status, anew) == (200, False)
    assert parse_events(first) == parse_events(again)
    await Session.objects.all().adelete()
    assert (await watched.ask(body=CREATE, headers=once))[::2] == (401, True)


async def test_a_store_of_another_kind_keeps_nothing_for_who_signed_out(urls_of, monkeypatch, ada):
    store = MemoryStore()
    urls_of(lambda: ScriptedServer(store))
    watched, headers = Watched(monkeypatch), signed(await session_of(ada))
    for anew in (True, False):
        assert (await watched.ask(body=CREATE, headers=headers))[::2] == (200, anew)
    await Session.objects.all().adelete()
    assert (await watched.ask(body=CREATE, headers=headers))[::2] == (401, True)
    context = RequestContext(user=ada, locale="en", request_id="test")
    assert len((await store.load_threads(20, None, "asc", context)).data) == 2


async def test_a_session_that_ends_a_changed_password_and_a_barred_user_count_at_once(
    watched, known, ada
):
    async def then(expected):
        status, _, _ = await watched.ask(headers=known)
        assert status == expected

    await Session.objects.aupdate(expire_date=timezone.now() - timedelta(seconds=1))
    await then(401)
    await Session.objects.aupdate(expire_date=timezone.now() + timedelta(days=1))
    await then(200)
    await then(200)
    ada.is_active = False
    await ada.asave()
    await then(401)
    ada.is_active = True
    await ada.asave()
    await then(200)
    await then(200)
    ada.set_password("another")
    await ada.asave()
    await then(401)


async def test_a_session_ends_on_time_although_nobody_touches_its_row(watched, ada, monkeypatch):
    headers = signed(await session_of(ada))
    for _ in range(2):
        assert (await watched.ask(headers=headers))[0] == 200
    later = timezone.now() + timedelta(days=400)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert (await watched.ask(headers=headers))[0] == 401


async def test_a_session_that_becomes_somebody_elses_shows_that_users_threads(
    watched, known, ada, bob
):
    await watched.ask(body=CREATE, headers=known)
    bobs = await Session.objects.aget(session_key=await session_of(bob))
    await Session.objects.filter(session_key=known["cookie"][10:].split(";")[0]).aupdate(
        session_data=bobs.session_data
    )
    assert await watched.ask(headers=known) == (200, b'{"data":[],"has_more":false}', True)


@pytest.mark.parametrize(
    "change",
    [
        {"x-csrftoken": "u" * 32},
        {"x-csrftoken": ""},
        {"origin": "https://evil.example"},
        {"cookie": "csrftoken=" + "t" * 32},
        {"host": "evil.example"},
        {"authorization": "Bearer nonsense"},
        {"content-type": "text/plain"},
    ],
)
async def test_headers_that_differ_are_decided_anew(watched, known, settings, change):
    status, _, anew = await watched.ask(headers=known | change)
    if "host" in change:  # every host is allowed here
        assert (status, anew) == (200, True)
    else:
        assert status in (401, 403, 415)
        assert anew


async def test_another_address_another_path_and_another_scheme_are_decided_anew(
    watched, known, settings
):
    assert (await watched.ask(headers=known, path="/chatkit/more"))[0] == 404
    status, _, anew = await watched.ask(headers=known, scheme="https")
    assert (status, anew) == (403, True)  # no referer


async def test_refusals_are_the_same(watched, known):
    unknown = json.dumps({"type": "threads.get_by_id", "params": {"thread_id": "none"}}).encode()
    for body, expected in ((unknown, 404), (b"{", 400), (b"", 400), (b'{"type":"x"}', 400)):
        status, answer, anew = await watched.ask(body=body, headers=known)
        assert (status, anew) == (expected, False)
        stock = await ask(ChatKitASGIHandler(), body=body, headers=known)
        assert (status, answer) == (stock[0], stock[2])


async def test_a_limit_holds(watched, known, settings):
    settings.CHATKIT_LIMITS = {"requests": {"user": "2/hour"}}
    limits.blocks.forget()
    statuses = [(await watched.ask(headers=known))[0] for _ in range(3)]
    assert statuses == [200, 200, 429]


async def test_a_failure_is_a_fixed_sentence(watched, known, server, caplog):
    async def broken(*_):
        raise RuntimeError("secret")

    server.serve = server.read = broken
    status, body, anew = await watched.ask(headers=known)
    assert (status, anew) == (500, False)
    assert json.loads(body)["error"]["code"] == "internal_error"
    assert "secret" not in body.decode()
    assert "secret" in caplog.text


async def test_a_receiver_of_the_requests_signals_is_told_from_then_on(watched, known):
    told = []

    def receiver(**_):
        told.append(True)

    request_started.connect(receiver)
    try:
        assert (await watched.ask(headers=known))[2]
    finally:
        request_started.disconnect(receiver)
    assert told == [True]
    assert not (await watched.ask(headers=known))[2]


def guarded(view):
    """A decorator of a project's, which looks at more than headers."""

    @wraps(view)
    async def inner(request, *args, **kwargs):
        if inner.closed:
            return JsonResponse({}, status=418)
        return await view(request, *args, **kwargs)

    inner.closed = False
    return inner


class Tenants(ChatKitView):
    closed = False

    async def get_context(self, request):
        if type(self).closed:
            raise PermissionError
        return await super().get_context(request)


@pytest.mark.parametrize("kind", ["decorated", "overridden"])
async def test_what_a_project_decides_itself_is_never_remembered(
    watched, server, ada, settings, kind
):
    decorated = guarded(ChatKitView.as_view(server=lambda: server))
    view = decorated if kind == "decorated" else Tenants.as_view(server=lambda: server)
    urls = ModuleType("urls_of_one_test")
    urls.urlpatterns = [path("chatkit/", view)]
    settings.ROOT_URLCONF = urls
    headers = signed(await session_of(ada))
    for _ in range(2):
        assert (await watched.ask(headers=headers))[0] == 200
    decorated.closed = Tenants.closed = True
    try:
        assert (await watched.ask(headers=headers))[0] in (418, 500)
    finally:
        Tenants.closed = False


async def test_a_middleware_that_only_says_it_does_not_block_is_always_asked(
    server, ada, settings, monkeypatch
):
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "tests.test_remembered.counted"]
    watched = Watched(monkeypatch)
    headers = signed(await session_of(ada))
    assert [(await watched.ask(headers=headers))[2] for _ in range(3)] == [True] * 3


def counted(get_response):
    async def middleware(request):
        return await get_response(request)

    return middleware


counted.async_capable = True
counted.sync_capable = False
counted.chatkit_inline = True


async def test_a_bearer_token_is_looked_up_each_time(watched, ada):
    token = (await sync_to_async(tokens.issue)(ada)).client_secret
    headers = {"authorization": f"Bearer {token}"}
    assert [(await watched.ask(headers=headers))[::2] for _ in range(2)] == [(200, True)] * 2
    await sync_to_async(tokens.revoke)(ada)
    assert (await watched.ask(headers=headers))[0] == 401


async def test_a_token_counts_more_than_the_session_that_comes_with_it(
    server, ada, bob, settings, monkeypatch
):
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "tests.test_remembered.looks_at_the_user"]
    watched = Watched(monkeypatch)
    token = (await sync_to_async(tokens.issue)(bob)).client_secret
    headers = signed(await session_of(ada)) | {"authorization": f"Bearer {token}"}
    for _ in range(2):
        assert (await watched.ask(body=CREATE, headers=headers))[0] == 200
    for user, expected in ((ada, 0), (bob, 2)):
        listed = await (await ChatKitClient.signed_in(user, "/chatkit/")).read("threads.list")
        assert len(listed["data"]) == expected


def looks_at_the_user(get_response):
    async def middleware(request):
        await request.auser()
        return await get_response(request)

    return middleware


looks_at_the_user.async_capable = True
looks_at_the_user.sync_capable = False
looks_at_the_user.chatkit_inline = True
looks_at_the_user.chatkit_by_headers = True


async def test_no_more_is_remembered_than_may_be(watched, known, monkeypatch):
    monkeypatch.setattr(remembered, "MOST", 3)
    ways = watched._application._ways
    for number in range(20):
        assert (await watched.ask(headers=known | {"x-number": str(number)}))[0] == 200
        assert len(ways._ways) <= 3


async def test_the_language_the_middleware_chose_is_that_of_the_answer(
    server, ada, settings, monkeypatch
):
    from django.utils import translation

    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "django.middleware.locale.LocaleMiddleware"]
    spoken = []

    async def respond(thread, message, context):
        spoken.append(translation.get_language())
        return
        yield

    server.respond = respond
    watched = Watched(monkeypatch)
    session = await session_of(ada)
    for language in ("de", "fr", "de", "fr"):
        headers = signed(session) | {"accept-language": language}
        await asyncio.create_task(watched.ask(body=CREATE, headers=headers))
    assert spoken == ["de", "fr", "de", "fr"]
    assert watched.through_middleware == 2


async def test_addresses_are_reversed_below_the_place_the_project_is_served_at(
    watched, server, ada, settings
):
    settings.FORCE_SCRIPT_NAME = "/shop"
    reversed_as = []

    async def respond(thread, message, context):
        reversed_as.append(reverse("chatkit"))
        return
        yield

    server.respond = respond
    urls = ModuleType("urls_of_one_test")
    urls.urlpatterns = [
        path("chatkit/", ChatKitView.as_view(server=lambda: server), name="chatkit")
    ]
    settings.ROOT_URLCONF = urls
    headers = signed(await session_of(ada))
    anew = []
    for _ in range(2):
        request = watched.ask(body=CREATE, headers=headers)
        anew.append((await asyncio.create_task(request))[2])
    assert (reversed_as, anew) == (["/shop/chatkit/"] * 2, [True, False])


async def test_two_requests_never_share_a_user_object(watched, known, server):
    seen = []

    async def respond(thread, message, context):
        seen.append(context.user)
        context.user.first_name = "changed by the answer"
        return
        yield

    server.respond = respond
    for _ in range(3):
        await watched.ask(body=CREATE, headers=known)
    assert len({id(user) for user in seen}) == 3


async def test_the_id_of_a_request_is_its_own(watched, known):
    async def id_of(headers):
        return (await seen_headers(watched, headers))[b"x-request-id"]

    first, second = await id_of(known), await id_of(known)
    assert first != second
    assert await id_of(known | {"x-request-id": "from-a-proxy.1"}) == b"from-a-proxy.1"
    assert await id_of(known | {"x-request-id": "<script>"}) != b"<script>"


async def seen_headers(watched, headers):
    parts = []

    async def receive():
        return {"type": "http.request", "body": LIST, "more_body": False}

    async def send(part):
        parts.append(part)

    scope = {
        "type": "http",
        "method": "POST",
        "path": "/chatkit/",
        "query_string": b"",
        "scheme": "http",
        "server": ("testserver", 80),
        "client": ("127.0.0.1", 1234),
        "headers": [
            (name.encode(), value.encode())
            for name, value in {
                "host": "testserver",
                "content-type": "application/json",
                **headers,
            }.items()
        ],
    }
    await watched._application(scope, receive, send)
    return {name.lower(): value for name, value in parts[0]["headers"]}
