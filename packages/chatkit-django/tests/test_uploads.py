"""What is taken and what is not, and that nothing is left of what is not."""

import asyncio
import io
import threading

import pytest
from asgiref.sync import sync_to_async
from django.test import AsyncClient
from PIL import Image

from chatkit_django.files import images, kinds, storage
from chatkit_django.files.names import safe_name
from chatkit_django.models import Attachment, AttachmentFile
from tests.sample_files import (
    CSV,
    FILES,
    HTML,
    PDF,
    SVG,
    body_of,
    bomb,
    code_of,
    image,
    kept_names,
    local,
    photo_with_place,
)

XML = b"<?xml version='1.0'?>\n<Document><Stmt/></Document>"
EXE = b"MZ\x90\x00" + b"\0" * 200
NOT_TAKEN = {
    "html": (HTML, "page.html", "text/html", 415),
    "html said to be an image": (HTML, "a.png", "image/png", 415),
    "html said to be text": (HTML, "a.txt", "text/plain", 415),
    "html after blank lines": (b"\n \n" + HTML, "a.txt", "text/plain", 415),
    "html after a byte order mark": (b"\xef\xbb\xbf" + HTML, "a.txt", "text/plain", 415),
    "html inside of text": (b"Dear all,\n" + HTML, "a.txt", "text/plain", 415),
    "svg": (SVG, "a.svg", "image/svg+xml", 415),
    "svg said to be a png": (SVG, "a.png", "image/png", 415),
    "svg with a declaration": (b"<?xml version='1.0'?>" + SVG, "a.md", "text/markdown", 415),
    "a program": (EXE, "tax.pdf", "application/pdf", 415),
    "bytes nobody knows": (b"\x00\x01\x02\x03" * 50, "a.bin", "", 415),
    "a picture said to be a paper": (image(), "tax.pdf", "application/pdf", 422),
    "a paper said to be a picture": (PDF, "a.png", "image/png", 422),
    "text said to be a picture": (CSV, "a.png", "image/png", 422),
    "a jpeg said to be a png": (image("JPEG"), "a.png", "image/png", 422),
    "a gif that is html": (b"GIF89a" + HTML, "a.gif", "image/gif", 415),
    "a gif without a picture": (b"GIF89a\x01\0\x01\0\0\0\0" + HTML, "a.gif", "image/gif", 422),
    "a broken picture": (image()[:60], "a.png", "image/png", 422),
    "a bomb": (bomb(), "a.png", "image/png", 422),
    "nothing": (b"", "a.txt", "text/plain", 400),
    "html in another encoding": ("Grüße ".encode("latin-1") + HTML, "a.csv", "text/csv", 415),
    "html in utf-16": (HTML.decode().encode("utf-16"), "a.csv", "text/csv", 415),
    "bytes said to be a table": (b"a;b\n\xfc\x01\x02" * 50, "a.csv", "text/csv", 415),
    "text in another encoding": ("Grüße".encode("latin-1"), "a.md", "text/markdown", 415),
    "xml, which is not taken by default": (XML, "a.xml", "text/xml", 415),
}
TAKEN = {
    "png": (image(), "a.png", "image/png", "image/png"),
    "jpeg by its old name": (image("JPEG"), "a.jpg", "image/jpg", "image/jpeg"),
    "gif": (image("GIF"), "a.gif", "image/gif", "image/gif"),
    "webp": (image("WEBP"), "a.webp", "image/webp", "image/webp"),
    "pdf": (PDF, "a.pdf", "application/pdf", "application/pdf"),
    "text": ("Grüße".encode(), "a.txt", "text/plain; charset=utf-8", "text/plain"),
    "csv": (CSV, "a.csv", "text/csv", "text/csv"),
    "csv of a bank": ("Grüße;1,50".encode("cp1252"), "a.csv", "text/csv", "text/csv"),
    "csv of a spreadsheet": ("Grüße\t1,50".encode("utf-16"), "a.csv", "", "text/csv"),
    "ofx": (b"OFXHEADER:100\n<OFX></OFX>", "a.ofx", "application/x-ofx", "text/plain"),
    "qfx": (b"<OFX></OFX>", "a.QFX", "application/vnd.intu.qfx", "text/plain"),
    "qif": (b"!Type:Bank\n^\n", "a.qif", "image/x-quicktime", "text/plain"),
    "qif of Linux desktops": (b"!Type:Bank\n^\n", "a.qif", "application/x-qw", "text/plain"),
    "csv from Windows": (CSV, "a.csv", "application/vnd.ms-excel", "text/csv"),
    "markdown without a claim": (b"# Title", "a.md", "application/octet-stream", "text/markdown"),
    "json": (b'{"a": 1}', "a.json", "application/json", "application/json"),
}


