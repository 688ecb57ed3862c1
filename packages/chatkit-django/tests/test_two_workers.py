"""A run on one worker, read and stopped on another: with either of the logs that they can share."""

import asyncio
import json
from time import monotonic

from chatkit_django.models import Run, Thread, ThreadItem
from chatkit_django.runs.event_log import end_frame
from chatkit_django.testing import message, parse_events
from tests.tabs import (
    RESUMABLE,
    code_of,
    numbers,
    read_to_the_end,
    read_until,
    run_of,
    until,
)


def frames_of(stream):
    return [frame + b"\n\n" for frame in stream.split(b"\n\n")[:-1]]


async def ended():
    return not await Run.objects.filter(status="running").aexists()


async def test_a_stream_cut_after_any_event_goes_on_at_the_other_worker(workers):
    response = await workers.tab.ask("work on it")
    whole = await read_to_the_end(response)
    frames = frames_of(whole)
    assert frames[-1] == end_frame(len(frames))
    assert numbers(whole) == list(range(1, len(frames) + 1))
    for after in range(len(frames)):
        again = await workers.other_tab.follow(run_of(response), after)
        assert (again.status_code, run_of(again)) == (200, run_of(response))
        assert await read_to_the_end(again) == b"".join(frames[after:]), after
    assert (await workers.other_tab.follow(run_of(response), len(frames))).status_code == 204


async def test_a_stream_cut_while_it_is_written_goes_on_at_the_other_worker(workers):
    response = await workers.tab.ask("wait")
    stream = aiter(response)
    head = await read_until(stream, b"two ")
    cut = len(frames_of(head))
    again = [await workers.other_tab.follow(run_of(response), after) for after in range(cut + 1)]
    await stream.aclose()
    reading = [asyncio.ensure_future(read_to_the_end(one)) for one in again]
    await asyncio.sleep(0.05)
    workers.go_on()
    whole = await read_to_the_end(await workers.tab.follow(run_of(response)))
    frames = frames_of(whole)
    assert whole.startswith(head)
    assert numbers(whole) == list(range(1, len(frames) + 1))
    for after, one in enumerate(reading):
        assert await one == b"".join(frames[after:]), after


async def test_a_reader_may_move_between_the_workers_with_every_event(workers):
    """It always comes back right after what it read last, in the middle of what others publish."""
    response = await workers.tab.ask("slowly")
    run_id, read, stream = run_of(response), b"", aiter(response)
    for turn in range(1, 100):
        read += await anext(stream)
        if read.endswith(end_frame(numbers(read)[-1])):
            break
        await stream.aclose()
        tab = workers.other_tab if turn % 2 else workers.tab
        stream = aiter(await tab.follow(run_id, numbers(read)[-1]))
    assert read == await read_to_the_end(await workers.other_tab.follow(run_id))
    assert read.count(b'"delta":"word "') == 20


async def test_of_two_tabs_at_two_workers_one_may_leave(workers):
    response = await workers.tab.ask("wait", metadata={})
    one = aiter(response)
    head = await read_until(one, b"two ")
    other = aiter(await workers.other_tab.follow(run_of(response)))
    read = await read_until(other, b"two ")
    assert read == head
    await other.aclose()
    await asyncio.sleep(0)
    assert workers.one.ended == 0
    workers.go_on()
    assert b"three." in await read_to_the_end(one)
    assert (await Run.objects.aget()).status == "done"


async def test_stop_reaches_the_other_worker_within_about_a_second(workers):
    response = await workers.tab.ask("wait")
    one = aiter(response)
    head = await read_until(one, b"two ")
    other = aiter(await workers.other_tab.follow(run_of(response)))
    began = monotonic()
    stopped = await workers.other_tab.stop(run_of(response))
    assert (stopped.status_code, stopped.content) == (200, b"{}")
    again = await workers.other_tab.stop(run_of(response))
    assert (again.status_code, again.content) == (200, b"{}")
    whole = head + await read_to_the_end(one)
    assert monotonic() - began < 3  # it looks twice a second; the rest is for a busy machine
    assert await read_to_the_end(other) == whole
    last = parse_events(whole)[-1]
    assert (last["type"], last["item"]["content"][0]["text"]) == ("thread.item.done", "One two ")
    assert whole.endswith(end_frame(numbers(whole)[-1]))
    assert (workers.one.ended, (await Run.objects.aget()).status) == (1, "stopped")
    assert await ThreadItem.objects.filter(type="sdk_hidden_context").acount() == 1
    assert (await workers.other_tab.stop(run_of(response))).status_code == 200
    assert await ThreadItem.objects.filter(type="user_message").acount() == 1


