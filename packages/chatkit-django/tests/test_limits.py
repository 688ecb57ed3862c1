"""Limits are told before anything happens, and end by themselves."""

import asyncio
import json
import re

import pytest
from django.contrib.auth import get_user_model
from django.test import RequestFactory

from chatkit_django import limits
from chatkit_django.counters import Counter, shared_counters
from chatkit_django.exceptions import TooManyUploads
from chatkit_django.models import LimitCounter, ResponseSlot, Thread
from chatkit_django.session_view import ChatKitSessionView
from chatkit_django.testing import message
from tests.conftest import PATH
from tests.limited import DAY, WHERE, all_keys, error_of


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
    # As a word: the id of a request is of hexadecimal digits, and "ada" may be among them.
    assert not any(re.search(r"hi there|\bada\b", line) for line in said)


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
