"""A file from its announcement to its message, and who may do what with it."""

import asyncio
import json

import pytest
from asgiref.sync import sync_to_async

from chatkit_django.files.records import PREVIEW_SCHEME
from chatkit_django.models import Attachment, Thread, ThreadItem
from tests.sample_files import (
    CSV,
    FILES,
    PDF,
    body_of,
    code_of,
    image,
    kept_names,
    local,
)


async def row(attachment):
    return await Attachment.objects.aget(pk=attachment["id"])


async def test_a_file_is_announced_then_uploaded_then_attached(filing_ada):
    announced = await filing_ada.announce("tax.pdf", "application/pdf")
    assert announced["upload_descriptor"]["method"] == "POST"
    assert announced["upload_descriptor"]["url"].startswith("http://testserver/files/")
    assert (await row(announced)).state == "pending"

    response = await filing_ada.send_bytes(announced, PDF)
    assert response.status_code == 200
    assert response.json() == {
        "id": announced["id"],
        "name": "tax.pdf",
        "mime_type": "application/pdf",
        "type": "file",
    }
    kept = await row(announced)
    assert (kept.state, kept.size, kept.content_type) == ("uploaded", len(PDF), "application/pdf")

    events = await filing_ada.attached(announced["id"])
    sent = await row(announced)
    assert (sent.state, sent.thread_id) == ("attached", events[0]["thread"]["id"])
    assert sent.message_id == events[1]["item"]["id"]
    assert sent.created_at <= sent.uploaded_at <= sent.attached_at
    assert events[1]["item"]["attachments"][0]["name"] == "tax.pdf"


async def test_the_bytes_alone_can_be_put(filing_ada):
    announced = await filing_ada.announce("list.csv", "text/csv")
    url = local(announced["upload_descriptor"]["url"])
    response = await filing_ada.http.put(url, CSV, content_type="text/csv")
    assert response.status_code == 200
    assert response.json()["mime_type"] == "text/csv"


async def test_the_signed_address_takes_the_bytes_without_a_session(filing_ada, async_client):
    announced = await filing_ada.announce()
    url = local(announced["upload_descriptor"]["url"])
    response = await async_client.put(url, PDF, content_type="application/pdf")
    assert response.status_code == 200


async def test_a_file_can_be_uploaded_directly(filing_ada, files_server, as_ada):
    response = await filing_ada.upload(PDF, "tax.pdf", "application/pdf")
    assert response.status_code == 200
    attachment = response.json()
    assert attachment == {
        "id": attachment["id"],
        "name": "tax.pdf",
        "mime_type": "application/pdf",
        "type": "file",
    }
    await filing_ada.attached(attachment["id"])
    store = files_server.attachment_store
    assert await store.read(attachment["id"], as_ada) == PDF


async def test_an_image_shows_its_preview_wherever_its_message_is_read(filing_ada):
    attachment = await filing_ada.uploaded("a.png", "image/png", image())
    assert attachment["type"] == "image"
    events = await filing_ada.attached(attachment["id"])
    thread_id = events[0]["thread"]["id"]
    thread = await filing_ada.chat.read("threads.get_by_id", thread_id=thread_id)
    page = await filing_ada.chat.read("items.list", thread_id=thread_id, order="asc")
    for shown in (
        attachment,
        *(
            item["attachments"][0]
            for item in (events[1]["item"], thread["items"]["data"][0], page["data"][0])
        ),
    ):
        response = await filing_ada.http.get(local(shown["preview_url"]))
        assert response.status_code == 200
        assert response["Content-Type"] == "image/jpeg"


async def test_nothing_that_is_signed_is_stored(filing_ada):
    attachment = await filing_ada.uploaded("a.png", "image/png", image())
    await filing_ada.announce("b.png", "image/png")
    await filing_ada.attached(attachment["id"])
    payloads = [
        *[one.payload async for one in Attachment.objects.all()],
        *[one.payload async for one in ThreadItem.objects.all()],
    ]
    assert sum(PREVIEW_SCHEME in payload for payload in payloads) == 3
    assert not [payload for payload in payloads if "http" in payload or "signature" in payload]


async def test_a_message_with_a_file_that_is_not_here_is_refused(filing_ada):
    announced = await filing_ada.announce()
    assert code_of(await filing_ada.attach(announced["id"])) == (409, "not_uploaded")
    assert not await Thread.objects.aexists()


async def test_a_file_goes_with_one_message_only(filing_ada):
    attachment = await filing_ada.uploaded()
    thread_id = (await filing_ada.attached(attachment["id"]))[0]["thread"]["id"]
    for where in (None, thread_id):
        response = await filing_ada.attach(attachment["id"], thread_id=where)
        assert code_of(response) == (409, "attachment_in_use")
    assert await Thread.objects.acount() == 1
    assert (await row(attachment)).thread_id == thread_id


async def test_of_two_messages_that_send_it_at_once_one_is_refused(filing_ada):
    attachment = await filing_ada.uploaded()
    first = (await filing_ada.chat.ask("one"))[0]["thread"]["id"]
    second = (await filing_ada.chat.ask("two"))[0]["thread"]["id"]
    responses = await asyncio.gather(
        *(filing_ada.attach(attachment["id"], thread_id=where) for where in (first, second))
    )
    assert sorted(response.status_code for response in responses) == [200, 409]
    for response in responses:
        if response.status_code == 200:
            await body_of(response)
    holder = first if responses[0].status_code == 200 else second
    assert (await row(attachment)).thread_id == holder
    payloads = [one.payload async for one in ThreadItem.objects.filter(type="user_message")]
    assert sum(attachment["id"] in payload for payload in payloads) == 1


