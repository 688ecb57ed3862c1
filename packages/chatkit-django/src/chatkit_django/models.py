from typing import Any

from django.conf import settings
from django.db import models


class Thread(models.Model):
    """One conversation of one user. Times are UTC; ``""`` stands for "none"."""

    id = models.CharField(max_length=128, primary_key=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="chatkit_threads",
        db_index=False,
    )
    title = models.TextField(blank=True, default="")
    titled_by_user = models.BooleanField(
        default=False, help_text="then no answer changes the title"
    )
    status = models.CharField(max_length=16, default="active")
    status_reason = models.TextField(blank=True, default="")
    allowed_image_domains = models.TextField(blank=True, default="", help_text="JSON list")
    metadata = models.TextField(default="{}", help_text="JSON object, for the server only")
    next_item_position = models.BigIntegerField(default=0)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True, blank=True, help_text="then no list shows it")

    class Meta:
        # Two: a list skips no archived threads one by one, an export finds them too.
        indexes = [
            models.Index(fields=["owner", "created_at", "id"], name="chatkit_thread_page"),
            models.Index(
                fields=["owner", "created_at", "id"],
                condition=models.Q(archived_at__isnull=True),
                name="chatkit_listed_thread",
            ),
        ]
        permissions = [("view_content", "Can read what was written in threads")]

    def __str__(self) -> str:
        return self.id


class ThreadItem(models.Model):
    """One item of a thread, in the order of its first appearance."""

    thread = models.ForeignKey(
        Thread, on_delete=models.CASCADE, related_name="items", db_index=False
    )
    item_id = models.CharField(max_length=128)
    position = models.BigIntegerField()
    type = models.CharField(max_length=32)
    hidden = models.BooleanField(default=False, help_text="for the model's eyes only")
    payload = models.TextField(help_text="the item as JSON, as it goes over the wire")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["thread", "item_id"], name="chatkit_item_id"),
            models.UniqueConstraint(fields=["thread", "position"], name="chatkit_item_position"),
        ]
        # A page of what is shown skips no hidden items one by one.
        indexes = [
            models.Index(
                fields=["thread", "position"],
                condition=models.Q(hidden=False),
                name="chatkit_shown_item",
            )
        ]

    def __str__(self) -> str:
        return self.item_id


class Run(models.Model):
    """One response in a thread, while it is written and after. Positions are those of the items
    it made."""

    class Status(models.TextChoices):
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"
        STOPPED = "stopped"
        LOST = "lost"

    id = models.CharField(max_length=128, primary_key=True)
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="runs")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="chatkit_runs"
    )
    kind = models.CharField(max_length=40, help_text="the type of the request")
    status = models.CharField(max_length=16, choices=Status, default=Status.RUNNING)
    idempotency_key = models.CharField(max_length=128, blank=True, default="")
    request_digest = models.CharField(max_length=64, blank=True, default="")
    from_position = models.BigIntegerField()
    to_position = models.BigIntegerField(null=True, blank=True)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    lease_until = models.DateTimeField(help_text="lost if it is not renewed until then")
    stop_requested = models.BooleanField(
        default=False, db_default=False, help_text="whoever runs it is to stop it"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["thread"], condition=models.Q(status="running"), name="chatkit_one_run"
            ),
            models.UniqueConstraint(
                fields=["owner", "idempotency_key"],
                condition=~models.Q(idempotency_key=""),
                name="chatkit_idempotency_key",
            ),
        ]

    def __str__(self) -> str:
        return self.id


class RunEvents(models.Model):
    """Events of a run in a row, for readers in other processes. Kept for a while after its end."""

    # Without a constraint: with one, a thread could not be deleted while its run speaks, or the
    # events of all runs that speak would wait for that. What is left over expires.
    run = models.ForeignKey(
        Run, on_delete=models.CASCADE, related_name="events", db_index=False, db_constraint=False
    )
    first = models.BigIntegerField(help_text="number of the first event")
    last = models.BigIntegerField(help_text="number of the last event")
    ended = models.BooleanField(default=False, help_text="no event comes after these")
    frames = models.TextField(help_text="as they go over the wire")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "last"], name="chatkit_run_events")]
        verbose_name_plural = "run events"

    def __str__(self) -> str:
        return f"{self.first} to {self.last} of {self.run_id}"


class Feedback(models.Model):
    """What the user thinks of one item; the last word counts. It goes with the item."""

    item = models.OneToOneField(ThreadItem, on_delete=models.CASCADE, related_name="feedback")
    kind = models.CharField(
        max_length=8, choices=[("positive", "positive"), ("negative", "negative")]
    )
    given_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "feedback"

    def __str__(self) -> str:
        return self.kind


