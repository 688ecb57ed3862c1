"""What becomes of an answer that goes on, fails, is stopped or is asked for again."""

import asyncio
import json
import logging

import pytest
from chatkit.server import agents_sdk_user_agent_override, chat_completions_headers_override

from chatkit_django.answer import FAILURE
from chatkit_django.item_updates import CUT_SHORT
from chatkit_django.models import ThreadItem
from chatkit_django.runs import keeper
from chatkit_django.testing import message, parse_events


def types(events):
    return [event["type"] for event in events]


async def stored(thread_id):
    """(type, hidden, text) of each item, in order."""
    found = []
    async for item in ThreadItem.objects.filter(thread=thread_id).order_by("position"):
        content = json.loads(item.payload).get("content")
        text = content if isinstance(content, str) or not content else content[0]["text"]
        found.append((item.type, item.hidden, text))
    return found


def create(text):
    return json.dumps({"type": "threads.create", "params": {"input": message(text)}})


class Reader:
    """Reads the frames of one answer in a task of its own, which can be cancelled."""

    def __init__(self, frames):
        self.frames = frames
        self.read = b""
        self.task = asyncio.create_task(self._read())

    async def _read(self):
        async for frame in self.frames:
            self.read += frame

    async def leave(self):
        self.task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await self.task
        return parse_events(self.read)


async def test_an_answer_that_fails_ends_with_one_fixed_error(client_of_ada, caplog):
    response = await client_of_ada.send("threads.create", input=message("fail please"))
    request_id = response["X-Request-ID"]
    events = parse_events(b"".join([part async for part in response]))
    thread_id = events[0]["thread"]["id"]

    assert types(events).count("error") == 1
    assert events[-1] == {
        "type": "error",
        "code": "stream.error",
        "message": FAILURE,
        "allow_retry": True,
    }
    assert "secret" not in json.dumps(events)
    logged = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert len(logged) == 1
    assert request_id in logged[0].getMessage()
    assert thread_id in logged[0].getMessage()
    assert "sk-test-123" in str(logged[0].exc_info[1])


async def test_what_was_said_before_a_failure_is_kept_and_marked(client_of_ada):
    thread_id = (await client_of_ada.ask("fail please"))[0]["thread"]["id"]
    assert await stored(thread_id) == [
        ("user_message", False, "fail please"),
        ("assistant_message", False, "Half an answer"),
        ("sdk_hidden_context", True, CUT_SHORT),
    ]


async def test_a_type_error_is_a_failure_like_any_other(client_of_ada, recwarn):
    events = await client_of_ada.ask("typeerror please")
    assert types(events)[-2:] == ["progress_update", "error"]
    assert events[-1]["message"] == FAILURE
    assert not [w for w in recwarn if "iterators" in str(w.message)]


async def test_the_agents_sdk_tells_models_that_chatkit_asks(server, as_ada):
    told = []

    async def respond(*_):
        told.append(chat_completions_headers_override.get())
        return
        yield

    server.respond = respond
    result = await server.process(create("hello"), as_ada)
    assert [part async for part in result.json_events]
    with agents_sdk_user_agent_override():
        assert told == [chat_completions_headers_override.get()]
    assert chat_completions_headers_override.get() != told[0]


async def test_text_that_is_no_unicode_is_a_failure_like_any_other(client_of_ada):
    events = await client_of_ada.ask("surrogate please")
    assert events[-1]["type"] == "error"
    assert events[-1]["message"] == FAILURE


async def test_a_message_meant_for_the_user_is_told(client_of_ada, caplog):
    events = await client_of_ada.ask("refuse please")
    assert events[-1] == {
        "type": "error",
        "code": "custom",
        "message": "Ask me about money.",
        "allow_retry": False,
    }
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


