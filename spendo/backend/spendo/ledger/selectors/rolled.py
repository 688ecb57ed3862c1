"""What rollups can answer: the same sums as over the rows, however many those are.

A filter that looks at single rows, by amount, tag, text or id, cannot be answered by them.
"""

from collections.abc import Collection, Iterator
from datetime import timedelta
from functools import cache, partial
from typing import Any

from django.db.models import BigIntegerField, F, Max, Min, Q, Sum, Value

from spendo.ledger.models import Rollup
from spendo.ledger.periods import Period
from spendo.ledger.prepared import ask
from spendo.ledger.querysets import VISIBLE, RollupQuerySet
from spendo.ledger.rollups import (
    SPLIT,
    WORTH_SPLIT,
    Grain,
    are_fresh,
    day_of,
    days_of,
    in_period,
    is_whole,
    months_of,
)
from spendo.ledger.selectors.cells import Cell
from spendo.ledger.selectors.currencies import currencies_of
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
_SHORT, _FEW_DAYS = 45, timedelta(days=8)


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


def of_rollups(
    user: User,
    where: TransactionFilter,
    group_by: GroupBy | None = None,
    *,
    held_in: Collection[int] | None = None,
) -> Q:
    """The rollups of the filter but for its period; those of some of the user's accounts alone
    have an index of their own."""
    by_merchant = where.merchants or group_by == "merchant"
    scope = Rollup.Scope.MERCHANT if by_merchant else Rollup.Scope.CATEGORY
    owned = Q(user_id=user.pk) if held_in is None else Q(account_id__in=held_in)
    return owned & Q(scope=scope) & like_rows(user, where)


def rolled_cells(
    user: User, where: TransactionFilter, *, counted: Q, group_by: GroupBy | None = None
) -> list[Cell]:
    """As `cells_of` the rows of the filter that `counted` is true of; those of several days may be
    in one cell where their worth is kept."""
    chosen = counted & of_rollups(user, where, group_by)
    pieces = in_period(where.period, _GRAINS.get(group_by, "year"))
    sums = ask(_sums, where.include_transfers, group_by, where=chosen & pieces)
    cells, converted = [], user.currency
    for part, currency, worth_in, first, last, whole, rest, *group, high, low, number in sums:
        key, label = _key(group[0], group_by), group[1] or ""
        minor = high * SPLIT + low
        if currency == converted:
            cells.append(Cell(part, currency, None, None, key, label, minor, number))
        elif worth_in == converted:
            worth = whole * WORTH_SPLIT + rest
            cells.append(Cell(part, currency, first, None, key, label, minor, number, worth, last))
    if any(currency != converted != worth_in for _, currency, worth_in, *_ in sums):
        cells += _cells_by_day(user, where, counted, group_by)
    return cells


def _cells_by_day(
    user: User, where: TransactionFilter, counted: Q, group_by: GroupBy | None
) -> Iterator[Cell]:
    """What is in other currencies and kept without its worth, by day and account: a day has its
    own rate."""
    currencies = currencies_of(user)
    foreign = [number for number, currency in currencies.items() if currency != user.currency]
    chosen = counted & of_rollups(user, where, group_by, held_in=foreign)
    without = in_period(where.period, "day") & ~Q(worth_in=user.currency)
    read = cache(day_of)
    for part, piece, held_in, key, label, high, low, number in ask(
        _sums_by_day, where.include_transfers, group_by, where=chosen & without
    ):
        yield Cell(
            part,
            currencies[held_in],
            read(piece),
            held_in,
            _key(key, group_by),
            label or "",
            high * SPLIT + low,
            number,
        )


def rolled_count(user: User, where: TransactionFilter) -> int:
    """The number of visible rows of the filter, without transfers unless it includes them."""
    rows = VISIBLE & of_rollups(user, where) & in_period(where.period)
    if not where.include_transfers:
        rows &= Q(is_transfer=False)
    return sum(number for (number,) in ask(_counts, where=rows))


