"""A worker that is killed while it answers: the others end its run, keep what was shown, and who
reads it may retry."""

import asyncio
import json
from datetime import timedelta

import pytest
from django.utils import timezone

from chatkit_django.models import Run, Thread, ThreadItem
from chatkit_django.runs.watchdog import Watchdog, lose
from chatkit_django.testing import message, parse_events
from tests.limited import slots
from tests.tabs import numbers, read_to_the_end, read_until, run_of, until

LEASE = 3


@pytest.fixture(autouse=True)
def short_lease(settings):
    settings.CHATKIT_LEASE_SECONDS = LEASE


async def killed(workers, words="wait", until_read=b"two "):
    """The run that a dead worker has left, as it was published, and what was read of it."""
    response = await workers.tab.ask(words)
    stream = aiter(response)
    head = await read_until(stream, until_read)
    await until(lambda: workers.has_published(run_of(response), numbers(head)[-1]))
    workers.kill()
    return run_of(response), head


async def lose_all():
    """Once more where the worker has renewed its lease in between."""
    while run := await Run.objects.filter(status="running").afirst():
        await lose(run.id, run.lease_until)


async def items(thread_id=None):
    rows = ThreadItem.objects.order_by("position").values_list("type", "hidden", "payload")
    return [(kind, hidden, json.loads(payload)) async for kind, hidden, payload in rows]


async def test_the_run_is_lost_within_its_lease_and_what_was_shown_is_kept(workers):
    run_id, head = await killed(workers)
    reading_on = asyncio.ensure_future(
        read_to_the_end(await workers.other_tab.follow(run_id, numbers(head)[-1]))
    )
    watching = asyncio.create_task(Watchdog().watch())
    began = asyncio.get_running_loop().time()
    rest = await reading_on
    assert asyncio.get_running_loop().time() - began < LEASE + 2  # some more on a busy machine
    watching.cancel()
    reset, error = parse_events(rest)
    assert (reset["type"], reset["run"]) == ("run.reset", {"id": run_id, "status": "lost"})
    shown = reset["thread"]["items"]["data"]
    assert [item["type"] for item in shown] == ["user_message", "assistant_message"]
    assert shown[1]["content"][0]["text"] == "One two "
    assert (error["type"], error["allow_retry"]) == ("error", True)
    assert rest.endswith(b": end\n\n")
    stored = await items()
    assert [(kind, hidden) for kind, hidden, _ in stored] == [
        ("user_message", False),
        ("assistant_message", False),
        ("sdk_hidden_context", True),
    ]


async def test_after_that_it_may_be_retried(workers):
    await killed(workers)
    await lose_all()
    (asked, *_) = [payload for kind, _, payload in await items() if kind == "user_message"]
    thread = await Thread.objects.aget()
    workers.other.go_on.set()
    again = await workers.other_tab.send(
        "threads.retry_after_item", thread_id=thread.id, item_id=asked["id"]
    )
    assert again.status_code == 200
    assert b"three." in await read_to_the_end(again)
    assert [kind for kind, _, _ in await items()] == ["user_message", "assistant_message"]


async def test_who_writes_before_the_watchdog_looks_loses_no_word_either(workers):
    run_id, _ = await killed(workers)
    await Run.objects.aupdate(lease_until=timezone.now() - timedelta(seconds=1))
    thread = await Thread.objects.aget()
    new = await workers.other_tab.send(
        "threads.add_user_message", thread_id=thread.id, input=message("go on")
    )
    assert b"You said: " in await read_to_the_end(new)
    stored = await items()
    assert [kind for kind, _, _ in stored] == [
        "user_message",
        "assistant_message",
        "sdk_hidden_context",
        "user_message",
        "assistant_message",
    ]
    assert stored[1][2]["content"][0]["text"] == "One two "
    assert (await Run.objects.aget(id=run_id)).status == "lost"


async def test_the_place_among_the_responses_is_free_again(workers):
    await killed(workers)
    assert await slots() == 1
    await lose_all()
    assert await slots() == 0


async def test_items_that_were_done_stay_as_they_are(workers):
    await killed(workers, "heavy", b'"widget"')
    widget = await ThreadItem.objects.aget(type="widget")
    before = widget.payload
    await lose_all()
    stored = await items()
    assert [kind for kind, _, _ in stored] == ["user_message", "assistant_message", "widget"]
    assert (await ThreadItem.objects.aget(type="widget")).payload == before


async def test_a_reader_that_has_read_more_than_was_logged_is_told_what_was_kept(workers):
    run_id, head = await killed(workers)
    late = await workers.other_tab.follow(run_id, numbers(head)[-1] + 7)
    reading_on = asyncio.ensure_future(read_to_the_end(late))
    await lose_all()
    reset, error = parse_events(await reading_on)
    assert (reset["type"], reset["run"]["status"]) == ("run.reset", "lost")
    assert (error["type"], error["allow_retry"]) == ("error", True)


async def test_one_who_comes_after_it_was_lost_is_told_the_same(workers):
    run_id, head = await killed(workers)
    await lose_all()
    late = await read_to_the_end(await workers.other_tab.follow(run_id, numbers(head)[-1]))
    assert [event["type"] for event in parse_events(late)] == ["run.reset", "error"]
    whole = await read_to_the_end(await workers.other_tab.follow(run_id))
    assert whole.startswith(head)
    assert [event["type"] for event in parse_events(whole)][-2:] == ["run.reset", "error"]
    assert late.endswith(b": end\n\n")


async def test_a_worker_that_stood_still_hears_that_its_run_is_over(workers):
    """Its process is stopped for longer than the lease, and then goes on."""
    response = await workers.tab.ask("wait")
    stream = aiter(response)
    head = await read_until(stream, b"two ")
    await until(lambda: workers.has_published(run_of(response), numbers(head)[-1]))
    await lose_all()
    rest = await read_to_the_end(stream)
    assert [event["type"] for event in parse_events(rest)] == ["run.reset", "error"]
    assert workers.one.ended == 1
    assert (await Run.objects.aget()).status == "lost"
    assert [kind for kind, _, _ in await items()].count("assistant_message") == 1


async def test_a_worker_killed_between_the_end_and_its_last_words_leaves_no_reader_behind(
    workers, settings
):
    """The end is written down, and nobody says it in the log."""
    settings.CHATKIT_HEARTBEAT_SECONDS = 1
    run_id, head = await killed(workers)
    other = aiter(await workers.other_tab.follow(run_id, numbers(head)[-1]))
    reading_on = asyncio.ensure_future(read_to_the_end(other))
    await asyncio.sleep(0.05)
    await Run.objects.aupdate(status="done", ended_at=timezone.now())
    (reset,) = parse_events(await reading_on)
    assert (reset["type"], reset["run"]["status"]) == ("run.reset", "done")
    late = await read_to_the_end(await workers.other_tab.follow(run_id, numbers(head)[-1]))
    assert [event["type"] for event in parse_events(late)] == ["run.reset"]
    assert late.endswith(b": end\n\n")
