"""What the user means to spend on a category in a month, and to save for."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from spendo.ledger.models import Account, Category
from spendo.ledger.models.bounds import currency_code, within_range
from spendo.users.fields import FoldedField
from spendo.users.validators import validate_currency


class Budget(models.Model):
    """The limit of a category from a month on, until a later row of the same category.

    `month` is the first day of that month. Without a limit the category has no budget from then
    on. With `rollover` what was left (or overspent) in a month is added to the next one's limit.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    category = models.ForeignKey(Category, on_delete=models.CASCADE, related_name="budgets")
    month = models.DateField()
    limit_minor = models.BigIntegerField(null=True, blank=True)
    currency = models.CharField(max_length=3, validators=[validate_currency])
    rollover = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "category", "month"], name="budget_once"),
            models.CheckConstraint(
                condition=within_range("limit_minor") & Q(limit_minor__gte=0),
                name="budget_limit_in_range",
            ),
            models.CheckConstraint(
                condition=currency_code("currency"), name="budget_currency_is_code"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.category_id} from {self.month}"


class Goal(models.Model):
    """An amount to have by a day. What counts is the balance of `account`, or `saved_minor` when
    there is none."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=120)
    name_key = FoldedField(source="name", max_length=360)
    target_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3, validators=[validate_currency])
    due_on = models.DateField(null=True, blank=True)
    account = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    saved_minor = models.BigIntegerField(default=0)
    created_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "name_key"], name="goal_once_per_user"),
            models.CheckConstraint(
                condition=within_range("target_minor")
                & Q(target_minor__gt=0)
                & within_range("saved_minor")
                & Q(saved_minor__gte=0),
                name="goal_in_range",
            ),
            models.CheckConstraint(
                condition=currency_code("currency"), name="goal_currency_is_code"
            ),
        ]

    def __str__(self) -> str:
        return self.name
