"""The database is away: requests are told to come again, and nothing has to be restarted."""

import asyncio
import json
from contextlib import contextmanager

import psycopg
import pytest
from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIHandler
from django.db import InterfaceError, OperationalError, connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import RequestFactory

from chatkit_django import audit, database, pages, tokens
from chatkit_django.answer import FAILURE
from chatkit_django.conf import DATABASE_THREADS
from chatkit_django.models import ResponseSlot, RunEvents
from chatkit_django.runs import database_log
from chatkit_django.runs.database_log import DatabaseLog
from chatkit_django.runs.event_log import LogUnavailable
from chatkit_django.session_view import ChatKitSessionView
from chatkit_django.short_way import ChatKitASGIHandler
from chatkit_django.testing.contract.event_log_samples import all_frames, frames, part
from tests.event_logs import RunRows
from tests.limited import until_free
from tests.test_asgi import ask, session_of, signed

WAYS = pytest.mark.parametrize("way", [ASGIHandler, ChatKitASGIHandler])


@pytest.fixture
def database_down(transactional_db, monkeypatch):
    """While in it, nobody can talk to the database, and who did is cut off. No connection that was
    cut off is left to another test."""

    @contextmanager
    def cut_off():
        name = connection.settings_dict["NAME"]
        with elsewhere() as other:
            other.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
            other.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name]
            )
            try:
                yield
            finally:
                other.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')

    @contextmanager
    def unreadable():
        def refuse(*arguments):
            raise OperationalError("unable to open secret.sqlite3")

        with monkeypatch.context() as patched:
            patched.setattr(BaseDatabaseWrapper, "ensure_connection", refuse)
            yield

    yield cut_off if connection.vendor == "postgresql" else unreadable
    connection.close()
    database.close()


def elsewhere():
    """A connection to another database of the same server."""
    settings = connection.settings_dict
    return psycopg.connect(
        host=settings["HOST"],
        port=settings["PORT"],
        user=settings["USER"],
        password=settings["PASSWORD"] or None,
        dbname="postgres",
        autocommit=True,
    )


@pytest.fixture
def health_checks(database_down):
    """What a project sets with CONN_HEALTH_CHECKS."""
    database.close()
    connection.settings_dict["CONN_HEALTH_CHECKS"] = True
    yield
    connection.settings_dict["CONN_HEALTH_CHECKS"] = False
    database.close()


def refusal(answer):
    """The code of a refusal that asks to come again, and says no more than its sentence."""
    status, headers, body = answer
    assert (status, headers[b"retry-after"]) == (503, b"5")
    error = json.loads(body)["error"]
    assert error["message"] == "The service is not available at the moment. Please try again."
    return error["code"]


@WAYS
async def test_a_request_is_told_to_come_again_and_the_next_is_served(
    way, server, ada, database_down, health_checks, caplog
):
    application, headers = way(), signed(await session_of(ada))
    assert (await ask(application, headers=headers))[0] == 200
    with database_down():
        for _ in range(2):
            assert refusal(await ask(application, headers=headers)) == "unavailable"
    assert (await ask(application, headers=headers))[0] == 200
    logged = [one for one in caplog.records if one.name == "chatkit_django.views"]
    assert [isinstance(one.exc_info[1], OperationalError) for one in logged] == [True] * 2


@WAYS
async def test_without_health_checks_each_thread_needs_one_request_to_see_that_it_was_cut_off(
    way, server, ada, database_down
):
    application, headers = way(), signed(await session_of(ada))
    with database_down():
        assert refusal(await ask(application, headers=headers)) == "unavailable"
    answers = [await ask(application, headers=headers) for _ in range(DATABASE_THREADS.get() + 2)]
    assert {status for status, _, _ in answers} <= {200, 503}
    assert answers[-1][0] == 200


@WAYS
async def test_who_comes_with_a_token_is_told_the_same(way, server, ada, database_down):
    token = (await sync_to_async(tokens.issue)(ada)).client_secret
    with database_down():
        answer = await ask(way(), headers={"authorization": f"Bearer {token}"})
    assert refusal(answer) == "unavailable"


