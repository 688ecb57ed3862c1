"""Sums as they come from the database: one for each part, currency and group."""

from datetime import date
from typing import Any, NamedTuple

from django.db.models import Case, Count, DateField, F, IntegerField, Max, Value, When

from spendo.ledger.aggregates import ExactSum
from spendo.ledger.querysets import TransactionQuerySet
from spendo.ledger.selectors.rows import Rows
from spendo.ledger.selectors.types import GroupBy

_KEYS: dict[GroupBy, str] = {
    "category": "used_category",
    "top_category": "used_category",
    "merchant": "merchant_key",
    "tag": "tags__id",
    "account": "account_id",
    "day": "date",
    "week": "date",
    "month": "date",
}
_LABELS: dict[GroupBy | None, Any] = {
    "merchant": Max("merchant"),
    "tag": Max("tags__name"),
    "account": Max("account__name"),
}


class Cell(NamedTuple):
    """The sum of `number` rows in minor units of `currency`.

    `day` and `account_id` are there for the currencies that have to be converted: a day has its
    own rate, and what has none is told by account. `key` and `label` are those of the group.

    `worth`, where it is known, is what the rows of all days from `day` to `last` were worth, each
    at the rate of its day: so many parts of which `plain_denominator` make a minor unit. A group
    without a `day` may have both: its sum, and what its rows in other currencies were worth.
    """

    part: str
    currency: str
    day: date | None
    account_id: int | None
    key: Any
    label: str
    minor: int
    number: int
    worth: int | None = None
    last: date | None = None


def cells_of(rows: Rows, own: str, *, group_by: GroupBy | None = None) -> list[Cell]:
    """The rows summed by part and group; what is not in the currency `own` by day and account as
    well."""
    found = rows.read(_sums, own, group_by)
    return [
        Cell(part, currency, day, account_id, key, label or "", minor, number)
        for part, currency, day, account_id, key, label, minor, number in found
    ]


def _sums(rows: TransactionQuerySet, own: str, group_by: GroupBy | None) -> Any:
    is_own = When(account__currency=own, then=Value(None))
    key: Any = F(_KEYS[group_by]) if group_by else Value(None, IntegerField())
    return (
        rows.order_by()
        .values(
            bucket=F("part"),
            currency=F("account__currency"),
            day=Case(is_own, default=F("date"), output_field=DateField()),
            held_in=Case(is_own, default=F("account_id"), output_field=IntegerField()),
            key=key,
        )
        .annotate(
            label=_LABELS.get(group_by, Value("")),
            minor=ExactSum("amount_minor"),
            number=Count("id"),
        )
        .values_list("bucket", "currency", "day", "held_in", "key", "label", "minor", "number")
    )