def _counts(where: Q) -> Any:
    rows = Rollup.objects.with_meaning().filter(where).order_by()
    return rows.values("user_id").annotate(n=Sum("number")).values_list("n")


def newest_places(user: User, where: TransactionFilter, wanted: Q, number: int) -> Q:
    """The days and accounts of the newest `number` rows of the filter that `wanted` is true of.
    A short period is looked through from its last days on, a long one by its months first."""
    rows = wanted & of_rollups(user, where)
    ask_places = partial(_newest, where.include_transfers)
    period = where.period
    if period is None or (period.end - period.start).days > _SHORT:
        months = ask_places(rows & months_of(period), period, number)
        named = {day for month, *_ in months for day in days_of(month)}
        days = Q(piece__in={day for day in named if period is None or day_of(day) in period})
        places = list(ask_places(rows & days, None, number))
    else:
        last = in_period(_last_days(period), "day")
        places = list(ask_places(rows & last, None, number))
        if sum(there for _, _, there in places) < number:
            places = list(ask_places(rows & in_period(period, "day"), None, number))
    return Q(
        date__in={day_of(piece) for piece, *_ in places},
        account_id__in={account_id for _, account_id, _ in places},
    )


def _last_days(period: Period) -> Period:
    length = min(_FEW_DAYS, period.end - period.start)
    return Period.of_days(period.end - length, period.last_day)


def _newest(
    include_transfers: bool, rows: Q, period: Period | None, number: int
) -> Iterator[tuple[str, int, int]]:
    """The newest pieces and accounts that have as many rows together, and their rows. A month of
    which the period has only a part may have none there."""
    found, last = 0, ""
    for piece, account_id, rows_there in ask(_places, include_transfers, where=rows):
        if found >= number and piece != last:
            return
        yield piece, account_id, rows_there
        last = piece
        if period is None or is_whole(piece, period):
            found += rows_there


def _places(where: Q, include_transfers: bool) -> Any:
    rows = _sorted_into_parts(include_transfers).filter(where)
    sums = rows.values("piece", "account_id").annotate(n=Sum("number")).order_by("-piece")
    return sums.values_list("piece", "account_id", "n")


def _sums(where: Q, include_transfers: bool, group_by: GroupBy | None) -> Any:
    """Tuples of the part, the currency, what is kept of the worth in another one, the key and the
    label of the group, and the sum."""
    worth = {"first": Min("first_day"), "last": Max("last_day")}
    worth |= {"whole": Sum("worth_high"), "rest": Sum("worth_low")}
    alike = {"currency": F("account__currency"), "kept_in": F("worth_in")}
    return _summed(where, include_transfers, group_by, alike, worth)


def _sums_by_day(where: Q, include_transfers: bool, group_by: GroupBy | None) -> Any:
    """Tuples of the part, the day, the account, the key and the label of the group, and the sum."""
    alike = {"day": F("piece"), "held_in": F("account_id")}
    return _summed(where, include_transfers, group_by, alike, {})


def _summed(
    where: Q,
    include_transfers: bool,
    group_by: GroupBy | None,
    alike: dict[str, F],
    more: dict[str, Any],
) -> Any:
    key = F(_KEYS[group_by]) if group_by else Value(None, BigIntegerField())
    label: Any = Value("")
    if group_by == "merchant":
        label = Max("merchant")
    elif group_by == "account":
        label = Max("account__name")
    return (
        _sorted_into_parts(include_transfers)
        .filter(where)
        .order_by()
        .values(key=key, bucket=F("part"), **alike)
        .annotate(**more, label=label, highs=Sum("high"), lows=Sum("low"), n=Sum("number"))
        .values_list("bucket", *alike, *more, "key", "label", "highs", "lows", "n")
    )


def _sorted_into_parts(include_transfers: bool) -> RollupQuerySet:
    rows = Rollup.objects.with_meaning()
    return rows.sorted_into_parts(include_transfers=include_transfers)


def _key(key: Any, group_by: GroupBy | None) -> Any:
    return day_of(key) if group_by in _TIMES else key
