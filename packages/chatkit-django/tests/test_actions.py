"""Actions of widgets, and what becomes of what was drawn."""

import json

import pytest

from chatkit_django.models import ThreadItem
from tests.conversation import types
from tests.test_answers import Reader, create


async def state_of(chat):
    return (await chat.only("widget"))["widget"]["children"][0]["value"]


async def test_an_action_is_answered_by_a_stream(begin):
    chat = await begin("hello")
    events = await chat.events_of("threads.custom_action", action={"type": "greet"})
    assert types(events)[0] == "stream_options"
    assert (await chat.items())[-1]["content"][0]["text"] == "Did greet."


@pytest.mark.parametrize("kind", ["threads.custom_action", "threads.sync_custom_action"])
async def test_an_action_needs_a_name_and_comes_from_a_widget_of_the_thread(begin, kind):
    chat, other = await begin("widget please"), await begin("widget please")
    elsewhere = (await other.only("widget"))["id"]
    message = (await chat.items())[0]["id"]
    for sender, status, code in (
        (message, 400, "not_a_widget"),
        (elsewhere, 404, "not_found"),
        ("msg_unknown", 404, "not_found"),
    ):
        action = {"type": "set", "payload": "x"}
        assert await chat.refused(status, kind, item_id=sender, action=action) == code
    for action in ({}, {"payload": 1}, {"type": None}, {"type": 7}, {"type": ""}, "set"):
        assert await chat.refused(400, kind, action=action) == "invalid_request"


@pytest.mark.parametrize("kind", ["set", "append"])
async def test_a_widget_changed_by_an_update_is_still_changed_after_a_reload(begin, kind):
    chat = await begin("widget please")
    before = await chat.only("widget")
    await chat.events_of(
        "threads.custom_action", item_id=before["id"], action={"type": kind, "payload": "ed"}
    )
    page = await chat.client.read("threads.get_by_id", thread_id=chat.thread_id)
    (shown,) = [item for item in page["items"]["data"] if item["type"] == "widget"]
    text = {"set": {"value": "ed"}, "append": {"value": "opened", "unheard_of": [1, 2.5]}}[kind]
    extra = {"append": {"streaming": True}}.get(kind, {})
    assert shown["widget"]["border"] == {"size": 1}
    assert shown["widget"]["children"] == [{"type": "Text", "id": "state", **text, **extra}]


async def test_a_change_is_stored_before_it_is_shown(begin, server, as_ada):
    chat = await begin("widget please")
    item_id = (await chat.only("widget"))["id"]
    params = {
        "thread_id": chat.thread_id,
        "item_id": item_id,
        "action": {"type": "set", "payload": "paid"},
    }
    body = json.dumps({"type": "threads.custom_action", "params": params})
    result = await server.process(body, as_ada)
    async for frame in result.json_events:
        if b"thread.item.updated" in frame:
            assert await state_of(chat) == "paid"
            break
    await result.json_events.aclose()


async def test_an_update_of_an_item_that_is_gone_is_no_failure(begin):
    chat = await begin("hello")
    events = await chat.events_of("threads.custom_action", action={"type": "lose"})
    assert "error" not in types(events)
    assert len(await chat.items()) == 2


async def test_what_a_sync_action_returns_is_stored(begin):
    chat = await begin("widget please")
    item_id = (await chat.only("widget"))["id"]
    response = await chat.send(
        "threads.sync_custom_action", item_id=item_id, action={"type": "set", "payload": "paid"}
    )
    updated = json.loads(response.content)["updated_item"]
    assert updated == await chat.only("widget")
    assert await state_of(chat) == "paid"
    assert updated["created_at"].endswith("Z")


async def test_a_sync_action_may_change_nothing_but_the_thread(begin, client_of_ada):
    chat = await begin("hello")
    response = await chat.send(
        "threads.sync_custom_action", action={"type": "name", "payload": "Named"}
    )
    assert json.loads(response.content) == {}
    assert (await client_of_ada.read("threads.list"))["data"][0]["title"] == "Named"


@pytest.mark.parametrize("ending", ["stop", "fail"])
async def test_what_was_drawn_when_it_ended_early_is_still_there_after_a_reload(
    begin, server, as_ada, ending
):
    result = await server.process(create(f"draw and {ending}"), as_ada)
    reader = Reader(result.json_events)
    await server.started.wait()
    if ending == "stop":
        await reader.leave()
    else:
        server.go_on.set()
        await reader.task
    payloads = ThreadItem.objects.order_by("position").values_list("payload", flat=True)
    items = [json.loads(payload) async for payload in payloads]
    assert [item["type"] for item in items] == [
        "user_message",
        "widget",
        "workflow",
        "generated_image",
        "sdk_hidden_context",
    ]
    assert items[1]["widget"]["children"][0]["value"] == "half drawn"
    assert items[2]["workflow"]["tasks"][0]["status_indicator"] == "none"
    assert items[3]["image"]["url"] == "https://pictures.example/half.png"
