"""The database operations of the store: plain functions, one transaction each, always for one
owner. What belongs to somebody else does not exist: ``NotFoundError``."""

from typing import Any

from chatkit.store import NotFoundError
from chatkit.types import Attachment, Page, ThreadItem, ThreadMetadata, UserMessageItem
from django.db import transaction
from django.db.models import Case, F, Q, QuerySet, TextField, Value, When
from django.utils import timezone

from chatkit_django import models, rows
from chatkit_django.clock import to_utc
from chatkit_django.exceptions import AttachmentInUse
from chatkit_django.files import records
from chatkit_django.files.records import State

OwnerId = Any  # the primary key of the user model, whatever its type


def load_thread(owner: OwnerId, thread_id: str) -> ThreadMetadata:
    return rows.thread_of(_thread(owner, thread_id))


def save_thread(owner: OwnerId, thread: ThreadMetadata) -> None:
    columns = {"updated_at": timezone.now(), **rows.thread_columns(thread)}
    mine = _threads(owner, thread.id)
    if mine.update(**keeping_the_users_title(columns)):
        return
    new = models.Thread(
        id=thread.id, owner_id=owner, created_at=to_utc(thread.created_at), **columns
    )
    models.Thread.objects.bulk_create([new], ignore_conflicts=True)
    # Somebody was faster: fine if it was the owner.
    if not mine.update(**keeping_the_users_title(columns)):
        raise NotFoundError(f"Thread {thread.id} not found")


def keeping_the_users_title(columns: dict[str, Any]) -> dict[str, Any]:
    """The columns, the title only for a thread that its user has not renamed."""
    if "title" not in columns:
        return columns
    users = When(titled_by_user=True, then=F("title"))
    given = Value(columns["title"], output_field=TextField())
    return {**columns, "title": Case(users, default=given)}


def create_thread(owner: OwnerId, thread: ThreadMetadata, first: UserMessageItem) -> None:
    with transaction.atomic():
        save_thread(owner, thread)
        for attachment in first.attachments:
            save_attachment(owner, attachment)
        save_item(owner, thread.id, first)


def load_threads(owner: OwnerId, limit: int, after: str | None, order: str) -> Page[ThreadMetadata]:
    found = models.Thread.objects.filter(owner=owner)
    if after is not None:
        found = found.filter(_beyond(_thread(owner, after), order))
    page = list(found.order_by(*_ordered(order, "created_at", "id"))[: limit + 1])
    shown = page[:limit]
    more = len(page) > limit
    return Page(
        data=[rows.thread_of(row) for row in shown],
        has_more=more,
        after=shown[-1].id if more else None,
    )


def delete_thread(owner: OwnerId, thread_id: str) -> None:
    _threads(owner, thread_id).delete()


def load_items(
    owner: OwnerId, thread_id: str, after: str | None, limit: int, order: str, *, hidden: bool
) -> Page[ThreadItem]:
    """A page by position. Without hidden items, ``has_more`` counts only those that are shown."""
    _thread(owner, thread_id)
    found = models.ThreadItem.objects.filter(thread=thread_id)
    if not hidden:
        found = found.filter(hidden=False)
    if after is not None:
        position = _item(owner, thread_id, after).position
        found = found.filter(
            Q(position__gt=position) if order == "asc" else Q(position__lt=position)
        )
    ordered = found.order_by(*_ordered(order, "position"))
    page = list(ordered.values_list("item_id", "payload")[: limit + 1])
    shown = page[:limit]
    more = len(page) > limit
    return Page(
        data=[rows.item_of(payload) for _, payload in shown],
        has_more=more,
        after=shown[-1][0] if more else None,
    )


def save_item(owner: OwnerId, thread_id: str, item: ThreadItem) -> None:
    """Insert at the end of the thread, or change in place what has this id there already."""
    with transaction.atomic():
        # The update locks the thread: one writer at a time gets a position, on every database.
        reserved = _threads(owner, thread_id).update(
            next_item_position=F("next_item_position") + 1, updated_at=timezone.now()
        )
        if not reserved:
            raise NotFoundError(f"Thread {thread_id} not found")
        if isinstance(item, UserMessageItem) and item.attachments:
            claim_attachments(owner, thread_id, item)
        columns = rows.item_columns(item)
        if models.ThreadItem.objects.filter(thread=thread_id, item_id=item.id).update(**columns):
            return
        position = _threads(owner, thread_id).values_list("next_item_position", flat=True).get()
        models.ThreadItem.objects.create(
            thread_id=thread_id, item_id=item.id, position=position, **columns
        )


