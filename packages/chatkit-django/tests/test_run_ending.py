"""The end of a run gives back the place among the responses, whatever the store can do."""

import pytest
from django.db import OperationalError

from chatkit_django import limits
from chatkit_django.counters import database_counters
from chatkit_django.memory_store import MemoryStore
from chatkit_django.models import ResponseSlot, Run
from chatkit_django.runs.ending import end_run
from chatkit_django.runs.records import RunStatus
from chatkit_django.store import DatabaseStore
from chatkit_django.testing.contract.samples import asked, new_run, thread
from tests.limited import slots


class Away(DatabaseStore):
    async def end_run(self, run_id, status, context, more=(), *, soon=True):
        raise OperationalError


@pytest.mark.parametrize("kind", [DatabaseStore, MemoryStore])
async def test_the_run_ends_and_its_place_is_free(kind, as_ada, chosen):
    store = kind()
    permit = await limits.begin("threads.create", as_ada)
    await store.create_thread(thread(), asked("a"), as_ada, new_run("r", key="k"))
    assert await slots() == 1
    await end_run(store, "r", RunStatus.DONE, permit, as_ada)
    assert await slots() == 0
    assert (await store.find_run("k", as_ada)).status == RunStatus.DONE
    await end_run(store, "r", RunStatus.FAILED, permit, as_ada)  # it has ended, and stays so
    assert (await store.find_run("k", as_ada)).status == RunStatus.DONE


async def test_a_place_is_free_although_the_run_was_lost(as_ada, counters):
    store = DatabaseStore()
    permit = await limits.begin("threads.create", as_ada)
    await store.create_thread(thread(), asked("a"), as_ada, new_run("r"))
    await Run.objects.aupdate(status="lost")
    await end_run(store, "r", RunStatus.DONE, permit, as_ada)
    assert await slots() == 0
    assert [run.status async for run in Run.objects.all()] == ["lost"]


async def test_a_place_is_owed_while_the_database_is_away(as_ada, settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    permit = await limits.begin("threads.create", as_ada)
    with pytest.raises(OperationalError):
        await end_run(Away(), "r", RunStatus.DONE, permit, as_ada)
    assert [slot.subject for slot in database_counters.owed] == [
        limits.user_subject(as_ada.user_id)
    ]
    async with await limits.begin("threads.create", as_ada):  # the debt is paid first
        assert await ResponseSlot.objects.acount() == 1
    assert not database_counters.owed
