"""Limits hold for all workers together, are told before anything happens, and end by themselves."""

import asyncio
import json
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.test import RequestFactory

from chatkit_django import limits
from chatkit_django.context import RequestContext, address_of
from chatkit_django.counters import Counter, shared_counters
from chatkit_django.exceptions import (
    TooManyRequests,
    TooManyResponses,
    TooManyUploads,
    in_words,
)
from chatkit_django.models import LimitCounter, ResponseSlot, Thread, ThreadItem
from chatkit_django.rates import DEFAULTS, Rate, limits_of
from chatkit_django.session_view import ChatKitSessionView
from chatkit_django.testing import message
from tests.conftest import PATH
from tests.live import HERE, database_url

WHERE = ["database", *(["cache"] if "SPENDO_CACHE_URL" in os.environ else [])]
DAY = Rate(100, 86400)


@pytest.fixture(params=WHERE)
def counters(request, settings, transactional_db):
    """Where it is counted: the database, and where there is one, Valkey."""
    if request.param == "database":
        settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    return shared_counters()


@pytest.fixture
def chosen(settings, counters):
    def choose(**changes):
        settings.CHATKIT_LIMITS = changes

    return choose


def error_of(response):
    assert response.status_code == 429
    error = json.loads(response.content)["error"]
    assert "Try again in " in error["message"]
    assert int(response["Retry-After"]) >= 1
    return error["code"]


async def until_free(client, text):
    """Send until no response is in the way; the events. It has ten seconds."""
    deadline = time.monotonic() + 10
    while True:
        response = await client.send("threads.create", input=message(text))
        if response.status_code == 200:
            return [part async for part in response]
        assert error_of(response) == "too_many_responses"
        assert time.monotonic() < deadline
        await asyncio.sleep(0.02)


# --- counting ---


def in_threads(number, work):
    def closing(index):
        try:
            return work(index)
        finally:
            connection.close()

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(closing, range(number)))


def test_many_threads_count_together_and_none_sees_the_same_number(counters):
    one = Counter.now("somebody", "messages", DAY)
    other = Counter.now("address", "messages", DAY)

    def work(_):
        return [counters.add({one: 1, other: 1})[one] for _ in range(20)]

    seen = [number for numbers in in_threads(8, work) for number in numbers]
    assert sorted(seen) == list(range(1, 161))
    assert counters.read([one, other]) == {one: 160, other: 160}


def test_many_threads_get_as_many_slots_as_there_are(counters):
    slots = in_threads(12, lambda index: counters.take("somebody", 5, f"holder {index}", 60))
    assert sorted(slot for slot in slots if slot is not None) == [0, 1, 2, 3, 4]
    counters.free("somebody", 3, "not the holder")
    assert counters.take("somebody", 5, "x", 60) is None
    counters.free("somebody", 3, f"holder {slots.index(3)}")
    assert counters.take("somebody", 5, "x", 60) == 3


def test_a_slot_nobody_gave_back_is_free_after_its_time(counters):
    assert counters.take("somebody", 1, "killed", 1) == 0
    assert counters.take("somebody", 1, "next", 60) is None
    deadline = time.monotonic() + 10
    while counters.take("somebody", 1, "next", 60) is None:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    counters.free("somebody", 0, "killed")
    assert counters.take("somebody", 1, "third", 60) is None


def test_a_new_window_starts_at_nothing_and_an_old_one_does_not_come_back(counters):
    now = Counter.now("somebody", "messages", DAY)
    later = Counter("somebody", now.kind, now.ends_at + 86400)
    assert counters.add({now: 5}) == {now: 5}
    assert counters.read([later]) == {later: 0}
    assert counters.add({later: 2}) == {later: 2}