async def test_a_reader_that_leaves_stops_the_answer_and_keeps_what_was_said(server, as_ada):
    result = await server.process(create("wait for me"), as_ada)
    reader = Reader(result.json_events)
    await server.started.wait()
    events = await reader.leave()

    assert server.ended == 1
    assert server.sent_deltas == 2
    assert await stored(events[0]["thread"]["id"]) == [
        ("user_message", False, "wait for me"),
        ("assistant_message", False, "One two "),
        (
            "sdk_hidden_context",
            True,
            "The user cancelled the stream. Stop responding to the prior request.",
        ),
    ]


async def test_a_reader_that_leaves_between_two_events_stops_it_just_the_same(server, as_ada):
    result = await server.process(create("wait for me"), as_ada)
    read = b""
    async for frame in result.json_events:
        read += frame
        if b'"delta":"two "' in frame:
            break
    await result.json_events.aclose()

    assert server.ended == 1
    thread_id = parse_events(read)[0]["thread"]["id"]
    assert [kind for kind, _, _ in await stored(thread_id)] == [
        "user_message",
        "assistant_message",
        "sdk_hidden_context",
    ]


async def test_a_stop_before_the_first_word_stores_no_empty_message(server, as_ada, monkeypatch):
    async def respond(thread, message, context):
        async for event in server._message(thread, [None, "word"], context):
            yield event

    monkeypatch.setattr(server, "respond", respond)
    result = await server.process(create("hello"), as_ada)
    async for frame in result.json_events:
        if b"thread.item.added" in frame:
            break
    await result.json_events.aclose()
    kinds = [
        kind
        async for kind in ThreadItem.objects.order_by("position").values_list("type", flat=True)
    ]
    assert sorted(kinds) == ["sdk_hidden_context", "user_message"]


async def test_a_stop_while_the_answer_is_stored_does_not_shorten_it(server, as_ada, monkeypatch):
    """The cancel lands in the write of the finished message."""
    writing, never = asyncio.Event(), asyncio.Event()
    add = server.store.add_thread_item

    async def slow_add(thread_id, item, context):
        await add(thread_id, item, context)
        if item.type == "assistant_message" and not writing.is_set():
            writing.set()
            await never.wait()

    monkeypatch.setattr(server.store, "add_thread_item", slow_add)
    result = await server.process(create("hello"), as_ada)
    reader = Reader(result.json_events)
    await writing.wait()
    row = await ThreadItem.objects.aget(type="assistant_message")
    await ThreadItem.objects.filter(pk=row.pk).aupdate(
        payload=row.payload.replace("hello", "hello, with its sources")
    )
    events = await reader.leave()
    assert (await stored(events[0]["thread"]["id"]))[1][2] == "You said: hello, with its sources"


async def test_a_second_cancel_does_not_lose_the_partial_answer(server, as_ada, monkeypatch):
    keeping, go_on = asyncio.Event(), asyncio.Event()
    keep = server.handle_stream_cancelled

    async def slow_keep(*args):
        keeping.set()
        await go_on.wait()
        await keep(*args)

    monkeypatch.setattr(server, "handle_stream_cancelled", slow_keep)
    result = await server.process(create("wait for me"), as_ada)
    reader = Reader(result.json_events)
    await server.started.wait()
    reader.task.cancel()
    await keeping.wait()
    reader.task.cancel()
    go_on.set()
    with pytest.raises(asyncio.CancelledError):
        await reader.task
    assert await ThreadItem.objects.filter(type="assistant_message").aexists()


async def test_a_retry_answers_again_in_place_of_everything_after_the_message(client_of_ada):
    first = await client_of_ada.ask("one")
    thread_id, item_id = first[0]["thread"]["id"], first[1]["item"]["id"]
    await client_of_ada.ask("two", thread_id)
    await client_of_ada.ask("hide three", thread_id)

    events = await client_of_ada.events(
        "threads.retry_after_item", thread_id=thread_id, item_id=item_id
    )
    assert types(events)[0] == "stream_options"
    assert [(kind, text) for kind, _, text in await stored(thread_id)] == [
        ("user_message", "one"),
        ("assistant_message", "You said: one"),
    ]