async def test_stop_after_a_resume_and_then_the_next_message_at_the_other_worker(workers):
    response = await workers.tab.ask("wait")
    stream = aiter(response)
    head = await read_until(stream, b"two ")
    await stream.aclose()
    again = aiter(await workers.other_tab.follow(run_of(response), numbers(head)[-1]))
    await workers.other_tab.stop(run_of(response))
    assert (await read_to_the_end(again)).endswith(b": end\n\n")
    thread = await Thread.objects.aget()
    new = await workers.other_tab.send(
        "threads.add_user_message", thread_id=thread.id, input=message("next")
    )
    assert new.status_code == 200
    assert b"You said: " in await read_to_the_end(new)


async def test_a_message_is_refused_at_the_other_worker_and_names_the_run(workers, settings):
    settings.CHATKIT_BUSY_WAIT_SECONDS = 0
    response = await workers.tab.ask("wait")
    await read_until(aiter(response), b"two ")
    thread = await Thread.objects.aget()
    busy = await workers.other_tab.send(
        "threads.add_user_message", thread_id=thread.id, input=message("more")
    )
    assert (busy.status_code, code_of(busy)) == (409, "thread_busy")
    assert json.loads(busy.content)["error"]["run_id"] == run_of(response)
    assert await ThreadItem.objects.acount() == 1


async def test_a_repeated_request_joins_the_run_of_the_other_worker(workers):
    metadata = {**RESUMABLE, "idempotency_key": "one"}
    first = await workers.tab.ask("wait", metadata=metadata)
    stream = aiter(first)
    head = await read_until(stream, b"two ")
    second = await workers.other_tab.ask("wait", metadata=metadata)
    assert run_of(second) == run_of(first)
    workers.go_on()
    assert await read_to_the_end(second) == head + await read_to_the_end(stream)
    assert await Thread.objects.acount() == 1
    assert workers.other.ended == 0


async def test_a_page_loaded_at_the_other_worker_finds_the_run(workers):
    response = await workers.tab.ask("wait")
    await read_until(aiter(response), b"two ")
    thread = await Thread.objects.aget()
    opened = await workers.other_tab.send("threads.get_by_id", thread_id=thread.id)
    assert run_of(opened) == run_of(response)
    workers.go_on()
    assert b"three." in await read_to_the_end(await workers.other_tab.follow(run_of(opened)))


async def test_a_reader_that_slept_longer_than_the_log_is_told_the_state(workers, settings):
    settings.CHATKIT_RUN_LOG_SECONDS = 1
    response = await workers.tab.ask("hello")
    whole = await read_to_the_end(response)

    await until(lambda: workers.has_published(run_of(response), numbers(whole)[-1]))

    async def is_gone():
        await workers.log.expire()
        return await workers.log.read({run_of(response): 0}) == {run_of(response): None}

    await until(is_gone)
    late = await read_to_the_end(await workers.other_tab.follow(run_of(response), 2))
    reset, *more = parse_events(late)
    assert (reset["type"], reset["run"]["status"], more) == ("run.reset", "done", [])
    assert reset["thread"]["id"] == parse_events(whole)[0]["thread"]["id"]
    assert [item["type"] for item in reset["thread"]["items"]["data"]] == [
        "user_message",
        "assistant_message",
    ]
    assert late.endswith(b": end\n\n")


async def test_two_megabytes_from_a_tool_arrive_whole_at_the_other_worker(workers):
    response = await workers.tab.ask("heavy")
    one = aiter(response)
    head = await read_until(one, b"heavier")
    other = await workers.other_tab.follow(run_of(response), 2)
    workers.go_on()
    whole = head + await read_to_the_end(one)
    assert len(whole) > 4_000_000
    assert await read_to_the_end(other) == b"".join(frames_of(whole)[2:])


async def test_who_leaves_the_other_worker_stops_nothing(workers):
    response = await workers.tab.ask("wait")
    await read_until(aiter(response), b"two ")
    other = aiter(await workers.other_tab.follow(run_of(response)))
    await anext(other)
    await other.aclose()
    assert workers.one.ended == 0
    workers.go_on()
    await until(ended)
    assert (await Run.objects.aget()).status == "done"