async def test_the_store_gives_a_file_to_one_message_even_if_nobody_asked_before(
    filing_ada, files_server, as_ada
):
    attachment = await filing_ada.uploaded()
    pending = await filing_ada.announce()
    files_server.attachment_store = None  # nothing is checked before
    thread_id = (await filing_ada.attached(attachment["id"]))[0]["thread"]["id"]
    for where in (None, thread_id):
        response = await filing_ada.attach(attachment["id"], thread_id=where)
        assert code_of(response) == (409, "attachment_in_use")
    assert code_of(await filing_ada.attach(pending["id"])) == (409, "not_uploaded")
    assert await Thread.objects.acount() == 1
    assert await ThreadItem.objects.filter(type="user_message").acount() == 1


async def test_the_same_file_twice_in_one_message_is_refused(filing_ada):
    attachment = await filing_ada.uploaded()
    response = await filing_ada.attach(attachment["id"], attachment["id"])
    assert code_of(response) == (400, "invalid_request")


async def test_a_message_takes_only_so_many_files(filing_ada, settings):
    settings.CHATKIT_MAX_ATTACHMENTS_PER_MESSAGE = 2
    ids = [(await filing_ada.uploaded())["id"] for _ in range(3)]
    assert code_of(await filing_ada.attach(*ids)) == (422, "too_many_attachments")
    await filing_ada.attached(*ids[:2])


async def test_a_user_has_only_so_many_unsent_files(filing_ada, filing_bob, settings):
    settings.CHATKIT_MAX_PENDING_ATTACHMENTS = 2
    sent = await filing_ada.uploaded()
    await filing_ada.announce()
    many = (409, "too_many_pending_attachments")
    params = {"name": "c.pdf", "size": 1, "mime_type": "application/pdf"}
    assert code_of(await filing_ada.chat.send("attachments.create", **params)) == many
    assert code_of(await filing_ada.upload(PDF, "d.pdf", "application/pdf")) == many
    assert await Attachment.objects.acount() == 2
    await filing_bob.announce()
    await filing_ada.attached(sent["id"])
    await filing_ada.announce()


async def test_the_count_of_unsent_files_holds_when_many_come_at_once(filing_ada, settings):
    settings.CHATKIT_MAX_PENDING_ATTACHMENTS = 3
    params = {"name": "c.pdf", "size": 1, "mime_type": "application/pdf"}
    responses = await asyncio.gather(
        *(filing_ada.chat.send("attachments.create", **params) for _ in range(8))
    )
    assert sorted(response.status_code for response in responses) == [200] * 3 + [409] * 5
    assert await Attachment.objects.acount() == 3


async def test_what_was_not_sent_can_be_removed_with_its_bytes(filing_ada):
    pending = await filing_ada.announce()
    uploaded = await filing_ada.uploaded("a.png", "image/png", image())
    assert len((await sync_to_async(kept_names)())[1]) == 2
    for attachment in (pending, uploaded):
        assert (
            await filing_ada.chat.read("attachments.delete", attachment_id=attachment["id"]) == {}
        )
    assert not await Attachment.objects.aexists()
    assert await sync_to_async(kept_names)() == (set(), set())


async def test_what_was_sent_cannot_be_removed(filing_ada):
    attachment = await filing_ada.uploaded()
    await filing_ada.attached(attachment["id"])
    response = await filing_ada.chat.send("attachments.delete", attachment_id=attachment["id"])
    assert code_of(response) == (409, "attachment_in_use")
    assert (await row(attachment)).state == "attached"
    assert len((await sync_to_async(kept_names)())[1]) == 1


async def test_a_foreign_file_is_answered_like_one_that_does_not_exist(filing_ada, filing_bob):
    attachment = await filing_ada.uploaded()
    for request in (
        lambda name: filing_bob.attach(name),
        lambda name: filing_bob.chat.send("attachments.delete", attachment_id=name),
        lambda name: filing_bob.http.get(f"{FILES}{name}/?signature=x"),
        lambda name: filing_bob.http.get(f"{FILES}{name}/preview/?signature=x"),
    ):
        foreign, unknown = await request(attachment["id"]), await request("atc_unknown")
        assert foreign.status_code == unknown.status_code == 404
        assert foreign.content == unknown.content
    assert (await row(attachment)).state == "uploaded"
    assert not await Thread.objects.aexists()


@pytest.mark.parametrize("kind", ["attachments.create", "attachments.delete"])
async def test_a_server_without_an_attachment_store_says_so(filing_ada, files_server, kind):
    files_server.attachment_store = None
    response = await filing_ada.chat.send(
        kind, name="a", size=1, mime_type="text/plain", attachment_id="x"
    )
    assert code_of(response) == (501, "not_served")


async def test_metadata_of_the_server_is_not_told(filing_ada, files_server, as_ada):
    announced = await filing_ada.announce()
    kept = await files_server.store.load_attachment(announced["id"], as_ada)
    kept.metadata = {"path": "private"}
    await files_server.store.save_attachment(kept, as_ada)
    uploaded = await filing_ada.send_bytes(announced, PDF)
    events = await filing_ada.attached(announced["id"])
    assert "private" not in uploaded.content.decode() + json.dumps(events)
    after = await files_server.store.load_attachment(announced["id"], as_ada)
    assert after.metadata == {"path": "private"}
