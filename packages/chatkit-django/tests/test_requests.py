"""What no client can have: anything in a closed thread, and what a server has no method for."""

import json

from chatkit.types import LockedStatus

from chatkit_django.server import ChatKitServer
from chatkit_django.testing import ChatKitClient
from tests.conftest import PATH
from tests.scripted import ScriptedServer


async def closed(chat, server, context):
    thread = await server.store.load_thread(chat.thread_id, context)
    thread.status = LockedStatus(reason="audit")
    await server.store.save_thread(thread, context)


async def test_a_closed_thread_takes_no_answers_results_or_actions(begin, server, as_ada):
    chat = await begin("question me")
    item_id = (await chat.only("structured_input"))["id"]
    await closed(chat, server, as_ada)
    for kind, params in {
        "threads.add_client_tool_output": {"result": 1},
        "threads.add_structured_input": {"item_id": item_id, "input": {"status": "skipped"}},
        "threads.custom_action": {"action": {"type": "say"}},
        "threads.sync_custom_action": {"action": {"type": "say"}},
    }.items():
        assert await chat.refused(409, kind, **params) == "thread_not_open"


async def test_a_server_serves_what_it_has_methods_for(ada, urls_of):
    class Plain(ChatKitServer):
        respond = ScriptedServer.respond

    urls_of(Plain)
    client = await ChatKitClient.signed_in(ada, PATH)
    for kind, params in {
        "threads.custom_action": {"thread_id": "t", "action": {"type": "x"}},
        "threads.sync_custom_action": {"thread_id": "t", "action": {"type": "x"}},
        "input.transcribe": {"audio_base64": "YWJj", "mime_type": "audio/webm"},
        "attachments.create": {"name": "tax", "size": 1, "mime_type": "application/pdf"},
        "attachments.delete": {"attachment_id": "a"},
    }.items():
        response = await client.send(kind, **params)
        assert response.status_code == 501, kind
        assert json.loads(response.content)["error"]["code"] == "not_served"
    response = await client.send("items.feedback", thread_id="t", item_ids=["i"], kind="positive")
    assert response.status_code == 404
    response = await client.send("threads.list", padding="x" * 1_100_000)
    assert response.status_code == 413
