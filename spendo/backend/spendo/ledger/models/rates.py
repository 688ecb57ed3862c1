"""What one currency was worth in another, on a day."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from spendo.ledger.models.bounds import currency_code
from spendo.users.validators import validate_currency


class ExchangeRate(models.Model):
    """One unit of `base` was `rate` units of `quote` on `date`. The user's own: what a bank
    really charged may be among them."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    base = models.CharField(max_length=3, validators=[validate_currency])
    quote = models.CharField(max_length=3, validators=[validate_currency])
    date = models.DateField()
    rate = models.DecimalField(max_digits=24, decimal_places=12)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "base", "quote", "date"], name="exchange_rate_once_a_day"
            ),
            models.CheckConstraint(condition=Q(rate__gt=0), name="exchange_rate_positive"),
            models.CheckConstraint(
                condition=currency_code("base") & currency_code("quote") & ~Q(base=F("quote")),
                name="exchange_rate_between_two_currencies",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.base} in {self.quote} on {self.date}"
