"""What one request changes in a store, as tests: part of ``StoreContract``."""

# ruff: noqa: S101

import asyncio
from datetime import datetime

import pytest
from chatkit.store import NotFoundError
from chatkit.types import (
    AssistantMessageContent,
    AssistantMessageItem,
    ClientToolCallItem,
    ClosedStatus,
    FileAttachment,
    HiddenContextItem,
    InferenceOptions,
    ThreadItem,
    ThreadMetadata,
    UserMessageItem,
    UserMessageTextContent,
)

from chatkit_django.client_tools import EXPIRED, completed
from chatkit_django.context import RequestContext
from chatkit_django.exceptions import NoPendingToolCall
from chatkit_django.store import ChatStore

MOMENT = datetime(2026, 3, 1, 12, 0, 0, 123456)  # noqa: DTZ001  the SDK's times are naive


def thread(title: str | None = None) -> ThreadMetadata:
    return ThreadMetadata(id="t", created_at=MOMENT, title=title)


def question(identifier: str) -> UserMessageItem:
    return UserMessageItem(
        id=identifier,
        thread_id="t",
        created_at=MOMENT,
        content=[UserMessageTextContent(text="how much?")],
        inference_options=InferenceOptions(),
    )


def answer(identifier: str, text: str = "hello") -> AssistantMessageItem:
    return AssistantMessageItem(
        id=identifier,
        thread_id="t",
        created_at=MOMENT,
        content=[AssistantMessageContent(text=text)],
    )


def tool_call(identifier: str) -> ClientToolCallItem:
    return ClientToolCallItem(
        id=identifier,
        thread_id="t",
        created_at=MOMENT,
        call_id=f"call_{identifier}",
        name="where",
        arguments={},
    )


