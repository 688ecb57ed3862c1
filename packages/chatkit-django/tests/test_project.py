"""The app in a project: checks, settings, admin, and building the server."""

import asyncio
import threading

import pytest
from django.contrib.auth import get_user_model
from django.core.checks import run_checks
from django.core.management import call_command
from django.test import RequestFactory

from chatkit_django import conf
from chatkit_django.context import RequestContext
from chatkit_django.views import ChatKitView, LazyServer


def found():
    return {problem.id for problem in run_checks(tags=["chatkit_django"])}


def test_a_well_made_project_passes_the_checks():
    assert found() == set()


@pytest.mark.parametrize(
    ("changes", "identifier"),
    [
        ({"CHATKIT_MAX_PAGE_SIZE": 0}, "chatkit_django.E001"),
        ({"CHATKIT_MAX_BODY_BYTES": "1 MB"}, "chatkit_django.E001"),
        ({"CHATKIT_DATABASE_THREADS": True}, "chatkit_django.E001"),
        ({"CHATKIT_ATTACHMENT_TYPES": 7}, "chatkit_django.E001"),
        ({"USE_TZ": False}, "chatkit_django.E002"),
        ({"WSGI_APPLICATION": "config.wsgi.application"}, "chatkit_django.W001"),
    ],
)
def test_a_setting_that_would_break_something_is_found(settings, changes, identifier):
    for name, value in changes.items():
        setattr(settings, name, value)
    assert found() == {identifier}


@pytest.mark.parametrize(
    ("middleware", "identifier"),
    [
        ("django.contrib.sessions.middleware.SessionMiddleware", "chatkit_django.E003"),
        ("django.contrib.auth.middleware.AuthenticationMiddleware", "chatkit_django.E003"),
        ("django.middleware.csrf.CsrfViewMiddleware", "chatkit_django.E004"),
    ],
)
def test_a_missing_middleware_is_found(settings, middleware, identifier):
    settings.MIDDLEWARE = [path for path in settings.MIDDLEWARE if path != middleware]
    assert found() == {identifier}


def test_the_migrations_are_complete(transactional_db):
    call_command("makemigrations", "chatkit_django", check=True, dry_run=True)


@pytest.mark.parametrize("setting", conf.ALL_SETTINGS, ids=lambda setting: setting.name)
def test_a_setting_is_read_when_it_is_needed(settings, setting):
    assert setting.get() == setting.default
    other = {str: "other", int: 7, bool: True, dict: {"budget": {"user": "9/day"}}}[
        type(setting.default)
    ]
    setattr(settings, setting.name, other)
    assert setting.get() == other


async def test_the_server_is_built_once_and_outside_the_event_loop():
    built = []

    def build():
        built.append(threading.current_thread())
        from tests.scripted import ScriptedServer

        return ScriptedServer()

    lazy = LazyServer(build)
    servers = await asyncio.gather(*(lazy.get() for _ in range(20)))
    assert len(set(map(id, servers))) == 1
    assert len(built) == 1
    assert built[0] is not threading.main_thread()


def test_a_view_without_a_server_is_refused_at_once():
    with pytest.raises(TypeError, match="server="):
        ChatKitView.as_view()


@pytest.mark.parametrize(
    ("header", "locale"),
    [("de-AT", "de-AT"), ("pt-BR,en;q=0.5", "pt-BR"), ("", "en-us"), ("*", "en-us")],
)
def test_the_locale_is_the_first_language_the_client_names(header, locale):
    request = RequestFactory().get("/", headers={"Accept-Language": header} if header else {})
    context = RequestContext.from_request(request, get_user_model()(pk=7))
    assert (context.locale, context.user_id) == (locale, "7")


def test_a_request_keeps_the_id_a_proxy_gave_it_if_it_is_harmless():
    good = RequestFactory().get("/", headers={"X-Request-ID": "abc-1.2"})
    user = get_user_model()(pk=1)
    assert RequestContext.from_request(good, user).request_id == "abc-1.2"
    bad = RequestFactory().get("/", headers={"X-Request-ID": "a b\tc" * 100})
    first, second = (RequestContext.from_request(bad, user).request_id for _ in range(2))
    assert first == second
    assert len(first) == 32
