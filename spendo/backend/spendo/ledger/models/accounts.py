"""Where money is, and what an account that has no statement is worth."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from spendo.ledger.models.bounds import currency_code, within_range
from spendo.ledger.querysets import AccountQuerySet
from spendo.users.fields import FoldedField
from spendo.users.validators import validate_currency


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
    """A bank account; what is owed has a negative balance.

    `interest_rate` is in percent a year. `external_id` is what a bank calls it in its files.
    """

    class Kind(models.TextChoices):
        CHECKING = "checking"
        CREDIT_CARD = "credit_card"
        CASH = "cash"
        SAVINGS = "savings"
        INVESTMENT = "investment"
        RETIREMENT = "retirement"
        LOAN = "loan"
        PROPERTY = "property"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    institution = models.ForeignKey(Institution, on_delete=models.CASCADE, related_name="accounts")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=16, choices=Kind)
    currency = models.CharField(max_length=3, validators=[validate_currency])
    opening_balance_minor = models.BigIntegerField(default=0)
    opened_on = models.DateField()
    credit_limit_minor = models.BigIntegerField(null=True, blank=True)
    interest_rate = models.DecimalField(null=True, blank=True, max_digits=7, decimal_places=4)
    minimum_payment_minor = models.BigIntegerField(null=True, blank=True)
    external_id = models.CharField(max_length=100, blank=True)
    hidden = models.BooleanField(default=False)

    objects = AccountQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=within_range("opening_balance_minor"), name="account_opening_in_range"
            ),
            models.CheckConstraint(
                condition=within_range("credit_limit_minor") & Q(credit_limit_minor__gte=0),
                name="account_credit_limit_in_range",
            ),
            models.CheckConstraint(
                condition=within_range("minimum_payment_minor") & Q(minimum_payment_minor__gte=0),
                name="account_minimum_payment_in_range",
            ),
            models.CheckConstraint(
                condition=Q(interest_rate__gte=0, interest_rate__lte=999),
                name="account_interest_rate_in_range",
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
                        "property",
                    ]
                ),
                name="account_kind_known",
            ),
            models.CheckConstraint(
                condition=currency_code("currency"), name="account_currency_is_code"
            ),
            models.UniqueConstraint(
                fields=["user", "external_id"],
                condition=~Q(external_id=""),
                name="account_external_id_once_per_user",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if self.institution.user_id != self.user_id:
            raise ValidationError("The institution must be the user's own.")


class Valuation(models.Model):
    """What an account is worth at the end of a day, whatever its rows add up to by then."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="valuations")
    date = models.DateField()
    value_minor = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "date"], name="valuation_once_a_day"),
            models.CheckConstraint(
                condition=within_range("value_minor"), name="valuation_in_range"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} on {self.date}"
