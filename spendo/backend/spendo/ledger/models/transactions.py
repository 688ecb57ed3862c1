"""The rows of statements, and the movements that two of them are."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from spendo.ledger.models.accounts import Account
from spendo.ledger.models.bounds import within_range
from spendo.ledger.models.categories import Category, Tag
from spendo.ledger.models.imports import ImportBatch
from spendo.ledger.querysets import TransactionQuerySet
from spendo.users.fields import FoldedField

EARLIEST_DATE = "1900-01-01"
DESCRIPTION_LIMIT = 2000


class Transaction(models.Model):
    """One row of an account's statement, or a part of one; a negative amount is money out.

    `date` is the day it was booked, `value_date` the day from which the bank counts it.
    `description` is what the bank wrote, whole and unchanged. A row with parts (`is_split`) moves
    its account's balance; in everything else its parts stand in its place. `import_key` knows a
    row without an `external_id` again when its file comes a second time.
    """

    class Status(models.TextChoices):
        POSTED = "posted"
        PENDING = "pending"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="transactions")
    date = models.DateField()
    value_date = models.DateField(null=True, blank=True)
    amount_minor = models.BigIntegerField()
    description = models.CharField(max_length=DESCRIPTION_LIMIT)
    description_key = FoldedField(source="description", max_length=3 * DESCRIPTION_LIMIT)
    merchant = models.CharField(max_length=200, blank=True)
    merchant_key = FoldedField(source="merchant", max_length=600, blank=True)
    category = models.ForeignKey(
        Category, null=True, blank=True, on_delete=models.SET_NULL, related_name="transactions"
    )
    tags = models.ManyToManyField(Tag, blank=True, related_name="transactions")
    note = models.CharField(max_length=1000, blank=True)
    note_key = FoldedField(source="note", max_length=3000, blank=True)
    status = models.CharField(max_length=7, choices=Status, default=Status.POSTED)
    hidden = models.BooleanField(default=False)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="parts"
    )
    is_split = models.BooleanField(default=False)
    refund_of = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="refunds"
    )
    external_id = models.CharField(max_length=100, blank=True)
    import_key = models.CharField(max_length=64, blank=True)
    import_batch = models.ForeignKey(
        ImportBatch, null=True, blank=True, on_delete=models.SET_NULL, related_name="transactions"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    is_transfer: bool  # by TransactionQuerySet.with_meaning()
    part: str  # by TransactionQuerySet.sorted_into_parts()

    objects = TransactionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "external_id"],
                condition=~Q(external_id=""),
                name="transaction_once_per_account",
            ),
            models.UniqueConstraint(
                fields=["account", "import_key"],
                condition=~Q(import_key=""),
                name="transaction_import_key_once_per_account",
            ),
            models.CheckConstraint(
                condition=within_range("amount_minor"), name="transaction_amount_in_range"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["posted", "pending"]), name="transaction_status_known"
            ),
            models.CheckConstraint(
                condition=Q(date__gte=EARLIEST_DATE), name="transaction_date_since_1900"
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | Q(is_split=False),
                name="transaction_part_has_no_parts",
            ),
            models.CheckConstraint(
                condition=Q(is_split=False) | Q(status="posted"),
                name="transaction_pending_has_no_parts",
            ),
        ]
        indexes = [
            models.Index(fields=["user", "date", "id"], name="transaction_user_date"),
            models.Index(
                fields=["account", "date", "amount_minor"], name="transaction_account_amounts"
            ),
            models.Index(fields=["user", "category", "date"], name="transaction_user_category"),
            models.Index(fields=["user", "merchant_key", "date"], name="transaction_user_merchant"),
            models.Index(fields=["user", "amount_minor", "id"], name="transaction_user_amount"),
            models.Index(
                fields=["user", "account"],
                condition=Q(status="pending"),
                name="transaction_user_pending",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.description}"

    def clean(self) -> None:
        """For forms; services check the same for whole lists at once."""
        owners = {self.account.user_id, *([self.category.user_id] if self.category else [])}
        if owners != {self.user_id}:
            raise ValidationError("The account and the category must be the user's own.")


class Transfer(models.Model):
    """Two transactions that are one movement between the user's own accounts."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    outflow = models.OneToOneField(
        Transaction, on_delete=models.CASCADE, related_name="transfer_out"
    )
    inflow = models.OneToOneField(Transaction, on_delete=models.CASCADE, related_name="transfer_in")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(outflow=F("inflow")), name="transfer_between_two_transactions"
            )
        ]

    def __str__(self) -> str:
        return f"{self.outflow_id} to {self.inflow_id}"

    def clean(self) -> None:
        if {self.outflow.user_id, self.inflow.user_id} != {self.user_id}:
            raise ValidationError("Both transactions must be the user's own.")