@WAYS
async def test_a_refusal_stands_although_nobody_can_write_it_down(
    way, server, ada, database_down, caplog
):
    audit.refusals.forget()
    headers = signed(await session_of(ada)) | {"x-csrftoken": "foreign"}
    application = way()
    with database_down():
        status, _, body = await ask(application, headers=headers)
    assert (status, json.loads(body)["error"]["code"]) == (403, "csrf_failed")
    assert "could not be written down" in caplog.text


async def test_files_and_tokens_are_told_the_same(filing_ada, ada, database_down):
    request = RequestFactory().post("/")
    request.user = ada
    request._dont_enforce_csrf_checks = True
    with database_down():
        response = await filing_ada.http.get("/files/atc_1/?signature=x")
        token = await sync_to_async(ChatKitSessionView.as_view())(request)
    for answer in (response, token):
        assert answer.status_code == 503
        assert json.loads(answer.content)["error"]["code"] == "unavailable"
        assert answer["Retry-After"] == "5"


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (OperationalError("host db-7"), 503, "unavailable"),
        (InterfaceError("host db-7"), 503, "unavailable"),
        (LookupError("host db-7"), 500, "internal_error"),
    ],
)
async def test_what_else_goes_wrong_is_an_error_of_ours(
    client_of_ada, monkeypatch, error, status, code
):
    def fail(*arguments):
        raise error

    with monkeypatch.context() as patched:
        patched.setattr(pages, "threads_json", fail)
        response = await client_of_ada.send("threads.list")
    assert response.status_code == status
    assert json.loads(response.content)["error"]["code"] == code
    assert ("Retry-After" in response) == (status == 503)
    assert b"db-7" not in response.content
    assert (await client_of_ada.send("threads.list")).status_code == 200


async def test_an_answer_in_the_middle_ends_with_an_error_and_gives_its_place_back(
    chosen, server, client_of_ada, database_down, health_checks
):
    chosen(responses={"user": 1})
    reading = asyncio.create_task(client_of_ada.ask("wait"))
    await server.started.wait()
    with database_down():
        server.go_on.set()
        events = await reading
    assert (events[-1]["type"], events[-1]["message"]) == ("error", FAILURE)
    await until_free(client_of_ada, "hi")
    assert not await ResponseSlot.objects.aexists()


async def test_the_event_log_says_that_it_is_away_and_goes_on_where_it_was(
    database_down, health_checks
):
    log, runs = DatabaseLog(), RunRows()
    await runs.begin("a")
    await log.append([part("a", 1, 3)])
    waiting = asyncio.create_task(log.read({"a": 3}, wait=60))
    await asyncio.sleep(0.1)
    with database_down():
        for call in (
            log.append([part("a", 4, 6)]),
            log.read({"a": 0}),
            log.read({"a": 0}, wait=60),
            log.forget(["a"]),
            log.expire(),
            waiting,
        ):
            async with asyncio.timeout(20):
                with pytest.raises(LogUnavailable):
                    await call
    await log.append([part("a", 4, 6)])
    assert await all_frames(log, "a", until=6) == frames("a", 1, 6)


async def test_an_event_log_that_was_cut_off_while_it_wrote_has_all_of_it_or_nothing(
    transactional_db, monkeypatch
):
    log, runs = DatabaseLog(), RunRows()
    await runs.begin("a", "b")
    with monkeypatch.context() as patched:
        append = database_log.fetch

        def cut_off(*arguments):
            append(*arguments)
            raise OperationalError

        patched.setattr(database_log, "fetch", cut_off)
        with pytest.raises(LogUnavailable):
            await log.append([part("a", 1, 3), part("b", 1, 3)])
    assert not await RunEvents.objects.aexists()
    await log.append([part("a", 1, 3), part("b", 1, 3)])
    for name in "ab":
        assert await all_frames(log, name, until=3) == frames(name, 1, 3)
