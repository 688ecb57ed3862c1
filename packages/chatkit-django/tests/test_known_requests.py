"""On the way that is remembered, synchronous code of a project has a thread of its own request."""

import asyncio
import json
import threading

import pytest
from asgiref.sync import sync_to_async
from django.db import connection, connections

from chatkit_django.models import Run
from chatkit_django.short_way import ChatKitASGIHandler
from chatkit_django.testing import message, parse_events
from tests.test_asgi import CREATE, LIST, ask, session_of, signed


@pytest.mark.parametrize("kind", ["threads.create", "items.feedback"])
async def test_synchronous_code_has_its_own_thread_and_its_connections_end_with_it(
    server, ada, kind
):
    application = ChatKitASGIHandler()
    headers = signed(await session_of(ada))
    _, _, created = await ask(application, body=CREATE, headers=headers)
    events = parse_events(created)
    thread_id, item_id = events[0]["thread"]["id"], events[-1]["item"]["id"]
    assert (await ask(application, body=LIST, headers=headers))[0] == 200
    opened, threads = [], []

    def look():
        connection.settings_dict["CONN_MAX_AGE"] = 0
        connection.ensure_connection()
        opened.append(connections["default"])
        threads.append(threading.current_thread())

    async def respond(thread, message_, context):
        await sync_to_async(look)()
        return
        yield

    async def add_feedback(*_):
        await sync_to_async(look)()

    server.respond, server.add_feedback = respond, add_feedback
    params = {
        "threads.create": {"input": message("hello")},
        "items.feedback": {"thread_id": thread_id, "item_ids": [item_id], "kind": "positive"},
    }
    body = json.dumps({"type": kind, "params": params[kind]}).encode()
    for _ in range(2):
        assert (await ask(application, body=body, headers=headers))[0] == 200
    assert len({id(thread) for thread in threads}) == 2
    assert [one.connection for one in opened] == [None, None]


async def test_a_request_that_is_cancelled_while_it_begins_leaves_no_run(server, as_ada):
    kept = asyncio.Event()
    create_thread = server.store.create_thread

    async def slow(*arguments):
        await create_thread(*arguments)
        kept.set()
        await asyncio.Event().wait()

    server.store.create_thread = slow
    asking = asyncio.create_task(server.process(CREATE, as_ada))
    await kept.wait()
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    assert [run.status async for run in Run.objects.all()] == ["stopped"]


async def test_a_thread_that_is_opened_says_the_same_of_runs_on_both_ways(server, ada):
    application = ChatKitASGIHandler()
    headers = signed(await session_of(ada))
    _, _, created = await ask(application, body=CREATE, headers=headers)
    thread_id = parse_events(created)[0]["thread"]["id"]
    opening = {"type": "threads.get_by_id", "params": {"thread_id": thread_id}}

    async def told(body, application):
        status, answered, _ = await ask(application, body=body, headers=headers)
        assert status == 200
        return answered.get(b"chatkit-run")

    for kind, expected in ((json.dumps(opening).encode(), b""), (LIST, None)):
        assert await told(kind, ChatKitASGIHandler()) == expected
        assert await told(kind, application) == expected
