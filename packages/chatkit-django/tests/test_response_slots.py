"""Responses at the same time: each has a slot, and gives it back however it ends."""

import asyncio
from contextlib import aclosing

import pytest

from chatkit_django import limits
from chatkit_django.context import RequestContext
from chatkit_django.exceptions import TooManyResponses
from chatkit_django.models import ThreadItem
from chatkit_django.testing import message
from tests.limited import error_of, slots, until_free


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
