"""The questions that every reader of the ledger asks in the same way."""

from typing import TYPE_CHECKING, Self

from django.db.models import BooleanField, Case, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

if TYPE_CHECKING:
    from spendo.ledger.models import Account, Rollup, Total, Transaction  # noqa: F401  (named in strings)
    from spendo.users.models import User

HIDDEN = Q(hidden=True) | Q(account__hidden=True)
VISIBLE = Q(hidden=False, account__hidden=False)
PENDING = Q(status="pending")
PAIRED = Q(transfer_out__isnull=False) | Q(transfer_in__isnull=False)

# The rest is asked of rows `with_meaning`, and of rollups.
MONEY_OUT = Q(direction__lt=0)
MONEY_IN = Q(direction__gt=0)
TRANSFER = Q(is_paired=True) | Q(kind="transfer")
LEFT_FOR_AN_UNKNOWN_PLACE = Q(kind="transfer", is_paired=False, direction__lt=0) & ~PENDING
"""A card payment whose card is not in the ledger."""

CAME_TO_WHAT_IS_OWED = Q(
    account__kind__in=["credit_card", "loan"],
    direction__gt=0,
    kind__isnull=True,
    is_paired=False,
    is_refund=False,
)
"""Money into a card or a loan that nobody has put anywhere: a payment whose other side is not
known, the principal of an instalment, or a refund. It is no income."""

SUSPECTED_TRANSFER = LEFT_FOR_AN_UNKNOWN_PLACE | CAME_TO_WHAT_IS_OWED

_REFUND = Q(is_refund=True)
_NO_CATEGORY = Q(kind__isnull=True)
_EXPENSE = Q(kind="expense") | (_NO_CATEGORY & ((MONEY_OUT & ~_REFUND) | (~MONEY_OUT & _REFUND)))
_INCOME = Q(kind="income") | (_NO_CATEGORY & ((~MONEY_OUT & ~_REFUND) | (MONEY_OUT & _REFUND)))

# A transfer belongs to neither by its category; what it would be, if counted, is its direction.
SPENDING = (Q(is_transfer=True) & MONEY_OUT) | (Q(is_transfer=False) & _EXPENSE)
INCOME = (Q(is_transfer=True) & ~MONEY_OUT) | (Q(is_transfer=False) & _INCOME)


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
        return self.filter(VISIBLE, is_split=False)

    def on_statements(self) -> Self:
        """What is not hidden, as the statement has it: a row that has parts is there whole."""
        return self.filter(VISIBLE, parent__isnull=True)

    def with_meaning(self) -> Self:
        """Each row with what it is counted as: `used_category` and its `kind`, `is_paired`,
        `is_refund`, `is_transfer` (it is paired, or its category says so), and its `direction`:
        negative for money out.

        A refund belongs to the category of what it refunds, if that has one; its day is its own.
        """
        return self.annotate(
            used_category=Coalesce("refund_of__category_id", "category_id"),
            kind=Coalesce("refund_of__category__kind", "category__kind"),
            is_paired=_whether(PAIRED),
            is_refund=_whether(Q(refund_of__isnull=False)),
            direction=F("amount_minor"),
        ).annotate(is_transfer=_whether(TRANSFER))

    def sorted_into_parts(self, *, include_transfers: bool) -> Self:
        """Each row with `part`: where a total puts it.

        Asked of rows `with_meaning`. "split" is a row whose parts stand in its place; the others
        as in `_part`.
        """
        is_split = When(is_split=True, then=Value("split"))
        return self.annotate(part=_part(is_split, include_transfers=include_transfers))


class RollupQuerySet(QuerySet["Rollup"]):
    """Sums that stand for rows, with the meaning those rows have. None is of a split row."""

    def with_meaning(self) -> Self:
        return self.annotate(kind=F("category__kind")).annotate(is_transfer=_whether(TRANSFER))

    def sorted_into_parts(self, *, include_transfers: bool) -> Self:
        return self.annotate(part=_part(include_transfers=include_transfers))


class TotalQuerySet(QuerySet["Total"]):
    """Sums that know already what they count as: `part` is that of a total without transfers."""

    def sorted_into_parts(self, *, include_transfers: bool) -> Self:
        """Each with `bucket`: where such a total puts it, as in `_part`."""
        if not include_transfers:
            return self.annotate(bucket=F("part"))
        return self.annotate(
            bucket=Case(
                When(part="hidden", then=Value("hidden")),
                When(is_pending=True, then=Value("pending")),
                default=Value("counted"),
            )
        )


def _part(*first: When, include_transfers: bool) -> Case:
    """The one place that decides what counts.

    "counted" is the total; "hidden", "pending", "transfer" and "suspected" are left out of it,
    and reported beside it.
    """
    transfers = (
        []
        if include_transfers
        else [
            When(SUSPECTED_TRANSFER, then=Value("suspected")),
            When(TRANSFER, then=Value("transfer")),
        ]
    )
    return Case(
        *first,
        When(HIDDEN, then=Value("hidden")),
        *transfers,
        When(PENDING, then=Value("pending")),
        default=Value("counted"),
    )


def _whether(condition: Q) -> Case:
    return Case(
        When(condition, then=Value(True)), default=Value(False), output_field=BooleanField()
    )
