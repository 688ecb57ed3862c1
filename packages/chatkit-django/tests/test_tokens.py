"""Who is believed, and by what: bearer token or session with CSRF token, in every combination."""

import json
from datetime import timedelta
from types import ModuleType

import pytest
from django.contrib.auth import alogout, get_user_model
from django.http import HttpResponse
from django.test import AsyncClient, RequestFactory
from django.urls import path
from django.utils import timezone

from chatkit_django import tokens
from chatkit_django.admission import bearer_token
from chatkit_django.exceptions import InvalidToken
from chatkit_django.models import SessionToken, Thread
from chatkit_django.session_view import ChatKitSessionView
from chatkit_django.testing import message
from tests.conftest import PATH

SESSION = "/chatkit/session/"
CSRF = "y" * 32
CREATE = json.dumps({"type": "threads.create", "params": {"input": message("hi")}})


async def sign_out(request):
    await alogout(request)
    return HttpResponse()


@pytest.fixture
def urls(server, settings):
    urls = ModuleType("urls_with_sessions")
    urls.urlpatterns = [
        *settings.ROOT_URLCONF.urlpatterns,
        path("chatkit/session/", ChatKitSessionView.as_view()),
        path("sign-out/", sign_out),
    ]
    settings.ROOT_URLCONF = urls


async def browser(user=None, *, csrf_cookie=True):
    http = AsyncClient(enforce_csrf_checks=True)
    if user is not None:
        await http.aforce_login(user)
    if csrf_cookie:
        http.cookies["csrftoken"] = CSRF
    return http


async def post(http, body=CREATE, *, csrf=None, authorization=None, path=PATH, **headers):
    if csrf is not None:
        headers["X-CSRFToken"] = csrf
    if authorization is not None:
        headers["Authorization"] = authorization
    response = await http.post(path, body, content_type="application/json", headers=headers)
    if response.status_code == 200:
        if response.streaming:
            async for _ in response:
                pass
        return 200, None
    return response.status_code, json.loads(response.content)["error"]["code"]


async def token_of(user):
    http = await browser(user)
    response = await http.post(SESSION, headers={"X-CSRFToken": CSRF})
    assert response.status_code == 200
    return json.loads(response.content)["client_secret"]


async def owners():
    return [row.owner.username async for row in Thread.objects.select_related("owner")]


async def test_a_token_is_enough(urls, ada):
    token = await token_of(ada)
    http = await browser(csrf_cookie=False)
    assert await post(http, authorization=f"Bearer {token}") == (200, None)
    assert await owners() == ["ada"]


async def test_a_token_from_another_origin_needs_no_csrf_token(urls, ada):
    token = await token_of(ada)
    http = await browser(csrf_cookie=False)
    origin = {"Origin": "https://elsewhere.example"}
    assert await post(http, authorization=f"bearer {token}", **origin) == (200, None)


async def test_a_token_goes_before_the_session_that_comes_with_it(urls, ada, bob):
    token = await token_of(ada)
    http = await browser(bob)
    assert await post(http, authorization=f"Bearer {token}") == (200, None)
    assert await owners() == ["ada"]


@pytest.mark.parametrize("csrf", [None, CSRF])
@pytest.mark.parametrize("token", ["", "wrong", "a.b", "x" * 10_000, "\xe4.\xe4"])
async def test_a_wrong_token_is_a_401_whatever_comes_with_it(urls, ada, bob, token, csrf):
    assert await token_of(ada)
    for http in (await browser(bob), await browser(csrf_cookie=False)):
        refused = await post(http, csrf=csrf, authorization=f"Bearer {token}")
        assert refused == (401, "invalid_token")
    assert await owners() == []


@pytest.mark.parametrize("authorization", [None, "", "Basic YWRhOnB3", "Bearer", "Token x"])
@pytest.mark.parametrize("csrf", [None, "z" * 32, "short"])
async def test_a_session_without_its_csrf_token_is_a_403(urls, ada, authorization, csrf):
    http = await browser(ada)
    expected = (401, "invalid_token") if authorization == "Bearer" else (403, "csrf_failed")
    assert await post(http, csrf=csrf, authorization=authorization) == expected
    assert await owners() == []


@pytest.mark.parametrize("authorization", [None, "Basic YWRhOnB3"])
async def test_a_session_with_its_csrf_token_is_enough(urls, ada, authorization):
    http = await browser(ada)
    assert await post(http, csrf=CSRF, authorization=authorization) == (200, None)
    assert await owners() == ["ada"]


async def test_a_session_on_a_foreign_page_is_a_403_also_with_the_csrf_token(urls, ada):
    http = await browser(ada)
    origin = {"Origin": "https://evil.example"}
    assert await post(http, csrf=CSRF, **origin) == (403, "csrf_failed")


async def test_neither_session_nor_token_is_a_401_behind_the_csrf_check(urls, transactional_db):
    assert await post(await browser()) == (403, "csrf_failed")
    assert await post(await browser(), csrf=CSRF) == (401, "not_signed_in")


async def test_the_csrf_token_may_be_kept_in_the_session(urls, ada, settings):
    settings.CSRF_USE_SESSIONS = True
    http = await browser(ada, csrf_cookie=False)
    session = await http.asession()
    await session.aset("_csrftoken", CSRF)
    await session.asave()
    assert await post(http) == (403, "csrf_failed")
    assert await post(http, csrf=CSRF) == (200, None)


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data"])
async def test_a_form_is_no_way_around_the_csrf_check(urls, ada, kind):
    http = await browser(ada)
    for body in (b"csrfmiddlewaretoken=" + b"z" * 32, b"a=" + b"x" * 3_000_000):
        response = await http.post(PATH, body, content_type=kind)
        assert response.status_code == 403
        assert json.loads(response.content)["error"]["code"] == "csrf_failed"


