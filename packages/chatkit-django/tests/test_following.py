"""A run over HTTP: read by several, left and found again, stopped, and told to who comes late."""

import asyncio
import json

import pytest

from chatkit_django.models import Run, Thread, ThreadItem
from chatkit_django.runs.event_log import end_frame
from chatkit_django.testing import message, parse_events
from tests.tabs import (
    PATH,
    RESUMABLE,
    Tab,
    code_of,
    numbers,
    read_to_the_end,
    read_until,
    run_of,
    until,
)


@pytest.fixture
async def tab(client_of_ada):
    return Tab(client_of_ada)


@pytest.fixture
async def bobs(client_of_bob):
    return Tab(client_of_bob)


async def ended():
    return not await Run.objects.filter(status="running").aexists()


async def test_a_stream_that_was_cut_anywhere_goes_on_where_it_was_cut(tab):
    response = await tab.ask("work on it")
    whole = await read_to_the_end(response)
    frames = [frame + b"\n\n" for frame in whole.split(b"\n\n")[:-1]]
    assert numbers(whole) == list(range(1, len(frames) + 1))
    assert frames[-1] == end_frame(len(frames))
    for after in range(len(frames)):
        again = await tab.follow(run_of(response), after)
        assert (again.status_code, run_of(again)) == (200, run_of(response))
        assert again["Content-Type"] == "text/event-stream"
        assert await read_to_the_end(again) == b"".join(frames[after:])
    assert await read_to_the_end(await tab.follow(run_of(response))) == whole
    assert (await tab.follow(run_of(response), len(frames))).status_code == 204


async def test_two_tabs_see_the_same_and_one_may_leave(tab, server):
    first = await tab.ask("wait")
    one = aiter(first)
    head = await read_until(one, b"two ")
    second = aiter(await tab.follow(run_of(first)))
    assert await read_until(second, b"two ") == head
    await one.aclose()
    server.go_on.set()
    rest = await read_to_the_end(second)
    assert b"three." in rest
    assert rest.endswith(b": end\n\n")


async def test_who_can_come_back_leaves_the_answer_running(tab, server):
    response = await tab.ask("wait")
    stream = aiter(response)
    head = await read_until(stream, b"two ")
    await stream.aclose()
    assert (server.ended, await Run.objects.filter(status="running").acount()) == (0, 1)
    server.go_on.set()
    again = await tab.follow(run_of(response), numbers(head)[-1])
    rest = await read_to_the_end(again)
    assert numbers(head + rest) == list(range(1, numbers(rest)[-1] + 1))
    assert b"three." in rest
    assert (await Run.objects.aget()).status == "done"


@pytest.mark.parametrize("metadata", [{}, {"resumable": "yes"}, {"resumable": 1}])
async def test_who_cannot_come_back_stops_the_answer_by_leaving(tab, server, metadata):
    stream = aiter(await tab.ask("wait", metadata=metadata))
    await read_until(stream, b"two ")
    await stream.aclose()
    assert server.ended == 1
    assert (await Run.objects.aget()).status == "stopped"


async def test_a_second_reader_keeps_the_answer_of_one_who_cannot_come_back(tab, server):
    response = await tab.ask("wait", metadata={})
    first = aiter(response)
    await read_until(first, b"two ")
    second = aiter(await tab.follow(run_of(response)))
    await anext(second)
    await first.aclose()
    assert server.ended == 0
    server.go_on.set()
    assert b"three." in await read_to_the_end(second)


async def test_by_setting_nobody_stops_an_answer_by_leaving(tab, server, settings):
    settings.CHATKIT_STOP_WHEN_LEFT = False
    stream = aiter(await tab.ask("wait", metadata={}))
    await read_until(stream, b"two ")
    await stream.aclose()
    assert server.ended == 0
    server.go_on.set()
    await until(ended)
    assert (await Run.objects.aget()).status == "done"


async def test_stop_stops_and_all_readers_see_what_was_kept(tab, server):
    response = await tab.ask("wait")
    one = aiter(response)
    head = await read_until(one, b"two ")
    two = aiter(await tab.follow(run_of(response)))
    other = await tab.stop(run_of(response))
    assert (other.status_code, other.content, server.ended) == (200, b"{}", 1)
    rest = await read_to_the_end(one)
    assert head + rest == await read_to_the_end(two)
    (last,) = parse_events(rest)
    assert last["type"] == "thread.item.done"
    assert last["item"]["content"][0]["text"] == "One two "
    kept = await ThreadItem.objects.aget(type="assistant_message")
    assert json.loads(kept.payload)["id"] == last["item"]["id"]
    assert await ThreadItem.objects.filter(type="sdk_hidden_context").acount() == 1
    assert (await Run.objects.aget()).status == "stopped"


async def test_stopping_twice_or_after_the_end_is_fine(tab, server):
    response = await tab.ask("wait")
    await anext(aiter(response))
    for _ in range(2):
        assert (await tab.stop(run_of(response))).status_code == 200
    assert (await Run.objects.aget()).status == "stopped"
    done = await tab.ask("hello")
    await read_to_the_end(done)
    assert (await tab.stop(run_of(done))).status_code == 200
    assert (await Run.objects.aget(id=run_of(done))).status == "done"


