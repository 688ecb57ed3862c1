"""What came in together from one file, and files that wait for their user's word."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class ImportBatch(models.Model):
    """One file that was imported. A reverted batch has no transactions left."""

    class Format(models.TextChoices):
        CSV = "csv"
        OFX = "ofx"
        QIF = "qif"
        CAMT = "camt"
        JSON = "json"

    class Status(models.TextChoices):
        DONE = "done"
        REVERTED = "reverted"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    file_name = models.CharField(max_length=255)
    file_format = models.CharField(max_length=4, choices=Format)
    sha256 = models.CharField(max_length=64)
    status = models.CharField(max_length=8, choices=Status, default=Status.DONE)
    added = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0)
    settled = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name_plural = "import batches"
        indexes = [models.Index(fields=["user", "-id"], name="import_batch_user_newest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(file_format__in=["csv", "ofx", "qif", "camt", "json"])
                & Q(status__in=["done", "reverted"]),
                name="import_batch_known",
            )
        ]

    def __str__(self) -> str:
        return self.file_name


def new_draft_id() -> str:
    """Not to be guessed."""
    return secrets.token_hex(16)


class ImportDraft(models.Model):
    """A file that was sent and is not imported yet. It is its user's only, and goes when it was
    imported, dropped, or at `expires_at`. `content` is packed by zlib, `size` is that of the file.
    """

    id = models.CharField(primary_key=True, max_length=32, default=new_draft_id, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField(db_index=True)
    file_name = models.CharField(max_length=255)
    size = models.PositiveIntegerField()
    content = models.BinaryField()
    choices = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.file_name