def test_a_worker_with_a_slow_clock_does_not_begin_the_window_anew(transactional_db, settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    now = Counter.now("somebody", "messages", DAY)
    behind = Counter("somebody", now.kind, now.ends_at - 86400)
    shared_counters().add({now: 5})
    assert shared_counters().add({behind: 1}) == {behind: 6}


WORKER = """
import asyncio, sys, django
django.setup()
from django.conf import settings
settings.CHATKIT_LIMITS = {"requests": {"user": "100/day"}}
if sys.argv[1] == "database":
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
from types import SimpleNamespace
from chatkit_django import limits
from chatkit_django.exceptions import TooManyRequests
context = SimpleNamespace(user_id="7", address="", request_id="test")

async def main():
    allowed = 0
    for _ in range(120):
        try:
            await limits.count_request(context)
        except TooManyRequests:
            continue
        allowed += 1
    print(allowed)

asyncio.run(main())
"""


def test_workers_together_allow_exactly_the_limit(counters, request):
    where = request.node.callspec.params["counters"]
    environment = {
        **os.environ,
        "TEST_DATABASE_URL": database_url(),
        "DJANGO_SETTINGS_MODULE": "tests.settings",
    }
    workers = [
        subprocess.Popen(
            [sys.executable, "-c", WORKER, where],
            cwd=HERE,
            env=environment,
            stdout=subprocess.PIPE,
        )
        for _ in range(3)
    ]
    allowed = [int(worker.communicate(timeout=60)[0]) for worker in workers]
    assert sum(allowed) == 100


# --- the limits of requests ---


async def test_more_messages_than_allowed_are_refused_and_not_kept(
    chosen, client_of_ada, client_of_bob
):
    chosen(messages={"user": "2/day"})
    await client_of_ada.ask("one")
    await client_of_ada.ask("two")
    refused = await client_of_ada.send("threads.create", input=message("three"))
    assert error_of(refused) == "too_many_messages"
    assert await Thread.objects.acount() == 2
    assert (await client_of_ada.send("threads.list")).status_code == 200
    await client_of_bob.ask("bob's first")


async def test_an_address_is_limited_too(chosen, client_of_ada, client_of_bob, settings):
    settings.CHATKIT_PROXY_COUNT = 1
    chosen(messages={"address": "2/day"})
    for client, address, status in (
        (client_of_ada, "1.2.3.4", 200),
        (client_of_bob, "6.6.6.6, 1.2.3.4", 200),
        (client_of_ada, "1.2.3.4", 429),
        (client_of_ada, "1.2.3.5", 200),
    ):
        body = {"type": "threads.create", "params": {"input": message("hi")}}
        response = await client.http.post(
            PATH,
            json.dumps(body),
            content_type="application/json",
            headers={"X-Forwarded-For": address},
        )
        assert response.status_code == status
        if status == 200:
            assert [part async for part in response]


async def test_more_requests_than_allowed_are_refused_also_when_they_are_wrong(
    chosen, client_of_ada, client_of_bob
):
    chosen(requests={"user": "3/day"})
    statuses = [(await client_of_ada.send(kind)).status_code for kind in ("nonsense",) * 3]
    assert statuses == [400] * 3
    assert error_of(await client_of_ada.send("threads.list")) == "too_many_requests"
    assert (await client_of_bob.send("threads.list")).status_code == 200


async def test_tokens_are_limited_like_other_requests(chosen, ada):
    chosen(requests={"user": "2/day"})
    request = RequestFactory().post("/")
    request.user = ada
    request._dont_enforce_csrf_checks = True
    answers = [await asyncio.to_thread(ChatKitSessionView.as_view(), request) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert error_of(answers[2]) == "too_many_requests"


async def test_requests_are_taken_from_the_counters_in_blocks(chosen, client_of_ada):
    chosen(requests={"user": "100/day"})
    for _ in range(7):
        await client_of_ada.read("threads.list")
    counter = Counter.now(await subject_of("ada"), "requests", DAY)
    read = await asyncio.to_thread(shared_counters().read, [counter])
    assert read == {counter: 10}


async def subject_of(name):
    return limits.user_subject((await get_user_model().objects.aget(username=name)).pk)


async def test_uploads_are_limited(chosen, as_ada):
    chosen(uploads={"user": "1/day"})
    await limits.begin("attachments.create", as_ada)
    with pytest.raises(TooManyUploads):
        await limits.begin("attachments.create", as_ada)


async def test_the_budget_is_what_respond_reports(chosen, client_of_ada, as_ada, as_bob):
    chosen(budget={"user": "1000/day"})
    await limits.report_usage(as_ada, 999)
    await client_of_ada.ask("still something left")
    await limits.report_usage(as_ada, 1)
    refused = await client_of_ada.send("threads.create", input=message("more"))
    assert error_of(refused) == "budget_used_up"
    assert (await client_of_ada.send("threads.list")).status_code == 200
    async with await limits.begin("threads.create", as_bob):
        pass


async def test_without_a_budget_nothing_is_charged(chosen, as_ada):
    chosen()
    await limits.report_usage(as_ada, 10**9)
    async with await limits.begin("threads.create", as_ada):
        assert not await LimitCounter.objects.filter(kind__startswith="budget").aexists()


async def test_log_only_refuses_nothing_and_says_so(chosen, client_of_ada, settings, caplog):
    settings.CHATKIT_LIMITS_LOG_ONLY = True
    chosen(messages={"user": "1/day"}, requests={"user": "1/day"}, responses={"user": 1})
    for _ in range(2):
        await client_of_ada.ask("hi there")
    said = [record.getMessage() for record in caplog.records if "over a limit" in record.message]
    assert any("too_many_messages" in line for line in said)
    assert any("too_many_requests" in line for line in said)
    assert not any("hi there" in line or "ada" in line for line in said)


# --- responses at the same time ---


async def test_a_response_too_many_is_refused_until_one_has_ended(chosen, client_of_ada, server):
    chosen(responses={"user": 1})
    reading = asyncio.create_task(client_of_ada.ask("wait"))
    await server.started.wait()
    refused = await client_of_ada.send("threads.create", input=message("hi"))
    assert error_of(refused) == "too_many_responses"
    assert await ThreadItem.objects.acount() == 1
    server.go_on.set()
    await reading
    await until_free(client_of_ada, "hi")


@pytest.mark.parametrize("text", ["echo", "fail now", "refuse", "typeerror", "surrogate"])
async def test_a_response_that_has_ended_or_failed_makes_room(chosen, client_of_ada, text):
    chosen(responses={"user": 1})
    for _ in range(2):
        await client_of_ada.ask(text)
    assert await slots() == 0


async def test_a_reader_who_leaves_makes_room(chosen, client_of_ada, server):
    chosen(responses={"user": 1})
    response = await client_of_ada.send("threads.create", input=message("wait"))
    async with aclosing(aiter(response)) as parts:
        await anext(parts)
    await until_free(client_of_ada, "hi")


async def test_a_response_that_is_cancelled_makes_room(chosen, client_of_ada, server):
    chosen(responses={"user": 1})

    async def read():
        await client_of_ada.ask("wait")

    reading = asyncio.create_task(read())
    await server.started.wait()
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
    await until_free(client_of_ada, "hi")


async def test_a_request_that_is_refused_for_something_else_makes_room(chosen, client_of_ada):
    chosen(responses={"user": 1})
    for _ in range(2):
        response = await client_of_ada.send(
            "threads.add_user_message", thread_id="thr_unknown", input=message("hi")
        )
        assert response.status_code == 404
    assert await slots() == 0


async def test_a_caller_who_is_cancelled_while_it_waits_for_a_slot_keeps_none(chosen, as_ada):
    chosen(responses={"user": 1})
    for _ in range(5):
        asking = asyncio.create_task(limits.begin("threads.create", as_ada))
        await asyncio.sleep(0)
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking
    async with await limits.begin("threads.create", as_ada):
        with pytest.raises(TooManyResponses):
            await limits.begin("threads.create", as_ada)


async def test_what_is_refused_in_the_middle_leaves_no_slot(chosen, as_ada, settings):
    chosen(responses={"user": 5, "address": 1})
    one = RequestContext(user=as_ada.user, locale="en", request_id="1", address="1.2.3.4")
    async with await limits.begin("threads.create", one):
        for _ in range(6):
            with pytest.raises(TooManyResponses):
                await limits.begin("threads.create", one)
    assert await slots() == 0


async def slots():
    stored = await ResponseSlot.objects.acount()
    if "cache" in WHERE:
        stored += len([key async for key in keys_of_slots()])
    return stored


async def keys_of_slots():
    for key in await asyncio.to_thread(all_keys):
        if b"chatkit:response:" in key:
            yield key


def all_keys():
    from redis import Redis

    with Redis.from_url(os.environ["SPENDO_CACHE_URL"]) as redis:
        return redis.keys("*")


# --- settings and words ---


def test_nothing_of_a_user_is_left_when_it_is_forgotten(chosen, as_ada):
    chosen(budget={"user": "5/day"}, responses={"user": 3})

    async def use():
        await limits.count_request(as_ada)
        await limits.report_usage(as_ada, 1)
        await limits.begin("threads.create", as_ada)
        await limits.begin("attachments.create", as_ada)

    asyncio.run(use())
    kept = LimitCounter.objects.count() + (len(all_keys()) if "cache" in WHERE else 0)
    assert kept >= 4
    limits.forget(as_ada.user_id)
    assert not LimitCounter.objects.exists()
    assert not ResponseSlot.objects.exists()
    if "cache" in WHERE:
        assert all_keys() == []


def test_the_defaults_are_far_beyond_a_person():
    limits = limits_of({})
    assert limits["messages", "user"].amount >= 60
    assert limits["requests", "user"].amount >= 600
    assert limits["responses", "user"].amount >= 10
    assert ("budget", "user") not in limits
    assert set(DEFAULTS) == {"requests", "messages", "uploads", "responses", "budget"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"message": {"user": "1/day"}},
        {"messages": "1/day"},
        {"messages": {"users": "1/day"}},
        {"messages": {"user": "0/day"}},
        {"messages": {"user": "1/week"}},
        {"messages": {"user": 5}},
        {"responses": {"user": "5/minute"}},
        {"responses": {"user": 0}},
        {"responses": {"user": True}},
    ],
)
def test_a_wrong_limit_is_named(wrong):
    with pytest.raises(ImproperlyConfigured, match="CHATKIT_LIMITS"):
        limits_of(wrong)


