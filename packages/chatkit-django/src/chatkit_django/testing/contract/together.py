"""Many at once: nothing is lost, nothing is doubled, and each is done wholly or not at all."""

# ruff: noqa: S101

import asyncio

from chatkit.store import NotFoundError
from chatkit.types import (
    AssistantMessageItem,
    ClientToolCallItem,
    ClosedStatus,
    ThreadItem,
    ThreadMetadata,
)

from chatkit_django.client_tools import EXPIRED, completed
from chatkit_django.context import RequestContext
from chatkit_django.exceptions import AttachmentInUse, NoPendingToolCall
from chatkit_django.store import ChatStore
from chatkit_django.testing.contract.samples import (
    all_items,
    all_threads,
    asked,
    file,
    fill,
    ids,
    said,
    thread,
    tool_call,
)

CROWD = range(50)


class ConcurrencyContract:
    """Needs the fixtures of ``StoreContract``."""

    async def test_many_writers_to_one_thread_lose_and_repeat_nothing(
        self, store: ChatStore, ada: RequestContext
    ) -> None:
        await store.save_thread(thread(), ada)

        async def write(writer: int) -> None:
            for number in range(6):
                await store.add_thread_item("t", said(f"w{writer:02d}-{number}"), ada)

        await asyncio.gather(*map(write, CROWD))
        seen = ids(await all_items(store, ada, size=10))
        assert sorted(seen) == [
            f"w{writer:02d}-{number}" for writer in CROWD for number in range(6)
        ]
        assert ids(await all_items(store, ada, "desc", 70)) == seen[::-1]
        for writer in CROWD:
            own = [name for name in seen if name.startswith(f"w{writer:02d}-")]
            assert own == sorted(own), "one writer's items are out of order"

    async def test_many_messages_at_once_are_all_kept_and_end_what_was_asked(
        self, store: ChatStore, ada: RequestContext
    ) -> None:
        await fill(store, ada, [tool_call("c")])
        messages = [asked(f"m{number:02d}", file(f"f{number}", "t")) for number in CROWD]
        await asyncio.gather(*(store.add_user_message("t", one, ada) for one in messages))
        call, *kept = await all_items(store, ada)
        assert isinstance(call, ClientToolCallItem)
        assert call.output == EXPIRED
        assert sorted(kept, key=lambda item: item.id) == messages

    async def test_many_creators_make_a_thread_each(
        self, store: ChatStore, ada: RequestContext, bob: RequestContext
    ) -> None:
        names = [f"t{number:02d}" for number in CROWD]
        await asyncio.gather(
            *(
                store.create_thread(thread(name), asked("a", thread_id=name), who)
                for name, who in zip(names, [ada, bob] * len(names), strict=False)
            )
        )
        assert sorted(await all_threads(store, ada)) == names[::2]
        assert sorted(await all_threads(store, bob)) == names[1::2]
        for name in names[::2]:
            assert await store.load_item(name, "a", ada) == asked("a", thread_id=name)

    async def test_many_creators_of_one_thread_make_one_with_all_their_messages(
        self, store: ChatStore, ada: RequestContext
    ) -> None:
        messages = [asked(f"m{number:02d}") for number in CROWD]
        await asyncio.gather(*(store.create_thread(thread(), one, ada) for one in messages))
        assert await all_threads(store, ada) == ["t"]
        assert sorted(ids(await all_items(store, ada))) == ids(messages)

    async def test_of_two_users_who_make_one_thread_one_has_it(
        self, store: ChatStore, ada: RequestContext, bob: RequestContext
    ) -> None:
        async def create(who: RequestContext) -> bool:
            try:
                await store.create_thread(thread(), asked("a"), who)
            except NotFoundError:
                return False
            return True

        made = await asyncio.gather(*(create(who) for who in [ada, bob] * 8))
        assert made == [True, False] * 8 or made == [False, True] * 8
        owner, other = (ada, bob) if made[0] else (bob, ada)
        assert await all_items(store, owner) == [asked("a")]
        assert await all_threads(store, other) == []

    async def test_two_savers_of_one_new_item_make_one_item(
        self, store: ChatStore, ada: RequestContext
    ) -> None:
        await store.save_thread(thread(), ada)
        await asyncio.gather(*(store.add_thread_item("t", said("a"), ada) for _ in CROWD))
        assert await all_items(store, ada) == [said("a")]

    async def test_two_savers_of_one_new_thread_make_one_thread(
        self, store: ChatStore, ada: RequestContext
    ) -> None:
        await asyncio.gather(*(store.save_thread(thread(), ada) for _ in CROWD))
        assert await all_threads(store, ada) == ["t"]

    async def test_of_many_changes_at_once_none_is_lost(
        self, store: ChatStore, ada: RequestContext
    ) -> None:
        await fill(store, ada, [said("a", ""), said("b", "")])

        async def append(number: int) -> None:
            def change(item: ThreadItem) -> ThreadItem:
                assert isinstance(item, AssistantMessageItem)
                item.content[0].text += f" {number}"
                return item

            await store.change_item("t", "ab"[number % 2], change, ada)

        await asyncio.gather(*map(append, CROWD))
        for item, expected in zip(
            await all_items(store, ada), (CROWD[::2], CROWD[1::2]), strict=True
        ):
            assert isinstance(item, AssistantMessageItem)
            assert sorted(map(int, item.content[0].text.split())) == list(expected)

    async def test_of_many_results_at_once_one_is_taken(
        self, store: ChatStore, ada: RequestContext
    ) -> None:
        await fill(store, ada, [tool_call("a")])

        async def give(number: int) -> bool:
            try:
                await store.change_item("t", "a", lambda item: completed(item, number), ada)
            except NoPendingToolCall:
                return False
            return True

        assert sum(await asyncio.gather(*map(give, CROWD))) == 1

    async def test_of_many_messages_with_one_attachment_one_has_it(
        self, store: ChatStore, ada: RequestContext
    ) -> None:
        await fill(store, ada, [])
        await store.save_attachment(file("f"), ada)

        async def send(number: int) -> bool:
            try:
                await store.add_user_message("t", asked(f"m{number}", file("f", "t")), ada)
            except AttachmentInUse:
                return False
            return True

        assert sum(await asyncio.gather(*map(send, CROWD))) == 1
        assert len(await all_items(store, ada)) == 1

    async def test_a_name_and_updates_of_other_things_at_once_all_count(
        self, store: ChatStore, ada: RequestContext
    ) -> None:
        known = thread(title="old")
        await store.save_thread(known, ada)

        def update(**changes: object) -> "asyncio.Future[ThreadMetadata]":
            after = known.model_copy(update=changes)
            return asyncio.ensure_future(store.update_thread(known, after, ada))

        await asyncio.gather(
            update(title="by the model"),
            update(metadata={"kept": 1}),
            store.rename_thread("t", "mine", ada),
            update(status=ClosedStatus(reason="done")),
            update(allowed_image_domains=["x.test"]),
            update(title="by the model again"),
        )
        assert await store.load_thread("t", ada) == known.model_copy(
            update={
                "title": "mine",
                "metadata": {"kept": 1},
                "status": ClosedStatus(reason="done"),
                "allowed_image_domains": ["x.test"],
            }
        )

    async def test_a_deletion_among_writers_takes_all_that_was_there_and_nothing_else(
        self, store: ChatStore, ada: RequestContext
    ) -> None:
        await fill(store, ada, [asked("a"), *(said(f"old{number}") for number in CROWD)])
        await asyncio.gather(
            *(store.add_thread_item("t", said(f"x{number}"), ada) for number in CROWD[:25]),
            store.delete_items_after("t", "a", ada),
            *(store.add_thread_item("t", said(f"y{number}"), ada) for number in CROWD[25:]),
        )
        first, *rest = ids(await all_items(store, ada))
        assert first == "a"
        assert len(set(rest)) == len(rest)
        assert not [name for name in rest if name.startswith("old")]
        assert rest == ids(await store.load_visible_items("t", "a", 100, "asc", ada))
