"""The database operations of the store: plain functions, one transaction each, always for one
owner. What belongs to somebody else does not exist: ``NotFoundError``."""

from typing import Any

from chatkit.store import NotFoundError
from chatkit.types import Attachment, Page, ThreadItem, ThreadMetadata, UserMessageItem
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Case, F, Q, QuerySet, TextField, Value, When
from django.utils import timezone

from chatkit_django import models, pages, rows
from chatkit_django.clock import to_utc
from chatkit_django.exceptions import AttachmentInUse, NotFound
from chatkit_django.files import records
from chatkit_django.files.records import State
from chatkit_django.rows_by_hand import Step, as_a_whole, changed, do_step, fetch, stored_time

OwnerId = pages.OwnerId

_RESERVE = (
    f"UPDATE {pages.THREADS} SET next_item_position = next_item_position + 1, updated_at = %s "  # noqa: S608
    "WHERE id = %s AND owner_id = %s"
)
_INTO = (
    f"INSERT INTO {pages.ITEMS} (thread_id, item_id, type, hidden, payload, created_at, position) "
)
_ALL_BUT_PLACE = "%s, %s, %s, %s, %s, %s"
_OR_CHANGE = (
    "ON CONFLICT (thread_id, item_id) DO UPDATE SET "
    "type = excluded.type, hidden = excluded.hidden, payload = excluded.payload, "
    "created_at = excluded.created_at RETURNING position"
)
_PUT = f"{_INTO} {{row {_ALL_BUT_PLACE}, %s}} {_OR_CHANGE}"
_LAST_PLACE = f"(SELECT next_item_position FROM {pages.THREADS} WHERE id = %s)"  # noqa: S608
_PUT_LAST = f"{_INTO} {{row {_ALL_BUT_PLACE}, {_LAST_PLACE}}} {_OR_CHANGE}"
# What SQLite needs two statements for.
_SAVE = (
    f"WITH reserved AS ({_RESERVE} RETURNING next_item_position) "  # noqa: S608
    f"{_INTO} SELECT {_ALL_BUT_PLACE}, reserved.next_item_position FROM reserved WHERE TRUE "
    f"{_OR_CHANGE}"
)

_OF_NEW_THREAD = (
    "id, owner_id, created_at, updated_at, titled_by_user, next_item_position, "
    + ", ".join(rows.THREAD_COLUMNS)
)
_NEW_THREAD = (
    f"INSERT INTO {pages.THREADS} ({_OF_NEW_THREAD}) "
    f"{{row {', '.join(['%s'] * len(_OF_NEW_THREAD.split()))}}} "
    "ON CONFLICT DO NOTHING RETURNING id"
)


def load_thread(owner: OwnerId, thread_id: str) -> ThreadMetadata:
    return rows.thread_of(pages.thread_row(owner, thread_id))


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


def load_threads(owner: OwnerId, limit: int, after: str | None, order: str) -> Page[ThreadMetadata]:
    shown, more = pages.thread_rows(owner, limit, after, order)
    return Page(
        data=[rows.thread_of(row) for row in shown],
        has_more=more,
        after=shown[-1].id if more else None,
    )


def delete_thread(owner: OwnerId, thread_id: str, *, tell_runs: bool = False) -> list[str]:
    """The ids of the runs that went with it, if they are to be told."""
    thread = _threads(owner, thread_id)
    run_ids = thread.filter(runs__isnull=False).values_list("runs", flat=True) if tell_runs else ()
    gone = list(run_ids)
    thread.delete()
    return gone


def load_items(
    owner: OwnerId, thread_id: str, after: str | None, limit: int, order: str, *, hidden: bool
) -> Page[ThreadItem]:
    """A page by position. Without hidden items, ``has_more`` counts only those that are shown."""
    shown, more = pages.item_rows(owner, thread_id, after, limit, order, hidden=hidden)
    return Page(
        data=[rows.item_of(row.payload) for row in shown],
        has_more=more,
        after=shown[-1].item_id if more else None,
    )


def save_item(owner: OwnerId, thread_id: str, item: ThreadItem) -> None:
    """Insert at the end of the thread, or change in place what has this id there already."""
    connection = pages.database()
    now = stored_time(connection, timezone.now())
    # The update locks the thread: one writer at a time gets a position, on every database.
    reserve = [now, thread_id, pages.key_of(owner, connection)]
    has_attachments = isinstance(item, UserMessageItem) and bool(item.attachments)
    if connection.vendor != "sqlite" and not has_attachments:
        if not fetch(
            connection, _SAVE, [*reserve, thread_id, item.id, *_kept_of(connection, item)]
        ):
            raise NotFoundError(f"Thread {thread_id} not found")
        return
    with as_a_whole(connection):
        if not changed(connection, _RESERVE, reserve):
            raise NotFoundError(f"Thread {thread_id} not found")
        if isinstance(item, UserMessageItem) and item.attachments:
            claim_attachments(owner, thread_id, item)
        values = [thread_id, item.id, *_kept_of(connection, item), thread_id]
        do_step(connection, Step(_PUT_LAST, values))


def item_step(
    connection: BaseDatabaseWrapper, thread_id: str, item: ThreadItem, position: int
) -> Step:
    """Keep the item at this position, or where its id is already."""
    return Step(_PUT, [thread_id, item.id, *_kept_of(connection, item), position])


def _kept_of(connection: BaseDatabaseWrapper, item: ThreadItem) -> list[Any]:
    columns = rows.item_columns(item)
    created_at = stored_time(connection, columns["created_at"])
    return [columns["type"], columns["hidden"], columns["payload"], created_at]


def load_item(owner: OwnerId, thread_id: str, item_id: str) -> ThreadItem:
    return rows.item_of(item_row(owner, thread_id, item_id).payload)


def delete_item(owner: OwnerId, thread_id: str, item_id: str) -> None:
    models.ThreadItem.objects.filter(
        thread__owner=owner, thread=thread_id, item_id=item_id
    ).delete()


def save_attachment(owner: OwnerId, attachment: Attachment) -> None:
    with transaction.atomic(savepoint=False):
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
    payloads = {one.id: rows.attachment_payload(one) for one in owned}
    try:
        records.claim(owner, thread_id, message.id, payloads)
    except NotFound:
        raise NotFoundError(f"Attachments of message {message.id} not found") from None


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


def item_row(owner: OwnerId, thread_id: str, item_id: str) -> models.ThreadItem:
    row = models.ThreadItem.objects.filter(
        thread__owner=owner, thread=thread_id, item_id=item_id
    ).first()
    if row is None:
        raise NotFoundError(f"Item {item_id} not found")
    return row


def insert_thread(owner: OwnerId, thread: ThreadMetadata) -> bool:
    """Whether the thread is new, and kept now."""
    connection = pages.database()
    return do_step(connection, thread_step(connection, owner, thread, items=0))


def thread_step(
    connection: BaseDatabaseWrapper, owner: OwnerId, thread: ThreadMetadata, *, items: int
) -> Step:
    """Keep a new thread, which has so many items."""
    values = [
        thread.id,
        pages.key_of(owner, connection),
        stored_time(connection, to_utc(thread.created_at)),
        stored_time(connection, timezone.now()),
        False,
        items,
    ]
    return Step(_NEW_THREAD, [*values, *rows.thread_columns(thread).values()])
