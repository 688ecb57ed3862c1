"""Pages: from both ends and from anywhere, every item exactly once."""

# ruff: noqa: S101

import pytest
from chatkit.store import NotFoundError

from chatkit_django.context import RequestContext
from chatkit_django.store import ChatStore
from chatkit_django.testing.contract.samples import (
    ORDERS,
    all_items,
    all_pages,
    asked,
    fill,
    hidden,
    ids,
    said,
    thread,
)


class PagingContract:
    """Needs the fixtures of ``StoreContract``."""

    many = 2_000
    """Items in the long thread."""

    async def test_a_long_thread_pages_without_gap_or_repeat(
        self, store: ChatStore, ada: RequestContext
    ) -> None:
        names = [f"i{(number * 7919) % self.many:05d}" for number in range(self.many)]
        await fill(store, ada, [said(name) for name in names])
        for order in ORDERS:
            expected = names if order == "asc" else names[::-1]
            pages = await all_pages(store, ada, order, 90)
            assert [name for page in pages for name in ids(page)] == expected
            assert [len(page.data) for page in pages[:-1]] == [90] * (len(pages) - 1)
            for place in range(0, self.many, self.many // 50):
                page = await store.load_thread_items("t", expected[place], 7, order, ada)
                assert ids(page) == expected[place + 1 : place + 8]
                assert page.has_more == (place + 8 < self.many)

    @pytest.mark.parametrize("order", ORDERS)
    async def test_from_every_item_every_page_is_what_comes_next(
        self, store: ChatStore, ada: RequestContext, order: str
    ) -> None:
        items = [hidden(f"h{n}") if n % 3 == 1 else said(f"s{n}") for n in range(12)]
        await fill(store, ada, items)
        names = ids(items) if order == "asc" else ids(items)[::-1]
        for place, after in enumerate([None, *names]):
            whole = names[place:]
            shown = [name for name in whole if name.startswith("s")]
            for size in (1, 3, 12):
                for load, expected in (
                    (store.load_thread_items, whole),
                    (store.load_visible_items, shown),
                ):
                    page = await load("t", after, size, order, ada)
                    assert ids(page) == expected[:size]
                    assert page.has_more == (len(expected) > size)
                    assert page.after == (expected[size - 1] if page.has_more else None)

    @pytest.mark.parametrize("order", ORDERS)
    async def test_the_last_full_page_knows_that_it_is_the_last(
        self, store: ChatStore, ada: RequestContext, order: str
    ) -> None:
        await fill(store, ada, [said(f"i{number}") for number in range(6)])
        pages = await all_pages(store, ada, order, 3)
        assert [(len(page.data), page.has_more) for page in pages] == [(3, True), (3, False)]
        assert pages[-1].after is None

    async def test_what_comes_and_goes_meanwhile_moves_no_page(
        self, store: ChatStore, ada: RequestContext
    ) -> None:
        await fill(store, ada, [said(f"i{number}") for number in range(8)])
        first = await store.load_thread_items("t", None, 3, "desc", ada)
        await store.add_thread_item("t", said("new"), ada)
        await store.delete_thread_item("t", "i6", ada)
        rest = await store.load_thread_items("t", first.after, 9, "desc", ada)
        assert [*ids(first), *ids(rest)] == ["i7", "i6", "i5", "i4", "i3", "i2", "i1", "i0"]
        assert ids(await all_items(store, ada))[-2:] == ["i7", "new"]

    async def test_an_unknown_cursor_is_not_found(
        self, store: ChatStore, ada: RequestContext
    ) -> None:
        await fill(store, ada, [asked("a"), said("gone")])
        await store.delete_thread_item("t", "gone", ada)
        await store.save_thread(thread("other"), ada)
        await store.add_thread_item("other", said("elsewhere", thread_id="other"), ada)
        for order in ORDERS:
            for cursor in ("nope", "elsewhere", "gone"):
                for load in (store.load_thread_items, store.load_visible_items):
                    with pytest.raises(NotFoundError):
                        await load("t", cursor, 10, order, ada)
            with pytest.raises(NotFoundError):
                await store.load_threads(10, "nope", order, ada)
