"""The ledger. Amounts are integers of the smallest unit of the account's currency."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from spendo.ledger.money import MAX_MINOR
from spendo.ledger.querysets import AccountQuerySet, TransactionQuerySet
from spendo.users.fields import FoldedField
from spendo.users.validators import validate_currency

EARLIEST_DATE = "1900-01-01"


def _within_range(field: str) -> Q:
    return Q(**{f"{field}__gte": -MAX_MINOR, f"{field}__lte": MAX_MINOR})


class Institution(models.Model):
    """Where accounts are held: a bank, a broker, a drawer at home."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=120)
    name_key = FoldedField(source="name", max_length=360)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "name_key"], name="institution_once_per_user")
        ]

    def __str__(self) -> str:
        return self.name


class Account(models.Model):
    """A bank account; what is owed has a negative balance."""

    class Kind(models.TextChoices):
        CHECKING = "checking"
        CREDIT_CARD = "credit_card"
        CASH = "cash"
        SAVINGS = "savings"
        INVESTMENT = "investment"
        RETIREMENT = "retirement"
        LOAN = "loan"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    institution = models.ForeignKey(Institution, on_delete=models.CASCADE, related_name="accounts")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=16, choices=Kind)
    currency = models.CharField(max_length=3, validators=[validate_currency])
    opening_balance_minor = models.BigIntegerField(default=0)
    opened_on = models.DateField()
    hidden = models.BooleanField(default=False)

    objects = AccountQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=_within_range("opening_balance_minor"), name="account_opening_in_range"
            ),
            models.CheckConstraint(
                condition=Q(
                    kind__in=[
                        "checking",
                        "credit_card",
                        "cash",
                        "savings",
                        "investment",
                        "retirement",
                        "loan",
                    ]
                ),
                name="account_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(currency__regex=r"^[A-Z][A-Z][A-Z]$"), name="account_currency_is_code"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if self.institution.user_id != self.user_id:
            raise ValidationError("The institution must be the user's own.")


class Category(models.Model):
    class Kind(models.TextChoices):
        EXPENSE = "expense"
        INCOME = "income"
        TRANSFER = "transfer"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=120)
    name_key = FoldedField(source="name", max_length=360)
    kind = models.CharField(max_length=8, choices=Kind)

    class Meta:
        verbose_name_plural = "categories"
        constraints = [
            models.UniqueConstraint(fields=["user", "name_key"], name="category_once_per_user"),
            models.CheckConstraint(
                condition=Q(kind__in=["expense", "income", "transfer"]), name="category_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Transaction(models.Model):
    """One row of an account's statement; a negative amount is money out."""

    class Status(models.TextChoices):
        POSTED = "posted"
        PENDING = "pending"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="transactions")
    date = models.DateField()
    amount_minor = models.BigIntegerField()
    description = models.CharField(max_length=500)
    merchant = models.CharField(max_length=200, blank=True)
    merchant_key = FoldedField(source="merchant", max_length=600, blank=True)
    category = models.ForeignKey(
        Category, null=True, blank=True, on_delete=models.SET_NULL, related_name="transactions"
    )
    status = models.CharField(max_length=7, choices=Status, default=Status.POSTED)
    hidden = models.BooleanField(default=False)
    external_id = models.CharField(max_length=100, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    is_transfer: bool  # by TransactionQuerySet.with_transfer_mark()

    objects = TransactionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "external_id"],
                condition=~Q(external_id=""),
                name="transaction_once_per_account",
            ),
            models.CheckConstraint(
                condition=_within_range("amount_minor"), name="transaction_amount_in_range"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["posted", "pending"]), name="transaction_status_known"
            ),
            models.CheckConstraint(
                condition=Q(date__gte=EARLIEST_DATE), name="transaction_date_since_1900"
            ),
        ]
        indexes = [
            models.Index(fields=["user", "date", "id"], name="transaction_user_date"),
            models.Index(fields=["account", "date"], name="transaction_account_date"),
            models.Index(fields=["user", "category", "date"], name="transaction_user_category"),
            models.Index(fields=["user", "merchant_key", "date"], name="transaction_user_merchant"),
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
