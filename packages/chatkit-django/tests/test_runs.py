"""One answer at a time in a thread, a lease that ends, and requests that come twice."""

import asyncio
import json
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db.models import F
from django.utils import timezone

from chatkit_django import database
from chatkit_django.counters import Counter, database_counters, shared_counters
from chatkit_django.exceptions import TooManyMessages
from chatkit_django.memory_store import MemoryStore
from chatkit_django.models import LimitCounter, ResponseSlot, Run, Thread, ThreadItem
from chatkit_django.rows_by_hand import Step
from chatkit_django.runs import memory as memory_runs
from chatkit_django.runs.records import RunStatus
from chatkit_django.short_way import ChatKitASGIHandler
from chatkit_django.store import DatabaseStore
from chatkit_django.testing import ChatKitClient, message, parse_events
from chatkit_django.testing.contract.runs import OPENINGS
from chatkit_django.testing.contract.samples import (
    all_items,
    asked,
    fill,
    new_run,
    said,
    thread,
)
from tests.test_asgi import ask, session_of, signed


def create(text):
    return {"type": "threads.create", "params": {"input": message(text)}}


CREATE = create("hello")


def add(thread_id, text="more"):
    return {
        "type": "threads.add_user_message",
        "params": {"thread_id": thread_id, "input": message(text)},
    }


@pytest.fixture
async def sender(server, ada):
    """Sends a request as ada, with more headers; the status and what came."""
    application = ChatKitASGIHandler()
    headers = signed(await session_of(ada))

    async def send(request, **more):
        given = headers | {name.replace("_", "-"): text for name, text in more.items()}
        body = json.dumps(request).encode()
        status, _, answer = await ask(application, body=body, headers=given)
        return status, json.loads(answer) if answer[:1] == b"{" else parse_events(answer)

    return send


@pytest.fixture
def slow(server):
    """Answers wait for ``go``; ``begun`` counts them."""

    class Slow:
        go = asyncio.Event()
        begun = 0

    stock = server.respond

    async def respond(thread_, message_, context):
        Slow.begun += 1
        await Slow.go.wait()
        async for event in stock(thread_, message_, context):
            yield event

    server.respond = respond
    Slow.go.clear()
    return Slow


async def forget_events(server):
    """As if another process had served the runs before."""
    logs = server._runs._logs
    await logs.forget(list(logs._logs))


async def until(condition):
    async with asyncio.timeout(10):
        while not await condition():  # noqa: ASYNC110  (of the database, too)
            await asyncio.sleep(0.01)


async def test_an_end_waits_for_other_runs_to_write_and_not_if_there_are_none(
    sender, server, monkeypatch, settings
):
    # Places among the responses are in the database: the end gives them back with the run.
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    monkeypatch.setattr(database, "ALONG_SECONDS", 3600)
    go, soon, end_run = asyncio.Event(), [], DatabaseStore.end_run
    stock = server.respond

    async def noted(store, *given, **named):
        soon.append(named["soon"])
        await end_run(store, *given, **named)

    async def respond(thread_, message_, context):
        if message_.content[0].text == "held":
            await go.wait()
        async for event in stock(thread_, message_, context):
            yield event

    async def has_one_that_waits():
        return soon == [False]

    monkeypatch.setattr(DatabaseStore, "end_run", noted)
    server.respond = respond
    async with asyncio.timeout(10):
        held = asyncio.create_task(sender(create("held")))
        await until(Run.objects.filter(status="running").aexists)
        other = asyncio.create_task(sender(CREATE))
        await until(has_one_that_waits)
        go.set()
        both = await asyncio.gather(held, other)
    assert [status for status, _ in both] == [200, 200]
    assert soon == [False, True]
    assert {run.status async for run in Run.objects.all()} == {"done"}


async def test_a_second_message_waits_for_the_answer_before_it(sender, slow):
    slow.go.set()
    _, events = await sender(CREATE)
    thread_id = events[0]["thread"]["id"]
    slow.go.clear()
    first = asyncio.create_task(sender(add(thread_id, "one")))
    await until(Run.objects.filter(status="running").aexists)
    second = asyncio.create_task(sender(add(thread_id, "two")))
    await asyncio.sleep(0.1)
    slow.go.set()
    assert [(await one)[0] for one in (first, second)] == [200, 200]
    texts = [
        json.loads(payload)["content"][0]["text"]
        async for payload in ThreadItem.objects.order_by("position").values_list(
            "payload", flat=True
        )
    ][2:]
    assert texts == ["one", "You said: one", "two", "You said: two"]


async def test_a_second_message_is_refused_while_the_first_is_answered(sender, slow, settings):
    settings.CHATKIT_BUSY_WAIT_SECONDS = 0
    slow.go.set()
    _, events = await sender(CREATE)
    thread_id = events[0]["thread"]["id"]
    slow.go.clear()
    first = asyncio.create_task(sender(add(thread_id, "one")))
    await until(Run.objects.filter(status="running").aexists)
    running = await Run.objects.aget(status="running")
    requests = [
        add(thread_id, "two"),
        {
            "type": "threads.custom_action",
            "params": {"thread_id": thread_id, "action": {"type": "greet"}},
        },
    ]
    for request in requests:
        status, answer = await sender(request)
        assert (status, answer["error"]["code"]) == (409, "thread_busy")
        assert answer["error"]["run_id"] == running.id
    assert slow.begun == 2
    slow.go.set()
    assert (await first)[0] == 200
    assert (await sender(add(thread_id, "two")))[0] == 200
    statuses = [status async for status in Run.objects.values_list("status", flat=True)]
    assert statuses == ["done"] * 3


