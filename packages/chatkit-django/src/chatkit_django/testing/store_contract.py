"""What a store must do, as tests. Subclass ``StoreContract`` and give it three fixtures."""

# ruff: noqa: S101

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from chatkit.store import NotFoundError
from chatkit.types import (
    AssistantMessageContent,
    AssistantMessageItem,
    ClosedStatus,
    FileAttachment,
    HiddenContextItem,
    InferenceOptions,
    Page,
    Thread,
    ThreadItem,
    ThreadMetadata,
    UserMessageItem,
    UserMessageTextContent,
    WidgetItem,
)
from chatkit.widgets import DynamicWidgetRoot

from chatkit_django.context import RequestContext
from chatkit_django.store import ChatStore
from chatkit_django.testing.change_contract import ChangeContract

MOMENT = datetime(2026, 3, 1, 12, 0, 0, 123456)  # noqa: DTZ001  the SDK's times are naive
ORDERS = ("asc", "desc")


def thread(identifier: str) -> ThreadMetadata:
    return ThreadMetadata(id=identifier, created_at=MOMENT)


def said(identifier: str, text: str = "hello", thread_id: str = "t") -> AssistantMessageItem:
    return AssistantMessageItem(
        id=identifier,
        thread_id=thread_id,
        created_at=MOMENT,
        content=[AssistantMessageContent(text=text)],
    )


def asked(identifier: str, thread_id: str = "t") -> UserMessageItem:
    return UserMessageItem(
        id=identifier,
        thread_id=thread_id,
        created_at=MOMENT,
        content=[UserMessageTextContent(text="how much?")],
        inference_options=InferenceOptions(),
    )


def hidden(identifier: str) -> HiddenContextItem:
    return HiddenContextItem(id=identifier, thread_id="t", created_at=MOMENT, content="psst")


def ids(page: Page[ThreadItem]) -> list[str]:
    return [item.id for item in page.data]


