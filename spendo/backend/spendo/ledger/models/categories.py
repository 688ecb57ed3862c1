"""What a transaction is for: its category, its tags, and the rules that choose them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from spendo.ledger.models.accounts import Account
from spendo.users.fields import FoldedField


class Category(models.Model):
    """A node of the user's own tree. A category without a parent is a root; a child is of its
    parent's kind, and a total of the parent has the children in it."""

    class Kind(models.TextChoices):
        EXPENSE = "expense"
        INCOME = "income"
        TRANSFER = "transfer"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=120)
    name_key = FoldedField(source="name", max_length=360)
    kind = models.CharField(max_length=8, choices=Kind)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="children"
    )

    class Meta:
        verbose_name_plural = "categories"
        constraints = [
            models.UniqueConstraint(fields=["user", "name_key"], name="category_once_per_user"),
            models.CheckConstraint(
                condition=Q(kind__in=["expense", "income", "transfer"]), name="category_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="category_not_its_own_parent",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Tag(models.Model):
    """A word that the user puts on transactions, beside their category."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=60)
    name_key = FoldedField(source="name", max_length=180)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "name_key"], name="tag_once_per_user")
        ]

    def __str__(self) -> str:
        return self.name


class CategoryRule(models.Model):
    """What a new transaction whose merchant or description is like `text` gets.

    Rules are tried by `position`; the first that fits decides. A category or a merchant that is
    left out stays as it was. No pattern language: what users write is compared as text.
    """

    class Field(models.TextChoices):
        MERCHANT = "merchant"
        DESCRIPTION = "description"

    class Match(models.TextChoices):
        EQUALS = "equals"
        STARTS_WITH = "starts_with"
        CONTAINS = "contains"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveIntegerField()
    field = models.CharField(max_length=11, choices=Field)
    match = models.CharField(max_length=11, choices=Match)
    text = models.CharField(max_length=200)
    text_key = FoldedField(source="text", max_length=600)
    account = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    category = models.ForeignKey(
        Category, null=True, blank=True, on_delete=models.CASCADE, related_name="rules"
    )
    merchant = models.CharField(max_length=200, blank=True)
    active = models.BooleanField(default=True)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(field__in=["merchant", "description"])
                & Q(match__in=["equals", "starts_with", "contains"]),
                name="category_rule_known",
            ),
            models.CheckConstraint(
                condition=Q(category__isnull=False) | ~Q(merchant=""),
                name="category_rule_does_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.field} {self.match} {self.text}"
