"""Every change of the ledger, as it was before and after, so that it can be seen and undone."""

from typing import Any, Never, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import Q

M = TypeVar("M", bound=models.Model)


class AppendOnlyError(TypeError):
    """What has happened is not rewritten. It goes only together with its user."""


class AppendOnlyQuerySet(models.QuerySet[M]):
    def update(self, **values: Any) -> Never:
        raise AppendOnlyError

    def delete(self) -> Never:
        raise AppendOnlyError


class AppendOnly(models.Model):
    """Rows that are written once."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **options: Any) -> None:
        if not self._state.adding:
            raise AppendOnlyError
        super().save(*args, **options)

    def delete(self, *args: Any, **options: Any) -> Never:
        raise AppendOnlyError


class Change(AppendOnly):
    """One act of the user: everything in it happens, or nothing, and is undone together.

    `source` is where it was done. `undoes` is the change that this one took back.
    """

    class Source(models.TextChoices):
        WEB = "web"
        CHAT = "chat"
        COMMAND = "command"
        SYSTEM = "system"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    kind = models.CharField(max_length=40)
    summary = models.CharField(max_length=300)
    source = models.CharField(max_length=8, choices=Source)
    undoes = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="undone_by"
    )

    class Meta:
        indexes = [models.Index(fields=["user", "-id"], name="change_user_newest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(source__in=["web", "chat", "command", "system"]),
                name="change_source_known",
            )
        ]

    def __str__(self) -> str:
        return self.summary


class ChangedRow(AppendOnly):
    """A row that was made (`before` is null), changed, or deleted (`after` is null).

    Both are the fields that differ by name; a row that was made or deleted has all of them. An act
    on many rows is kept in blocks: `row_id` is the first of `count` rows, and both are tables, a
    list of names and then a list per row, its id first.
    """

    change = models.ForeignKey(Change, on_delete=models.CASCADE, related_name="rows")
    model = models.CharField(max_length=40)
    row_id = models.BigIntegerField()
    count = models.PositiveIntegerField(default=1)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    class Meta:
        indexes = [models.Index(fields=["model", "row_id"], name="changed_row_of")]

    def __str__(self) -> str:
        return f"{self.model} {self.row_id}"
