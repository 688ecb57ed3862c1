"""Taking a file in: into a temporary file first, of which no more is read than may be sent, so
that nothing unchecked ever reaches the storage."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Any

from django.core.exceptions import SuspiciousOperation
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParserError

from chatkit_django.conf import MAX_ATTACHMENT_BYTES
from chatkit_django.exceptions import EmptyFile, FileTooLarge, InvalidUpload

FIELD = "file"
FORM = "multipart/form-data"
_STEP = 64 * 1024
_FORM_BYTES = 64 * 1024  # what a form is larger than its file
_MEMORY = 1024 * 1024


@dataclass(frozen=True)
class ReceivedFile:
    """``name`` and ``claimed`` are what the client says; ``""`` if it says nothing."""

    content: IO[bytes]
    size: int
    name: str
    claimed: str


@contextmanager
def room() -> Iterator[IO[bytes]]:
    """Where an upload is put until it is checked; gone in the end."""
    with tempfile.SpooledTemporaryFile(max_size=_MEMORY) as content:
        yield content


def receive(request: HttpRequest, content: IO[bytes]) -> ReceivedFile:
    """The file in the request: the form field ``file``, or the whole body. Raises
    ``FileTooLarge`` as soon as it is."""
    if request.content_type == FORM:
        file = _from_form(request, content)
    else:
        file = _from_body(request, content)
    if not file.size:
        raise EmptyFile
    return file


def _from_body(request: HttpRequest, content: IO[bytes]) -> ReceivedFile:
    limit = MAX_ATTACHMENT_BYTES.get()
    _refuse_announced(request, limit)
    size = 0
    while part := request.read(_STEP):
        size += len(part)
        if size > limit:
            raise FileTooLarge
        content.write(part)
    return ReceivedFile(content, size, "", request.content_type or "")


def _from_form(request: HttpRequest, content: IO[bytes]) -> ReceivedFile:
    limit = MAX_ATTACHMENT_BYTES.get()
    _refuse_announced(request, limit + _FORM_BYTES)
    handler = _OneFile(content, limit)
    request.upload_handlers = [handler]
    try:
        request.FILES  # noqa: B018  reads the form
    except (MultiPartParserError, SuspiciousOperation):
        raise InvalidUpload from None
    if not handler.complete:
        raise InvalidUpload
    return ReceivedFile(
        content, handler.received, handler.file_name or "", handler.content_type or ""
    )


def _refuse_announced(request: HttpRequest, limit: int) -> None:
    announced = request.META.get("CONTENT_LENGTH") or "0"
    if announced.isdigit() and int(announced) > limit:
        raise FileTooLarge


class _OneFile(FileUploadHandler):
    """Writes the one file of a form, as far as it is allowed to be long."""

    def __init__(self, content: IO[bytes], limit: int) -> None:
        super().__init__()
        self._content = content
        self._limit = limit
        self._begun = False
        self.received = 0
        self.complete = False

    def new_file(self, field_name: str, *args: Any, **kwargs: Any) -> None:
        if field_name != FIELD or self._begun:
            raise InvalidUpload
        self._begun = True
        super().new_file(field_name, *args, **kwargs)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.received += len(raw_data)
        if self.received > self._limit:
            raise FileTooLarge
        self._content.write(raw_data)

    def file_complete(self, file_size: int) -> None:
        self.complete = True
