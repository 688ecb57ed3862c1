"""Errors nobody named, as clients see them, with Django's debug mode on and off."""

import logging

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import Http404
from django.test import Client, RequestFactory
from pytest_django.fixtures import Settings
from redis import RedisError

from config.errors import JsonErrorsMiddleware
from config.settings import CORS_ALLOW_HEADERS


@pytest.mark.parametrize("debug", [True, False])
def test_an_unknown_address_of_the_api(client: Client, settings: Settings, debug: bool) -> None:
    settings.DEBUG = debug
    response = client.get("/api/no/such/thing/")
    assert response.status_code == 404
    assert response.json()["error"]["code"] == "not_found"


@pytest.mark.parametrize("debug", [True, False])
def test_a_foreign_host_name(client: Client, settings: Settings, debug: bool) -> None:
    settings.DEBUG = debug
    settings.ALLOWED_HOSTS = ["here.example"]
    response = client.get("/api/me/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert response.json()["error"]["code"] == "bad_request"
    assert "evil" not in response.content.decode()


@pytest.mark.parametrize(
    ("exception", "status"),
    [
        (Http404("thread 7 of ann"), 404),
        (PermissionDenied("only bob"), 403),
        (RequestDataTooBig("secret"), 413),
        (SuspiciousOperation("secret"), 400),
        (OperationalError("no route to db-7"), 503),
        (InterfaceError("connection 7 is closed"), 503),
        (RedisError("no route to cache-7"), 503),
        (ValueError("SELECT secret FROM /srv/data"), 500),
    ],
)
def test_what_an_exception_says_stays_in_the_log(
    rf: RequestFactory,
    caplog: pytest.LogCaptureFixture,
    exception: Exception,
    status: int,
) -> None:
    request = rf.get("/api/anything/")
    request.user = AnonymousUser()
    middleware = JsonErrorsMiddleware(lambda request: pytest.fail("not asked"))
    with caplog.at_level(logging.ERROR):
        response = middleware.process_exception(request, exception)
    assert response.status_code == status
    assert str(exception) not in response.content.decode()
    logged = [record for record in caplog.records if record.exc_info]
    assert len(logged) == (1 if status >= 500 else 0)
    assert ("Retry-After" in response) == (status == 503)


@pytest.fixture
def dev_server(settings: Settings) -> str:
    settings.CORS_ALLOWED_ORIGINS = ["http://localhost:5173"]
    return "http://localhost:5173"


def preflight(client: Client, origin: str, headers: str) -> dict[str, str]:
    response = client.options(
        "/api/chatkit/",
        headers={
            "origin": origin,
            "access-control-request-method": "POST",
            "access-control-request-headers": headers,
        },
    )
    return {name.lower(): value for name, value in response.items()}


@pytest.mark.parametrize(
    "name", ["chatkit-frame-instance-id", "chatkit-session-id", "chatkit-user-id", "x-csrftoken"]
)
def test_a_known_origin_may_send_chatkits_headers(
    client: Client, dev_server: str, name: str
) -> None:
    answer = preflight(client, dev_server, name)
    assert answer["access-control-allow-origin"] == dev_server
    assert answer["access-control-allow-credentials"] == "true"
    assert name in answer["access-control-allow-headers"].split(", ")
    assert name in CORS_ALLOW_HEADERS


def test_a_known_origin_sees_which_run_it_reads_and_when_to_ask_again(
    client: Client, dev_server: str
) -> None:
    response = client.get("/api/me/", headers={"origin": dev_server})
    assert response["access-control-expose-headers"] == "ChatKit-Run, Retry-After"


def test_an_unknown_origin_may_send_nothing(client: Client, dev_server: str) -> None:
    answer = preflight(client, "https://evil.example", "chatkit-frame-instance-id")
    assert "access-control-allow-origin" not in answer