async def nothing_is_left():
    return await sync_to_async(kept_names)() == (set(), set())


@pytest.mark.parametrize("case", NOT_TAKEN)
async def test_a_file_that_is_not_taken_leaves_nothing(filing_ada, case):
    content, name, claimed, status = NOT_TAKEN[case]
    response = await filing_ada.upload(content, name, claimed)
    assert response.status_code == status, response.content
    assert await nothing_is_left()
    assert not await Attachment.objects.aexists()


@pytest.mark.parametrize("case", NOT_TAKEN)
async def test_announcing_it_as_something_else_does_not_help(filing_ada, case):
    content, name, claimed, status = NOT_TAKEN[case]
    claimed = claimed if claimed in kinds.allowed_types() else "text/plain"
    announced = await filing_ada.announce(name, claimed)
    response = await filing_ada.send_bytes(announced, content, "a.png", "image/png")
    assert response.status_code in {status, 415, 422}, response.content
    assert await nothing_is_left()
    assert (await Attachment.objects.aget()).state == "pending"


@pytest.mark.parametrize("case", TAKEN)
async def test_a_file_is_what_its_bytes_say(filing_ada, case):
    content, name, claimed, kind = TAKEN[case]
    response = await filing_ada.upload(content, name, claimed)
    assert response.status_code == 200, response.content
    assert response.json()["mime_type"] == kind
    assert response.json()["type"] == ("image" if kind.startswith("image/") else "file")
    assert (await Attachment.objects.aget()).content_type == kind


async def test_what_is_taken_is_a_setting(filing_ada, settings):
    settings.CHATKIT_ATTACHMENT_TYPES = "application/pdf"
    refused = (415, "file_type_not_allowed")
    assert code_of(await filing_ada.upload(CSV, "a.csv", "text/csv")) == refused
    params = {"name": "a.csv", "size": 1, "mime_type": "text/csv"}
    assert code_of(await filing_ada.chat.send("attachments.create", **params)) == refused
    assert (await filing_ada.upload(PDF, "a.pdf", "application/pdf")).status_code == 200


async def test_a_file_that_is_too_large_is_refused_however_it_comes(filing_ada, settings):
    settings.CHATKIT_MAX_ATTACHMENT_BYTES = 200_000
    too_large, content = (413, "file_too_large"), b"a" * 200_001
    params = {"name": "a.txt", "size": 200_001, "mime_type": "text/plain"}
    assert code_of(await filing_ada.chat.send("attachments.create", **params)) == too_large
    assert code_of(await filing_ada.upload(content, "a.txt", "text/plain")) == too_large
    announced = await filing_ada.announce("a.txt", "text/plain", size=5)
    assert code_of(await filing_ada.send_bytes(announced, content)) == too_large
    url = local(announced["upload_descriptor"]["url"])
    response = await filing_ada.http.put(url, content, content_type="text/plain")
    assert code_of(response) == too_large
    assert await nothing_is_left()
    assert (await filing_ada.send_bytes(announced, content[:-1])).status_code == 200