class Attachment(models.Model):
    """A file of one user: announced, then uploaded, then sent with one message. Its bytes are
    elsewhere, see ``AttachmentFile``."""

    class State(models.TextChoices):
        PENDING = "pending"
        UPLOADED = "uploaded"
        ATTACHED = "attached"

    id = models.CharField(max_length=128, primary_key=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="chatkit_attachments"
    )
    thread = models.ForeignKey(
        Thread, on_delete=models.CASCADE, null=True, blank=True, related_name="attachments"
    )
    message_id = models.CharField(max_length=128, blank=True, default="")
    state = models.CharField(max_length=16, choices=State, default=State.UPLOADED)
    size = models.BigIntegerField(default=0, help_text="bytes; 0 until they are here")
    content_type = models.CharField(
        max_length=127, blank=True, default="", help_text="told by the bytes, not by the client"
    )
    payload = models.TextField(help_text="the attachment as JSON, with its server-side metadata")
    created_at = models.DateTimeField()
    uploaded_at = models.DateTimeField(null=True, blank=True)
    attached_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "created_at"], name="chatkit_attachment_age")]

    def __str__(self) -> str:
        return self.id


class AttachmentFile(models.Model):
    """Bytes in the storage. The row is written before them and outlives its attachment until
    they are deleted, so that none are ever forgotten."""

    class Role(models.TextChoices):
        ORIGINAL = "original"
        PREVIEW = "preview"

    name = models.CharField(max_length=255, primary_key=True, help_text="in the storage")
    attachment = models.ForeignKey(
        Attachment, on_delete=models.SET_NULL, null=True, blank=True, related_name="files"
    )
    role = models.CharField(max_length=16, choices=Role)
    content_type = models.CharField(max_length=127)
    size = models.BigIntegerField()
    created_at = models.DateTimeField()
    linked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class SessionToken(models.Model):
    """A bearer token in force, known by its hash. To revoke it, delete it."""

    digest = models.CharField(max_length=64, primary_key=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="chatkit_tokens"
    )
    sign_in = models.CharField(max_length=64, help_text="changes with the user's password")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"token of user {self.user_id}"


class LimitCounter(models.Model):
    """How much of a limit a user or an address has used. ``ends_at`` is in seconds since 1970."""

    subject = models.CharField(max_length=64, help_text="a keyed hash of the user or address")
    kind = models.CharField(max_length=16)
    ends_at = models.BigIntegerField(db_index=True)
    amount = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "kind"], name="chatkit_limit_counter")
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.subject}"


class ResponseSlot(models.Model):
    """One of the responses a user or an address may have in flight, while it is."""

    subject = models.CharField(max_length=64, help_text="a keyed hash of the user or address")
    number = models.IntegerField()
    holder = models.CharField(max_length=32)
    ends_at = models.BigIntegerField(help_text="when it is free although not freed")

    class Meta:
        indexes = [models.Index(fields=["holder"], name="chatkit_slot_holder")]
        constraints = [
            models.UniqueConstraint(fields=["subject", "number"], name="chatkit_response_slot")
        ]

    def __str__(self) -> str:
        return f"{self.number} of {self.subject}"


class AuditKey(models.Model):
    """What makes a user's references in the audit. Without it they lead to nobody."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="chatkit_audit_key",
    )
    key = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"audit key of user {self.pk}"


class AppendOnly(models.QuerySet["AuditEntry"]):
    """Refuses to change or delete what was written."""

    def update(self, **values: object) -> int:
        raise TypeError("The audit is append-only.")

    def bulk_update(self, *args: object, **options: object) -> int:
        raise TypeError("The audit is append-only.")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise TypeError("The audit is append-only.")


class AuditEntry(models.Model):
    """What happened, when, and to whom, without names and contents. Append-only."""

    class Kind(models.TextChoices):
        TOKEN_ISSUED = "token_issued"  # noqa: S105  (no password)
        EXPORTED = "exported"
        ERASED = "erased"
        FORBIDDEN = "refused_403"
        NOT_FOUND = "refused_404"
        LIMITED = "refused_429"

    at = models.DateTimeField(auto_now_add=True, db_index=True)
    kind = models.CharField(max_length=16, choices=Kind)
    person = models.CharField(
        max_length=64, blank=True, db_index=True, help_text="reference of the user, if known"
    )
    count = models.BigIntegerField(default=1, help_text="of refusals: so many in this hour so far")

    objects = AppendOnly.as_manager()

    class Meta:
        verbose_name_plural = "audit entries"

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d %H:%M}"

    def save(self, *args: Any, **options: Any) -> None:
        if not self._state.adding:
            raise TypeError("The audit is append-only.")
        super().save(*args, **options)

    def delete(self, *args: Any, **options: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("The audit is append-only.")
