"""A thread or a user that is deleted while an answer is written: the run ends, and nothing is left,
neither in the database nor in the log."""

import asyncio
from datetime import timedelta

import pytest
import redis
from asgiref.sync import sync_to_async

from chatkit_django import retention
from chatkit_django.models import Run, RunEvents, Thread, ThreadItem
from chatkit_django.runs.logs import shared_log
from tests.limited import slots
from tests.tabs import numbers, read_to_the_end, read_until, run_of, until


async def by_its_user(workers, ada):
    thread = await Thread.objects.aget()
    deleted = await workers.other_tab.send("threads.delete", thread_id=thread.id)
    assert deleted.status_code == 200


async def by_its_user_at_the_same_worker(workers, ada):
    thread = await Thread.objects.aget()
    assert (await workers.tab.send("threads.delete", thread_id=thread.id)).status_code == 200


async def by_pruning(workers, ada):
    pruned = await sync_to_async(retention.prune)(timedelta(days=-1))
    assert pruned.threads == 1


async def by_erasing(workers, ada):
    assert (await sync_to_async(retention.erase)(ada)).threads == 1


async def with_the_user(workers, ada):
    await sync_to_async(ada.delete)()


WAYS = [by_its_user, by_its_user_at_the_same_worker, by_pruning, by_erasing, with_the_user]


def keys_left():
    """What a Valkey still has of runs."""
    url = getattr(shared_log(), "_url", None)
    if url is None:
        return []
    with redis.Redis.from_url(url) as client:
        return client.keys("chatkit:run:*")


@pytest.mark.parametrize("delete", WAYS)
async def test_what_is_deleted_while_it_is_written_leaves_nothing(workers, ada, delete):
    response = await workers.tab.ask("wait")
    one = aiter(response)
    head = await read_until(one, b"two ")
    other = aiter(await workers.other_tab.follow(run_of(response)))
    await read_until(other, b"two ")
    await until(lambda: workers.has_published(run_of(response), numbers(head)[-1]))
    await delete(workers, ada)
    rest = await read_to_the_end(one)
    assert b": end" in rest
    assert b"three." not in rest
    assert b"three." not in await read_to_the_end(other)  # it ends, or is cut and asks again: 404
    assert workers.one.ended == 1
    await until(lambda: asyncio.sleep(0, not workers.one._runs._publisher._logs))
    if delete is not with_the_user:
        for tab in (workers.tab, workers.other_tab):
            assert (await tab.follow(run_of(response))).status_code == 404
    for table in (Thread, ThreadItem, Run, RunEvents):
        assert not await table.objects.aexists(), table
    assert not keys_left()
    if delete is not with_the_user:  # else it ends by itself
        assert await slots() == 0
