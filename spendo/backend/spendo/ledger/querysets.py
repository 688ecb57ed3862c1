"""The questions that every reader of the ledger asks in the same way."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db.models import BooleanField, Case, F, Q, QuerySet, Value, When

from spendo.ledger.aggregates import ExactSum

if TYPE_CHECKING:
    from spendo.ledger.models import Account, Transaction  # noqa: F401  (named in strings)
    from spendo.users.models import User

HIDDEN = Q(hidden=True) | Q(account__hidden=True)
PENDING = Q(status="pending")
PAIRED = Q(transfer_out__isnull=False) | Q(transfer_in__isnull=False)
TRANSFER = PAIRED | Q(category__kind="transfer")
SUSPECTED_TRANSFER = Q(category__kind="transfer", amount_minor__lt=0) & ~PAIRED & ~PENDING
"""Left for a place that is not known: a card payment whose card is not in the ledger."""


class AccountQuerySet(QuerySet["Account"]):
    def of(self, user: "User") -> Self:
        return self.filter(user=user)

    def visible(self) -> Self:
        """Without the accounts the user has hidden."""
        return self.filter(hidden=False)

    def with_sums(self, *, as_of: date) -> Self:
        """Each account with what has posted by the end of `as_of`, and what is pending."""
        posted = Q(transactions__status="posted", transactions__date__lte=as_of)
        return self.annotate(
            posted_minor=_sum_where(posted),
            pending_minor=_sum_where(Q(transactions__status="pending")),
        )


def _sum_where(condition: Q) -> ExactSum:
    return ExactSum(Case(When(condition, then=F("transactions__amount_minor")), default=Value(0)))


class TransactionQuerySet(QuerySet["Transaction"]):
    def of(self, user: "User") -> Self:
        return self.filter(user=user)

    def visible(self) -> Self:
        """Without what the user has hidden, as a row or with its account."""
        return self.filter(hidden=False, account__hidden=False)

    def with_transfer_mark(self) -> Self:
        """Each row with `is_transfer`: it is paired, or its category says so."""
        return self.annotate(
            is_transfer=Case(
                When(TRANSFER, then=Value(True)),
                default=Value(False),
                output_field=BooleanField(),
            )
        )

    def sorted_into_parts(self, *, include_transfers: bool) -> Self:
        """Each row with `part`: where a total puts it.

        The one place that decides what counts. "counted" is the total; "hidden", "pending",
        "transfer" and "suspected" are left out of it, and reported beside it.
        """
        transfers = (
            []
            if include_transfers
            else [
                When(SUSPECTED_TRANSFER, then=Value("suspected")),
                When(TRANSFER, then=Value("transfer")),
            ]
        )
        return self.annotate(
            part=Case(
                When(HIDDEN, then=Value("hidden")),
                *transfers,
                When(PENDING, then=Value("pending")),
                default=Value("counted"),
            )
        )
