"""The store in the database passes the contract, given as a project would give it."""

import inspect

import pytest

from chatkit_django.models import Thread, ThreadItem
from chatkit_django.store import ChatStore, DatabaseStore
from chatkit_django.testing import StoreContract
from chatkit_django.testing.contract.owners import ATTEMPTS
from chatkit_django.testing.contract.samples import MOMENT, asked, thread


class TestDatabaseStore(StoreContract):
    @pytest.fixture
    def store(self):
        return DatabaseStore()


def test_the_contract_tries_every_method_as_another_user():
    methods = inspect.getmembers(ChatStore, inspect.iscoroutinefunction)
    of_the_process = {"keep_runs", "unwanted_runs"}  # whose they are is not asked
    assert set(ATTEMPTS) == {name for name, _ in methods} - of_the_process


async def test_times_are_kept_in_utc(as_ada):
    await DatabaseStore().create_thread(thread(), asked("a"), as_ada)
    row = await Thread.objects.aget()
    assert row.created_at == MOMENT.astimezone()
    item = await ThreadItem.objects.aget()
    assert '"created_at":"2026-03-01T12:00:00.123456Z"' in item.payload
