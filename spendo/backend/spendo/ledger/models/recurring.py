"""Payments that come again and again."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from spendo.ledger.models.accounts import Account
from spendo.ledger.models.bounds import within_range
from spendo.ledger.models.categories import Category
from spendo.users.fields import FoldedField


class RecurringSeries(models.Model):
    """What the user has said about a series: it is one, is none, or has ended.

    Series that nobody has said anything about are found in the transactions as they are asked
    for. `merchant_key` and `account` name the payments; `amount_minor` is what is expected, in
    the account's currency, negative for money out; `first_on` is a day on which it was due.
    """

    class Kind(models.TextChoices):
        SUBSCRIPTION = "subscription"
        BILL = "bill"
        INCOME = "income"
        TRANSFER = "transfer"

    class Cadence(models.TextChoices):
        WEEKLY = "weekly"
        EVERY_TWO_WEEKS = "every_two_weeks"
        TWICE_A_MONTH = "twice_a_month"
        MONTHLY = "monthly"
        QUARTERLY = "quarterly"
        YEARLY = "yearly"

    class Status(models.TextChoices):
        CONFIRMED = "confirmed"
        DISMISSED = "dismissed"
        ENDED = "ended"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    merchant = models.CharField(max_length=200)
    merchant_key = FoldedField(source="merchant", max_length=600)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    category = models.ForeignKey(
        Category, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    kind = models.CharField(max_length=12, choices=Kind)
    cadence = models.CharField(max_length=15, choices=Cadence)
    status = models.CharField(max_length=9, choices=Status, default=Status.CONFIRMED)
    amount_minor = models.BigIntegerField()
    first_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "recurring series"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "account", "merchant_key", "cadence"],
                name="recurring_series_once_per_account",
            ),
            models.CheckConstraint(
                condition=within_range("amount_minor"), name="recurring_amount_in_range"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["subscription", "bill", "income", "transfer"])
                & Q(status__in=["confirmed", "dismissed", "ended"])
                & Q(
                    cadence__in=[
                        "weekly",
                        "every_two_weeks",
                        "twice_a_month",
                        "monthly",
                        "quarterly",
                        "yearly",
                    ]
                ),
                name="recurring_series_known",
            ),
        ]

    def __str__(self) -> str:
        return self.merchant