def test_no_more_is_read_than_may_be_sent(settings, rf):
    from chatkit_django.exceptions import FileTooLarge
    from chatkit_django.files.receiving import receive, room

    class Endless(io.RawIOBase):
        given = 0

        def read(self, size=-1):
            self.given += size
            return b"a" * size

    settings.CHATKIT_MAX_ATTACHMENT_BYTES = 1_000_000
    request = rf.put("/", content_type="text/plain")
    request._stream = Endless()
    with room() as content, pytest.raises(FileTooLarge):
        receive(request, content)
    assert request._stream.given < 1_100_000


@pytest.mark.parametrize(
    "form", [{}, {"other": io.BytesIO(b"text")}, {"file": "a word"}, {"file": [1, 2]}]
)
async def test_a_form_without_exactly_one_file_is_refused(filing_ada, form):
    if form.get("file") == [1, 2]:
        form = {"file": [named("a"), named("b")]}
    elif "other" in form:
        form = {"other": named("a")}
    assert code_of(await filing_ada.http.post(FILES, form)) == (400, "invalid_upload")
    assert await nothing_is_left()


def named(name):
    content = io.BytesIO(b"text")
    content.name = name
    return content


async def test_direct_upload_takes_forms_only(filing_ada):
    response = await filing_ada.http.post(FILES, PDF, content_type="application/pdf")
    assert code_of(response) == (400, "invalid_upload")


async def test_a_form_that_cannot_be_read_is_refused(filing_ada):
    kind = "multipart/form-data; boundary=x"
    response = await filing_ada.http.post(FILES, b"nonsense", content_type=kind)
    assert code_of(response) == (400, "invalid_upload")


async def test_direct_upload_needs_a_session_and_its_csrf_token(files_server, ada):
    anonymous, strict = AsyncClient(), AsyncClient(enforce_csrf_checks=True)
    await strict.aforce_login(ada)
    assert code_of(await anonymous.post(FILES, {"file": named("a.txt")})) == (401, "not_signed_in")
    assert code_of(await strict.post(FILES, {"file": named("a.txt")})) == (403, "csrf_failed")
    assert await nothing_is_left()
    strict.cookies["csrftoken"] = "t" * 32
    response = await strict.post(FILES, {"file": named("a.txt")}, headers={"X-CSRFToken": "t" * 32})
    assert response.status_code == 200
    response = await strict.post(FILES, {"file": named("b.txt"), "csrfmiddlewaretoken": "t" * 32})
    assert response.status_code == 200


async def test_a_user_uploads_only_so_often(filing_ada, filing_bob, settings):
    settings.CHATKIT_LIMITS = {"uploads": {"user": "2/minute"}}
    await filing_ada.announce()
    assert (await filing_ada.upload(CSV, "a.csv", "text/csv")).status_code == 200
    response = await filing_ada.upload(CSV, "a.csv", "text/csv")
    assert response.status_code == 429
    assert int(response["Retry-After"]) > 0
    assert await Attachment.objects.acount() == 2
    assert (await filing_bob.upload(CSV, "a.csv", "text/csv")).status_code == 200


async def test_an_upload_happens_once(filing_ada):
    announced = await filing_ada.announce("a.csv", "text/csv")
    assert (await filing_ada.send_bytes(announced, CSV)).status_code == 200
    again = (409, "already_uploaded")
    assert code_of(await filing_ada.send_bytes(announced, b"other,bytes\n")) == again
    await filing_ada.attached(announced["id"])
    assert code_of(await filing_ada.send_bytes(announced, b"other,bytes\n")) == again
    assert (await Attachment.objects.aget()).size == len(CSV)
    assert len((await sync_to_async(kept_names)())[1]) == 1


