"""Bytes go with what they belong to, and none are forgotten."""

from datetime import timedelta
from io import BytesIO, StringIO

import pytest
from asgiref.sync import sync_to_async
from django.core.management import CommandError, call_command
from django.utils import timezone

from chatkit_django.files import deletion, storage
from chatkit_django.models import Attachment, AttachmentFile, Thread
from tests.sample_files import PDF, image, kept_names

kept = sync_to_async(kept_names)


def collect():
    output = StringIO()
    call_command("chatkit_collect", stdout=output)
    return output.getvalue()


async def older(hours, **columns):
    """Make everything this much older."""
    by = timedelta(hours=hours)
    async for row in Attachment.objects.filter(**columns):
        for name in ("created_at", "uploaded_at", "attached_at"):
            if (moment := getattr(row, name)) is not None:
                setattr(row, name, moment - by)
        await row.asave()


async def test_a_thread_takes_its_files_with_it(filing_ada):
    gone = await filing_ada.uploaded("a.png", "image/png", image())
    stays = await filing_ada.uploaded()
    thread_id = (await filing_ada.attached(gone["id"]))[0]["thread"]["id"]
    await filing_ada.attached(stays["id"])
    assert len((await kept())[1]) == 3
    await filing_ada.chat.read("threads.delete", thread_id=thread_id)
    known, there = await kept()
    assert known == there
    assert len(there) == 1
    assert [one.id async for one in Attachment.objects.all()] == [stays["id"]]


async def test_a_user_takes_all_files_along(filing_ada, filing_bob, ada):
    sent = await filing_ada.uploaded("a.png", "image/png", image())
    await filing_ada.attached(sent["id"])
    await filing_ada.uploaded()
    await filing_ada.announce()
    of_bob = await filing_bob.uploaded()
    await sync_to_async(ada.delete)()
    known, there = await kept()
    assert known == there
    assert len(there) == 1
    assert [one.id async for one in Attachment.objects.all()] == [of_bob["id"]]


async def test_a_retry_takes_the_files_of_the_messages_it_removes(filing_ada):
    events = await filing_ada.chat.ask("first")
    thread_id, first = events[0]["thread"]["id"], events[1]["item"]["id"]
    attachment = await filing_ada.uploaded()
    response = await filing_ada.attach(attachment["id"], thread_id=thread_id)
    assert response.status_code == 200
    assert [part async for part in response]
    await filing_ada.chat.events("threads.retry_after_item", thread_id=thread_id, item_id=first)
    assert await kept() == (set(), set())
    assert not await Attachment.objects.aexists()


async def test_nothing_is_deleted_if_the_deletion_is_undone(filing_ada, ada):
    from django.db import transaction

    attachment = await filing_ada.uploaded()
    await filing_ada.attached(attachment["id"])

    def delete_and_think_again():
        with transaction.atomic():
            ada.delete()
            transaction.set_rollback(True)

    await sync_to_async(delete_and_think_again)()
    known, there = await kept()
    assert known == there
    assert len(there) == 1


async def test_bytes_that_could_not_be_deleted_are_deleted_later(filing_ada, monkeypatch, caplog):
    attachment = await filing_ada.uploaded()
    thread_id = (await filing_ada.attached(attachment["id"]))[0]["thread"]["id"]

    class Unwilling(type(storage.private_storage())):
        def delete(self, name):
            raise OSError("the disk is away")

    willing = storage.private_storage
    monkeypatch.setattr(storage, "private_storage", lambda: Unwilling(location=willing().location))
    await filing_ada.chat.read("threads.delete", thread_id=thread_id)
    assert not await Thread.objects.aexists()
    assert not await Attachment.objects.aexists()
    assert len((await kept())[1]) == 1
    with pytest.raises(CommandError, match="1 files could not be deleted"):
        await sync_to_async(collect)()
    assert "chatkit_collect tries again" in caplog.text

    monkeypatch.setattr(storage, "private_storage", willing)
    assert "the bytes of 1 " in await sync_to_async(collect)()
    assert await kept() == (set(), set())


async def test_what_was_never_sent_is_collected_when_it_is_old(filing_ada):
    await filing_ada.announce()
    await filing_ada.uploaded("a.png", "image/png", image())
    sent = await filing_ada.uploaded()
    await filing_ada.attached(sent["id"])
    await older(23)
    assert "Deleted 0 attachments" in await sync_to_async(collect)()
    assert await Attachment.objects.acount() == 3
    await older(2)
    assert "Deleted 2 attachments" in await sync_to_async(collect)()
    assert [one.id async for one in Attachment.objects.all()] == [sent["id"]]
    known, there = await kept()
    assert known == there
    assert len(there) == 1


async def test_a_late_upload_gets_its_full_time(filing_ada):
    announced = await filing_ada.announce()
    await older(23)
    await filing_ada.send_bytes(announced, PDF)
    await Attachment.objects.aupdate(created_at=timezone.now() - timedelta(hours=30))
    await sync_to_async(collect)()
    assert (await Attachment.objects.aget()).state == "uploaded"


async def test_the_files_of_a_message_that_is_gone_are_collected(filing_ada, files_server, as_ada):
    attachment = await filing_ada.uploaded()
    events = await filing_ada.attached(attachment["id"])
    await files_server.store.delete_thread_item(
        events[0]["thread"]["id"], events[1]["item"]["id"], as_ada
    )
    await older(25)
    assert "Deleted 1 attachments" in await sync_to_async(collect)()
    assert await kept() == (set(), set())


async def test_when_files_are_old_is_a_setting(filing_ada, settings):
    settings.CHATKIT_ATTACHMENT_KEEP_HOURS = 2
    await filing_ada.announce()
    await older(3)
    await sync_to_async(collect)()
    assert not await Attachment.objects.aexists()


async def test_an_upload_that_died_is_collected_but_not_one_under_way(filing_ada):
    def write(age):
        name = storage.new_name()
        AttachmentFile.objects.create(
            name=name,
            role="original",
            content_type="text/plain",
            size=5,
            created_at=timezone.now() - age,
        )
        storage.write(name, BytesIO(b"bytes"))
        return name

    died = await sync_to_async(write)(deletion.UPLOAD_TIME + timedelta(minutes=1))
    under_way = await sync_to_async(write)(timedelta(minutes=1))
    await sync_to_async(collect)()
    assert await kept() == ({under_way}, {under_way})
    assert died != under_way


async def test_what_another_attachment_store_keeps_is_not_collected(files_server, as_ada):
    from chatkit.types import FileAttachment

    elsewhere = FileAttachment(id="atc_elsewhere", name="a.txt", mime_type="text/plain")
    await files_server.store.save_attachment(elsewhere, as_ada)
    await older(100)
    await sync_to_async(collect)()
    assert await files_server.store.load_attachment("atc_elsewhere", as_ada) == elsewhere
