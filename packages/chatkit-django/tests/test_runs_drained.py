"""The runs of a worker that goes down: they may finish; of those that do not, what was said is
kept, also of one that begins while the worker waits."""

import asyncio

import pytest

from chatkit_django.models import Run, ThreadItem
from chatkit_django.runs.live import RESTARTING
from chatkit_django.testing import ChatKitClient, parse_events
from tests.returning_reader import ReturningReader
from tests.tabs import PATH, Tab, numbers, read_to_the_end, read_until, run_of


@pytest.fixture
async def tab(server, ada):
    return Tab(await ChatKitClient.signed_in(ada, PATH))


async def wait(tab):
    stream = aiter(await tab.ask("wait"))
    await read_until(stream, b"two ")
    return stream


async def test_a_run_may_finish(tab, server):
    stream = await wait(tab)
    draining = asyncio.ensure_future(server._runs.drain(20))
    await asyncio.sleep(0.05)
    assert not draining.done()
    server.go_on.set()
    assert b"three." in await read_to_the_end(stream)
    await draining
    assert (await Run.objects.aget()).status == "done"


async def test_a_run_that_does_not_finish_is_ended_and_may_be_retried(tab, server):
    stream = await wait(tab)
    await server._runs.drain(0)
    rest = await read_to_the_end(stream)
    kept, error = parse_events(rest)
    assert kept["item"]["content"][0]["text"] == "One two "
    assert (error["message"], error["allow_retry"]) == (RESTARTING, True)
    assert rest.endswith(b": end\n\n")
    assert (await Run.objects.aget()).status == "failed"
    kinds = [
        kind
        async for kind in ThreadItem.objects.order_by("position").values_list("type", flat=True)
    ]
    assert sorted(kinds) == ["assistant_message", "sdk_hidden_context", "user_message"]


async def test_a_run_that_begins_meanwhile_is_ended_as_well(tab, server):
    """Its request was let in just before, and waited for the database."""
    first = await wait(tab)
    draining = asyncio.ensure_future(server._runs.drain(1))
    await asyncio.sleep(0)
    second = await wait(tab)
    await draining
    for stream in (first, second):
        assert parse_events(await read_to_the_end(stream))[-1]["message"] == RESTARTING
    assert not await Run.objects.filter(status="running").aexists()


async def test_who_reads_at_another_worker_gets_the_last_words(workers):
    response = await workers.tab.ask("wait")
    head = await read_until(aiter(response), b"two ")
    remote = ReturningReader()
    reading = asyncio.ensure_future(remote.read(workers.other_tab, run_of(response)))
    await workers.one._runs.drain(0)
    # Nothing of it is published any more: the process has gone.
    if (publishing := workers.one._runs._publisher._at_work) is not None:
        publishing.cancel()
    await reading
    assert (remote.text, remote.resets) == ("One two ", [])
    assert [error["message"] for error in remote.errors] == [RESTARTING]
    assert remote.numbers == list(range(1, numbers(head)[-1] + 4))
