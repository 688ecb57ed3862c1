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


class TransactionQuerySet(QuerySet["Transaction"]):
    def of(self, user: "User") -> Self:
        return self.filter(user=user)

    def visible(self) -> Self:
        """Without what the user has hidden, as a row or with its account. A row that has parts is
        not there either: its parts are."""
        return self.filter(hidden=False, account__hidden=False, is_split=False)

    def on_statements(self) -> Self:
        """What is not hidden, as the statement has it: a row that has parts is there whole."""
        return self.filter(hidden=False, account__hidden=False, parent__isnull=True)

    def balances(self, *, as_of: date) -> dict[int, tuple[int, int]]:
        """By account: what has posted by the end of `as_of`, and what is pending; minor units.

        Hidden rows are in it: they leave reports, not the bank.
        """
        sums = (
            self.filter(parent__isnull=True)
            .order_by()
            .values("account_id")
            .annotate(posted=_sum_where(~PENDING & Q(date__lte=as_of)), pending=_sum_where(PENDING))
        )
        return {row["account_id"]: (row["posted"], row["pending"]) for row in sums}

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
        "transfer" and "suspected" are left out of it, and reported beside it. "split" is a row
        whose parts stand in its place.
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
                When(is_split=True, then=Value("split")),
                When(HIDDEN, then=Value("hidden")),
                *transfers,
                When(PENDING, then=Value("pending")),
                default=Value("counted"),
            )
        )


def _sum_where(condition: Q) -> ExactSum:
    return ExactSum(Case(When(condition, then=F("amount_minor")), default=Value(0)))
