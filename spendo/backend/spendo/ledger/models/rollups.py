"""Sums of transactions that the database keeps, so that a total does not read every row.

Nothing here is a fact of its own: `spendo.ledger.rollups` makes it of the transactions, and can
make it again at any time.
"""

from datetime import date

from django.db import models
from django.db.models import Q

from spendo.ledger.models.accounts import Account
from spendo.ledger.models.categories import Category
from spendo.ledger.querysets import RollupQuerySet, TotalQuerySet


class Rollup(models.Model):
    """The sum of the rows of one account and one piece of time that are alike.

    `piece` is a day ("D2026-05-14"), eight days from the 1st, 9th or 17th on or the rest of the
    month from the 25th ("E2026-05-09"), a month ("M2026-05"), a quarter ("Q2026-2"), a year
    ("Y2026") or all time ("A"). In the scope "balance" are the rows of the statement that have
    posted, in "shown" those that are not hidden, pending ones among them. In "category" and
    "merchant" are the rows that reports count, parts in the place of what was split; only in
    "merchant" apart by merchant. The sum is high · 10⁶ + low, because the sum of many large
    amounts does not fit in 64 bits.

    What is in another currency than the user's is apart by whether its worth is kept: in the
    currency `worth_in`, as worth_high · 10¹² + worth_low numerators of what `Rate.ratio` converts
    to, of rows from `first_day` to `last_day`. `worth_in` is "" where it is not.

    The other columns are what rows have `with_meaning`. There are no foreign keys: what a rollup
    names may be gone until it is made again.
    """

    class Scope(models.TextChoices):
        BALANCE = "balance"
        SHOWN = "shown"
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
    worth_in = models.CharField(max_length=3, blank=True, default="", db_default="")
    worth_high = models.BigIntegerField(default=0, db_default=0)
    worth_low = models.BigIntegerField(default=0, db_default=0)
    first_day = models.DateField(null=True)
    last_day = models.DateField(null=True)

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
            models.Index(
                fields=["user_id", "scope", "piece", "merchant_key"],
                name="rollup_user_piece_merchant",
            ),
            models.Index(
                fields=["account_id", "scope", "piece"], name="rollup_account_scope_piece"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scope} of {self.account_id} in {self.piece}"


class Total(models.Model):
    """The sum of the rollups of all accounts of a user that count as the same in one piece of time.

    `part` is where a total without transfers puts them, `measure` what they are of, so nothing
    has to be asked of an account or a category. In the scope "all" are all of them, by currency.

    In "category" and "merchant" are their groups, from pieces of eight days on: the days are the
    rollups'. There the sum is of what is in the user's currency, `worth_in`, and beside it stands
    what others were worth; their number is of both. Only what has another denominator, or is of
    no known worth, is a total of its own, of its currency and with a sum of 0.
    """

    class Scope(models.TextChoices):
        ALL = "all"
        CATEGORY = "category"
        MERCHANT = "merchant"

    user_id = models.BigIntegerField()
    scope = models.CharField(max_length=8, choices=Scope)
    piece = models.CharField(max_length=11)
    used_category = models.BigIntegerField(null=True)
    merchant_key = models.CharField(max_length=600, blank=True)
    merchant = models.CharField(max_length=200, blank=True)
    part = models.CharField(max_length=9)
    measure = models.CharField(max_length=8)
    is_pending = models.BooleanField()
    is_transfer = models.BooleanField()
    currency = models.CharField(max_length=3)
    number = models.BigIntegerField()
    high = models.BigIntegerField()
    low = models.BigIntegerField()
    worth_in = models.CharField(max_length=3, blank=True)
    worth_high = models.BigIntegerField()
    worth_low = models.BigIntegerField()
    first_day = models.DateField(null=True)
    last_day = models.DateField(null=True)

    objects = TotalQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["user_id", "scope", "piece", "merchant_key"],
                name="total_user_piece_merchant",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scope} of {self.user_id} in {self.piece}"


class Twin(models.Model):
    """A row of money out that has another one near it: of the same account, merchant and amount,
    a few days apart. Whether both count is asked of the rows themselves."""

    user_id = models.BigIntegerField()
    account_id = models.BigIntegerField()
    date = models.DateField()
    transaction_id = models.BigIntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["user_id", "date"], name="twin_user_date"),
            models.Index(fields=["account_id", "date"], name="twin_account_date"),
        ]

    def __str__(self) -> str:
        return f"{self.transaction_id} on {self.date}"


class SeriesLook(models.Model):
    """What was seen when the statement's payments at one merchant from one account were last
    searched for series.

    It holds on the days from `holds_from` to `holds_until`: on those the same payments are within
    reach. None has passed since a payment changed. `groups` are the payments that have a series
    among them, each as its day's ordinal, minor units and id, in order.
    """

    user_id = models.BigIntegerField()
    account_id = models.BigIntegerField()
    merchant_key = models.CharField(max_length=600)
    holds_from = models.DateField(default=date.min)
    holds_until = models.DateField(default=date.min)
    has_series = models.BooleanField(default=False)
    groups = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account_id", "merchant_key"], name="series_look_once_per_place"
            )
        ]
        indexes = [
            models.Index(fields=["user_id", "holds_until"], name="series_look_until"),
            models.Index(fields=["user_id", "holds_from"], name="series_look_from"),
            models.Index(
                fields=["user_id"], condition=Q(has_series=True), name="series_look_found"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.merchant_key} of {self.account_id}"


class StaleMonth(models.Model):
    """A month of an account ("2026-05") whose rollups are to be made again because of a row of
    this merchant, or a transaction whose month it is; with neither, the totals of the user.
    Triggers write it with every change, whoever makes it."""

    user_id = models.BigIntegerField()
    account_id = models.BigIntegerField(null=True)
    month = models.CharField(max_length=7, blank=True)
    merchant_key = models.CharField(max_length=600, blank=True, default="", db_default="")
    transaction_id = models.BigIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["user_id"], name="stale_month_user"),
            models.Index(
                fields=["account_id", "month", "merchant_key"], name="stale_month_merchant"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month} of {self.account_id}"
