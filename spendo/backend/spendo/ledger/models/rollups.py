"""Sums of transactions that the database keeps, so that a total does not read every row.

Nothing here is a fact of its own: `spendo.ledger.rollups` makes it of the transactions, and can
make it again at any time.
"""

from django.db import models

from spendo.ledger.models.accounts import Account
from spendo.ledger.models.categories import Category
from spendo.ledger.querysets import RollupQuerySet


class Rollup(models.Model):
    """The sum of the rows of one account and one piece of time that are alike.

    `piece` is a day ("D2026-05-14"), a month ("M2026-05"), a quarter ("Q2026-2"), a year
    ("Y2026") or all time ("A"). In the scope "balance" are the rows of the statement that have
    posted. In "category" and "merchant" are the rows that reports count, parts in the place of
    what was split; only in "merchant" apart by merchant. The sum is high · 10⁶ + low, because the
    sum of many large amounts does not fit in 64 bits.

    The other columns are what rows have `with_meaning`. There are no foreign keys: what a rollup
    names may be gone until it is made again.
    """

    class Scope(models.TextChoices):
        BALANCE = "balance"
        CATEGORY = "category"
        MERCHANT = "merchant"

    user_id = models.BigIntegerField()
    account_id = models.BigIntegerField()
    scope = models.CharField(max_length=8, choices=Scope)
    piece = models.CharField(max_length=11)
    used_category = models.BigIntegerField(null=True)
    merchant_key = models.CharField(max_length=600, blank=True)
    merchant = models.CharField(max_length=200, blank=True)
    status = models.CharField(max_length=7)
    hidden = models.BooleanField()
    is_paired = models.BooleanField()
    is_refund = models.BooleanField()
    direction = models.SmallIntegerField()
    number = models.BigIntegerField()
    high = models.BigIntegerField()
    low = models.BigIntegerField()

    account = models.ForeignObject(
        Account,
        on_delete=models.DO_NOTHING,
        from_fields=["account_id"],
        to_fields=["id"],
        related_name="+",
    )
    category = models.ForeignObject(
        Category,
        on_delete=models.DO_NOTHING,
        from_fields=["used_category"],
        to_fields=["id"],
        related_name="+",
        null=True,
    )

    objects = RollupQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["user_id", "scope", "piece"], name="rollup_user_piece"),
            models.Index(fields=["account_id", "piece"], name="rollup_account_piece"),
        ]

    def __str__(self) -> str:
        return f"{self.scope} of {self.account_id} in {self.piece}"


class StaleMonth(models.Model):
    """A month of an account ("2026-05") whose rollups are to be made again, or a transaction whose
    month it is. Triggers write it with every change, whoever makes it."""

    user_id = models.BigIntegerField()
    account_id = models.BigIntegerField(null=True)
    month = models.CharField(max_length=7, blank=True)
    transaction_id = models.BigIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["user_id"], name="stale_month_user"),
            models.Index(fields=["account_id", "month"], name="stale_month_account"),
        ]

    def __str__(self) -> str:
        return f"{self.month} of {self.account_id}"
