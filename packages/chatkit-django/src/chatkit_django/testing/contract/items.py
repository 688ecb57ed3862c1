"""Items: each in its place, and as it was given."""

# ruff: noqa: S101

import asyncio
from datetime import UTC, timedelta

import pytest
from chatkit.store import NotFoundError
from chatkit.types import (
    AssistantMessageItem,
    ClientToolCallItem,
    SDKHiddenContextItem,
    WidgetItem,
)
from chatkit.widgets import DynamicWidgetRoot

from chatkit_django.context import RequestContext
from chatkit_django.store import ChatStore
from chatkit_django.testing.contract.samples import (
    MOMENT,
    all_items,
    asked,
    fill,
    hidden,
    ids,
    said,
    thread,
)


class ItemContract:
    """Needs the fixtures of ``StoreContract``."""

    async def test_items_come_in_the_order_of_their_first_appearance(
        self, store: ChatStore, ada: RequestContext
    ) -> None:
        names = ["z", "b", "y", "a", "x"]
        items = [
            said(name).model_copy(update={"created_at": MOMENT - timedelta(days=age)})
            for age, name in enumerate(names)
        ]
        await fill(store, ada, items)
        assert await all_items(store, ada) == items
        assert await all_items(store, ada, "desc") == items[::-1]

    async def test_saving_an_item_again_keeps_its_place(
        self, store: ChatStore, ada: RequestContext
    ) -> None:
        await fill(store, ada, [asked("a"), said("b"), said("c")])
        await store.add_thread_item("t", said("a", "changed"), ada)
        await store.save_item("t", said("b", "changed too"), ada)
        assert await all_items(store, ada) == [
            said("a", "changed"),
            said("b", "changed too"),
            said("c"),
        ]

    async def test_two_threads_may_use_the_same_item_id(
        self, store: ChatStore, ada: RequestContext, bob: RequestContext
    ) -> None:
        await fill(store, ada, [said("same", "ada's")])
        await store.save_thread(thread("u"), ada)
        await store.add_thread_item("u", said("same", "ada's other", "u"), ada)
        await store.save_thread(thread("v"), bob)
        await store.add_thread_item("v", said("same", "bob's", "v"), bob)
        assert await store.load_item("t", "same", ada) == said("same", "ada's")
        assert await store.load_item("u", "same", ada) == said("same", "ada's other", "u")
        assert await store.load_item("v", "same", bob) == said("same", "bob's", "v")

    async def test_an_item_belongs_to_who_asked_for_it(
        self, store: ChatStore, ada: RequestContext
    ) -> None:
        given = said("a")
        await fill(store, ada, [given])
        given.content[0].text = "changed after it was given"
        first = await store.load_thread_items("t", None, 10, "asc", ada)
        for loaded in (await store.load_item("t", "a", ada), *first.data):
            assert isinstance(loaded, AssistantMessageItem)
            assert loaded.content[0].text == "hello"
            loaded.content[0].text = "changed after it was taken"
        first.data.clear()
        assert await all_items(store, ada) == [said("a")]

    async def test_deleting_an_item_leaves_the_others_in_order(
        self, store: ChatStore, ada: RequestContext
    ) -> None:
        await fill(store, ada, [asked("a"), said("b"), said("c")])
        await store.delete_thread_item("t", "b", ada)
        await store.add_thread_item("t", said("d"), ada)
        assert ids(await all_items(store, ada)) == ["a", "c", "d"]
        await store.add_thread_item("t", said("b"), ada)
        assert ids(await all_items(store, ada)) == ["a", "c", "d", "b"]

    async def test_items_after_one_are_deleted_together(
        self, store: ChatStore, ada: RequestContext
    ) -> None:
        await fill(store, ada, [asked("a"), said("b"), asked("c"), hidden("d"), said("e")])
        with pytest.raises(NotFoundError):
            await store.delete_items_after("t", "nope", ada)
        assert len(await all_items(store, ada)) == 5
        await store.delete_items_after("t", "b", ada)
        assert ids(await all_items(store, ada)) == ["a", "b"]
        assert ids(await store.load_visible_items("t", None, 10, "asc", ada)) == ["a", "b"]
        await store.delete_items_after("t", "b", ada)
        await store.add_thread_item("t", said("f"), ada)
        assert ids(await all_items(store, ada)) == ["a", "b", "f"]

    async def test_hidden_items_are_for_the_model_only(
        self, store: ChatStore, ada: RequestContext
    ) -> None:
        secrets = [hidden(f"h{number}") for number in range(25)]
        by_the_sdk = SDKHiddenContextItem(id="s", thread_id="t", created_at=MOMENT, content="psst")
        await fill(store, ada, [asked("a"), *secrets, by_the_sdk, said("b")])
        assert len(await all_items(store, ada)) == 28
        shown = await store.load_visible_items("t", None, 2, "asc", ada)
        assert (ids(shown), shown.has_more, shown.after) == (["a", "b"], False, None)
        newest = await store.load_visible_items("t", None, 1, "desc", ada)
        assert (ids(newest), newest.has_more, newest.after) == (["b"], True, "b")
        rest = await store.load_visible_items("t", "b", 1, "desc", ada)
        assert (ids(rest), rest.has_more) == (["a"], False)

    async def test_an_item_that_becomes_hidden_or_visible_keeps_its_place(
        self, store: ChatStore, ada: RequestContext
    ) -> None:
        await fill(store, ada, [said("a"), said("b"), hidden("c"), said("d")])
        await store.save_item("t", hidden("b"), ada)
        await store.save_item("t", said("c"), ada)
        assert ids(await all_items(store, ada)) == ["a", "b", "c", "d"]
        assert ids(await store.load_visible_items("t", None, 9, "asc", ada)) == ["a", "c", "d"]
        await store.delete_thread_item("t", "b", ada)
        await store.delete_thread_item("t", "c", ada)
        assert ids(await store.load_visible_items("t", None, 9, "asc", ada)) == ["a", "d"]

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
        await fill(store, ada, [item])
        for loaded in (await store.load_item("t", "w", ada), *await all_items(store, ada)):
            assert loaded == item
            assert isinstance(loaded, WidgetItem)
            assert loaded.widget.model_dump(exclude_none=True) == raw

    async def test_a_time_with_a_zone_comes_back_as_the_sdk_expects_it(
        self, store: ChatStore, ada: RequestContext
    ) -> None:
        moment = MOMENT.replace(tzinfo=UTC)
        await fill(store, ada, [said("a").model_copy(update={"created_at": moment})])
        loaded = (await store.load_item("t", "a", ada)).created_at
        assert loaded.tzinfo is None
        assert loaded.astimezone() == moment

    async def test_arguments_and_results_come_back_as_they_were(
        self, store: ChatStore, ada: RequestContext
    ) -> None:
        call = ClientToolCallItem(
            id="c",
            thread_id="t",
            created_at=MOMENT,
            call_id="1",
            name="where",
            arguments={"nothing": None, "list": [1, 2.5, "ü"], "deep": {"a": {"b": False}}},
            output=[None, {"x": "\u2028"}],
            status="completed",
        )
        await fill(store, ada, [call])
        assert await store.load_item("t", "c", ada) == call

    async def test_a_long_item_id_fits(self, store: ChatStore, ada: RequestContext) -> None:
        name = "fc_" + "0" * 125
        await fill(store, ada, [said(name)])
        assert await store.load_item("t", name, ada) == said(name)

    async def test_ids_are_long_unique_and_sort_by_time(
        self, store: ChatStore, ada: RequestContext
    ) -> None:
        made = [store.generate_item_id("message", thread(), ada) for _ in range(2_000)]
        assert len(set(made)) == len(made)
        assert all(len(name.partition("_")[2]) >= 26 for name in made)
        earlier = store.generate_thread_id(ada)
        await asyncio.sleep(0.002)
        assert earlier < store.generate_thread_id(ada)
