"""What totals can answer: sums of all accounts together, and their categories and merchants."""

from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    DateField,
    F,
    Max,
    Min,
    Q,
    Sum,
    Value,
    When,
)

from spendo.ledger.models import Total
from spendo.ledger.selectors.types import GroupBy, TransactionFilter
from spendo.users.models import User

VISIBLE = ~Q(part="hidden")
GROUPED = "grouped"
"""The bucket of what is in the groups of a total, and not in the total itself once more."""

_GROUPS: dict[GroupBy | None, Total.Scope] = {
    "category": Total.Scope.CATEGORY,
    "top_category": Total.Scope.CATEGORY,
    "merchant": Total.Scope.MERCHANT,
}
_KEYS = {Total.Scope.CATEGORY: "used_category", Total.Scope.MERCHANT: "merchant_key"}
_NO_DAY = Value(None, DateField())


def has_totals(where: TransactionFilter, group_by: GroupBy | None = None) -> bool:
    """Whether these sums are of all that was paid in a period, however grouped."""
    if where.category_ids or where.uncategorised or where.merchants or where.account_ids:
        return False
    return where.direction is None and where.pending is None and group_by != "account"


def of_totals(user: User, scope: Total.Scope = Total.Scope.ALL) -> Q:
    return Q(user_id=user.pk, scope=scope)


def scope_of(group_by: GroupBy | None) -> Total.Scope | None:
    """The totals that are such groups; None where all are one, or each is of a time."""
    return _GROUPS.get(group_by)


def total_sums(where: Q, include_transfers: bool, group_by: GroupBy | None) -> Any:
    """Tuples as those of rollups are. What is not counted is in no group; of categories and
    merchants nothing is."""
    key: Any = Value(None, CharField() if group_by == "merchant" else BigIntegerField())
    if group_by and group_by not in _GROUPS:
        key = Case(When(bucket="counted", then=F("piece")))
    rows: Any = Total.objects.sorted_into_parts(include_transfers=include_transfers)
    return (
        rows.filter(where)
        .order_by()
        .values("bucket", "currency", "worth_in", key=key)
        .annotate(
            first=Min("first_day"),
            last=Max("last_day"),
            whole=Sum("worth_high"),
            rest=Sum("worth_low"),
            label=Value(""),
            highs=Sum("high"),
            lows=Sum("low"),
            n=Sum("number"),
        )
        .values_list(*_COLUMNS)
    )


def grouped_sums(where: Q, include_transfers: bool, scope: Total.Scope) -> Any:
    """The same of groups."""
    by_merchant = scope == Total.Scope.MERCHANT
    rows: Any = Total.objects.sorted_into_parts(include_transfers=include_transfers)
    return (
        rows.filter(where, bucket="counted")
        .order_by()
        .values("currency", key=F(_KEYS[scope]))
        .annotate(
            grouped=Value(GROUPED),
            known_in=Max("worth_in"),
            first=_NO_DAY,
            last=_NO_DAY,
            whole=Sum("worth_high"),
            rest=Sum("worth_low"),
            label=Max("merchant") if by_merchant else Value(""),
            highs=Sum("high"),
            lows=Sum("low"),
            n=Sum("number"),
        )
        .values_list("grouped", "currency", "known_in", *_COLUMNS[3:])
    )


_COLUMNS = (
    "bucket", "currency", "worth_in", "first", "last", "whole", "rest", "key", "label", "highs",
    "lows", "n",
)  # fmt: skip


def total_counts(where: Q) -> Any:
    rows = Total.objects.filter(where).order_by()
    return rows.values("user_id").annotate(n=Sum("number")).values_list("n")
