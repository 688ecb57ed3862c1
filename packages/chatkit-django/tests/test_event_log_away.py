"""A Valkey that dies and comes back: runs go on, who reads at their worker sees everything, and who
reads elsewhere is sent it again or ends in the outcome."""

import asyncio

import pytest

from chatkit_django.models import Run, ThreadItem
from chatkit_django.runs import publishing
from chatkit_django.testing import ChatKitClient
from services import valkey_server
from tests.returning_reader import ReturningReader
from tests.tabs import PATH, numbers, read_to_the_end, read_until, run_of, until
from tests.two_workers import two_workers

WHOLE = "One two three."


@pytest.fixture
def valkey():
    with valkey_server() as server:
        yield server


@pytest.fixture
async def workers(settings, monkeypatch, valkey, ada):
    monkeypatch.setattr(publishing, "_RETRY_SECONDS", 0.1)
    monkeypatch.setattr("chatkit_django.runs.resets.LOOK_SECONDS", 0.1)
    client = await ChatKitClient.signed_in(ada, PATH)
    async with two_workers(settings, valkey.url, client) as workers:
        yield workers


async def stop(server):
    await asyncio.to_thread(server.stop)


async def start(server):
    await asyncio.to_thread(server.start)


async def begun(workers):
    """A run that is half-way, its reader, and what that has read."""
    response = await workers.tab.ask("wait")
    stream = aiter(response)
    head = await read_until(stream, b"two ")
    return run_of(response), stream, head


def is_away(workers):
    return asyncio.sleep(0, workers.one._runs._publisher._is_away)


async def assert_all_was_kept():
    assert (await Run.objects.aget()).status == "done"
    kinds = [
        kind
        async for kind in ThreadItem.objects.order_by("position").values_list("type", flat=True)
    ]
    assert sorted(kinds) == ["assistant_message", "user_message"]


async def test_dead_from_the_start_and_for_good(workers, valkey):
    await stop(valkey)
    run_id, stream, head = await begun(workers)
    remote = asyncio.ensure_future(ReturningReader().read(workers.other_tab, run_id))
    await until(lambda: is_away(workers))
    workers.go_on()
    whole = head + await read_to_the_end(stream)
    assert numbers(whole) == list(range(1, numbers(whole)[-1] + 1))
    found = await remote
    assert (found.text, found.resets, found.errors) == (WHOLE, ["done"], [])
    await assert_all_was_kept()


async def test_dead_midway_and_for_good(workers, valkey):
    run_id, stream, head = await begun(workers)
    await until(lambda: workers.has_published(run_id, numbers(head)[-1]))
    reader = ReturningReader()
    remote = asyncio.ensure_future(reader.read(workers.other_tab, run_id))
    await until(lambda: asyncio.sleep(0, reader.after == numbers(head)[-1]))
    await stop(valkey)
    workers.go_on()
    whole = head + await read_to_the_end(stream)
    assert whole.endswith(b": end\n\n")
    found = await remote
    assert (found.text, found.resets, found.errors) == (WHOLE, ["done"], [])
    assert found.cuts >= 1
    await assert_all_was_kept()


async def test_dead_midway_and_back_with_nothing(workers, valkey):
    """What was read there is gone, and is sent to it again. A reader gets each event once."""
    run_id, stream, head = await begun(workers)
    await until(lambda: workers.has_published(run_id, numbers(head)[-1]))
    reader = ReturningReader()
    remote = asyncio.ensure_future(reader.read(workers.other_tab, run_id))
    await until(lambda: asyncio.sleep(0, reader.after == numbers(head)[-1]))
    await stop(valkey)
    await until(lambda: asyncio.sleep(0, reader.cuts))
    more = numbers(head)[-1] + 1
    log = workers.one._runs._running[run_id].log
    log.append([b'id: %d\ndata: {"type":"noop"}\n\n' % more])
    await until(lambda: is_away(workers))
    await start(valkey)
    await until(lambda: asyncio.sleep(0, reader.after == more))
    workers.go_on()
    whole = head + await read_to_the_end(stream)
    found = await remote
    assert (found.text, found.resets) == (WHOLE, [])
    assert found.numbers == list(range(1, numbers(whole)[-1] + 1))
    assert await read_to_the_end(await workers.other_tab.follow(run_id)) == whole
    await assert_all_was_kept()


async def test_back_with_nothing_while_nobody_said_a_word(workers, valkey):
    """Its worker does not notice; who reads elsewhere is told the outcome."""
    run_id, stream, head = await begun(workers)
    await until(lambda: workers.has_published(run_id, numbers(head)[-1]))
    reader = ReturningReader()
    remote = asyncio.ensure_future(reader.read(workers.other_tab, run_id))
    await until(lambda: asyncio.sleep(0, reader.after == numbers(head)[-1]))
    await stop(valkey)
    await start(valkey)
    workers.go_on()
    whole = head + await read_to_the_end(stream)
    assert whole.endswith(b": end\n\n")
    found = await remote
    assert (found.text, found.errors) == (WHOLE, [])
    await assert_all_was_kept()


async def test_dead_at_the_start_and_there_before_the_end(workers, valkey):
    await stop(valkey)
    run_id, stream, head = await begun(workers)
    remote = asyncio.ensure_future(ReturningReader().read(workers.other_tab, run_id))
    await until(lambda: is_away(workers))
    await start(valkey)
    await until(lambda: workers.reads_elsewhere(run_id))  # it looks once in a second
    workers.go_on()
    whole = head + await read_to_the_end(stream)
    found = await remote
    assert (found.text, found.resets) == (WHOLE, [])
    assert found.numbers == list(range(1, numbers(whole)[-1] + 1))
    await assert_all_was_kept()


async def test_a_stop_needs_no_log(workers, valkey):
    run_id, stream, head = await begun(workers)
    await stop(valkey)
    assert (await workers.other_tab.stop(run_id)).status_code == 200
    assert (await read_to_the_end(stream)).endswith(b": end\n\n")
    assert (await Run.objects.aget()).status == "stopped"
    found = await ReturningReader(numbers(head)[-1]).read(workers.other_tab, run_id)
    assert (found.text, found.resets, found.errors) == ("One two ", ["stopped"], [])