def test_none_lifts_a_limit():
    assert ("messages", "user") not in limits_of({"messages": {"user": None}})


@pytest.mark.parametrize(
    ("proxies", "remote", "forwarded", "address"),
    [
        (0, "1.2.3.4", "6.6.6.6", "1.2.3.4"),
        (0, "127.0.0.1", "6.6.6.6", ""),
        (0, "10.1.2.3", "", ""),
        (0, "", "", ""),
        (0, "2600:1:2:3:4:5:6:7", "", "2600:1:2:3::/64"),
        (0, "::ffff:1.2.3.4", "", "1.2.3.4"),
        (1, "10.0.0.1", "6.6.6.6, 1.2.3.4", "1.2.3.4"),
        (2, "10.0.0.1", "6.6.6.6, 1.2.3.4, 10.0.0.2", "1.2.3.4"),
        (2, "10.0.0.1", "1.2.3.4", ""),
        (1, "10.0.0.1", "not an address", ""),
    ],
)
def test_the_address_is_the_one_a_trusted_proxy_saw(settings, proxies, remote, forwarded, address):
    settings.CHATKIT_PROXY_COUNT = proxies
    request = RequestFactory().get("/", REMOTE_ADDR=remote, headers={"X-Forwarded-For": forwarded})
    assert address_of(request) == address


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (1, "1 second"),
        (59, "59 seconds"),
        (119, "119 seconds"),
        (121, "3 minutes"),
        (7199, "120 minutes"),
        (7201, "3 hours"),
    ],
)
def test_a_wait_is_told_in_words_and_never_too_short(seconds, words):
    assert in_words(seconds) == words
    assert TooManyRequests(seconds).message == f"Too many requests. Try again in {words}."
