"""Owners: what belongs to somebody else is like what does not exist, whatever is asked."""

# ruff: noqa: S101

from collections.abc import Awaitable, Callable

import pytest
from chatkit.store import NotFoundError
from chatkit.types import ThreadItem

from chatkit_django.context import RequestContext
from chatkit_django.runs.records import RunStatus
from chatkit_django.store import ChatStore
from chatkit_django.testing.contract.samples import (
    all_items,
    all_threads,
    asked,
    file,
    fill,
    new_run,
    run_of,
    said,
    thread,
)

Attempt = Callable[[ChatStore, RequestContext], Awaitable[object]]


def stolen(item: ThreadItem) -> ThreadItem:
    return said(item.id, "stolen")


# Each method on the thread "t", its item "a" and its attachment "f".
ATTEMPTS: dict[str, Attempt] = {
    "load_thread": lambda store, who: store.load_thread("t", who),
    "save_thread": lambda store, who: store.save_thread(thread(title="stolen"), who),
    "create_thread": lambda store, who: store.create_thread(thread(), asked("z"), who),
    "load_threads": lambda store, who: store.load_threads(10, "t", "asc", who),
    "load_thread_items": lambda store, who: store.load_thread_items("t", None, 9, "asc", who),
    "load_visible_items": lambda store, who: store.load_visible_items("t", None, 9, "asc", who),
    "load_item": lambda store, who: store.load_item("t", "a", who),
    "add_thread_item": lambda store, who: store.add_thread_item("t", said("z"), who),
    "save_item": lambda store, who: store.save_item("t", said("a", "stolen"), who),
    "add_user_message": lambda store, who: store.add_user_message("t", asked("z"), who),
    "change_item": lambda store, who: store.change_item("t", "a", stolen, who),
    "pending_tool_call": lambda store, who: store.pending_tool_call("t", who),
    "rename_thread": lambda store, who: store.rename_thread("t", "stolen", who),
    "update_thread": lambda store, who: store.update_thread(thread(), thread(title="x"), who),
    "delete_items_after": lambda store, who: store.delete_items_after("t", "a", who),
    "begin_run": lambda store, who: store.begin_run("t", new_run("stolen"), who),
    "end_run": lambda store, who: store.end_run("r", RunStatus.DONE, who),
    "find_run": lambda store, who: store.find_run("key", who),
    "load_run": lambda store, who: store.load_run("r", who),
    "running_run": lambda store, who: store.running_run("t", who),
    "request_stop": lambda store, who: store.request_stop("r", who),
    "load_run_items": lambda store, who: store.load_run_items(run_of("t"), who),
    "save_feedback": lambda store, who: store.save_feedback("t", ["a"], "negative", who),
    "load_feedback": lambda store, who: store.load_feedback("t", who),
    "load_attachment": lambda store, who: store.load_attachment("f", who),
    "save_attachment": lambda store, who: store.save_attachment(file("f", "t"), who),
    "delete_thread": lambda store, who: store.delete_thread("t", who),
    "delete_thread_item": lambda store, who: store.delete_thread_item("t", "a", who),
    "delete_attachment": lambda store, who: store.delete_attachment("f", who),
}
SILENT = frozenset(
    {
        "delete_thread",
        "delete_thread_item",
        "delete_attachment",
        "end_run",
        "find_run",
        "running_run",
    }
)
MAKES_ANEW = frozenset({"save_thread", "create_thread"})


async def everything(store: ChatStore, context: RequestContext) -> list[object]:
    """All that the user has in the thread ``t``."""
    return [
        await all_threads(store, context),
        await store.load_thread("t", context),
        await all_items(store, context),
        await store.load_feedback("t", context),
        await store.load_attachment("f", context),
        await store.find_run("key", context),
    ]


class OwnerContract:
    """Needs the fixtures of ``StoreContract``."""

    async def test_nobody_sees_or_changes_what_belongs_to_another(
        self, store: ChatStore, ada: RequestContext, bob: RequestContext
    ) -> None:
        await fill(store, ada, [asked("a"), said("b")])
        await store.save_feedback("t", ["b"], "positive", ada)
        await store.save_attachment(file("f", "t"), ada)
        await store.begin_run("t", new_run("r", key="key"), ada)
        before = await everything(store, ada)
        for name, attempt in ATTEMPTS.items():
            await refused(name, attempt(store, bob))
        for theft in (file("f"), file("mine", "t")):
            await refused("save_attachment", store.save_attachment(theft, bob))
        assert await all_threads(store, bob) == []
        with pytest.raises(NotFoundError):
            await store.load_attachment("mine", bob)
        assert await everything(store, ada) == before

    async def test_what_is_unknown_is_not_found(
        self, store: ChatStore, ada: RequestContext
    ) -> None:
        for name, attempt in ATTEMPTS.items():
            if name not in MAKES_ANEW:
                await refused(name, attempt(store, ada))
        assert await all_threads(store, ada) == []

        await store.save_thread(thread(), ada)
        for name in ("load_item", "change_item", "delete_items_after", "save_feedback"):
            await refused(name, ATTEMPTS[name](store, ada))
        await refused("add_thread_item", store.add_thread_item("t", asked("z", file("f")), ada))
        await refused("save_item", store.save_item("t", asked("z", file("f")), ada))
        assert await all_items(store, ada) == []

    async def test_deleting_what_is_unknown_is_fine(
        self, store: ChatStore, ada: RequestContext
    ) -> None:
        for name in SILENT:
            await ATTEMPTS[name](store, ada)
        await fill(store, ada, [said("b")])
        await store.delete_thread_item("t", "a", ada)
        assert await all_items(store, ada) == [said("b")]

    async def test_two_users_with_the_same_names_for_their_items_do_not_meet(
        self, store: ChatStore, ada: RequestContext, bob: RequestContext
    ) -> None:
        await fill(store, ada, [asked("a"), said("b")])
        await store.create_thread(thread("u"), asked("a", thread_id="u"), bob)
        await store.rename_thread("u", "bob's", bob)
        await store.save_feedback("u", ["a"], "negative", bob)
        await store.delete_items_after("u", "a", bob)
        await store.delete_thread_item("u", "a", bob)
        assert await all_items(store, ada) == [asked("a"), said("b")]
        assert await store.load_feedback("t", ada) == {}
        assert await all_threads(store, ada) == ["t"]
        assert await all_threads(store, bob) == ["u"]


async def refused(name: str, attempt: Awaitable[object]) -> None:
    """It raises ``NotFoundError``, or does and finds nothing where that is fine."""
    try:
        found = await attempt
    except NotFoundError:
        assert name not in SILENT, f"{name} tells that there is nothing"
    else:
        assert name in SILENT, f"{name} does not raise NotFoundError"
        assert found is None, f"{name} finds something"