class ChangeContract:
    """Needs the fixtures of ``StoreContract``."""

    async def begin(self, store: ChatStore, context: RequestContext, *items: ThreadItem) -> None:
        await store.save_thread(thread(), context)
        for item in items:
            await store.add_thread_item("t", item, context)

    async def test_the_users_title_is_changed_by_nobody_else(
        self, store: ChatStore, ada: RequestContext
    ) -> None:
        await store.save_thread(thread("by the model"), ada)
        assert (await store.rename_thread("t", "mine", ada)).title == "mine"
        await store.save_thread(thread("by the model"), ada)
        assert (await store.load_thread("t", ada)).title == "mine"
        merged = await store.update_thread(thread(), thread("by the model"), ada)
        assert merged.title == "mine"
        assert (await store.load_thread("t", ada)).title == "mine"
        assert (await store.rename_thread("t", "mine again", ada)).title == "mine again"

    async def test_an_update_writes_only_what_differs(
        self, store: ChatStore, ada: RequestContext
    ) -> None:
        before = thread("old")
        await store.save_thread(before, ada)
        await store.save_thread(before.model_copy(update={"metadata": {"kept": 1}}), ada)
        closed = before.model_copy(update={"status": ClosedStatus(reason="done"), "title": "new"})
        merged = await store.update_thread(before, closed, ada)
        assert merged == await store.load_thread("t", ada)
        assert (merged.title, merged.status) == ("new", ClosedStatus(reason="done"))
        assert merged.metadata == {"kept": 1}

    async def test_a_message_comes_with_its_attachments_or_not_at_all(
        self, store: ChatStore, ada: RequestContext, bob: RequestContext
    ) -> None:
        await self.begin(store, ada)
        file = FileAttachment(id="f", name="f.txt", mime_type="text/plain")
        await store.save_attachment(file, bob)
        stolen = file.model_copy(update={"thread_id": "t"})
        message = question("a").model_copy(update={"attachments": [stolen]})
        with pytest.raises(NotFoundError):
            await store.add_user_message("t", message, ada)
        assert (await store.load_thread_items("t", None, 10, "asc", ada)).data == []

        own = FileAttachment(id="g", name="g.txt", mime_type="text/plain", thread_id="t")
        message = question("a").model_copy(update={"attachments": [own]})
        await store.add_user_message("t", message, ada)
        assert await store.load_item("t", "a", ada) == message
        assert await store.load_attachment("g", ada) == own

    async def test_the_newest_pending_tool_call_is_found_wherever_it_stands(
        self, store: ChatStore, ada: RequestContext
    ) -> None:
        await self.begin(store, ada, question("a"))
        assert await store.pending_tool_call("t", ada) is None
        for item in (tool_call("b"), tool_call("c"), answer("d")):
            await store.add_thread_item("t", item, ada)
        assert await store.pending_tool_call("t", ada) == tool_call("c")
        done = await store.change_item("t", "c", lambda item: completed(item, {"x": 1}), ada)
        assert (await store.load_item("t", "c", ada)) == done
        assert await store.pending_tool_call("t", ada) == tool_call("b")

    async def test_a_message_of_the_user_ends_what_the_page_was_asked(
        self, store: ChatStore, ada: RequestContext
    ) -> None:
        await self.begin(store, ada, question("a"), tool_call("b"))
        await store.add_user_message("t", question("c"), ada)
        assert await store.pending_tool_call("t", ada) is None
        call = await store.load_item("t", "b", ada)
        assert isinstance(call, ClientToolCallItem)
        assert (call.status, call.output) == ("completed", EXPIRED)
        items = await store.load_thread_items("t", None, 10, "asc", ada)
        assert [item.id for item in items.data] == ["a", "b", "c"]

    async def test_a_change_keeps_the_place_and_a_failed_one_changes_nothing(
        self, store: ChatStore, ada: RequestContext
    ) -> None:
        await self.begin(store, ada, answer("a"), answer("b"))
        changed = await store.change_item("t", "a", lambda item: answer("a", "other"), ada)
        assert changed == answer("a", "other")

        def fail(item: ThreadItem) -> ThreadItem:
            raise NoPendingToolCall

        with pytest.raises(NoPendingToolCall):
            await store.change_item("t", "b", fail, ada)
        items = await store.load_thread_items("t", None, 10, "asc", ada)
        assert items.data == [answer("a", "other"), answer("b")]

    async def test_a_long_item_id_fits(self, store: ChatStore, ada: RequestContext) -> None:
        name = "fc_" + "0" * 125
        await self.begin(store, ada, answer(name))
        assert await store.load_item("t", name, ada) == answer(name)

    async def test_of_many_results_at_once_one_is_taken(
        self, store: ChatStore, ada: RequestContext
    ) -> None:
        await self.begin(store, ada, tool_call("a"))

        async def give(number: int) -> bool:
            try:
                await store.change_item("t", "a", lambda item: completed(item, number), ada)
            except NoPendingToolCall:
                return False
            return True

        assert sum(await asyncio.gather(*map(give, range(8)))) == 1

    async def test_the_last_word_on_an_item_counts_and_goes_with_it(
        self, store: ChatStore, ada: RequestContext
    ) -> None:
        await self.begin(store, ada, question("a"), answer("b"), answer("c"))
        await store.save_feedback("t", ["c", "b", "b"], "positive", ada)
        await store.save_feedback("t", ["c"], "negative", ada)
        assert await store.load_feedback("t", ada) == {"b": "positive", "c": "negative"}
        await store.delete_thread_item("t", "b", ada)
        assert await store.load_feedback("t", ada) == {"c": "negative"}
        await store.delete_items_after("t", "a", ada)
        assert await store.load_feedback("t", ada) == {}

    async def test_feedback_needs_items_that_are_shown_in_the_thread(
        self, store: ChatStore, ada: RequestContext
    ) -> None:
        psst = HiddenContextItem(id="h", thread_id="t", created_at=MOMENT, content="psst")
        await self.begin(store, ada, answer("a"), psst)
        for unknown in ("h", "nope"):
            with pytest.raises(NotFoundError):
                await store.save_feedback("t", ["a", unknown], "positive", ada)
        assert await store.load_feedback("t", ada) == {}
        await store.save_feedback("t", ["a"], "positive", ada)
        await store.delete_thread("t", ada)
        with pytest.raises(NotFoundError):
            await store.load_feedback("t", ada)

    async def test_nobody_changes_what_belongs_to_another(
        self, store: ChatStore, ada: RequestContext, bob: RequestContext
    ) -> None:
        await self.begin(store, ada, tool_call("a"))
        for call in (
            store.rename_thread("t", "stolen", bob),
            store.update_thread(thread(), thread("stolen"), bob),
            store.add_user_message("t", question("z"), bob),
            store.pending_tool_call("t", bob),
            store.change_item("t", "a", lambda item: completed(item, 1), bob),
            store.save_feedback("t", ["a"], "positive", bob),
            store.load_feedback("t", bob),
        ):
            with pytest.raises(NotFoundError):
                await call
        assert await store.load_thread("t", ada) == thread()
        items = await store.load_thread_items("t", None, 10, "asc", ada)
        assert items.data == [tool_call("a")]
        assert await store.load_feedback("t", ada) == {}
