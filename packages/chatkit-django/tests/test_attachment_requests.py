"""The two requests about files, with an attachment store of the project's own."""

import json

import pytest
from chatkit.types import FileAttachment

from chatkit_django.testing import message


class Files:
    """An attachment store that remembers what it was asked to delete."""

    def __init__(self):
        self.deleted = []

    async def create_attachment(self, params, context):
        return FileAttachment(id=f"atc_{params.name}", name=params.name, mime_type=params.mime_type)

    async def delete_attachment(self, attachment_id, context):
        self.deleted.append(attachment_id)


@pytest.fixture
def files(server):
    server.attachment_store = Files()
    return server.attachment_store


FILE = {"name": "tax", "size": 1, "mime_type": "application/pdf"}


async def test_a_file_is_announced_and_deleted_by_its_owner_only(
    client_of_ada, client_of_bob, files, server, as_ada
):
    created = await client_of_ada.read("attachments.create", **FILE)
    assert (created["id"], created["type"]) == ("atc_tax", "file")
    foreign = await client_of_bob.send("attachments.delete", attachment_id="atc_tax")
    unknown = await client_of_bob.send("attachments.delete", attachment_id="atc_none")
    assert foreign.status_code == unknown.status_code == 404
    assert foreign.content == unknown.content
    assert files.deleted == []
    assert await client_of_ada.read("attachments.delete", attachment_id="atc_tax") == {}
    assert files.deleted == ["atc_tax"]
    again = await client_of_ada.send("attachments.delete", attachment_id="atc_tax")
    assert again.status_code == 404


async def test_a_file_that_was_sent_stays_with_its_message(client_of_ada, files):
    await client_of_ada.read("attachments.create", **FILE)
    written = {**message("see file"), "attachments": ["atc_tax"]}
    events = await client_of_ada.events("threads.create", input=written)
    assert len(events[1]["item"]["attachments"]) == 1
    for kind, params in {
        "attachments.delete": {"attachment_id": "atc_tax"},
        "threads.create": {"input": written},
    }.items():
        response = await client_of_ada.send(kind, **params)
        assert response.status_code == 409
        assert json.loads(response.content)["error"]["code"] == "attachment_in_use"
    assert files.deleted == []


@pytest.mark.parametrize(
    "change", [{"name": " "}, {"name": "x" * 256}, {"size": 0}, {"size": -1}, {"mime_type": "pdf"}]
)
async def test_what_is_no_file_is_refused(client_of_ada, files, change):
    response = await client_of_ada.send("attachments.create", **{**FILE, **change})
    assert response.status_code == 400
    assert json.loads(response.content)["error"]["code"] == "invalid_request"