class StoreContract(ChangeContract):
    """Fixtures to give: ``store``, and ``ada`` and ``bob``, contexts of two users who have
    nothing stored. All times are equal, so nothing can lean on them."""

    pytestmark = pytest.mark.asyncio

    many = 2_000
    """Items in the long thread of the paging tests."""

    @pytest.fixture
    def store(self) -> ChatStore:
        raise NotImplementedError

    @pytest.fixture
    def ada(self) -> RequestContext:
        raise NotImplementedError

    @pytest.fixture
    def bob(self) -> RequestContext:
        raise NotImplementedError

    async def fill(
        self, store: ChatStore, context: RequestContext, items: Sequence[ThreadItem]
    ) -> None:
        """Put a thread ``t`` with these items into the store, in this order."""
        await store.save_thread(thread("t"), context)
        for item in items:
            await store.add_thread_item("t", item, context)

    async def pages(
        self, store: ChatStore, context: RequestContext, order: str, size: int
    ) -> list[Page[ThreadItem]]:
        found: list[Page[ThreadItem]] = []
        after = None
        while not found or found[-1].has_more:
            found.append(await store.load_thread_items("t", after, size, order, context))
            after = found[-1].after
            assert len(found) < 10_000, "the pages never end"
        return found

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

    async def test_saving_a_thread_again_changes_it(
        self, store: ChatStore, ada: RequestContext
    ) -> None:
        await store.save_thread(thread("t"), ada)
        await store.save_thread(thread("t").model_copy(update={"title": "New"}), ada)
        assert (await store.load_thread("t", ada)).title == "New"
        assert len((await store.load_threads(10, None, "desc", ada)).data) == 1

    async def test_a_thread_that_carries_items_is_saved_without_them(
        self, store: ChatStore, ada: RequestContext
    ) -> None:
        await store.save_thread(Thread(id="t", created_at=MOMENT, items=Page()), ada)
        loaded = await store.load_thread("t", ada)
        assert type(loaded) is ThreadMetadata

    async def test_saving_a_thread_keeps_its_items(
        self, store: ChatStore, ada: RequestContext
    ) -> None:
        await self.fill(store, ada, [asked("a"), said("b")])
        await store.save_thread(thread("t").model_copy(update={"title": "x"}), ada)
        assert ids(await store.load_thread_items("t", None, 10, "asc", ada)) == ["a", "b"]

    async def test_what_is_unknown_is_not_found(
        self, store: ChatStore, ada: RequestContext
    ) -> None:
        await store.save_thread(thread("t"), ada)
        for call in (
            store.load_thread("nope", ada),
            store.load_thread_items("nope", None, 10, "asc", ada),
            store.load_visible_items("nope", None, 10, "asc", ada),
            store.load_item("t", "nope", ada),
            store.add_thread_item("nope", said("a"), ada),
            store.save_item("nope", said("a"), ada),
            store.load_attachment("nope", ada),
            store.delete_items_after("t", "nope", ada),
        ):
            with pytest.raises(NotFoundError):
                await call

    async def test_deleting_what_is_unknown_is_fine(
        self, store: ChatStore, ada: RequestContext
    ) -> None:
        await store.save_thread(thread("t"), ada)
        await store.delete_thread("nope", ada)
        await store.delete_thread_item("nope", "nope", ada)
        await store.delete_thread_item("t", "nope", ada)
        await store.delete_attachment("nope", ada)

    async def test_an_unknown_cursor_is_not_found(
        self, store: ChatStore, ada: RequestContext
    ) -> None:
        await self.fill(store, ada, [asked("a")])
        await store.save_thread(thread("other"), ada)
        await store.add_thread_item("other", said("elsewhere"), ada)
        for order in ORDERS:
            for cursor in ("nope", "elsewhere"):
                with pytest.raises(NotFoundError):
                    await store.load_thread_items("t", cursor, 10, order, ada)
            with pytest.raises(NotFoundError):
                await store.load_threads(10, "nope", order, ada)

    @pytest.mark.parametrize("order", ORDERS)
    async def test_a_long_thread_pages_without_gap_or_repeat(
        self, store: ChatStore, ada: RequestContext, order: str
    ) -> None:
        names = [f"i{(number * 7919) % self.many:05d}" for number in range(self.many)]
        await self.fill(store, ada, [said(name) for name in names])
        pages = await self.pages(store, ada, order, 90)
        seen = [name for page in pages for name in ids(page)]
        assert seen == (names if order == "asc" else names[::-1])
        assert [len(page.data) for page in pages[:-1]] == [90] * (len(pages) - 1)

    @pytest.mark.parametrize("order", ORDERS)
    async def test_the_last_full_page_knows_that_it_is_the_last(
        self, store: ChatStore, ada: RequestContext, order: str
    ) -> None:
        await self.fill(store, ada, [said(f"i{number}") for number in range(6)])
        pages = await self.pages(store, ada, order, 3)
        assert [(len(page.data), page.has_more) for page in pages] == [(3, True), (3, False)]
        assert pages[-1].after is None

    @pytest.mark.parametrize("order", ORDERS)
    async def test_threads_of_one_moment_page_without_gap_or_repeat(
        self, store: ChatStore, ada: RequestContext, order: str
    ) -> None:
        for number in range(25):
            await store.save_thread(thread(f"t{number:02d}"), ada)
        seen: list[str] = []
        after = None
        more = True
        while more:
            page = await store.load_threads(4, after, order, ada)
            seen += [one.id for one in page.data]
            after, more = page.after, page.has_more
        assert sorted(seen) == [f"t{number:02d}" for number in range(25)]
        other = "asc" if order == "desc" else "desc"
        whole = await store.load_threads(100, None, other, ada)
        assert seen == [one.id for one in whole.data][::-1]

    async def test_newer_threads_come_first_in_descending_order(
        self, store: ChatStore, ada: RequestContext
    ) -> None:
        for name, day in (("b", 2), ("c", 3), ("a", 1)):
            moment = MOMENT + timedelta(days=day)
            await store.save_thread(ThreadMetadata(id=name, created_at=moment), ada)
        page = await store.load_threads(10, None, "desc", ada)
        assert [one.id for one in page.data] == ["c", "b", "a"]

    async def test_saving_an_item_again_keeps_its_place(
        self, store: ChatStore, ada: RequestContext
    ) -> None:
        await self.fill(store, ada, [asked("a"), said("b"), said("c")])
        await store.add_thread_item("t", said("a", "changed"), ada)
        await store.save_item("t", said("b", "changed too"), ada)
        page = await store.load_thread_items("t", None, 10, "asc", ada)
        assert ids(page) == ["a", "b", "c"]
        assert page.data[0] == said("a", "changed")
        assert page.data[1] == said("b", "changed too")

    async def test_two_threads_may_use_the_same_item_id(
        self, store: ChatStore, ada: RequestContext, bob: RequestContext
    ) -> None:
        await self.fill(store, ada, [said("same", "ada's")])
        await store.save_thread(thread("u"), ada)
        await store.add_thread_item("u", said("same", "ada's other", "u"), ada)
        await store.save_thread(thread("v"), bob)
        await store.add_thread_item("v", said("same", "bob's", "v"), bob)
        assert await store.load_item("t", "same", ada) == said("same", "ada's")
        assert await store.load_item("u", "same", ada) == said("same", "ada's other", "u")
        assert await store.load_item("v", "same", bob) == said("same", "bob's", "v")

    async def test_nobody_sees_or_changes_what_belongs_to_another(
        self, store: ChatStore, ada: RequestContext, bob: RequestContext
    ) -> None:
        await self.fill(store, ada, [asked("a"), said("b")])
        file = FileAttachment(id="f", name="f.txt", mime_type="text/plain", thread_id="t")
        await store.save_attachment(file, ada)
        own = FileAttachment(id="g", name="g.txt", mime_type="text/plain", thread_id="t")
        for call in (
            store.load_thread("t", bob),
            store.save_thread(thread("t"), bob),
            store.create_thread(thread("t"), asked("z"), bob),
            store.load_thread_items("t", None, 10, "asc", bob),
            store.load_visible_items("t", None, 10, "asc", bob),
            store.load_item("t", "a", bob),
            store.add_thread_item("t", said("z"), bob),
            store.save_item("t", said("a", "stolen"), bob),
            store.delete_items_after("t", "a", bob),
            store.load_attachment("f", bob),
            store.save_attachment(file, bob),
            store.save_attachment(file.model_copy(update={"thread_id": None}), bob),
            store.save_attachment(own, bob),
            store.load_threads(10, "t", "asc", bob),
        ):
            with pytest.raises(NotFoundError):
                await call
        await store.delete_thread_item("t", "a", bob)
        await store.delete_attachment("f", bob)
        await store.delete_thread("t", bob)

        assert (await store.load_threads(10, None, "asc", bob)).data == []
        assert await store.load_attachment("f", ada) == file
        page = await store.load_thread_items("t", None, 10, "asc", ada)
        assert page.data == [asked("a"), said("b")]

    async def test_deleting_a_thread_deletes_its_items(
        self, store: ChatStore, ada: RequestContext
    ) -> None:
        await self.fill(store, ada, [asked("a")])
        await store.delete_thread("t", ada)
        with pytest.raises(NotFoundError):
            await store.load_thread("t", ada)
        await store.save_thread(thread("t"), ada)
        assert (await store.load_thread_items("t", None, 10, "asc", ada)).data == []

    async def test_deleting_an_item_leaves_the_others_in_order(
        self, store: ChatStore, ada: RequestContext
    ) -> None:
        await self.fill(store, ada, [asked("a"), said("b"), said("c")])
        await store.delete_thread_item("t", "b", ada)
        await store.add_thread_item("t", said("d"), ada)
        assert ids(await store.load_thread_items("t", None, 10, "asc", ada)) == ["a", "c", "d"]

    async def test_items_after_one_are_deleted_together(
        self, store: ChatStore, ada: RequestContext
    ) -> None:
        await self.fill(store, ada, [asked("a"), said("b"), asked("c"), hidden("d"), said("e")])
        await store.delete_items_after("t", "b", ada)
        assert ids(await store.load_thread_items("t", None, 10, "asc", ada)) == ["a", "b"]

    async def test_hidden_items_are_for_the_model_only(
        self, store: ChatStore, ada: RequestContext
    ) -> None:
        secrets = [hidden(f"h{number}") for number in range(25)]
        await self.fill(store, ada, [asked("a"), *secrets, said("b")])
        assert len((await store.load_thread_items("t", None, 100, "asc", ada)).data) == 27
        shown = await store.load_visible_items("t", None, 2, "asc", ada)
        assert (ids(shown), shown.has_more) == (["a", "b"], False)
        newest = await store.load_visible_items("t", None, 1, "desc", ada)
        assert (ids(newest), newest.has_more, newest.after) == (["b"], True, "b")
        rest = await store.load_visible_items("t", "b", 1, "desc", ada)
        assert (ids(rest), rest.has_more) == (["a"], False)

    async def test_a_page_belongs_to_who_asked_for_it(
        self, store: ChatStore, ada: RequestContext
    ) -> None:
        await self.fill(store, ada, [said("a")])
        first = await store.load_thread_items("t", None, 10, "asc", ada)
        first.data.clear()
        assert ids(await store.load_thread_items("t", None, 10, "asc", ada)) == ["a"]

    async def test_many_writers_to_one_thread_lose_and_repeat_nothing(
        self, store: ChatStore, ada: RequestContext
    ) -> None:
        await store.save_thread(thread("t"), ada)
        names = [f"w{writer}-{number:02d}" for writer in range(8) for number in range(12)]

        async def write(writer: int) -> None:
            for number in range(12):
                await store.add_thread_item("t", said(f"w{writer}-{number:02d}"), ada)

        await asyncio.gather(*map(write, range(8)))
        pages = await self.pages(store, ada, "asc", 10)
        seen = [name for page in pages for name in ids(page)]
        assert sorted(seen) == sorted(names)
        for writer in range(8):
            own = [name for name in seen if name.startswith(f"w{writer}-")]
            assert own == sorted(own), "one writer's items are out of order"

    async def test_two_savers_of_one_new_item_make_one_item(
        self, store: ChatStore, ada: RequestContext
    ) -> None:
        await store.save_thread(thread("t"), ada)
        await asyncio.gather(*(store.add_thread_item("t", said("a"), ada) for _ in range(8)))
        assert ids(await store.load_thread_items("t", None, 10, "asc", ada)) == ["a"]

    async def test_two_savers_of_one_new_thread_make_one_thread(
        self, store: ChatStore, ada: RequestContext
    ) -> None:
        await asyncio.gather(*(store.save_thread(thread("t"), ada) for _ in range(8)))
        assert len((await store.load_threads(10, None, "asc", ada)).data) == 1

    async def test_a_new_thread_and_its_first_message_are_kept_together_or_not_at_all(
        self, store: ChatStore, ada: RequestContext, bob: RequestContext
    ) -> None:
        file = FileAttachment(id="f", name="f.txt", mime_type="text/plain")
        await store.save_attachment(file, bob)
        stolen = file.model_copy(update={"thread_id": "t"})
        first = asked("a").model_copy(update={"attachments": [stolen]})
        with pytest.raises(NotFoundError):
            await store.create_thread(thread("t"), first, ada)
        assert (await store.load_threads(10, None, "asc", ada)).data == []

        await store.create_thread(thread("t"), asked("a"), ada)
        assert ids(await store.load_thread_items("t", None, 10, "asc", ada)) == ["a"]

    async def test_a_widget_comes_back_with_everything_it_had(
        self, store: ChatStore, ada: RequestContext
    ) -> None:
        raw = {
            "type": "Card",
            "border": {"size": 1},
            "children": [
                {"type": "Table", "children": [{"type": "Table.Row", "children": []}]},
                {"type": "Text", "value": "$12", "unheard_of": [1, 2.5, "x"], "id": "t1"},
            ],
        }
        widget = DynamicWidgetRoot.model_validate(raw)
        item = WidgetItem(id="w", thread_id="t", created_at=MOMENT, widget=widget)
        await self.fill(store, ada, [item])
        loaded = await store.load_item("t", "w", ada)
        assert loaded == item
        assert isinstance(loaded, WidgetItem)
        assert loaded.widget.model_dump(exclude_none=True) == raw

    async def test_a_nul_character_does_no_harm(
        self, store: ChatStore, ada: RequestContext
    ) -> None:
        poisoned = thread("t").model_copy(
            update={
                "title": "a\0b",
                "metadata": {"k\0": ["v\0"]},
                "status": ClosedStatus(reason="\0"),
            }
        )
        await store.save_thread(poisoned, ada)
        assert (await store.load_thread("t", ada)).title in ("a\0b", "ab")
        await store.add_thread_item("t", said("a", "be\0fore"), ada)
        loaded = await store.load_item("t", "a", ada)
        assert isinstance(loaded, AssistantMessageItem)
        assert loaded.content[0].text in ("be\0fore", "before")

    async def test_an_attachment_comes_back_as_it_was_saved(
        self, store: ChatStore, ada: RequestContext
    ) -> None:
        file = FileAttachment(
            id="f", name="f.txt", mime_type="text/plain", metadata={"path": "private"}
        )
        await store.save_attachment(file, ada)
        assert await store.load_attachment("f", ada) == file
        await store.save_thread(thread("t"), ada)
        moved = file.model_copy(update={"thread_id": "t"})
        await store.save_attachment(moved, ada)
        assert await store.load_attachment("f", ada) == moved
        await store.delete_attachment("f", ada)
        with pytest.raises(NotFoundError):
            await store.load_attachment("f", ada)

    async def test_ids_are_long_unique_and_sort_by_time(
        self, store: ChatStore, ada: RequestContext
    ) -> None:
        made = [store.generate_item_id("message", thread("t"), ada) for _ in range(2_000)]
        assert len(set(made)) == len(made)
        assert all(len(name.partition("_")[2]) >= 26 for name in made)
        earlier = store.generate_thread_id(ada)
        await asyncio.sleep(0.002)
        assert earlier < store.generate_thread_id(ada)
