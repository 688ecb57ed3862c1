"""The cache is away: the chat goes on, the limits hold, and no place is lost."""

import asyncio
import os
import signal
import socket
from contextlib import contextmanager

import pytest
import redis
from prometheus_client import REGISTRY

from chatkit_django import limits, outage
from chatkit_django.context import RequestContext
from chatkit_django.counters import CacheCounters, shared_counters
from chatkit_django.models import LimitCounter, ResponseSlot
from chatkit_django.outage import Outage
from chatkit_django.testing import message
from services import free_port, valkey
from tests.limited import error_of, until_free

FAILURES = "chatkit_limits_cache_failures_total"
LINE = "does not answer, so the database counts"


@pytest.fixture
def cache_at(settings):
    """Call it with the port of the cache."""

    def use(port):
        settings.CACHES = {
            "default": {
                "BACKEND": "django.core.cache.backends.redis.RedisCache",
                "LOCATION": f"redis://127.0.0.1:{port}/0",
            }
        }

    return use


@pytest.fixture
def dead_cache(cache_at):
    """An address where nothing listens, and nobody else can begin to."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        cache_at(taken.getsockname()[1])
        yield


@pytest.fixture
def hanging_cache(cache_at):
    """A server that takes connections and says nothing."""
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen(100)
        silent.setblocking(False)
        cache_at(silent.getsockname()[1])
        yield silent


def lines(caplog):
    return [record for record in caplog.records if LINE in record.getMessage()]


async def send(client, text="hi"):
    return await client.send("threads.create", input=message(text))


async def test_a_chat_goes_on_without_its_cache_and_says_so_once(dead_cache, client_of_ada, caplog):
    failures = REGISTRY.get_sample_value(FAILURES)
    for _ in range(3):
        events = await client_of_ada.ask("hi")
        assert events[-1]["type"] == "thread.item.done"
    assert len(lines(caplog)) == 1
    assert REGISTRY.get_sample_value(FAILURES) == failures + 1


async def test_limits_hold_without_the_cache(dead_cache, client_of_ada, settings):
    settings.CHATKIT_LIMITS = {
        "messages": {"user": "2/day"},
        "requests": {"user": "4/day"},
        "uploads": {"user": "1/day"},
    }
    await client_of_ada.ask("one")
    await client_of_ada.ask("two")
    assert error_of(await send(client_of_ada)) == "too_many_messages"
    assert (await client_of_ada.send("threads.list")).status_code == 200
    assert error_of(await client_of_ada.send("threads.list")) == "too_many_requests"


async def test_a_response_has_its_place_without_the_cache(
    dead_cache, client_of_ada, server, settings
):
    settings.CHATKIT_LIMITS = {"responses": {"user": 1}}
    reading = asyncio.create_task(client_of_ada.ask("wait"))
    await server.started.wait()
    assert error_of(await send(client_of_ada)) == "too_many_responses"
    server.go_on.set()
    await reading
    await until_free(client_of_ada, "hi")
    assert not await ResponseSlot.objects.aexists()


async def test_a_cache_that_hangs_is_asked_by_one_request_and_not_by_all(
    hanging_cache, client_of_ada
):
    for _ in range(5):
        await client_of_ada.ask("hi")
    hanging_cache.accept()[0].close()
    with pytest.raises(BlockingIOError):
        hanging_cache.accept()


def test_a_cache_has_a_second_to_answer_unless_the_project_says_otherwise(cache_at, settings):
    cache_at(1)
    assert options()["socket_timeout"] == options()["socket_connect_timeout"] == 1
    settings.CACHES["default"]["OPTIONS"] = {"socket_timeout": 7}
    assert (options()["socket_timeout"], options()["socket_connect_timeout"]) == (7, 1)


def options():
    return shared_counters()._cache._cache.get_client().get_connection_kwargs()


async def test_a_user_can_be_forgotten_without_the_cache(dead_cache, client_of_ada, ada):
    await client_of_ada.ask("hi")
    assert await LimitCounter.objects.aexists()
    await asyncio.to_thread(limits.forget, ada.pk)
    assert not await LimitCounter.objects.aexists()


@pytest.fixture
def clock(monkeypatch):
    """The time, as a list of one number."""
    now = [1000.0]
    monkeypatch.setattr(outage, "monotonic", lambda: now[0])
    return now


def test_a_cache_that_failed_is_asked_now_and_then_until_it_answers(clock):
    cache = Outage()
    assert [cache.may_ask() for _ in range(3)] == [True] * 3
    cache.begin(OSError())
    assert not cache.may_ask()
    clock[0] += outage.RETRY_SECONDS
    assert [cache.may_ask() for _ in range(3)] == [True, False, False]
    cache.begin(OSError())
    clock[0] += outage.RETRY_SECONDS
    assert cache.may_ask()
    cache.end()
    assert [cache.may_ask() for _ in range(3)] == [True] * 3


def test_an_outage_is_told_once_a_minute_and_its_end_once(clock, caplog):
    cache = Outage()
    for _ in range(5):
        cache.begin(OSError("no route"))
        clock[0] += 20
    assert len(lines(caplog)) == 2
    for _ in range(2):
        cache.end()
    assert caplog.text.count("answers again") == 1


# --- a Valkey that is started, stopped and killed ---


@pytest.fixture
def ask_at_once(monkeypatch):
    """A cache that failed is asked again by the next request."""
    monkeypatch.setattr(outage, "RETRY_SECONDS", 0)


def counted(port):
    """What a Valkey has counters of."""
    with redis.Redis(port=port) as client:
        return {key.decode().split("chatkit:")[1].split(":")[0] for key in client.keys("*")}


async def test_a_valkey_that_ends_in_the_middle_of_an_answer_and_comes_back(
    cache_at, ask_at_once, client_of_ada, server, caplog
):
    port = free_port()
    cache_at(port)
    with valkey(port):
        reading = asyncio.create_task(client_of_ada.ask("wait"))
        await server.started.wait()
        assert counted(port) == {"messages/60", "requests/60", "response"}
    server.go_on.set()
    assert (await reading)[-1]["type"] == "thread.item.done"
    await client_of_ada.ask("meanwhile")
    assert len(lines(caplog)) == 1
    with valkey(port):
        await client_of_ada.ask("again")
        assert "messages/60" in counted(port)
        assert "answers again" in caplog.text


@contextmanager
def stopped(port):
    """A Valkey that hangs: its process does not run."""
    with redis.Redis(port=port) as client:
        process = client.info("server")["process_id"]
    os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(process, signal.SIGCONT)


async def test_a_place_that_could_not_be_given_back_is_when_the_valkey_answers(
    cache_at, ask_at_once, client_of_ada, server, settings
):
    settings.CHATKIT_LIMITS = {"responses": {"user": 1}}
    port = free_port()
    cache_at(port)
    with valkey(port):
        reading = asyncio.create_task(client_of_ada.ask("wait"))
        await server.started.wait()
        with stopped(port):
            server.go_on.set()
            assert (await reading)[-1]["type"] == "thread.item.done"
        assert "response" in counted(port)
        await client_of_ada.ask("hi")
        assert "response" not in counted(port)
        assert not await ResponseSlot.objects.aexists()


async def test_a_valkey_that_ends_between_two_places_keeps_none(
    cache_at, ask_at_once, ada, settings, monkeypatch
):
    settings.CHATKIT_LIMITS = {"responses": {"user": 1, "address": 1}}
    context = RequestContext(user=ada, locale="en", request_id="test", address="1.2.3.4")
    port = free_port()
    cache_at(port)
    with valkey(port):
        take, asked = CacheCounters.take, []

        def take_once(self, subject, *arguments):
            asked.append(subject)
            if len(asked) == 2:
                raise redis.ConnectionError
            return take(self, subject, *arguments)

        monkeypatch.setattr(CacheCounters, "take", take_once)
        async with await limits.begin("threads.create", context):
            assert "response" in counted(port)
            assert await ResponseSlot.objects.acount() == 2
        async with await limits.begin("threads.create", context):
            assert not await ResponseSlot.objects.aexists()
        assert "response" not in counted(port)


async def test_the_budget_outlives_the_cache(
    cache_at, ask_at_once, as_ada, client_of_ada, settings
):
    settings.CHATKIT_LIMITS = {"budget": {"user": "10/day"}}
    port = free_port()
    cache_at(port)
    with valkey(port):
        await limits.report_usage(as_ada, 6)
    await limits.report_usage(as_ada, 4)
    assert error_of(await send(client_of_ada)) == "budget_used_up"
    with valkey(port):
        assert error_of(await send(client_of_ada)) == "budget_used_up"
