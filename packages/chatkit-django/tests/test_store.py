import pytest

from chatkit_django.models import ThreadItem
from chatkit_django.store import DatabaseStore
from chatkit_django.testing import StoreContract


class TestDatabaseStore(StoreContract):
    @pytest.fixture
    def store(self):
        return DatabaseStore()

    @pytest.fixture
    def ada(self, as_ada):
        return as_ada

    @pytest.fixture
    def bob(self, as_bob):
        return as_bob


async def test_times_are_kept_in_utc(as_ada):
    from chatkit_django.models import Thread
    from chatkit_django.testing.store_contract import MOMENT, asked, thread

    await DatabaseStore().create_thread(thread("t"), asked("a"), as_ada)
    row = await Thread.objects.aget()
    assert row.created_at == MOMENT.astimezone()
    item = await ThreadItem.objects.aget()
    assert '"created_at":"2026-03-01T12:00:00.123456Z"' in item.payload
