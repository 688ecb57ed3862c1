"""Attachments: saved, then sent with one message, and gone with it."""

# ruff: noqa: S101

import pytest
from chatkit.store import NotFoundError
from chatkit.types import AttachmentUploadDescriptor, FileAttachment, ImageAttachment
from pydantic import AnyUrl

from chatkit_django.context import RequestContext
from chatkit_django.exceptions import AttachmentInUse
from chatkit_django.store import ChatStore
from chatkit_django.testing.contract.samples import (
    all_items,
    all_threads,
    asked,
    file,
    fill,
    said,
    thread,
    tool_call,
)


class AttachmentContract:
    """Needs the fixtures of ``StoreContract``."""

    async def test_an_attachment_comes_back_as_it_was_saved(
        self, store: ChatStore, ada: RequestContext
    ) -> None:
        private = file("f").model_copy(update={"metadata": {"path": ["private"]}})
        picture = ImageAttachment(
            id="p", name="p.png", mime_type="image/png", preview_url=AnyUrl("https://x.test/p")
        )
        for given in (private, picture):
            await store.save_attachment(given, ada)
            assert await store.load_attachment(given.id, ada) == given
        await store.save_thread(thread(), ada)
        moved = private.model_copy(update={"thread_id": "t"})
        await store.save_attachment(moved, ada)
        assert await store.load_attachment("f", ada) == moved
        await store.delete_attachment("f", ada)
        with pytest.raises(NotFoundError):
            await store.load_attachment("f", ada)
        assert await store.load_attachment("p", ada) == picture

    async def test_an_attachment_belongs_to_who_asked_for_it(
        self, store: ChatStore, ada: RequestContext
    ) -> None:
        given = file("f").model_copy(update={"metadata": {"pages": [1]}})
        await store.save_attachment(given, ada)
        for one in (given, await store.load_attachment("f", ada)):
            assert one.metadata is not None
            one.metadata["pages"].append(2)
        assert (await store.load_attachment("f", ada)).metadata == {"pages": [1]}

    async def test_a_message_comes_with_its_attachments_or_not_at_all(
        self, store: ChatStore, ada: RequestContext, bob: RequestContext
    ) -> None:
        await fill(store, ada, [tool_call("c")])
        await store.save_attachment(file("f"), bob)
        with pytest.raises(NotFoundError):
            await store.add_user_message("t", asked("a", file("g", "t"), file("f", "t")), ada)
        assert await all_items(store, ada) == [tool_call("c")]
        with pytest.raises(NotFoundError):
            await store.load_attachment("g", ada)
        assert await store.load_attachment("f", bob) == file("f")

        message = asked("a", file("g", "t"))
        await store.add_user_message("t", message, ada)
        assert await store.load_item("t", "a", ada) == message
        assert await store.load_attachment("g", ada) == file("g", "t")

    async def test_a_thread_begins_with_the_attachments_of_its_message_or_not_at_all(
        self, store: ChatStore, ada: RequestContext, bob: RequestContext
    ) -> None:
        await store.save_attachment(file("f"), bob)
        await store.save_attachment(file("g"), ada)
        both = asked("a", file("g", "t"), file("f", "t"))
        with pytest.raises(NotFoundError):
            await store.create_thread(thread(), both, ada)
        assert await all_threads(store, ada) == []
        assert await store.load_attachment("g", ada) == file("g")

        await store.create_thread(thread(), asked("a", file("g", "t")), ada)
        assert await all_items(store, ada) == [asked("a", file("g", "t"))]
        assert await store.load_attachment("g", ada) == file("g", "t")

    async def test_an_attachment_is_sent_once(self, store: ChatStore, ada: RequestContext) -> None:
        await store.save_thread(thread("other"), ada)
        await store.save_attachment(file("f"), ada)
        await store.create_thread(thread(), asked("a", file("f", "t")), ada)
        again = asked("b", file("f", "t"))
        with pytest.raises(AttachmentInUse):
            await store.add_user_message("t", again, ada)
        with pytest.raises(AttachmentInUse):
            await store.add_thread_item("t", again, ada)
        elsewhere = asked("b", file("f", "other"), thread_id="other")
        with pytest.raises(AttachmentInUse):
            await store.add_user_message("other", elsewhere, ada)
        with pytest.raises(AttachmentInUse):
            await store.create_thread(thread("new"), asked("b", file("f", "new")), ada)
        with pytest.raises(AttachmentInUse):
            await store.save_attachment(file("f", "other"), ada)
        assert await all_threads(store, ada) == ["other", "t"]
        assert await all_items(store, ada) == [asked("a", file("f", "t"))]
        assert await store.load_attachment("f", ada) == file("f", "t")

    async def test_a_message_that_is_saved_again_keeps_its_attachments(
        self, store: ChatStore, ada: RequestContext
    ) -> None:
        message = asked("a", file("f", "t"))
        await store.create_thread(thread(), message, ada)
        await store.add_thread_item("t", message, ada)
        await store.save_attachment(file("f", "t"), ada)
        await store.add_user_message("t", message, ada)
        assert await all_items(store, ada) == [message]
        assert await store.load_attachment("f", ada) == file("f", "t")

    async def test_what_was_sent_is_no_longer_to_be_uploaded(
        self, store: ChatStore, ada: RequestContext
    ) -> None:
        announced = FileAttachment(
            id="f",
            name="f.txt",
            mime_type="text/plain",
            upload_descriptor=AttachmentUploadDescriptor(
                url=AnyUrl("https://x.test/f"), method="POST", headers={}
            ),
        )
        await store.save_attachment(announced, ada)
        sent = announced.model_copy(update={"thread_id": "t"})
        await store.create_thread(thread(), asked("a", sent), ada)
        assert (await store.load_attachment("f", ada)).upload_descriptor is None
        assert await all_items(store, ada) == [asked("a", file("f", "t"))]

    async def test_attachments_go_with_their_message_and_with_their_thread(
        self, store: ChatStore, ada: RequestContext
    ) -> None:
        await store.create_thread(thread(), asked("a", file("f", "t")), ada)
        await store.add_thread_item("t", said("b"), ada)
        await store.add_user_message("t", asked("c", file("g", "t")), ada)
        await store.save_attachment(file("kept"), ada)
        await store.delete_items_after("t", "b", ada)
        with pytest.raises(NotFoundError):
            await store.load_attachment("g", ada)
        assert await store.load_attachment("f", ada) == file("f", "t")
        await store.delete_thread("t", ada)
        with pytest.raises(NotFoundError):
            await store.load_attachment("f", ada)
        assert await store.load_attachment("kept", ada) == file("kept")
