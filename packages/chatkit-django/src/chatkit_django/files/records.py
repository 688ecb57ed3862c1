"""What the database knows of files, always for one owner: pending, then uploaded, then attached
to one message. Each change is one statement that asks for the state before it, so that of two at
once one wins."""

import json
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone

from chatkit_django.conf import MAX_ATTACHMENTS_PER_MESSAGE, MAX_PENDING_ATTACHMENTS
from chatkit_django.exceptions import (
    AlreadyUploaded,
    AttachmentInUse,
    InvalidRequest,
    NotFound,
    NotUploaded,
    TooManyAttachments,
    TooManyPendingAttachments,
)
from chatkit_django.files import images
from chatkit_django.models import Attachment, AttachmentFile, ThreadItem

OwnerId = Any  # the primary key of the user model, whatever its type
State = Attachment.State

# Stands in a stored attachment where the signed address is when it is sent.
PREVIEW_SCHEME = "chatkit-preview:"


def payload_of(
    attachment_id: str, name: str, mime_type: str, metadata: dict[str, Any] | None = None
) -> str:
    """The attachment as JSON, as the SDK writes it."""
    described: dict[str, Any] = {
        "id": attachment_id,
        "name": name,
        "mime_type": mime_type,
        "type": "file",
    }
    if metadata is not None:
        described |= {"metadata": metadata}
    if images.has_preview(mime_type):
        described |= {"type": "image", "preview_url": PREVIEW_SCHEME + attachment_id}
    return json.dumps(described, ensure_ascii=False)


def announce(owner: OwnerId, attachment_id: str, name: str, mime_type: str) -> str:
    """Keep a file that is to come. Raises ``TooManyPendingAttachments``."""
    payload = payload_of(attachment_id, name, mime_type)
    with transaction.atomic():
        Attachment.objects.create(
            id=attachment_id,
            owner_id=owner,
            state=State.PENDING,
            payload=payload,
            created_at=timezone.now(),
        )
        # One at a time from here on, so that the count is right: a lock of the user's row that
        # stands in the way of nothing but its like and of changes, or the one writer of SQLite.
        user = get_user_model()._base_manager.filter(pk=owner)
        user.select_for_update(no_key=True).values_list("pk").first()
        waiting = Attachment.objects.filter(owner=owner, state__in=(State.PENDING, State.UPLOADED))
        if waiting.count() > MAX_PENDING_ATTACHMENTS.get():
            raise TooManyPendingAttachments
    return payload


def find(attachment_id: str) -> Attachment | None:
    """The attachment of whichever owner; only for who can prove to be let in."""
    return Attachment.objects.select_related("owner").filter(id=attachment_id).first()


def complete(
    owner: OwnerId,
    attachment_id: str,
    *,
    payload: str,
    size: int,
    content_type: str,
    names: list[str],
) -> None:
    """The bytes are here. Raises ``AlreadyUploaded`` for all but the first, and ``NotFound`` if
    the attachment was deleted meanwhile."""
    now = timezone.now()
    mine = Attachment.objects.filter(owner=owner, id=attachment_id)
    with transaction.atomic():
        won = mine.filter(state=State.PENDING).update(
            state=State.UPLOADED,
            payload=payload,
            size=size,
            content_type=content_type,
            uploaded_at=now,
        )
        if won:
            AttachmentFile.objects.filter(name__in=names).update(
                attachment_id=attachment_id, linked_at=now
            )
            return
    raise AlreadyUploaded if mine.exists() else NotFound


def check_attachable(owner: OwnerId, attachment_ids: list[str]) -> None:
    """Raises if a message with these could not be kept."""
    if len(attachment_ids) > MAX_ATTACHMENTS_PER_MESSAGE.get():
        raise TooManyAttachments
    if len(set(attachment_ids)) != len(attachment_ids):
        raise InvalidRequest("The same attachment is named twice. Name each once.")
    states = dict(
        Attachment.objects.filter(owner=owner, id__in=attachment_ids).values_list("id", "state")
    )
    for attachment_id in attachment_ids:
        _check_state(states.get(attachment_id))


def claim(owner: OwnerId, thread_id: str, message_id: str, payloads: dict[str, str]) -> None:
    """Give the attachments (JSON by id) to the message, in the caller's transaction. Saving the
    same message again is fine; another message cannot have them any more."""
    for attachment_id, payload in payloads.items():
        mine = Attachment.objects.filter(owner=owner, id=attachment_id)
        taken = mine.filter(state=State.UPLOADED).update(
            state=State.ATTACHED,
            thread_id=thread_id,
            message_id=message_id,
            payload=payload,
            attached_at=timezone.now(),
        )
        if taken or mine.filter(thread=thread_id, message_id=message_id).exists():
            continue
        _check_state(mine.values_list("state", flat=True).first())
        raise AttachmentInUse


def remove(owner: OwnerId, attachment_id: str) -> None:
    """Delete what was not sent. Raises ``AttachmentInUse`` if it was."""
    mine = Attachment.objects.filter(owner=owner, id=attachment_id)
    with transaction.atomic():
        if not lock(mine.exclude(state=State.ATTACHED)):
            raise AttachmentInUse if mine.exists() else NotFound
        mine.delete()


def lock(found: QuerySet[Attachment]) -> int:
    """Keep other writers away from them until the end of the transaction. A write that changes
    nothing does that on every database. How many are as they were found."""
    return found.update(size=F("size"))


def remove_left_behind(thread_id: str) -> None:
    """Delete the attachments of messages that are no longer in the thread."""
    Attachment.objects.filter(thread=thread_id, state=State.ATTACHED).filter(
        ~has_message()
    ).delete()


def file_of(owner: OwnerId, attachment_id: str, role: str) -> AttachmentFile:
    """Where the bytes are; the attachment comes with it."""
    file = (
        AttachmentFile.objects.select_related("attachment")
        .filter(attachment__owner=owner, attachment=attachment_id, role=role)
        .first()
    )
    if file is None:
        raise NotFound
    return file


def has_message() -> Exists:
    return Exists(
        ThreadItem.objects.filter(thread=OuterRef("thread"), item_id=OuterRef("message_id"))
    )


def _check_state(state: str | None) -> None:
    if state is None:
        raise NotFound
    if state == State.PENDING:
        raise NotUploaded
    if state == State.ATTACHED:
        raise AttachmentInUse
