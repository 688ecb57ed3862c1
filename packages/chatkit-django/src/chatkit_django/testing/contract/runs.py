"""Runs: one at a time in a thread, and once for each idempotency key."""

# ruff: noqa: S101

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from chatkit.store import NotFoundError
from chatkit.types import ThreadItem

from chatkit_django.context import RequestContext
from chatkit_django.exceptions import NoPendingToolCall, ThreadBusy
from chatkit_django.runs.records import NewRun, Repeated, RunStatus
from chatkit_django.store import ChatStore
from chatkit_django.testing.contract.samples import (
    all_items,
    all_threads,
    asked,
    fill,
    hidden,
    ids,
    new_run,
    said,
    thread,
)

Opening = Callable[[ChatStore, RequestContext, NewRun], Awaitable[object]]

# Everything that begins a run in the thread "t" with the items "a" and "b".
OPENINGS: dict[str, Opening] = {
    "begin_run": lambda store, who, run: store.begin_run("t", run, who),
    "add_user_message": lambda store, who, run: store.add_user_message("t", asked("z"), who, run),
    "change_item": lambda store, who, run: store.change_item("t", "b", changed, who, run),
    "delete_items_after": lambda store, who, run: store.delete_items_after("t", "a", who, run),
    "create_thread": lambda store, who, run: store.create_thread(thread(), asked("z"), who, run),
}


def changed(item: ThreadItem) -> ThreadItem:
    return said(item.id, "changed")


