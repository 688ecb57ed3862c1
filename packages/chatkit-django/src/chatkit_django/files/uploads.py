"""One upload, from the request to bytes in the storage and a row that says so."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import IO, Any

from django.http import HttpRequest
from django.utils import timezone

from chatkit_django.exceptions import AlreadyUploaded, InvalidLink, NotFound
from chatkit_django.files import deletion, images, kinds, links, records, storage
from chatkit_django.files.names import safe_name
from chatkit_django.files.receiving import ReceivedFile, receive, room
from chatkit_django.ids import new_id
from chatkit_django.models import Attachment, AttachmentFile

Role = AttachmentFile.Role


def upload_announced(request: HttpRequest, attachment_id: str, signature: str) -> Attachment:
    """Phase two: who has the signed address may send these bytes once, signed in or not. The
    attachment as it is then."""
    row = records.find(attachment_id)
    if row is None or not row.owner.is_active:
        raise InvalidLink  # no word on what exists
    links.check("upload", attachment_id, row.owner_id, signature)
    if row.state != Attachment.State.PENDING:
        raise AlreadyUploaded
    announced = json.loads(row.payload)
    with room() as content:
        file = receive(request, content)
        _keep(row.owner_id, announced, file)
    row = records.find(attachment_id)
    if row is None:
        raise NotFound
    return row


def keep_new(owner: records.OwnerId, file: ReceivedFile) -> Attachment:
    """Both phases in one, for a file that came without an announcement."""
    name = safe_name(file.name)
    kind = kinds.checked_kind(file.content, file.claimed, name)
    attachment_id = new_id("attachment")
    announced = json.loads(records.announce(owner, attachment_id, name, kind))
    try:
        _keep(owner, announced, file)
    except Exception:
        records.remove(owner, attachment_id)
        raise
    return Attachment.objects.get(pk=attachment_id)


def _keep(owner: records.OwnerId, announced: dict[str, Any], file: ReceivedFile) -> None:
    """Check the bytes, and only then store them. ``announced`` is the attachment's JSON."""
    attachment_id, name = announced["id"], announced["name"]
    kind = kinds.checked_kind(file.content, announced["mime_type"], name)
    preview = images.make_preview(file.content, kind) if images.has_preview(kind) else None
    with _stored() as names:
        names.append(_write(Role.ORIGINAL, kind, file.size, file.content))
        if preview is not None:
            content, preview_kind = preview
            names.append(_write(Role.PREVIEW, preview_kind, len(content), BytesIO(content)))
        records.complete(
            owner,
            attachment_id,
            payload=records.payload_of(attachment_id, name, kind, announced.get("metadata")),
            size=file.size,
            content_type=kind,
            names=names,
        )


@contextmanager
def _stored() -> Iterator[list[str]]:
    """Names of stored bytes, which are deleted again if the rest fails."""
    names: list[str] = []
    try:
        yield names
    except Exception:
        deletion.discard(names)
        raise


def _write(role: str, content_type: str, size: int, content: IO[bytes]) -> str:
    """The row comes first: if this process dies now, chatkit_collect finds the bytes by it."""
    name = storage.new_name()
    AttachmentFile.objects.create(
        name=name, role=role, content_type=content_type, size=size, created_at=timezone.now()
    )
    try:
        stored = storage.write(name, content)
    except Exception:
        deletion.discard([name])
        raise
    if stored != name:
        AttachmentFile.objects.filter(name=name).update(name=stored)
    return stored
