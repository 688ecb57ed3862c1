"""What came in together from one file, and files that wait for their user's word."""

import secrets
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

from spendo.ledger.imports.columns import mapping_from
from spendo.ledger.imports.errors import ImportRefused
from spendo.users.fields import is_storable


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


def validate_columns(value: Any) -> None:
    if not isinstance(value, list) or not all(map(_is_name, value)):
        raise ValidationError("These are no names of columns.")


def validate_mapping(value: Any) -> None:
    try:
        if value:
            mapping_from(value)
    except (ImportRefused, AttributeError):
        raise ValidationError("This is no mapping of columns.") from None


def _is_name(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= 200 and is_storable(value)


class ImportHeader(models.Model):
    """How tables with this header are read, because their user said so of one. Nothing else of
    the file is kept. With `several_accounts` the account is asked for each time."""

    is_memory = True

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    used_at = models.DateTimeField(default=timezone.now)
    columns = models.JSONField(validators=[validate_columns])
    mapping = models.JSONField(default=dict, blank=True, validators=[validate_mapping])
    profile = models.CharField(max_length=40, blank=True)
    date_order = models.CharField(
        max_length=3, blank=True, choices=[(each, each) for each in ("dmy", "mdy", "ymd")]
    )
    decimal_mark = models.CharField(
        max_length=1, blank=True, choices=[(each, each) for each in (".", ",")]
    )
    account = models.ForeignKey(
        "ledger.Account", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    several_accounts = models.BooleanField(default=False)

    def __str__(self) -> str:
        return ", ".join(self.columns)