class RunContract:
    """Needs the fixtures of ``StoreContract``."""

    @pytest.mark.parametrize("opening", OPENINGS)
    async def test_one_run_at_a_time_is_in_a_thread_and_who_waits_changes_nothing(
        self, store: ChatStore, ada: RequestContext, opening: str
    ) -> None:
        await fill(store, ada, [asked("a"), said("b")])
        await store.begin_run("t", new_run("first"), ada)
        with pytest.raises(ThreadBusy) as busy:
            await OPENINGS[opening](store, ada, new_run("second"))
        assert busy.value.run_id == "first"
        assert await all_items(store, ada) == [asked("a"), said("b")]

        await store.end_run("first", RunStatus.DONE, ada)
        await OPENINGS[opening](store, ada, new_run("third"))
        with pytest.raises(ThreadBusy) as busy:
            await store.begin_run("t", new_run("fourth"), ada)
        assert busy.value.run_id == "third"

    @pytest.mark.parametrize("opening", OPENINGS)
    async def test_a_key_that_was_used_leads_to_its_run_and_changes_nothing(
        self, store: ChatStore, ada: RequestContext, opening: str
    ) -> None:
        await fill(store, ada, [asked("a"), said("b")])
        await store.begin_run("t", new_run("first", key="k"), ada)
        for status in (RunStatus.RUNNING, RunStatus.DONE):
            with pytest.raises(Repeated) as repeated:
                await OPENINGS[opening](store, ada, new_run("second", key="k"))
            assert (repeated.value.run.id, repeated.value.run.status) == ("first", status)
            assert await all_items(store, ada) == [asked("a"), said("b")]
            await store.end_run("first", RunStatus.DONE, ada)
        assert await store.find_run("k", ada) == repeated.value.run
        assert await store.find_run("", ada) is None

    async def test_a_key_is_a_users_own(
        self, store: ChatStore, ada: RequestContext, bob: RequestContext
    ) -> None:
        await store.create_thread(thread("t"), asked("a"), ada, new_run("hers", key="k"))
        assert await store.find_run("k", bob) is None
        message = asked("a", thread_id="u")
        await store.create_thread(thread("u"), message, bob, new_run("his", key="k"))
        for owner, run_id, thread_id in ((ada, "hers", "t"), (bob, "his", "u")):
            found = await store.find_run("k", owner)
            assert found is not None
            assert (found.id, found.thread_id, found.digest) == (run_id, thread_id, "digest")

    async def test_the_items_of_a_run_are_those_it_made_and_the_user_sees(
        self, store: ChatStore, ada: RequestContext
    ) -> None:
        await store.create_thread(thread(), asked("a"), ada, new_run("r1", key="1"))
        await store.add_thread_item("t", said("b"), ada)
        await store.end_run("r1", RunStatus.DONE, ada)
        await store.add_user_message("t", asked("c"), ada, new_run("r2", key="2"))
        for item in (said("d"), hidden("e"), said("f")):
            await store.add_thread_item("t", item, ada)
        await store.end_run("r2", RunStatus.STOPPED, ada)
        await store.add_user_message("t", asked("g"), ada, new_run("r3", key="3"))
        made = {}
        for key in "123":
            run = await store.find_run(key, ada)
            assert run is not None
            made[key] = (run.status, ids(await store.load_run_items(run, ada)))
        assert made == {
            "1": (RunStatus.DONE, ["a", "b"]),
            "2": (RunStatus.STOPPED, ["c", "d", "f"]),
            "3": (RunStatus.RUNNING, ["g"]),
        }

    async def test_how_a_run_ended_is_said_once(
        self, store: ChatStore, ada: RequestContext
    ) -> None:
        await store.create_thread(thread(), asked("a"), ada, new_run("r", key="k"))
        await store.end_run("r", RunStatus.FAILED, ada)
        await store.add_thread_item("t", said("b"), ada)
        await store.end_run("r", RunStatus.DONE, ada)
        run = await store.find_run("k", ada)
        assert run is not None
        assert run.status == RunStatus.FAILED
        assert ids(await store.load_run_items(run, ada)) == ["a"]

    async def test_a_run_is_found_by_its_id_and_by_its_thread_while_it_runs(
        self, store: ChatStore, ada: RequestContext
    ) -> None:
        await store.create_thread(thread(), asked("a"), ada, new_run("r"))
        assert (await store.load_run("r", ada)).status == RunStatus.RUNNING
        assert await store.running_run("t", ada) == "r"
        await store.end_run("r", RunStatus.DONE, ada)
        ended = await store.load_run("r", ada)
        assert (ended.id, ended.thread_id, ended.status) == ("r", "t", RunStatus.DONE)
        assert await store.running_run("t", ada) is None
        with pytest.raises(NotFoundError):
            await store.load_run("unknown", ada)

    async def test_runs_that_are_gone_are_wanted_by_nobody(
        self, store: ChatStore, ada: RequestContext
    ) -> None:
        await store.create_thread(thread(), asked("a"), ada, new_run("on"))
        await store.create_thread(thread("u"), asked("b", thread_id="u"), ada, new_run("ended"))
        await store.create_thread(thread("v"), asked("c", thread_id="v"), ada, new_run("gone"))
        await store.end_run("ended", RunStatus.DONE, ada)
        await store.delete_thread("v", ada)
        assert await store.unwanted_runs(["on", "ended", "gone"]) == {"ended", "gone"}
        assert await store.unwanted_runs([]) == set()
        unknown = [f"run_{number}" for number in range(600)]
        assert await store.unwanted_runs([*unknown, "on"]) == set(unknown)

    async def test_a_stop_can_be_asked_for_twice_and_after_the_end(
        self, store: ChatStore, ada: RequestContext
    ) -> None:
        await store.create_thread(thread(), asked("a"), ada, new_run("r"))
        for _ in range(2):
            assert (await store.request_stop("r", ada)).thread_id == "t"
        if store.is_shared:  # or else whoever is asked has the run itself
            assert await store.unwanted_runs(["r"]) == {"r"}
        await store.end_run("r", RunStatus.STOPPED, ada)
        assert (await store.request_stop("r", ada)).status == RunStatus.STOPPED
        with pytest.raises(NotFoundError):
            await store.request_stop("unknown", ada)

    async def test_leases_are_renewed_of_runs_that_are_running(
        self, store: ChatStore, ada: RequestContext, bob: RequestContext
    ) -> None:
        await store.create_thread(thread("t"), asked("a"), ada, new_run("ended"))
        await store.end_run("ended", RunStatus.DONE, ada)
        await store.begin_run("t", new_run("hers"), ada)
        await store.create_thread(thread("u"), asked("a", thread_id="u"), bob, new_run("his"))
        assert await store.keep_runs(["ended", "hers", "his", "unknown"]) == {"hers", "his"}
        assert await store.keep_runs([]) == set()

    async def test_of_many_that_begin_at_once_one_does(
        self, store: ChatStore, ada: RequestContext
    ) -> None:
        await store.save_thread(thread(), ada)
        messages = [asked(f"m{number:02d}") for number in range(20)]
        results = await asyncio.gather(
            *(store.add_user_message("t", one, ada, new_run(one.id)) for one in messages),
            return_exceptions=True,
        )
        begun = [one.id for one, result in zip(messages, results, strict=True) if result is None]
        others = [result for result in results if result is not None]
        assert len(begun) == 1
        assert {type(other) for other in others} == {ThreadBusy}
        assert ids(await all_items(store, ada)) == begun

    async def test_of_many_with_one_key_one_begins_and_the_others_are_led_to_it(
        self, store: ChatStore, ada: RequestContext
    ) -> None:
        async def create(number: int) -> str:
            name = f"t{number:02d}"
            message = asked("a", thread_id=name)
            try:
                await store.create_thread(thread(name), message, ada, new_run(name, key="k"))
            except Repeated as repeated:
                return repeated.run.thread_id
            return name

        led_to = set(await asyncio.gather(*map(create, range(20))))
        assert len(led_to) == 1
        assert await all_threads(store, ada) == list(led_to)

    async def test_a_run_goes_with_its_thread(self, store: ChatStore, ada: RequestContext) -> None:
        await store.create_thread(thread(), asked("a"), ada, new_run("r", key="k"))
        await store.delete_thread("t", ada)
        assert await store.find_run("k", ada) is None
        assert await store.keep_runs(["r"]) == set()
        await store.create_thread(thread(), asked("a"), ada, new_run("s", key="k"))
        assert await store.keep_runs(["s"]) == {"s"}

    async def test_a_change_that_is_refused_begins_nothing(
        self, store: ChatStore, ada: RequestContext
    ) -> None:
        await fill(store, ada, [asked("a"), said("b")])

        def fail(item: ThreadItem) -> ThreadItem:
            raise NoPendingToolCall

        with pytest.raises(NoPendingToolCall):
            await store.change_item("t", "b", fail, ada, new_run("r"))
        await store.begin_run("t", new_run("s"), ada)
