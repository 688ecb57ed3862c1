"""Changes: answers of client tools, items put in another's place, feedback."""

# ruff: noqa: S101

import pytest
from chatkit.store import NotFoundError
from chatkit.types import ClientToolCallItem, ThreadItem

from chatkit_django.client_tools import EXPIRED, completed
from chatkit_django.context import RequestContext
from chatkit_django.exceptions import NoPendingToolCall
from chatkit_django.store import ChatStore
from chatkit_django.testing.contract.samples import (
    all_items,
    asked,
    fill,
    hidden,
    ids,
    said,
    thread,
    tool_call,
)


class ChangeContract:
    """Needs the fixtures of ``StoreContract``."""

    async def test_the_newest_pending_tool_call_is_found_wherever_it_stands(
        self, store: ChatStore, ada: RequestContext
    ) -> None:
        await fill(store, ada, [asked("a")])
        assert await store.pending_tool_call("t", ada) is None
        for item in (tool_call("b"), tool_call("c"), said("d")):
            await store.add_thread_item("t", item, ada)
        assert await store.pending_tool_call("t", ada) == tool_call("c")
        done = await store.change_item("t", "c", lambda item: completed(item, {"x": 1}), ada)
        assert (await store.load_item("t", "c", ada)) == done
        assert await store.pending_tool_call("t", ada) == tool_call("b")

    async def test_a_message_of_the_user_ends_what_the_page_was_asked(
        self, store: ChatStore, ada: RequestContext
    ) -> None:
        await fill(store, ada, [asked("a"), tool_call("b"), tool_call("c")])
        done = await store.change_item("t", "b", lambda item: completed(item, {"x": 1}), ada)
        await store.add_user_message("t", asked("d"), ada)
        assert await store.pending_tool_call("t", ada) is None
        call = await store.load_item("t", "c", ada)
        assert isinstance(call, ClientToolCallItem)
        assert (call.status, call.output) == ("completed", EXPIRED)
        assert await store.load_item("t", "b", ada) == done
        assert ids(await all_items(store, ada)) == ["a", "b", "c", "d"]

    async def test_a_change_keeps_the_place_and_a_failed_one_changes_nothing(
        self, store: ChatStore, ada: RequestContext
    ) -> None:
        await fill(store, ada, [said("a"), said("b")])
        changed = await store.change_item("t", "a", lambda item: said("a", "other"), ada)
        assert changed == said("a", "other")

        def fail(item: ThreadItem) -> ThreadItem:
            item.thread_id = "changed in place"
            raise NoPendingToolCall

        with pytest.raises(NoPendingToolCall):
            await store.change_item("t", "b", fail, ada)
        assert await all_items(store, ada) == [said("a", "other"), said("b")]

    async def test_the_last_word_on_an_item_counts_and_goes_with_it(
        self, store: ChatStore, ada: RequestContext
    ) -> None:
        await fill(store, ada, [asked("a"), said("b"), said("c")])
        await store.save_feedback("t", ["c", "b", "b"], "positive", ada)
        await store.save_feedback("t", ["c"], "negative", ada)
        given = await store.load_feedback("t", ada)
        assert list(given.items()) == [("b", "positive"), ("c", "negative")]
        await store.delete_thread_item("t", "b", ada)
        await store.add_thread_item("t", said("b"), ada)
        assert await store.load_feedback("t", ada) == {"c": "negative"}
        await store.delete_items_after("t", "a", ada)
        assert await store.load_feedback("t", ada) == {}

    async def test_feedback_stays_when_the_item_is_saved_again(
        self, store: ChatStore, ada: RequestContext
    ) -> None:
        await fill(store, ada, [said("a"), said("b")])
        await store.save_feedback("t", ["a", "b"], "positive", ada)
        await store.save_item("t", said("a", "changed"), ada)
        await store.change_item("t", "b", lambda item: said("b", "changed"), ada)
        assert await store.load_feedback("t", ada) == {"a": "positive", "b": "positive"}

    async def test_feedback_needs_items_that_are_shown_in_the_thread(
        self, store: ChatStore, ada: RequestContext
    ) -> None:
        await fill(store, ada, [said("a"), hidden("h")])
        await store.save_thread(thread("other"), ada)
        await store.add_thread_item("other", said("elsewhere", thread_id="other"), ada)
        for unknown in ("h", "nope", "elsewhere"):
            with pytest.raises(NotFoundError):
                await store.save_feedback("t", ["a", unknown], "positive", ada)
        assert await store.load_feedback("t", ada) == {}
        await store.save_feedback("t", ["a"], "positive", ada)
        await store.delete_thread("t", ada)
        with pytest.raises(NotFoundError):
            await store.load_feedback("t", ada)