async def test_stop_after_a_resume_and_then_a_new_message(tab, server):
    response = await tab.ask("wait")
    stream = aiter(response)
    head = await read_until(stream, b"two ")
    await stream.aclose()
    again = aiter(await tab.follow(run_of(response), numbers(head)[-1]))
    await tab.stop(run_of(response))
    assert (await read_to_the_end(again)).endswith(b": end\n\n")
    thread = await Thread.objects.aget()
    next_one = await tab.send(
        "threads.add_user_message", thread_id=thread.id, input=message("next")
    )
    assert next_one.status_code == 200
    assert b"You said: " in await read_to_the_end(next_one)


async def test_a_page_that_is_loaded_anew_finds_the_run(tab, server):
    response = await tab.ask("wait")
    stream = aiter(response)
    await read_until(stream, b"two ")
    await stream.aclose()
    thread = await Thread.objects.aget()
    opened = await tab.send("threads.get_by_id", thread_id=thread.id)
    assert run_of(opened) == run_of(response)
    assert [item["type"] for item in json.loads(opened.content)["items"]["data"]] == [
        "user_message"
    ]
    server.go_on.set()
    assert b"three." in await read_to_the_end(await tab.follow(run_of(opened)))
    opened = await tab.send("threads.get_by_id", thread_id=thread.id)
    assert run_of(opened) == ""  # not without it: a page learns that the server knows runs
    for asked in (
        await tab.send("threads.list"),
        await tab.send("items.list", thread_id=thread.id),
        await tab.send("threads.update", thread_id=thread.id, title="A title"),
    ):
        assert not asked.has_header("ChatKit-Run")


async def test_what_is_not_yours_is_not_there(tab, bobs, server):
    response = await tab.ask("wait")
    await anext(aiter(response))
    for asked in (
        await bobs.follow(run_of(response)),
        await bobs.follow("run_unknown"),
        await bobs.stop(run_of(response)),
        await bobs.stop("run_unknown"),
    ):
        assert (asked.status_code, code_of(asked)) == (404, "not_found")
    assert server.ended == 0


async def test_who_is_not_signed_in_follows_nothing(tab, async_client):
    response = await tab.ask("hello")
    await read_to_the_end(response)
    refused = await async_client.get(PATH, {"run": run_of(response)})
    assert (refused.status_code, code_of(refused)) == (401, "not_signed_in")


@pytest.mark.parametrize("after", ["-1", "x", "1e3", "9" * 30, "1.5", "٣"])
async def test_an_event_id_that_is_none_is_refused(tab, after):
    response = await tab.ask("hello")
    await read_to_the_end(response)
    refused = await tab.follow(run_of(response), after.encode().decode("latin1"))
    assert (refused.status_code, code_of(refused)) == (400, "invalid_event_id")


async def test_who_has_read_more_than_there_is_is_told_the_state(tab):
    response = await tab.ask("hello")
    await read_to_the_end(response)
    reset, *more = parse_events(await read_to_the_end(await tab.follow(run_of(response), 10_000)))
    assert (reset["type"], reset["run"]["status"], more) == ("run.reset", "done", [])


@pytest.mark.parametrize("params", [{}, {"run_id": 3}, {"run_id": None}, []])
async def test_a_stop_that_names_no_run_is_refused(tab, params):
    body = json.dumps({"type": "runs.stop", "params": params})
    response = await tab.http.post(PATH, body, content_type="application/json")
    assert (response.status_code, code_of(response)) == (400, "invalid_request")


async def test_who_comes_after_the_log_is_told_the_state_of_the_thread(tab, server):
    response = await tab.ask("hello")
    whole = await read_to_the_end(response)
    logs = server._runs._logs
    await logs.forget([run_of(response)])
    late = await read_to_the_end(await tab.follow(run_of(response), 3))
    reset, *more = parse_events(late)
    thread_id = parse_events(whole)[0]["thread"]["id"]
    opened = await tab.send("threads.get_by_id", thread_id=thread_id)
    assert reset == {
        "type": "run.reset",
        "run": {"id": run_of(response), "status": "done"},
        "thread": json.loads(opened.content),
    }
    assert (more, late.endswith(b": end\n\n")) == ([], True)


@pytest.fixture
async def elsewhere(tab, server, monkeypatch):
    """A run that goes on in another process, whose events are nowhere to be found."""
    monkeypatch.setattr("chatkit_django.runs.resets.LOOK_SECONDS", 0.01)
    response = await tab.ask("wait")
    stream = aiter(response)
    await read_until(stream, b"two ")
    live = server._runs._running.pop(run_of(response))
    await server._runs._logs.forget([live.id])
    yield live
    await live.stop()