def load_item(owner: OwnerId, thread_id: str, item_id: str) -> ThreadItem:
    return rows.item_of(_item(owner, thread_id, item_id).payload)


def delete_item(owner: OwnerId, thread_id: str, item_id: str) -> None:
    models.ThreadItem.objects.filter(
        thread__owner=owner, thread=thread_id, item_id=item_id
    ).delete()


def delete_items_after(owner: OwnerId, thread_id: str, item_id: str) -> None:
    with transaction.atomic():
        _threads(owner, thread_id).update(updated_at=timezone.now())
        position = _item(owner, thread_id, item_id).position
        models.ThreadItem.objects.filter(thread=thread_id, position__gt=position).delete()
        records.remove_left_behind(thread_id)


def save_attachment(owner: OwnerId, attachment: Attachment) -> None:
    with transaction.atomic():
        thread_id = attachment.thread_id
        if thread_id is not None:
            _thread(owner, thread_id)
        columns = {"thread_id": thread_id, "payload": rows.attachment_payload(attachment)}
        mine = models.Attachment.objects.filter(owner=owner, id=attachment.id)
        if mine.filter(~Q(state=State.ATTACHED) | Q(thread=thread_id)).update(**columns):
            return
        if mine.exists():
            raise AttachmentInUse
        new = models.Attachment(
            id=attachment.id, owner_id=owner, created_at=timezone.now(), **columns
        )
        models.Attachment.objects.bulk_create([new], ignore_conflicts=True)
        if not mine.update(**columns):
            raise NotFoundError(f"Attachment {attachment.id} not found")


def claim_attachments(owner: OwnerId, thread_id: str, message: UserMessageItem) -> None:
    """Give the attachments to this message, for good. Raises ``AttachmentInUse`` if another one
    has them."""
    owned = [
        one.model_copy(update={"thread_id": thread_id, "upload_descriptor": None})
        for one in message.attachments
    ]
    records.claim(
        owner, thread_id, message.id, {one.id: rows.attachment_payload(one) for one in owned}
    )


def load_attachment(owner: OwnerId, attachment_id: str) -> Attachment:
    payload = (
        models.Attachment.objects.filter(owner=owner, id=attachment_id)
        .values_list("payload", flat=True)
        .first()
    )
    if payload is None:
        raise NotFoundError(f"Attachment {attachment_id} not found")
    return rows.attachment_of(payload)


def delete_attachment(owner: OwnerId, attachment_id: str) -> None:
    models.Attachment.objects.filter(owner=owner, id=attachment_id).delete()


def _threads(owner: OwnerId, thread_id: str) -> QuerySet[models.Thread]:
    return models.Thread.objects.filter(owner=owner, id=thread_id)


def _thread(owner: OwnerId, thread_id: str) -> models.Thread:
    row = _threads(owner, thread_id).first()
    if row is None:
        raise NotFoundError(f"Thread {thread_id} not found")
    return row


def _item(owner: OwnerId, thread_id: str, item_id: str) -> models.ThreadItem:
    row = models.ThreadItem.objects.filter(
        thread__owner=owner, thread=thread_id, item_id=item_id
    ).first()
    if row is None:
        raise NotFoundError(f"Item {item_id} not found")
    return row


def _beyond(last: models.Thread, order: str) -> Q:
    # Written so that a database can seek in the index: a bare OR makes it walk.
    if order == "asc":
        return Q(created_at__gte=last.created_at) & (
            Q(created_at__gt=last.created_at) | Q(id__gt=last.id)
        )
    return Q(created_at__lte=last.created_at) & (
        Q(created_at__lt=last.created_at) | Q(id__lt=last.id)
    )


def _ordered(order: str, *columns: str) -> list[str]:
    return [column if order == "asc" else f"-{column}" for column in columns]
