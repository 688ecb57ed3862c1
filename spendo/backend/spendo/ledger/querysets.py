"""The questions every reader of transactions asks in the same way."""

from typing import TYPE_CHECKING, Self

from django.db.models import Q, QuerySet

if TYPE_CHECKING:
    from spendo.users.models import User

HIDDEN = Q(hidden=True) | Q(account__hidden=True)
PAIRED = Q(transfer_out__isnull=False) | Q(transfer_in__isnull=False)
TRANSFER = PAIRED | Q(category__kind="transfer")
PENDING = Q(status="pending")
COUNTED = ~HIDDEN & ~PENDING
"""What totals count. The one place that leaves hidden and pending rows out."""


class AccountQuerySet(QuerySet["Account"]):
    def of(self, user: "User") -> Self:
        return self.filter(user=user)

    def visible(self) -> Self:
        return self.filter(hidden=False)


class TransactionQuerySet(QuerySet["Transaction"]):
    def of(self, user: "User") -> Self:
        return self.filter(user=user)

    def visible(self) -> Self:
        """Without what the user has hidden, as a row or with its account."""
        return self.exclude(HIDDEN)