async def test_messages_without_a_name_get_one_each(client_of_ada):
    events = await client_of_ada.ask("fake names")
    assert "__fake_id__" not in json.dumps(events)
    named = {}
    for event in events[3:]:
        name = event.get("item_id") or event["item"]["id"]
        named.setdefault(name, []).append(event["type"])
    assert len(named) == 2
    assert all(kinds[0] == "thread.item.added" for kinds in named.values())
    assert all(kinds[-1] == "thread.item.done" for kinds in named.values())
    thread_id = events[0]["thread"]["id"]
    assert [text for _, _, text in await stored(thread_id)] == ["fake names", "First.", "Second."]


async def test_hidden_items_reach_the_store_but_not_the_client(client_of_ada):
    events = await client_of_ada.ask("hide this")
    thread_id = events[0]["thread"]["id"]
    assert "secret" not in json.dumps(events)
    assert len(await stored(thread_id)) == 7

    thread = await client_of_ada.read("threads.get_by_id", thread_id=thread_id)
    assert [item["type"] for item in thread["items"]["data"]] == [
        "user_message",
        "assistant_message",
    ]
    page = await client_of_ada.read("items.list", thread_id=thread_id, limit=1, order="desc")
    assert (len(page["data"]), page["has_more"]) == (1, True)
    page = await client_of_ada.read(
        "items.list", thread_id=thread_id, limit=1, order="desc", after=page["after"]
    )
    assert (len(page["data"]), page["has_more"]) == (1, False)


async def test_a_title_set_by_the_answer_is_stored_and_told(client_of_ada):
    events = await client_of_ada.ask("title Groceries in May")
    (update,) = [event for event in events if event["type"] == "thread.updated"]
    assert update["thread"]["title"] == "Groceries in May"
    page = await client_of_ada.read("threads.list")
    assert page["data"][0]["title"] == "Groceries in May"


async def test_a_rename_during_the_answer_is_not_undone_by_it(server, as_ada, monkeypatch):
    async def respond(thread, message, context):
        renamed = thread.model_copy(update={"title": "Mine"})
        await server.store.save_thread(renamed, context)
        thread.metadata["cursor"] = 7
        async for event in server._echo(thread, "x", context):
            yield event

    monkeypatch.setattr(server, "respond", respond)
    result = await server.process(create("hi"), as_ada)
    events = parse_events(b"".join([frame async for frame in result.json_events]))
    thread = await server.store.load_thread(events[0]["thread"]["id"], as_ada)
    assert (thread.title, thread.metadata) == ("Mine", {"cursor": 7})


async def test_an_answer_in_a_thread_deleted_meanwhile_ends_with_an_error(
    server, as_ada, monkeypatch
):
    # Or who looks after the runs is the first to see it, and stops this one without an error.
    monkeypatch.setattr(keeper, "LOOK_SECONDS", 60)
    result = await server.process(create("wait for me"), as_ada)
    reader = Reader(result.json_events)
    await server.started.wait()
    thread_id = parse_events(reader.read)[0]["thread"]["id"]
    await server.store.delete_thread(thread_id, as_ada)
    server.go_on.set()
    await reader.task
    assert parse_events(reader.read)[-1]["type"] == "error"
    assert await stored(thread_id) == []


async def test_every_time_on_the_wire_says_that_it_is_utc(client_of_ada):
    events = await client_of_ada.ask("work on it")
    thread_id = events[0]["thread"]["id"]
    answers = [
        events,
        await client_of_ada.read("threads.get_by_id", thread_id=thread_id),
        await client_of_ada.read("threads.list"),
        await client_of_ada.read("items.list", thread_id=thread_id),
        await client_of_ada.read("threads.update", thread_id=thread_id, title="x"),
    ]
    times = list(times_in(answers))
    assert len(times) > 10
    assert all(time.endswith("Z") for time in times)


def times_in(value):
    if isinstance(value, dict):
        if "created_at" in value:
            yield value["created_at"]
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from times_in(part)
