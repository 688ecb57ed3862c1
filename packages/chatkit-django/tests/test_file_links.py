"""Files are given back to their owner only, harmless, and for a while."""

import time

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import AsyncClient

from chatkit_django.context import RequestContext
from chatkit_django.files import storage
from tests.sample_files import CSV, FILES, HTML, PDF, body_of, code_of, image, local


@pytest.fixture
def at_home(ada):
    return RequestContext(ada, "en", "test", base_url="http://testserver")


async def address(server, attachment, context):
    return local(await server.attachment_store.download_url(attachment["id"], context))


async def test_the_owner_gets_the_file_as_it_was(filing_ada, files_server, at_home):
    attachment = await filing_ada.uploaded("tax.pdf", "application/pdf", PDF)
    response = await filing_ada.http.get(await address(files_server, attachment, at_home))
    assert await body_of(response) == PDF
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Length"] == str(len(PDF))
    assert response["Content-Disposition"] == 'attachment; filename="tax.pdf"'


@pytest.mark.parametrize(
    ("content", "name", "kind", "place"),
    [
        (PDF, "a.pdf", "application/pdf", "attachment"),
        (CSV, "a.csv", "text/csv", "attachment"),
        (image() + HTML, "a.png", "image/png", "inline"),
    ],
)
async def test_a_browser_can_do_nothing_with_it(
    filing_ada, files_server, at_home, content, name, kind, place
):
    attachment = await filing_ada.uploaded(name, kind, content)
    response = await filing_ada.http.get(await address(files_server, attachment, at_home))
    assert await body_of(response) == content
    assert response["Content-Type"] == kind
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert response["Cache-Control"] == "private, no-store"
    assert response["Content-Disposition"].startswith(place)


async def test_a_name_cannot_break_out_of_its_header(filing_ada, files_server, at_home):
    name = 'ä"; filename=evil.exe\r\nSet-Cookie: a=b.pdf'
    attachment = await filing_ada.uploaded(name, "application/pdf", PDF)
    response = await filing_ada.http.get(await address(files_server, attachment, at_home))
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''%C3%A4_")
    assert "Set-Cookie" not in response.headers


async def test_head_tells_the_length_only(filing_ada, files_server, at_home):
    attachment = await filing_ada.uploaded()
    response = await filing_ada.http.head(await address(files_server, attachment, at_home))
    assert response["Content-Length"] == str(len(PDF))


async def test_a_signature_is_for_one_file_and_one_purpose(filing_ada, files_server, at_home):
    first = await filing_ada.uploaded("a.png", "image/png", image())
    second = await filing_ada.uploaded("b.png", "image/png", image())
    good = await address(files_server, first, at_home)
    signature = good.partition("?")[2]
    for wrong in (
        f"{FILES}{second['id']}/?{signature}",
        f"{FILES}{first['id']}/preview/?{signature}",
        f"{FILES}{first['id']}/",
        good[:-1] + ("a" if good[-1] != "a" else "b"),
        local(first["preview_url"]).replace("/preview/", "/"),
    ):
        assert code_of(await filing_ada.http.get(wrong)) == (403, "invalid_link"), wrong
    assert (await filing_ada.http.get(good)).status_code == 200


async def test_an_address_ends(filing_ada, files_server, at_home, settings, monkeypatch):
    attachment = await filing_ada.uploaded("a.png", "image/png", image())
    events = await filing_ada.attached(attachment["id"])
    old = [await address(files_server, attachment, at_home), local(attachment["preview_url"])]
    later = time.time() + 3601
    monkeypatch.setattr("django.core.signing.time.time", lambda: later)
    for url in old:
        assert code_of(await filing_ada.http.get(url)) == (403, "invalid_link")
    thread_id = events[0]["thread"]["id"]
    page = await filing_ada.chat.read("items.list", thread_id=thread_id, order="asc")
    fresh = page["data"][0]["attachments"][0]["preview_url"]
    assert (await filing_ada.http.get(local(fresh))).status_code == 200


async def test_a_good_address_is_of_no_use_to_anybody_else(
    filing_ada, filing_bob, files_server, at_home
):
    attachment = await filing_ada.uploaded("a.png", "image/png", image())
    for url in (await address(files_server, attachment, at_home), local(attachment["preview_url"])):
        assert code_of(await filing_bob.http.get(url)) == (404, "not_found")
        assert code_of(await AsyncClient().get(url)) == (401, "not_signed_in")


async def test_a_file_that_is_not_here_yet_is_not_found(filing_ada):
    announced = await filing_ada.announce("a.png", "image/png")
    response = await filing_ada.http.get(local(announced["preview_url"]))
    assert code_of(response) == (404, "not_found")


async def test_bytes_that_are_lost_are_not_found(filing_ada, files_server, at_home):
    from chatkit_django.models import AttachmentFile

    attachment = await filing_ada.uploaded()
    storage.delete((await AttachmentFile.objects.aget()).name)
    response = await filing_ada.http.get(await address(files_server, attachment, at_home))
    assert code_of(response) == (404, "not_found")


async def test_a_foreign_file_cannot_be_read_or_addressed(filing_ada, files_server, as_bob):
    from chatkit_django.exceptions import NotFound

    attachment = await filing_ada.uploaded()
    store = files_server.attachment_store
    for call in (store.read, store.download_url, store.delete_attachment):
        with pytest.raises(NotFound):
            await call(attachment["id"], as_bob)


async def test_a_project_without_the_addresses_is_told_so(server, as_ada):
    from chatkit.types import AttachmentCreateParams

    from chatkit_django.attachments import DjangoAttachmentStore

    params = AttachmentCreateParams(name="a.txt", size=1, mime_type="text/plain")
    with pytest.raises(ImproperlyConfigured, match="file_urls"):
        await DjangoAttachmentStore().create_attachment(params, as_ada)


def test_a_storage_that_web_servers_publish_is_refused(settings, tmp_path):
    settings.BASE_DIR = tmp_path
    settings.MEDIA_ROOT = str(tmp_path)
    with pytest.raises(ImproperlyConfigured, match="MEDIA_ROOT"):
        storage.private_storage()
    settings.MEDIA_ROOT = str(tmp_path / "media")
    assert storage.private_storage().location == str(tmp_path / "chatkit-attachments")
    settings.CHATKIT_ATTACHMENT_STORAGE = "default"
    with pytest.raises(ImproperlyConfigured, match="MEDIA_ROOT"):
        storage.private_storage()


def test_a_storage_nobody_knows_is_refused(settings):
    settings.CHATKIT_ATTACHMENT_STORAGE = "nowhere"
    with pytest.raises(ImproperlyConfigured, match="STORAGES"):
        storage.private_storage()


def test_the_local_folder_is_for_the_server_alone(settings, tmp_path):
    import io

    settings.BASE_DIR = tmp_path
    name = storage.write(storage.new_name(), io.BytesIO(b"private"))
    path = tmp_path / "chatkit-attachments" / name
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0