async def test_of_uploads_at_once_one_wins_and_the_others_leave_nothing(
    filing_ada, files_server, as_ada, monkeypatch
):
    announced = await filing_ada.announce("a.csv", "text/csv")
    contents = [f"a,b\n{number},{number}\n".encode() for number in range(3)]
    write, together = storage.write, threading.Barrier(len(contents), timeout=20)

    def write_when_all_have_come(name, content):
        together.wait()
        return write(name, content)

    monkeypatch.setattr(storage, "write", write_when_all_have_come)
    responses = await asyncio.gather(
        *(filing_ada.send_bytes(announced, content) for content in contents)
    )
    assert sorted(response.status_code for response in responses) == [200, 409, 409]
    winner = [response.status_code for response in responses].index(200)
    store = files_server.attachment_store
    assert await store.read(announced["id"], as_ada) == contents[winner]
    known, there = await sync_to_async(kept_names)()
    assert known == there
    assert len(known) == 1


async def test_an_address_for_one_file_is_none_for_another(filing_ada, filing_bob):
    mine, other = await filing_ada.announce(), await filing_ada.announce()
    of_bob = await filing_bob.announce()
    url = local(mine["upload_descriptor"]["url"])
    signature = url.partition("?")[2]
    wrong = [
        f"{FILES}{other['id']}/upload/?{signature}",
        f"{FILES}{of_bob['id']}/upload/?{signature}",
        f"{FILES}atc_unknown/upload/?{signature}",
        f"{FILES}{mine['id']}/upload/",
        url[:-1] + ("a" if url[-1] != "a" else "b"),
        url.replace("signature=", "signature=0"),
    ]
    for address in wrong:
        response = await filing_ada.http.put(address, PDF, content_type="application/pdf")
        assert code_of(response) == (403, "invalid_link"), address
    assert not await Attachment.objects.exclude(state="pending").aexists()


async def test_an_upload_address_ends(filing_ada, settings, monkeypatch):
    announced = await filing_ada.announce()
    now = __import__("time").time()
    monkeypatch.setattr("django.core.signing.time.time", lambda: now + 901)
    assert code_of(await filing_ada.send_bytes(announced, PDF)) == (403, "invalid_link")


async def test_a_user_who_may_no_longer_sign_in_uploads_nothing(filing_ada, ada):
    announced = await filing_ada.announce()
    ada.is_active = False
    await ada.asave()
    assert code_of(await filing_ada.send_bytes(announced, PDF)) == (403, "invalid_link")


async def test_a_storage_that_fails_leaves_the_file_to_be_sent_again(filing_ada, monkeypatch):
    announced = await filing_ada.announce("a.png", "image/png")
    write, writes = storage.write, []

    def fail_at_the_second(name, content):
        writes.append(name)
        if len(writes) == 2:
            raise OSError("secret path /srv/disk")
        return write(name, content)

    monkeypatch.setattr(storage, "write", fail_at_the_second)
    response = await filing_ada.send_bytes(announced, image())
    assert code_of(response) == (500, "internal_error")
    assert b"secret" not in response.content
    assert await nothing_is_left()
    assert (await filing_ada.send_bytes(announced, image())).status_code == 200


async def test_only_a_few_methods_are_known(filing_ada):
    announced = await filing_ada.announce()
    upload = local(announced["upload_descriptor"]["url"])
    for response, allowed in (
        (await filing_ada.http.get(FILES), "POST"),
        (await filing_ada.http.get(upload), "POST, PUT"),
        (await filing_ada.http.delete(f"{FILES}{announced['id']}/"), "GET, HEAD"),
    ):
        assert code_of(response) == (405, "method_not_allowed")
        assert response["Allow"] == allowed


