"""The store in memory passes the same contract, without a database."""

import pytest
from chatkit.store import NotFoundError
from django.contrib.auth import get_user_model

from chatkit_django import memory_store
from chatkit_django.attachments import DjangoAttachmentStore
from chatkit_django.context import RequestContext
from chatkit_django.memory_rows import Ordered
from chatkit_django.memory_store import MemoryStore
from chatkit_django.models import Attachment, Thread, ThreadItem
from chatkit_django.server_checks import build_checked, faults_of
from chatkit_django.testing import ChatKitClient, StoreContract
from chatkit_django.testing.contract.samples import (
    all_items,
    all_threads,
    asked,
    file,
    fill,
    hidden,
    said,
    thread,
    tool_call,
)
from tests.scripted import ScriptedServer


def somebody(key):
    """A user whom no database knows."""
    return RequestContext(user=get_user_model()(pk=key), locale="en", request_id="test")


class TestMemoryStore(StoreContract):
    many = 5_000

    @pytest.fixture(autouse=True)
    def without_queries(self, django_db_blocker):
        with django_db_blocker.block():
            yield

    @pytest.fixture
    def store(self):
        return MemoryStore()

    @pytest.fixture
    def ada(self):
        return somebody(1)

    @pytest.fixture
    def bob(self):
        return somebody(2)


class Counted(int):
    """A key that counts how often it is compared."""

    comparisons = 0

    def __lt__(self, other):
        Counted.comparisons += 1
        return int(self) < int(other)

    def __gt__(self, other):
        Counted.comparisons += 1
        return int(self) > int(other)


@pytest.mark.parametrize("order", ["asc", "desc"])
def test_paging_through_ten_thousand_rows_takes_a_few_comparisons_for_each_page(order):
    rows = Ordered()
    for number in range(10_000):
        rows.add(Counted(number), number)
    Counted.comparisons = 0
    seen, after, more = [], None, True
    while more:
        page, more = rows.page(after, 10, order)
        seen += page
        after = Counted(page[-1])
    assert seen == sorted(range(10_000), reverse=order == "desc")
    assert Counted.comparisons <= 1_000 * 15


async def test_a_page_reads_no_item_that_it_does_not_show(monkeypatch):
    store, ada = MemoryStore(), somebody(1)
    await fill(store, ada, [hidden(f"h{n}") if n % 2 else said(f"s{n}") for n in range(400)])
    read = []
    item_of = memory_store.rows.item_of
    monkeypatch.setattr(
        memory_store.rows, "item_of", lambda payload: read.append(payload) or item_of(payload)
    )
    for order in ("asc", "desc"):
        for load in (store.load_thread_items, store.load_visible_items):
            page = await load("t", "s200", 20, order, ada)
            assert len(page.data) == len(read) == 20
            read.clear()


async def test_what_cannot_be_kept_changes_nothing():
    """The second of several things is no JSON, or not there: the first is not kept either."""
    store, ada = MemoryStore(), somebody(1)
    await fill(store, ada, [tool_call("c")])
    broken = asked("a", file("f", "t")).model_copy(update={"quoted_text": "\ud800"})
    for attempt in (
        store.create_thread(thread("u"), broken, ada),
        store.create_thread(thread(title="new"), broken, ada),
        store.add_user_message("t", broken, ada),
        store.save_item("t", said("c", "\ud800"), ada),
        store.change_item("t", "c", lambda item: said("c", "\ud800"), ada),
        store.save_attachment(file("f").model_copy(update={"name": "\ud800"}), ada),
    ):
        with pytest.raises(ValueError, match="surrogates"):
            await attempt
    unwritable = thread("u").model_copy(update={"metadata": {"now": object()}})
    for attempt in (
        store.save_thread(unwritable, ada),
        store.create_thread(unwritable, asked("a", file("f", "u")), ada),
    ):
        with pytest.raises(TypeError):
            await attempt
    assert await all_threads(store, ada) == ["t"]
    assert await store.load_thread("t", ada) == thread()
    assert await all_items(store, ada) == [tool_call("c")]
    assert await store.pending_tool_call("t", ada) == tool_call("c")
    with pytest.raises(NotFoundError):
        await store.load_attachment("f", ada)


async def test_a_deleted_thread_leaves_nothing_in_memory():
    store, ada = MemoryStore(), somebody(1)
    await store.create_thread(thread(), asked("a", file("f", "t")), ada)
    await store.add_user_message("t", asked("b", file("g", "t")), ada)
    await store.delete_thread_item("t", "a", ada)
    await store.delete_thread("t", ada)
    assert not store._threads
    assert not store._attachments
    assert not store._lists[1]._rows


async def test_a_server_serves_from_memory_and_the_tables_stay_empty(urls_of, ada, bob):
    urls_of(lambda: served)
    served = ScriptedServer(MemoryStore())
    client = await ChatKitClient.signed_in(ada, "/chatkit/")
    events = await client.ask("hello")
    thread_id = events[0]["thread"]["id"]
    assert events[-1]["type"] == "thread.item.done"
    await client.ask("title Mine", thread_id)
    opened = await client.read("threads.get_by_id", thread_id=thread_id)
    assert opened["title"] == "Mine"
    assert len(opened["items"]["data"]) == 4
    assert opened["created_at"].endswith("Z")
    other = await ChatKitClient.signed_in(bob, "/chatkit/")
    assert (await other.send("threads.get_by_id", thread_id=thread_id)).status_code == 404
    for model in (Thread, ThreadItem, Attachment):
        assert not await model.objects.aexists()


async def test_a_memory_store_is_for_trials_and_says_so(settings, monkeypatch, caplog):
    settings.DEBUG = True
    assert list(faults_of(ScriptedServer(MemoryStore()))) == []
    monkeypatch.setenv("WEB_CONCURRENCY", "4")
    (caution,) = faults_of(ScriptedServer(MemoryStore()))
    assert caution.id == "chatkit_django.W008"
    assert "each of 4 workers" in caution.msg
    monkeypatch.delenv("WEB_CONCURRENCY")
    settings.DEBUG = False
    server = build_checked(lambda: ScriptedServer(MemoryStore()))
    assert isinstance(server.store, MemoryStore)
    assert "chatkit_django.W008" in caplog.text
    assert list(faults_of(ScriptedServer())) == []


def test_files_of_the_database_do_not_go_with_a_memory_store(settings):
    settings.DEBUG = True
    files = DjangoAttachmentStore()
    (fault,) = faults_of(ScriptedServer(MemoryStore(), files))
    assert fault.id == "chatkit_django.E015"
    assert list(faults_of(ScriptedServer(None, files))) == []
