"""What rollups can answer: the same sums as over the rows, however many those are.

A filter that looks at single rows, by amount, tag, text or id, cannot be answered by them.
"""

from collections.abc import Collection, Iterator
from datetime import date
from functools import lru_cache, partial
from typing import Any

from django.db.models import BigIntegerField, F, Max, Q, Sum, Value

from spendo.ledger.models import Account, Rollup
from spendo.ledger.periods import Period
from spendo.ledger.querysets import RollupQuerySet
from spendo.ledger.rollups import (
    SPLIT,
    Grain,
    are_fresh,
    day_of,
    days_of,
    in_period,
    is_whole,
    months_of,
)
from spendo.ledger.selectors.cells import Cell
from spendo.ledger.selectors.filters import like_rows
from spendo.ledger.selectors.types import GroupBy, TransactionFilter
from spendo.users.models import User

_GRAINS: dict[GroupBy | None, Grain] = {"day": "day", "week": "day", "month": "month"}
_KEYS: dict[GroupBy, str] = {
    "category": "used_category",
    "top_category": "used_category",
    "merchant": "merchant_key",
    "account": "account_id",
    "day": "piece",
    "week": "piece",
    "month": "piece",
}
_TIMES = ("day", "week", "month")
_SHORT = 45


def can_answer(user: User, where: TransactionFilter, group_by: GroupBy | None = None) -> bool:
    """Whether the user's rollups can give these sums now."""
    by_row = (
        where.min_amount is not None
        or where.max_amount is not None
        or where.tags
        or where.text
        or where.ids is not None
        or group_by == "tag"
    )
    return not by_row and are_fresh(user)


def rolled_rows(
    user: User,
    where: TransactionFilter,
    group_by: GroupBy | None = None,
    *,
    held_in: Collection[int] | None = None,
    wanted: Q | None = None,
) -> RollupQuerySet:
    """The rollups of the filter but for its period, `with_meaning`; those of some of the user's
    accounts alone have an index of their own. With `wanted`, which they have to be, each has its
    `part`."""
    by_merchant = where.merchants or group_by == "merchant"
    scope = Rollup.Scope.MERCHANT if by_merchant else Rollup.Scope.CATEGORY
    owned = Q(user_id=user.pk) if held_in is None else Q(account_id__in=held_in)
    rows = _meaning(wanted, where.include_transfers)
    return rows.filter(owned, like_rows(user, where), scope=scope)


@lru_cache(maxsize=64)
def _meaning(wanted: Q | None, include_transfers: bool) -> RollupQuerySet:
    """Of all users; made once, because that takes longer than to ask for some of them."""
    rows = Rollup.objects.with_meaning()
    if wanted is None:
        return rows
    return rows.sorted_into_parts(include_transfers=include_transfers).filter(wanted)


def rolled_cells(
    user: User, where: TransactionFilter, *, counted: Q, group_by: GroupBy | None = None
) -> list[Cell]:
    """As `cells_of` the rows of the filter that `counted` is true of."""
    rows = partial(rolled_rows, user, where, group_by, wanted=counted)
    accounts = dict(Account.objects.of(user).values_list("pk", "currency"))
    foreign = [number for number, currency in accounts.items() if currency != user.currency]
    own = rows().filter(in_period(where.period, _GRAINS.get(group_by, "year")))
    if not foreign:
        return list(_own_cells(own, user.currency, group_by))
    by_day = rows(held_in=foreign).filter(in_period(where.period, "day"))
    return [
        *_own_cells(own.exclude(account_id__in=foreign), user.currency, group_by),
        *_foreign_cells(by_day, accounts, group_by),
    ]


def rolled_count(user: User, where: TransactionFilter) -> int:
    """The number of visible rows of the filter, without transfers unless it includes them."""
    rows = rolled_rows(user, where).visible().filter(in_period(where.period))
    if not where.include_transfers:
        rows = rows.filter(Q(is_transfer=False))
    return rows.aggregate(number=Sum("number"))["number"] or 0


def newest_places(user: User, where: TransactionFilter, wanted: Q, number: int) -> Q:
    """The days and accounts of the newest `number` rows of the filter that `wanted` is true of.
    A long period is looked through by its months first."""
    rows = rolled_rows(user, where, wanted=wanted)
    period = where.period
    days = in_period(period, "day")
    if period is None or (period.end - period.start).days > _SHORT:
        months = _newest(rows.filter(months_of(period)), period, number)
        named = {day for month, _ in months for day in days_of(month)}
        days = Q(piece__in={day for day in named if period is None or day_of(day) in period})
    places = list(_newest(rows.filter(days), None, number))
    return Q(
        date__in={day_of(piece) for piece, _ in places},
        account_id__in={account_id for _, account_id in places},
    )


def _newest(rows: RollupQuerySet, period: Period | None, number: int) -> Iterator[tuple[str, int]]:
    """The newest pieces and accounts that have as many rows together. A month of which the period
    has only a part may have none there."""
    sums = rows.values("piece", "account_id").annotate(n=Sum("number")).order_by("-piece")
    found, last = 0, ""
    for piece, account_id, rows_there in sums.values_list("piece", "account_id", "n"):
        if found >= number and piece != last:
            return
        yield piece, account_id
        last = piece
        if period is None or is_whole(piece, period):
            found += rows_there


def _own_cells(rows: RollupQuerySet, currency: str, group_by: GroupBy | None) -> Iterator[Cell]:
    for part, key, label, high, low, number in _summed(rows, group_by):
        yield Cell(
            part, currency, None, None, _key(key, group_by), label or "", high * SPLIT + low, number
        )


def _foreign_cells(
    rows: RollupQuerySet, currencies: dict[int, str], group_by: GroupBy | None
) -> Iterator[Cell]:
    """By day and account as well: a day has its own rate."""
    days: dict[str, date] = {}
    summed = _summed(rows, group_by, day=F("piece"), held_in=F("account_id"))
    for part, piece, held_in, key, label, high, low, number in summed:
        if piece not in days:
            days[piece] = day_of(piece)
        yield Cell(
            part,
            currencies[held_in],
            days[piece],
            held_in,
            _key(key, group_by),
            label or "",
            high * SPLIT + low,
            number,
        )


def _summed(rows: RollupQuerySet, group_by: GroupBy | None, **alike: Any) -> Any:
    """Tuples of the part, what is `alike`, the key and the label of the group, and the sum."""
    key = F(_KEYS[group_by]) if group_by else Value(None, BigIntegerField())
    label: Any = Value("")
    if group_by == "merchant":
        label = Max("merchant")
    elif group_by == "account":
        label = Max("account__name")
    return (
        rows.order_by()
        .values(bucket=F("part"), **alike, key=key)
        .annotate(label=label, highs=Sum("high"), lows=Sum("low"), n=Sum("number"))
        .values_list("bucket", *alike, "key", "label", "highs", "lows", "n")
    )


def _key(key: Any, group_by: GroupBy | None) -> Any:
    return day_of(key) if group_by in _TIMES else key
