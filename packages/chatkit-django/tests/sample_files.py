"""Files as tests send them, and a user's way with them."""

import io
import json
import struct
import zlib
from pathlib import Path
from urllib.parse import urlsplit

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from chatkit_django.files import storage
from chatkit_django.files.deletion import deletion_thread
from chatkit_django.models import AttachmentFile
from chatkit_django.testing import message

FILES = "/files/"
PDF = b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\n%%EOF\n"
CSV = b"date,amount\n2026-05-01,12.30\n"
HTML = b"<!DOCTYPE html><html><script>alert(document.cookie)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
GPS_LATITUDE = 2


def image(kind="PNG", size=(40, 20), color="red", **options):
    written = io.BytesIO()
    mode = "RGBA" if kind == "PNG" and isinstance(color, tuple) and len(color) == 4 else "RGB"
    Image.new(mode, size, color).save(written, kind, **options)
    return written.getvalue()


def photo_with_place():
    """A JPEG that lies on its side and says where it was taken."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turn it clockwise
    exif[0x010E] = "at the secret place"
    exif.get_ifd(0x8825)[GPS_LATITUDE] = (48.0, 12.0, 30.0)
    return image("JPEG", (40, 20), exif=exif)


def bomb():
    """A PNG of a few bytes that says it is 60,000 pixels wide and high."""

    def chunk(kind, data):
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


class User:
    """One signed-in user of the chat and its files."""

    def __init__(self, chat):
        self.chat = chat
        self.http = chat.http

    async def announce(self, name="tax.pdf", mime_type="application/pdf", size=100):
        return await self.chat.read("attachments.create", name=name, size=size, mime_type=mime_type)

    async def send_bytes(self, announced, content, name="whatever", kind="text/x-ignored"):
        """Phase two, as a client does it."""
        form = {"file": SimpleUploadedFile(name, content, kind)}
        return await self.http.post(local(announced["upload_descriptor"]["url"]), form)

    async def uploaded(self, name="tax.pdf", mime_type="application/pdf", content=PDF):
        announced = await self.announce(name, mime_type, len(content))
        response = await self.send_bytes(announced, content)
        assert response.status_code == 200, response.content
        return response.json()

    async def upload(self, content, name="file", kind="application/octet-stream"):
        """Direct upload; the response."""
        return await self.http.post(FILES, {"file": SimpleUploadedFile(name, content, kind)})

    async def attach(self, *ids, thread_id=None):
        """Send a message with these; the response."""
        written = {**message("see this"), "attachments": list(ids)}
        if thread_id is None:
            return await self.chat.send("threads.create", input=written)
        return await self.chat.send("threads.add_user_message", thread_id=thread_id, input=written)

    async def attached(self, *ids):
        """Send a message with these; its events."""
        from chatkit_django.testing import read_events

        response = await self.attach(*ids)
        assert response.status_code == 200, response.content
        return await read_events(response)


def local(url):
    """The path and query of an absolute address."""
    parts = urlsplit(url)
    assert parts.scheme == "http"
    return f"{parts.path}?{parts.query}"


def code_of(response):
    return response.status_code, json.loads(response.content)["error"]["code"]


async def body_of(response):
    return b"".join([part async for part in response])


def kept_names():
    """The names in the database, and those of the bytes that are really there, once nothing is
    being deleted any more."""
    assert deletion_thread.settle(20)
    return names_now()


def names_now():
    known = set(AttachmentFile.objects.values_list("name", flat=True))
    root = storage.private_storage().location
    there = {str(one.relative_to(root)) for one in Path(root).rglob("*") if one.is_file()}
    return known, there
