"""Bytes go when their attachment goes, whoever deletes it: soon after the commit, in a thread of
their own, else later by ``manage.py chatkit_collect``."""

import atexit
import logging
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.db.models.signals import pre_delete
from django.dispatch import receiver
from django.utils import timezone

from chatkit_django.conf import ATTACHMENT_KEEP_HOURS
from chatkit_django.files import records, storage
from chatkit_django.files.deletion_thread import DeletionThread
from chatkit_django.models import Attachment, AttachmentFile

logger = logging.getLogger(__name__)

UPLOAD_TIME = timedelta(hours=1)  # an upload that takes longer has died
BATCH = 200
EXIT_SECONDS = 5  # a script that has deleted something ends this much later at most

_here: ContextVar[bool] = ContextVar("chatkit_deletion_here", default=False)


@dataclass(frozen=True)
class Collected:
    """``attachments``: never sent, or their message is gone. ``files``: bytes whose attachment was
    gone before. ``failed``: bytes the storage would not delete."""

    attachments: int
    files: int
    failed: int


def discard(names: Iterable[str]) -> int:
    """Delete the bytes, then forget them. How many are gone."""
    remaining = iter(names)
    gone = 0
    while batch := list(islice(remaining, BATCH)):
        deleted = [name for name in batch if storage.delete(name)]
        AttachmentFile.objects.filter(name__in=deleted).delete()
        gone += len(deleted)
    return gone


deletion_thread = DeletionThread(discard)
atexit.register(deletion_thread.settle, EXIT_SECONDS)


@contextmanager
def without_delay() -> Iterator[None]:
    """Bytes of what is deleted in here are gone as soon as it is committed."""
    token = _here.set(True)
    try:
        yield
    finally:
        _here.reset(token)


@without_delay()
def collect() -> Collected:
    """Delete what nobody can reach any more and is older than ``CHATKIT_ATTACHMENT_KEEP_HOURS``,
    and the bytes of everything deleted."""
    now = timezone.now()
    old = now - timedelta(hours=ATTACHMENT_KEEP_HOURS.get())
    attached = Attachment.objects.filter(state=Attachment.State.ATTACHED)
    # What another attachment store keeps has no bytes here and is not ours to delete.
    ours = Q(state=Attachment.State.PENDING) | Exists(
        AttachmentFile.objects.filter(attachment=OuterRef("pk"))
    )
    never_sent = Attachment.objects.exclude(state=Attachment.State.ATTACHED)
    attachments = _delete(
        never_sent.alias(age=Coalesce("uploaded_at", "created_at")).filter(ours, age__lt=old)
    ) + _delete(attached.filter(~records.has_message(), attached_at__lt=old))
    ownerless = AttachmentFile.objects.filter(attachment=None).filter(
        Q(linked_at__isnull=False) | Q(created_at__lt=now - UPLOAD_TIME)
    )
    names = list(ownerless.values_list("name", flat=True))
    files = discard(names)
    return Collected(attachments, files, len(names) - files)


def _delete(found: QuerySet[Attachment]) -> int:
    """In small transactions; what is no longer as it was found is kept."""
    keys = iter(list(found.values_list("pk", flat=True)))
    count = 0
    while batch := list(islice(keys, BATCH)):
        with transaction.atomic():
            count += records.lock(found.filter(pk__in=batch))
            found.filter(pk__in=batch).delete()
    return count


@receiver(pre_delete, sender=Attachment, dispatch_uid="chatkit_django.files.deletion")
def _bytes_go_too(instance: Attachment, using: str, **kwargs: Any) -> None:
    # A write before the first read: SQLite refuses to go from reading to writing once somebody
    # else has written.
    if not records.lock(Attachment.objects.filter(pk=instance.pk)):
        return
    if names := list(instance.files.values_list("name", flat=True)):
        transaction.on_commit(partial(discard if _here.get() else _discard_later, names), using)


def _discard_later(names: Sequence[str]) -> None:
    if not deletion_thread.add(names):
        logger.warning("Too many files are being deleted: chatkit_collect has to delete some")
