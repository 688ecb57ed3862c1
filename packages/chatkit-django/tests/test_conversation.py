"""The way of a message through view, server and store."""

import asyncio

from asgiref.sync import sync_to_async
from django.db import connections

from chatkit_django.models import Thread, ThreadItem


def types(events):
    return [event["type"] for event in events]


async def test_a_message_opens_a_thread_and_is_answered_in_it(client_of_ada):
    events = await client_of_ada.ask("hello")

    assert types(events) == [
        "thread.created",
        "thread.item.done",
        "stream_options",
        "thread.item.added",
        "thread.item.updated",
        "thread.item.updated",
        "thread.item.updated",
        "thread.item.updated",
        "thread.item.done",
    ]
    thread = await client_of_ada.read("threads.get_by_id", thread_id=events[0]["thread"]["id"])
    assert [item["content"][0]["text"] for item in thread["items"]["data"]] == [
        "hello",
        "You said: hello",
    ]
    assert thread["items"]["has_more"] is False
    assert thread["created_at"].endswith("Z")


async def test_a_second_message_goes_into_the_same_thread(client_of_ada):
    thread_id = (await client_of_ada.ask("one"))[0]["thread"]["id"]
    events = await client_of_ada.ask("two", thread_id)
    assert "thread.created" not in types(events)
    page = await client_of_ada.read("items.list", thread_id=thread_id, order="asc")
    assert [item["content"][0]["text"] for item in page["data"]] == [
        "one",
        "You said: one",
        "two",
        "You said: two",
    ]
    assert await Thread.objects.acount() == 1


async def test_messages_that_come_together_into_one_thread_are_all_kept(client_of_ada, settings):
    settings.CHATKIT_BUSY_WAIT_SECONDS = 60  # each waits for all that are before it
    thread_id = (await client_of_ada.ask("first"))[0]["thread"]["id"]
    answers = await asyncio.gather(
        *(client_of_ada.ask(f"note {number}", thread_id) for number in range(12))
    )
    assert all(types(events)[-1] == "thread.item.done" for events in answers)

    page = await client_of_ada.read("items.list", thread_id=thread_id, limit=100, order="asc")
    said = [item["content"][0]["text"] for item in page["data"]]
    asked = ["first", *(f"note {number}" for number in range(12))]
    assert sorted(said) == sorted([*asked, *(f"You said: {text}" for text in asked)])
    for text in asked:
        assert said.index(text) < said.index(f"You said: {text}")


async def test_deleting_a_thread_takes_it_out_of_the_history(client_of_ada):
    thread_id = (await client_of_ada.ask("hello"))[0]["thread"]["id"]
    assert await client_of_ada.read("threads.delete", thread_id=thread_id) == {}
    assert (await client_of_ada.read("threads.list"))["data"] == []
    again = await client_of_ada.send("threads.delete", thread_id=thread_id)
    assert again.status_code == 404
    assert not await ThreadItem.objects.aexists()


async def test_a_long_thread_opens_at_its_newest_end_and_pages_back_from_there(client_of_ada):
    thread_id = (await client_of_ada.ask("0"))[0]["thread"]["id"]
    for number in range(1, 12):
        await client_of_ada.ask(str(number), thread_id)
    thread = await client_of_ada.read("threads.get_by_id", thread_id=thread_id)
    newest = thread["items"]
    assert (len(newest["data"]), newest["has_more"]) == (20, True)
    assert newest["after"] == newest["data"][0]["id"]
    rest = await client_of_ada.read(
        "items.list", thread_id=thread_id, order="desc", after=newest["after"]
    )
    assert (len(rest["data"]), rest["has_more"]) == (4, False)
    whole = [*rest["data"][::-1], *newest["data"]]
    said = [item["content"][0]["text"] for item in whole]
    assert said == [text for number in range(12) for text in (str(number), f"You said: {number}")]


async def test_a_client_that_pages_the_other_way_gets_repeats_but_no_gap(client_of_ada):
    """It sees nothing new, and nothing out of order: ids it knows already."""
    thread_id = (await client_of_ada.ask("0"))[0]["thread"]["id"]
    for number in range(1, 12):
        await client_of_ada.ask(str(number), thread_id)
    newest = (await client_of_ada.read("threads.get_by_id", thread_id=thread_id))["items"]
    again = await client_of_ada.read(
        "items.list", thread_id=thread_id, order="asc", after=newest["after"]
    )
    assert again["data"] == newest["data"][1:]
    assert again["has_more"] is False


async def test_no_connection_of_the_sign_in_is_held_while_the_server_works(
    client_of_ada, server, monkeypatch
):
    """With a pool of eight, eight requests that each hold one and want another wait for ever."""
    held = []
    process = server.process

    async def watched(body, context):
        held.append(await sync_to_async(connections_of_this_thread)())
        return await process(body, context)

    monkeypatch.setattr(server, "process", watched)
    await client_of_ada.ask("hello")
    assert held == [0]


def connections_of_this_thread():
    return sum(one.connection is not None for one in connections.all(initialized_only=True))


async def test_no_parser_is_built_for_a_request(server, as_ada, monkeypatch):
    from pydantic import TypeAdapter

    built = []
    monkeypatch.setattr(TypeAdapter, "__init__", lambda *args, **kwargs: built.append(args))
    await server.process(b'{"type": "threads.list", "params": {}}', as_ada)
    assert built == []
