"""Threads: what is kept of them, in which order they are listed, who may change the title."""

# ruff: noqa: S101

from datetime import UTC, timedelta

import pytest
from chatkit.store import NotFoundError
from chatkit.types import ClosedStatus, LockedStatus, Page, Thread, ThreadMetadata

from chatkit_django.context import RequestContext
from chatkit_django.store import ChatStore
from chatkit_django.testing.contract.samples import (
    MOMENT,
    ORDERS,
    all_items,
    all_threads,
    asked,
    fill,
    ids,
    said,
    thread,
)


class ThreadContract:
    """Needs the fixtures of ``StoreContract``."""

    async def test_a_thread_comes_back_as_it_was_saved(
        self, store: ChatStore, ada: RequestContext
    ) -> None:
        saved = ThreadMetadata(
            id="t",
            title="Groceries – März",
            created_at=MOMENT,
            status=ClosedStatus(reason="done"),
            allowed_image_domains=["example.com"],
            metadata={"run": {"id": 1, "nothing": None}},
        )
        await store.save_thread(saved, ada)
        loaded = await store.load_thread("t", ada)
        assert loaded == saved
        assert loaded.created_at.tzinfo is None
        assert (await store.load_threads(10, None, "asc", ada)).data == [saved]

    async def test_a_time_with_a_zone_comes_back_as_local_time(
        self, store: ChatStore, ada: RequestContext
    ) -> None:
        moment = MOMENT.replace(tzinfo=UTC)
        await store.save_thread(thread().model_copy(update={"created_at": moment}), ada)
        loaded = (await store.load_thread("t", ada)).created_at
        assert loaded.tzinfo is None
        assert loaded.astimezone() == moment

    async def test_saving_a_thread_again_changes_it(
        self, store: ChatStore, ada: RequestContext
    ) -> None:
        await store.save_thread(thread(), ada)
        await store.save_thread(thread(title="New"), ada)
        assert (await store.load_thread("t", ada)).title == "New"
        assert await all_threads(store, ada) == ["t"]

    async def test_a_thread_that_carries_items_is_saved_without_them(
        self, store: ChatStore, ada: RequestContext
    ) -> None:
        await store.save_thread(Thread(id="t", created_at=MOMENT, items=Page()), ada)
        loaded = await store.load_thread("t", ada)
        assert type(loaded) is ThreadMetadata

    async def test_saving_a_thread_keeps_its_items(
        self, store: ChatStore, ada: RequestContext
    ) -> None:
        await fill(store, ada, [asked("a"), said("b")])
        await store.save_thread(thread(title="x"), ada)
        assert ids(await all_items(store, ada)) == ["a", "b"]

    async def test_a_thread_belongs_to_who_asked_for_it(
        self, store: ChatStore, ada: RequestContext
    ) -> None:
        given = thread().model_copy(update={"metadata": {"list": [1]}})
        await store.save_thread(given, ada)
        given.metadata["list"].append(2)
        loaded = await store.load_thread("t", ada)
        assert loaded.metadata == {"list": [1]}
        loaded.metadata["list"].append(3)
        listed = await store.load_threads(10, None, "asc", ada)
        listed.data[0].metadata["list"].append(4)
        listed.data.clear()
        assert (await store.load_thread("t", ada)).metadata == {"list": [1]}
        assert await all_threads(store, ada) == ["t"]

    async def test_newer_threads_come_first_in_descending_order(
        self, store: ChatStore, ada: RequestContext
    ) -> None:
        for name, day in (("b", 2), ("c", 3), ("a", 1)):
            moment = MOMENT + timedelta(days=day)
            await store.save_thread(ThreadMetadata(id=name, created_at=moment), ada)
        await store.save_thread(
            ThreadMetadata(id="a", created_at=MOMENT + timedelta(days=1), title="later"), ada
        )
        assert await all_threads(store, ada, "desc") == ["c", "b", "a"]
        assert await all_threads(store, ada, "asc") == ["a", "b", "c"]

    @pytest.mark.parametrize("order", ORDERS)
    async def test_threads_of_one_moment_page_without_gap_or_repeat(
        self, store: ChatStore, ada: RequestContext, order: str
    ) -> None:
        names = [f"t{number:02d}" for number in range(25)]
        for name in names:
            await store.save_thread(thread(name), ada)
        seen = await all_threads(store, ada, order, 4)
        assert sorted(seen) == names
        other = "asc" if order == "desc" else "desc"
        assert await all_threads(store, ada, other) == seen[::-1]
        for place, name in enumerate(seen):
            page = await store.load_threads(5, name, order, ada)
            assert [one.id for one in page.data] == seen[place + 1 : place + 6]
            assert page.has_more == (place + 6 < len(seen))

    async def test_deleting_a_thread_deletes_its_items(
        self, store: ChatStore, ada: RequestContext
    ) -> None:
        await fill(store, ada, [asked("a")])
        await store.save_thread(thread("other"), ada)
        await store.delete_thread("t", ada)
        with pytest.raises(NotFoundError):
            await store.load_thread("t", ada)
        assert await all_threads(store, ada) == ["other"]
        await store.save_thread(thread(), ada)
        assert await all_items(store, ada) == []

    async def test_a_new_thread_and_its_first_message_are_kept_together_or_not_at_all(
        self, store: ChatStore, ada: RequestContext, bob: RequestContext
    ) -> None:
        await store.save_thread(thread("bobs"), bob)
        with pytest.raises(NotFoundError):
            await store.create_thread(thread("bobs"), asked("a", thread_id="bobs"), ada)
        assert await all_threads(store, ada) == []

        await store.create_thread(thread(), asked("a"), ada)
        assert await store.load_thread("t", ada) == thread()
        assert await all_items(store, ada) == [asked("a")]

    async def test_the_users_title_is_changed_by_nobody_else(
        self, store: ChatStore, ada: RequestContext
    ) -> None:
        await store.save_thread(thread(title="by the model"), ada)
        assert (await store.rename_thread("t", "mine", ada)).title == "mine"
        await store.save_thread(thread(title="by the model"), ada)
        assert (await store.load_thread("t", ada)).title == "mine"
        merged = await store.update_thread(thread(), thread(title="by the model"), ada)
        assert merged.title == "mine"
        assert (await store.load_thread("t", ada)).title == "mine"
        assert (await store.rename_thread("t", "mine again", ada)).title == "mine again"

    async def test_an_update_writes_only_what_differs(
        self, store: ChatStore, ada: RequestContext
    ) -> None:
        before = thread(title="old")
        await store.save_thread(before, ada)
        await store.save_thread(before.model_copy(update={"metadata": {"kept": 1}}), ada)
        closed = before.model_copy(update={"status": ClosedStatus(reason="done"), "title": "new"})
        merged = await store.update_thread(before, closed, ada)
        assert merged == await store.load_thread("t", ada)
        assert (merged.title, merged.status) == ("new", ClosedStatus(reason="done"))
        assert merged.metadata == {"kept": 1}

    async def test_a_new_name_survives_the_update_of_an_answer_that_knew_the_old_one(
        self, store: ChatStore, ada: RequestContext
    ) -> None:
        await store.save_thread(thread(title="old"), ada)
        known = await store.load_thread("t", ada)
        await store.rename_thread("t", "mine", ada)
        locked = known.model_copy(update={"status": LockedStatus(), "title": "by the model"})
        merged = await store.update_thread(known, locked, ada)
        assert (merged.title, merged.status) == ("mine", LockedStatus())
        assert await store.load_thread("t", ada) == merged

    async def test_a_nul_character_does_no_harm(
        self, store: ChatStore, ada: RequestContext
    ) -> None:
        poisoned = thread(title="a\0b").model_copy(
            update={"metadata": {"k\0": ["v\0"]}, "status": ClosedStatus(reason="\0")}
        )
        await store.save_thread(poisoned, ada)
        assert (await store.load_thread("t", ada)).title in ("a\0b", "ab")
        await store.add_thread_item("t", said("a", "be\0fore"), ada)
        loaded = await store.load_item("t", "a", ada)
        assert loaded in (said("a", "be\0fore"), said("a", "before"))