async def test_how_an_answer_ended_is_kept(sender, server, as_ada):
    assert (await sender(CREATE))[0] == 200

    async def fail(*_):
        raise RuntimeError
        yield

    server.respond = fail
    assert (await sender(CREATE))[0] == 200

    async def endless(*_):
        await asyncio.Event().wait()
        yield

    server.respond = endless
    result = await server.process(json.dumps(CREATE), as_ada)
    frames = aiter(result)
    await anext(frames)
    await result.json_events.aclose()
    started = [
        status async for status in Run.objects.order_by("id").values_list("status", flat=True)
    ]
    assert started == ["done", "failed", "stopped"]
    assert not await Run.objects.filter(ended_at=None).aexists()
    assert not await Run.objects.filter(to_position=None).aexists()


async def test_a_reader_that_leaves_before_the_first_frame_leaves_no_run(server, ada):
    application = ChatKitASGIHandler()
    headers = signed(await session_of(ada)) | {
        "host": "testserver",
        "content-type": "application/json",
    }
    incoming = [
        {"type": "http.request", "body": json.dumps(CREATE).encode(), "more_body": False},
        {"type": "http.disconnect"},
    ]

    async def receive():
        return incoming.pop(0) if incoming else await asyncio.Event().wait()

    async def send(part):
        raise OSError("nobody there")

    scope = {
        "type": "http", "method": "POST", "path": "/chatkit/", "query_string": b"",
        "scheme": "http", "server": ("testserver", 80), "client": ("127.0.0.1", 1),
        "headers": [(name.encode(), text.encode()) for name, text in headers.items()],
    }  # fmt: skip
    with pytest.raises(OSError, match="nobody there"):
        await application(scope, receive, send)
    assert [run.status async for run in Run.objects.all()] == ["stopped"]


async def test_a_thread_whose_worker_died_is_free_again_after_the_lease(as_ada):
    store = DatabaseStore()
    await store.create_thread(thread(), asked("a"), as_ada, new_run("dead", key="k"))
    await Run.objects.aupdate(lease_until=timezone.now() - timedelta(seconds=1))
    await store.add_user_message("t", asked("b"), as_ada, new_run("next"))
    found = await store.find_run("k", as_ada)
    assert (found.status, found.to_position) == (RunStatus.LOST, 2)
    assert await store.keep_runs(["dead", "next"]) == {"next"}


async def test_the_memory_forgets_a_lease_as_well(as_ada, monkeypatch):
    store = MemoryStore()
    await store.create_thread(thread(), asked("a"), as_ada, new_run("dead", key="k"))
    now = memory_runs.monotonic()
    monkeypatch.setattr(memory_runs, "monotonic", lambda: now + 31)
    await store.add_thread_item("t", said("b"), as_ada)
    await store.add_user_message("t", asked("c"), as_ada, new_run("next"))
    found = await store.find_run("k", as_ada)
    assert (found.status, found.to_position) == (RunStatus.LOST, 2)


async def test_a_lease_is_renewed_while_the_answer_is_written(sender, slow, server):
    running = asyncio.create_task(sender(CREATE))
    await until(lambda: asyncio.sleep(0, slow.begun))
    await Run.objects.aupdate(lease_until=F("lease_until") - timedelta(seconds=29))
    before = (await Run.objects.aget()).lease_until
    await server._runs._keeper.renew()
    assert (await Run.objects.aget()).lease_until > before + timedelta(seconds=20)
    slow.go.set()
    assert (await running)[0] == 200
    assert server._runs._keeper._runs == {}


async def test_a_run_that_lost_its_lease_is_stopped_and_says_so(sender, slow, server):
    running = asyncio.create_task(sender(CREATE))
    await until(lambda: asyncio.sleep(0, slow.begun))
    await Run.objects.aupdate(status="lost")
    await server._runs._keeper.renew()
    status, events = await running
    assert (status, events[-1]["type"], events[-1]["allow_retry"]) == (200, "error", True)
    assert (await Run.objects.aget()).status == "lost"


async def test_a_request_that_comes_twice_is_answered_once(sender, slow):
    slow.go.set()
    status, first = await sender(CREATE, idempotency_key="one")
    again, second = await sender(CREATE, idempotency_key="one")
    assert (status, again, slow.begun) == (200, 200, 1)
    assert await Thread.objects.acount() == 1
    assert second == first

    thread_id = first[0]["thread"]["id"]
    _, third = await sender(add(thread_id), idempotency_key="two")
    _, fourth = await sender(add(thread_id), idempotency_key="two")
    assert fourth == third
    assert slow.begun == 2