async def test_who_comes_after_the_log_while_it_runs_waits_for_the_end(tab, server, elsewhere):
    late = asyncio.ensure_future(read_to_the_end(await tab.follow(elsewhere.id, 5)))
    await asyncio.sleep(0.05)
    assert not late.done()
    server.go_on.set()
    (reset,) = parse_events(await late)
    assert reset["run"]["status"] == "done"
    assert reset["thread"]["items"]["data"][-1]["content"][0]["text"] == "One two three."


async def test_once_the_events_can_be_read_who_waits_is_sent_to_read_them(tab, server, elsewhere):
    late = asyncio.ensure_future(read_to_the_end(await tab.follow(elsewhere.id, 5)))
    await asyncio.sleep(0.05)
    server._runs._running[elsewhere.id] = elsewhere
    assert await late == b""  # cut: without the frame of the end


async def test_a_failed_answer_is_an_error_also_for_who_comes_late(tab, server):
    response = await tab.ask("fail now")
    await read_to_the_end(response)
    await server._runs._logs.forget([run_of(response)])
    events = parse_events(await read_to_the_end(await tab.follow(run_of(response))))
    assert [event["type"] for event in events] == ["run.reset", "error"]
    assert events[1]["allow_retry"] is True


async def test_a_long_answer_whose_beginning_is_dropped_is_told_as_far_as_it_is(
    tab, server, settings
):
    settings.CHATKIT_RUN_LOG_BYTES = 1_000_000
    response = await tab.ask("many words")
    stream = aiter(response)
    await until(lambda: asyncio.sleep(0, server.sent_deltas >= 20_000))
    again = aiter(await tab.follow(run_of(response), 0))
    read = await anext(again)
    reset, added, *deltas = parse_events(read)
    assert (reset["type"], reset["run"]["status"]) == ("run.reset", "running")
    assert added["type"] == "thread.item.added"
    said = added["item"]["content"][0]["text"]
    server.go_on.set()
    rest = parse_events(read + await read_to_the_end(again))
    said += "".join(
        event["update"]["delta"]
        for event in rest
        if event["type"] == "thread.item.updated" and "delta" in event["update"]
    )
    assert said == "blah " * 20_000 + "over."
    del stream, deltas


async def test_a_thread_that_is_deleted_ends_its_run(tab, server):
    response = await tab.ask("wait")
    stream = aiter(response)
    await read_until(stream, b"two ")
    thread = await Thread.objects.aget()
    assert (await tab.send("threads.delete", thread_id=thread.id)).status_code == 200
    assert (await read_to_the_end(stream)).endswith(b": end\n\n")
    assert server.ended == 1
    assert not await ThreadItem.objects.aexists()
    assert (await tab.follow(run_of(response))).status_code == 404


async def test_a_message_is_refused_with_the_run_to_follow(tab, server, settings):
    settings.CHATKIT_BUSY_WAIT_SECONDS = 0
    response = await tab.ask("wait")
    await anext(aiter(response))
    thread = await Thread.objects.aget()
    busy = await tab.send("threads.add_user_message", thread_id=thread.id, input=message("more"))
    assert (busy.status_code, code_of(busy)) == (409, "thread_busy")
    assert json.loads(busy.content)["error"]["run_id"] == run_of(response)


async def test_a_key_in_the_metadata_joins_the_first_run(tab, server):
    metadata = {**RESUMABLE, "idempotency_key": "one"}
    first = await tab.ask("wait", metadata=metadata)
    one = aiter(first)
    await read_until(one, b"two ")
    second = await tab.ask("wait", metadata=metadata)
    assert run_of(second) == run_of(first)
    server.go_on.set()
    again = await read_to_the_end(second)
    assert numbers(again) == list(range(1, numbers(again)[-1] + 1))
    assert await Thread.objects.acount() == 1
    other = await tab.ask("something else", metadata=metadata)
    assert (other.status_code, code_of(other)) == (422, "idempotency_key_reused")


@pytest.mark.parametrize("key", [7, ["a"], "with space", "x" * 129])
async def test_a_key_in_the_metadata_that_is_none_is_refused(tab, key):
    refused = await tab.ask("hello", metadata={"idempotency_key": key})
    assert (refused.status_code, code_of(refused)) == (400, "invalid_idempotency_key")
    assert not await Thread.objects.aexists()


async def test_the_address_without_a_run_still_says_that_the_chat_is_there(tab):
    assert json.loads((await tab.http.get(PATH)).content) == {"status": "ok"}


async def test_one_user_follows_only_so_many_at_a_time(tab, bobs, server, monkeypatch):
    monkeypatch.setattr("chatkit_django.runs.followers.MOST", 3)
    response = await tab.ask("wait")
    await anext(aiter(response))
    streams = [aiter(await tab.follow(run_of(response))) for _ in range(3)]
    for stream in streams:
        await anext(stream)
    refused = await tab.follow(run_of(response))
    assert (refused.status_code, code_of(refused)) == (429, "too_many_responses")
    assert refused["Retry-After"] == "10"
    assert (await bobs.follow(run_of(response))).status_code == 404
    await streams.pop().aclose()
    assert (await tab.follow(run_of(response))).status_code == 200
    del streams[:]
    assert server.ended == 0
