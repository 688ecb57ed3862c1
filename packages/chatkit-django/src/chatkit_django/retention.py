"""What is kept, for how long, and what a user can ask for: archive, prune, export, erase.

Plain functions for views, commands and jobs of the project. Deleting takes feedback, attachments
and their bytes along; ``prune`` and ``erase`` return when the bytes are gone.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import time
from typing import Any

from asgiref.sync import async_to_sync
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from chatkit_django import audit, limits
from chatkit_django.files import deletion, storage
from chatkit_django.models import (
    Attachment,
    AttachmentFile,
    AuditKey,
    LimitCounter,
    ResponseSlot,
    Run,
    SessionToken,
    Thread,
    ThreadItem,
)
from chatkit_django.runs import logs

BATCH = 100
"""Threads deleted in one transaction: a writer beside it waits for no more than that."""


@dataclass(frozen=True)
class Pruned:
    threads: int
    tokens: int


@dataclass(frozen=True)
class Erased:
    """``files_left``: bytes that the storage would not delete; ``chatkit_collect`` tries again."""

    threads: int
    attachments: int
    files_left: int


def archive_thread(user: AbstractBaseUser, thread_id: str) -> bool:
    """Take the thread out of the lists. False if the user has no such thread."""
    return _set_archived(user, thread_id, timezone.now())


def unarchive_thread(user: AbstractBaseUser, thread_id: str) -> bool:
    return _set_archived(user, thread_id, None)


def delete_thread(user: AbstractBaseUser, thread_id: str) -> bool:
    """False if the user has no such thread."""
    with transaction.atomic():
        thread = Thread.objects.filter(owner_id=user.pk, id=thread_id)
        run_ids = _runs_in(thread)
        deleted, _ = thread.delete()
    async_to_sync(logs.forget)(run_ids)
    return deleted > 0


@deletion.without_delay()
def prune(older_than: timedelta, *, dry_run: bool = False) -> Pruned:
    """Delete the threads in which nothing has happened for so long, archived or not, and what the
    tokens and counters of past times have left. With ``dry_run`` only count."""
    now = timezone.now()
    threads = Thread.objects.filter(updated_at__lt=now - older_than)
    tokens = SessionToken.objects.filter(expires_at__lte=now)
    if dry_run:
        return Pruned(threads.count(), tokens.count())
    deleted_tokens, _ = tokens.delete()
    LimitCounter.objects.filter(ends_at__lte=int(time())).delete()
    ResponseSlot.objects.filter(ends_at__lte=int(time())).delete()
    return Pruned(sum(_delete_threads(older_than=now - older_than)), deleted_tokens)


def export(user: AbstractBaseUser) -> dict[str, Any]:
    """Everything the chat has of the user, as plain JSON values; times in ISO 8601."""
    audit.record(audit.Kind.EXPORTED, user.pk)
    threads = Thread.objects.filter(owner_id=user.pk).order_by("created_at", "id")
    attachments = Attachment.objects.filter(owner_id=user.pk).order_by("created_at", "id")
    return {
        "user": {"id": str(user.pk), "name": user.get_username()},
        "exported_at": timezone.now().isoformat(),
        "threads": [_thread(row) for row in threads.iterator(BATCH)],
        "attachments": [_attachment(row) for row in attachments.iterator(BATCH)],
    }


def exported_files(user: AbstractBaseUser) -> Iterator[tuple[str, bytes]]:
    """The bytes of the attachments in ``export``, each with its name there."""
    for file in AttachmentFile.objects.filter(
        attachment__owner_id=user.pk, role=AttachmentFile.Role.ORIGINAL
    ).select_related("attachment"):
        assert file.attachment is not None  # noqa: S101  it was filtered by
        with storage.open_file(file.name) as content:
            yield _file_name(file.attachment), content.read()


@deletion.without_delay()
def erase(user: AbstractBaseUser) -> Erased:
    """Leave nothing of the user in the chat: threads, files, tokens, counters. The user itself is
    the project's. The audit keeps that it was done, and no way to know for whom."""
    audit.record(audit.Kind.ERASED, user.pk)
    names = list(
        AttachmentFile.objects.filter(attachment__owner_id=user.pk).values_list("name", flat=True)
    )
    attachments = Attachment.objects.filter(owner_id=user.pk).count()
    threads = sum(_delete_threads(owner_id=user.pk))
    Attachment.objects.filter(owner_id=user.pk).delete()
    SessionToken.objects.filter(user_id=user.pk).delete()
    limits.forget(user.pk)
    audit.refusals.forget()
    AuditKey.objects.filter(user_id=user.pk).delete()
    left = AttachmentFile.objects.filter(name__in=names).count()
    return Erased(threads, attachments, left)


def _set_archived(user: AbstractBaseUser, thread_id: str, at: datetime | None) -> bool:
    mine = Thread.objects.filter(owner_id=user.pk, id=thread_id)
    return mine.update(archived_at=at) > 0


def _delete_threads(*, owner_id: Any = None, older_than: datetime | None = None) -> Iterator[int]:
    """How many threads each batch has deleted."""
    found = Thread.objects.all()
    if owner_id is not None:
        found = found.filter(owner_id=owner_id)
    if older_than is not None:
        found = found.filter(updated_at__lt=older_than)
    while keys := list(found.values_list("pk", flat=True)[:BATCH]):
        with transaction.atomic():
            # Locked, and looked at again: somebody may have written in it meanwhile.
            batch = found.filter(pk__in=keys)
            number = batch.update(next_item_position=F("next_item_position"))
            run_ids = _runs_in(batch)
            batch.delete()
        async_to_sync(logs.forget)(run_ids)
        yield number


def _runs_in(threads: QuerySet[Thread]) -> list[str]:
    """The runs that the event log has to forget."""
    if not logs.outlives_runs():
        return []
    return list(Run.objects.filter(thread__in=threads).values_list("id", flat=True))


def _thread(row: Thread) -> dict[str, Any]:
    items = ThreadItem.objects.filter(thread=row).order_by("position").select_related("feedback")
    return {
        "id": row.id,
        "title": row.title,
        "status": row.status,
        "metadata": json.loads(row.metadata),
        "created_at": row.created_at.isoformat(),
        "updated_at": row.updated_at.isoformat(),
        "archived_at": row.archived_at and row.archived_at.isoformat(),
        "items": [_item(item) for item in items],
    }


def _item(row: ThreadItem) -> dict[str, Any]:
    item: dict[str, Any] = {**json.loads(row.payload), "hidden": row.hidden}
    feedback = getattr(row, "feedback", None)
    if feedback is not None:
        item["feedback"] = {"kind": feedback.kind, "given_at": feedback.given_at.isoformat()}
    return item


def _attachment(row: Attachment) -> dict[str, Any]:
    return {
        **json.loads(row.payload),
        "state": row.state,
        "size": row.size,
        "content_type": row.content_type,
        "thread_id": row.thread_id,
        "message_id": row.message_id,
        "created_at": row.created_at.isoformat(),
        "file": _file_name(row),
    }


def _file_name(row: Attachment) -> str:
    """Without what the user called it: that is in the JSON, and may be any text."""
    return f"files/{row.id}"