async def test_a_preview_shows_the_picture_upright_and_tells_nothing_else(filing_ada):
    content = photo_with_place()
    assert b"secret place" in content
    attachment = (await filing_ada.upload(content, "a.jpg", "image/jpeg")).json()
    response = await filing_ada.http.get(local(attachment["preview_url"]))
    preview = await body_of(response)
    assert b"secret" not in preview
    with Image.open(io.BytesIO(preview)) as shown:
        assert shown.size == (20, 40)
        assert not shown.getexif()
        assert not set(shown.info) - {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


async def test_a_preview_is_small_and_keeps_transparency(filing_ada):
    large = image("PNG", (3000, 1500), (255, 0, 0, 100))
    attachment = (await filing_ada.upload(large, "a.png", "image/png")).json()
    response = await filing_ada.http.get(local(attachment["preview_url"]))
    assert response["Content-Type"] == "image/png"
    with Image.open(io.BytesIO(await body_of(response))) as shown:
        assert shown.size == (images.MAX_SIDE, images.MAX_SIDE // 2)
        assert shown.getpixel((5, 5))[3] == 100


async def test_an_appendix_of_a_picture_is_not_in_its_preview(filing_ada):
    attachment = (await filing_ada.upload(image() + HTML, "a.png", "image/png")).json()
    response = await filing_ada.http.get(local(attachment["preview_url"]))
    assert b"script" not in await body_of(response)


async def test_pixels_are_counted_before_they_are_decoded(filing_ada, settings):
    settings.CHATKIT_MAX_IMAGE_PIXELS = 40 * 20 - 1
    response = await filing_ada.upload(image(), "a.png", "image/png")
    assert code_of(response) == (422, "image_too_large")
    settings.CHATKIT_MAX_IMAGE_PIXELS = 40 * 20
    assert (await filing_ada.upload(image(), "a.png", "image/png")).status_code == 200


async def test_without_pillow_images_are_files(filing_ada, monkeypatch):
    monkeypatch.setattr(images, "_pillow", lambda module: None)
    attachment = (await filing_ada.upload(image(), "a.png", "image/png")).json()
    assert (attachment["type"], attachment["mime_type"]) == ("file", "image/png")
    assert await AttachmentFile.objects.acount() == 1


async def test_without_puremagic_the_log_says_what_to_install(filing_ada, monkeypatch, caplog):
    def missing(name):
        raise ImportError(name)

    monkeypatch.setattr(kinds, "import_module", missing)
    response = await filing_ada.upload(image(), "a.png", "image/png")
    assert code_of(response) == (500, "internal_error")
    assert "chatkit-django[files]" in caplog.text


@pytest.mark.parametrize(
    ("given", "safe"),
    [
        ("tax 2026.pdf", "tax 2026.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\ada\\tax.pdf", "tax.pdf"),
        ("a\x00b\r\nc.txt", "abc.txt"),
        ("photo\u202egnp.exe", "photognp.exe"),
        ("\u200b\ufeffa.txt", "a.txt"),
        ("a\u2028b.txt", "ab.txt"),
        ('x"<y>|?*.txt', "x__y____.txt"),
        ("..", "file"),
        ("", "file"),
        ("  a   b .txt. ", "a b .txt"),
        ("Gru\u0308\u00dfe.txt", "Grüße.txt"),
        ("a\ud800.txt", "a.txt"),
        ("a" * 500 + ".pdf", "a" * 146 + ".pdf"),
        ("a." + "x" * 500, "a." + "x" * 11),
    ],
)
def test_a_name_is_made_safe(given, safe):
    assert safe_name(given) == safe


async def test_a_name_is_safe_before_it_is_stored_or_told(filing_ada):
    announced = await filing_ada.announce("../secret/\u202etax.pdf")
    assert announced["name"] == "tax.pdf"
    direct = await filing_ada.upload(CSV, "x\u202ey.csv", "text/csv")
    assert direct.json()["name"] == "xy.csv"
    names = await sync_to_async(kept_names)()
    assert not [name for name in names[1] if "xy" in name]


@pytest.mark.parametrize("name", ["a.xml", "a.ofx"])
async def test_xml_is_taken_where_it_is_wanted(filing_ada, settings, name):
    settings.CHATKIT_ATTACHMENT_TYPES = "application/xml text/plain"
    claimed = "text/xml" if name == "a.xml" else "application/x-ofx"
    response = await filing_ada.upload(XML, name, claimed)
    assert (response.status_code, response.json()["mime_type"]) == (200, "application/xml")
    response = await filing_ada.upload(HTML, "a.xml", "text/xml")
    assert response.status_code == 415
