"""Two users of one server know nothing of each other, whatever they ask."""

import json

import pytest

from chatkit_django.incoming import KNOWN_TYPES
from chatkit_django.models import Thread, ThreadItem
from chatkit_django.testing import message

ATTEMPTS = {
    "threads.add_user_message": {"input": message("mine now")},
    "threads.retry_after_item": {"item_id": "first"},
    "threads.get_by_id": {},
    "threads.update": {"title": "mine now"},
    "threads.delete": {},
    "items.list": {},
    "items.feedback": {"item_ids": ["first"], "kind": "positive"},
    "threads.add_client_tool_output": {"result": {}},
    "threads.add_structured_input": {"item_id": "first", "input": {}},
    "threads.custom_action": {"item_id": "first", "action": {"type": "open"}},
    "threads.sync_custom_action": {"action": {"type": "open"}},
}
OF_ATTACHMENTS = {"attachments.create", "attachments.delete"}


def filled(value, names):
    if isinstance(value, list):
        return [filled(part, names) for part in value]
    return names.get(value, value) if isinstance(value, str) else value


async def everything():
    threads = [row async for row in Thread.objects.order_by("id").values()]
    items = [row async for row in ThreadItem.objects.order_by("id").values()]
    return threads, items


async def test_every_served_request_is_tried_here():
    elsewhere = {"threads.create", "threads.list", "input.transcribe", "runs.stop"}
    assert set(ATTEMPTS) | elsewhere | OF_ATTACHMENTS == KNOWN_TYPES


@pytest.mark.parametrize("kind", ATTEMPTS)
async def test_a_foreign_thread_is_answered_like_one_that_does_not_exist(
    client_of_ada, client_of_bob, kind
):
    events = await client_of_ada.ask("my secret")
    names = {"first": events[1]["item"]["id"]}
    params = {key: filled(value, names) for key, value in ATTEMPTS[kind].items()}
    before = await everything()

    foreign = await client_of_bob.send(kind, thread_id=events[0]["thread"]["id"], **params)
    unknown = await client_of_bob.send(kind, thread_id="thr_unknown", **params)

    assert foreign.status_code == unknown.status_code == 404
    assert foreign.content == unknown.content
    assert "secret" not in foreign.content.decode()
    assert await everything() == before


async def test_the_history_shows_only_ones_own_threads(client_of_ada, client_of_bob):
    of_ada = (await client_of_ada.ask("ada's"))[0]["thread"]["id"]
    of_bob = (await client_of_bob.ask("bob's"))[0]["thread"]["id"]
    for client, own in ((client_of_ada, of_ada), (client_of_bob, of_bob)):
        page = await client.read("threads.list")
        assert [thread["id"] for thread in page["data"]] == [own]


async def test_a_foreign_thread_or_item_is_no_cursor(client_of_ada, client_of_bob):
    of_ada = await client_of_ada.ask("ada's")
    of_bob = await client_of_bob.ask("bob's")
    response = await client_of_bob.send("threads.list", after=of_ada[0]["thread"]["id"])
    assert response.status_code == 404
    response = await client_of_bob.send(
        "items.list", thread_id=of_bob[0]["thread"]["id"], after=of_ada[1]["item"]["id"]
    )
    assert response.status_code == 404
    response = await client_of_bob.send(
        "threads.retry_after_item",
        thread_id=of_bob[0]["thread"]["id"],
        item_id=of_ada[1]["item"]["id"],
    )
    assert response.status_code == 404


async def test_a_foreign_attachment_is_not_found(client_of_ada, server, as_bob):
    from chatkit.types import FileAttachment

    file = FileAttachment(id="atc_of_bob", name="tax.pdf", mime_type="application/pdf")
    await server.store.save_attachment(file, as_bob)
    response = await client_of_ada.send(
        "threads.create", input={**message("hi"), "attachments": ["atc_of_bob"]}
    )
    assert response.status_code == 404
    assert not await Thread.objects.aexists()


async def test_an_own_attachment_goes_with_the_message_but_not_its_metadata(
    client_of_ada, server, as_ada
):
    from chatkit.types import FileAttachment

    file = FileAttachment(
        id="atc_1", name="tax.pdf", mime_type="application/pdf", metadata={"path": "private"}
    )
    await server.store.save_attachment(file, as_ada)
    events = await client_of_ada.events(
        "threads.create", input={**message("see this"), "attachments": ["atc_1"]}
    )
    thread_id = events[0]["thread"]["id"]
    thread = await client_of_ada.read("threads.get_by_id", thread_id=thread_id)
    for answer in (events, thread):
        assert "tax.pdf" in json.dumps(answer)
        assert "private" not in json.dumps(answer)
    kept = await server.store.load_attachment("atc_1", as_ada)
    assert (kept.thread_id, kept.metadata) == (thread_id, {"path": "private"})