async def test_a_request_that_comes_again_where_its_events_are_not_gets_what_was_made(
    sender, slow, server
):
    slow.go.set()
    _, first = await sender(CREATE, idempotency_key="one")
    thread_id = first[0]["thread"]["id"]
    _, second = await sender(add(thread_id), idempotency_key="two")
    await forget_events(server)
    for request, key, events in ((CREATE, "one", first), (add(thread_id), "two", second)):
        _, again = await sender(request, idempotency_key=key)
        kept = ("thread.created", "thread.item.done")
        assert again == [event for event in events if event["type"] in kept]
    assert slow.begun == 2


async def test_a_request_that_comes_again_while_it_is_answered_waits_for_the_answer(sender, slow):
    both = [asyncio.create_task(sender(CREATE, idempotency_key="one")) for _ in range(2)]
    await until(lambda: asyncio.sleep(0, slow.begun))
    await asyncio.sleep(0.2)
    slow.go.set()
    answers = [await one for one in both]
    assert [status for status, _ in answers] == [200, 200]
    assert slow.begun == 1
    texts = [events[-1]["item"]["content"][0]["text"] for _, events in answers]
    assert texts == ["You said: hello"] * 2


async def test_a_key_belongs_to_one_request_and_one_user(sender, server, bob):
    await sender(CREATE, idempotency_key="one")
    other = {"type": "threads.create", "params": {"input": message("something else")}}
    status, answer = await sender(other, idempotency_key="one")
    assert (status, answer["error"]["code"]) == (422, "idempotency_key_reused")
    bobs = await ChatKitClient.signed_in(bob, "/chatkit/")
    response = await bobs.http.post(
        "/chatkit/", json.dumps(CREATE), content_type="application/json",
        headers={"Idempotency-Key": "one"},
    )  # fmt: skip
    assert response.status_code == 200
    [frame async for frame in response]
    assert await Thread.objects.filter(owner=bob).acount() == 1


@pytest.mark.parametrize("key", ["with space", "ü", "x" * 129, "\x7f"])
async def test_a_key_that_is_none_is_refused(sender, key):
    for _ in range(2):
        status, answer = await sender(CREATE, idempotency_key=key.encode().decode("latin1"))
        assert (status, answer["error"]["code"]) == (400, "invalid_idempotency_key")
        await sender(CREATE)  # from here on the headers are known


async def test_a_failed_answer_that_is_asked_for_again_says_so(sender, server):
    async def fail(*_):
        raise RuntimeError
        yield

    server.respond = fail
    _, first = await sender(CREATE, idempotency_key="one")
    _, second = await sender(CREATE, idempotency_key="one")
    await forget_events(server)
    _, third = await sender(CREATE, idempotency_key="one")
    assert second == first
    assert [events[-1]["type"] for events in (first, third)] == ["error"] * 2
    assert third[-1]["allow_retry"] is True
    assert third[0]["type"] == "thread.created"


async def test_a_repeat_costs_no_message_of_the_limit(sender, settings):
    settings.CHATKIT_LIMITS = {"messages": {"user": "1/hour"}}
    assert [(await sender(CREATE, idempotency_key="one"))[0] for _ in range(3)] == [200] * 3
    assert (await sender(CREATE, idempotency_key="two"))[0] == 429


@pytest.mark.parametrize("opening", OPENINGS)
async def test_what_a_run_takes_along_is_done_with_it_or_nothing_is(as_ada, opening):
    store = DatabaseStore()
    await fill(store, as_ada, [asked("a"), said("b")])

    class Refuse:
        def __call__(self):
            LimitCounter.objects.create(subject="s", kind="k", ends_at=1, amount=1)
            raise TooManyMessages(1)

        def steps(self):
            counted = database_counters.counting(Counter("s", "k", 1), 1)
            return [counted, Step("SELECT 1 WHERE {so_far} AND FALSE", [])]

    with pytest.raises(TooManyMessages):
        await OPENINGS[opening](store, as_ada, replace(new_run("r"), before=Refuse()))
    assert await all_items(store, as_ada) == [asked("a"), said("b")]
    assert not await Run.objects.aexists()
    assert not await LimitCounter.objects.aexists()


async def test_a_message_that_waited_counts_once(sender, slow, settings):
    settings.CHATKIT_LIMITS = {"responses": {"user": 5}}
    slow.go.set()
    _, events = await sender(CREATE)
    thread_id = events[0]["thread"]["id"]
    slow.go.clear()
    first = asyncio.create_task(sender(add(thread_id, "one")))
    await until(Run.objects.filter(status="running").aexists)
    second = asyncio.create_task(sender(add(thread_id, "two")))
    await asyncio.sleep(0.2)
    slow.go.set()
    assert [(await one)[0] for one in (first, second)] == [200, 200]
    messages = [
        amount
        async for amount in LimitCounter.objects.filter(kind__startswith="messages").values_list(
            "amount", flat=True
        )
    ]
    if shared_counters() is database_counters:
        assert messages == [3]
    assert not await ResponseSlot.objects.aexists()