async def test_the_check_is_made_also_without_djangos_middleware(urls, ada, settings):
    settings.MIDDLEWARE = [path for path in settings.MIDDLEWARE if "Csrf" not in path]
    http = await browser(ada)
    assert await post(http) == (403, "csrf_failed")
    assert await post(http, csrf=CSRF) == (200, None)


async def test_an_expired_token_is_a_401_and_is_gone_with_the_next_one(urls, ada):
    token = await token_of(ada)
    past = timezone.now() - timedelta(seconds=1)
    await SessionToken.objects.aupdate(expires_at=past)
    http = await browser(csrf_cookie=False)
    assert await post(http, authorization=f"Bearer {token}") == (401, "invalid_token")
    await token_of(ada)
    assert await SessionToken.objects.acount() == 1


async def test_a_token_says_when_it_expires(urls, ada, settings):
    settings.CHATKIT_TOKEN_SECONDS = 60
    http = await browser(ada)
    before = timezone.now().timestamp()
    response = await http.post(SESSION, headers={"X-CSRFToken": CSRF})
    answer = json.loads(response.content)
    assert set(answer) == {"client_secret", "expires_at"}
    assert before + 59 <= answer["expires_at"] <= timezone.now().timestamp() + 60
    assert "no-store" in response["Cache-Control"]


async def test_signing_out_revokes_all_tokens_of_the_user_and_no_others(urls, ada, bob):
    http = await browser(ada)
    old, other = await token_of(ada), await token_of(bob)
    assert (await http.post("/sign-out/", headers={"X-CSRFToken": CSRF})).status_code == 200
    elsewhere = await browser(csrf_cookie=False)
    assert await post(elsewhere, authorization=f"Bearer {old}") == (401, "invalid_token")
    assert await post(elsewhere, authorization=f"Bearer {other}") == (200, None)


async def test_a_new_password_ends_the_tokens_of_the_old_one(urls, ada):
    token = await token_of(ada)
    ada.set_password("another")
    await ada.asave()
    http = await browser(csrf_cookie=False)
    assert await post(http, authorization=f"Bearer {token}") == (401, "invalid_token")


async def test_a_user_who_is_no_longer_active_has_no_token(urls, ada):
    token = await token_of(ada)
    await get_user_model().objects.aupdate(is_active=False)
    http = await browser(csrf_cookie=False)
    assert await post(http, authorization=f"Bearer {token}") == (401, "invalid_token")


async def test_a_token_of_another_site_or_purpose_is_a_401(urls, ada, settings):
    token = await token_of(ada)
    http = await browser(csrf_cookie=False)
    settings.SECRET_KEY, ours = "of another site", settings.SECRET_KEY
    assert await post(http, authorization=f"Bearer {token}") == (401, "invalid_token")
    settings.SECRET_KEY_FALLBACKS = [ours]
    assert await post(http, authorization=f"Bearer {token}") == (200, None)
    secret = token.partition(".")[0]
    foreign = tokens.Signer(salt="something else", sep=".").sign(secret)
    assert await post(http, authorization=f"Bearer {foreign}") == (401, "invalid_token")


async def test_the_database_does_not_know_the_token(urls, ada):
    token = await token_of(ada)
    row = await SessionToken.objects.values().aget()
    secret, _, signature = token.partition(".")
    assert secret not in str(row)
    assert signature not in str(row)


async def test_a_token_is_a_way_into_the_chat_and_nowhere_else(urls, ada):
    token = f"Bearer {await token_of(ada)}"
    http = await browser()
    assert await post(http, path=SESSION, csrf=CSRF, authorization=token) == (401, "not_signed_in")
    assert await SessionToken.objects.acount() == 1


@pytest.mark.parametrize(
    ("signed_in", "csrf", "refusal"),
    [
        (True, None, (403, "csrf_failed")),
        (False, CSRF, (401, "not_signed_in")),
        (False, None, (403, "csrf_failed")),
    ],
)
async def test_a_token_is_issued_for_a_session_with_its_csrf_token_only(
    urls, ada, signed_in, csrf, refusal
):
    http = await browser(ada if signed_in else None)
    assert await post(http, path=SESSION, csrf=csrf) == refusal
    assert not await SessionToken.objects.aexists()


@pytest.mark.parametrize("method", ["get", "put", "delete", "patch"])
async def test_a_token_is_issued_to_post_only(urls, ada, method):
    http = await browser(ada)
    response = await getattr(http, method)(SESSION, headers={"X-CSRFToken": CSRF})
    assert (response.status_code, response["Allow"]) == (405, "POST")


async def test_the_refusal_of_a_token_names_the_scheme(urls, transactional_db):
    response = await AsyncClient().post(PATH, headers={"Authorization": "Bearer x"})
    assert response["WWW-Authenticate"] == 'Bearer error="invalid_token"'


def test_an_endless_header_is_refused_before_anything_is_computed():
    request = RequestFactory().post("/", headers={"Authorization": "Bearer " + "x" * 513})
    with pytest.raises(InvalidToken):
        bearer_token(request)
