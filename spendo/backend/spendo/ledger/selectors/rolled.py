"""What rollups can answer: the same sums as over the rows, however many those are.

A filter that looks at single rows, by amount, tag, text or id, cannot be answered by them.
"""

from collections.abc import Collection, Iterable, Iterator
from functools import cache
from typing import Any, cast

from django.db.models import BigIntegerField, F, Max, Min, Q, Sum, Value

from spendo.ledger.models import Rollup, Total
from spendo.ledger.prepared import ask
from spendo.ledger.querysets import VISIBLE, RollupQuerySet
from spendo.ledger.rollups import (
    SPLIT,
    WORTH_SPLIT,
    Grain,
    apart,
    are_fresh,
    day_of,
    in_period,
)
from spendo.ledger.selectors.cells import Cell
from spendo.ledger.selectors.currencies import currencies_of
from spendo.ledger.selectors.filters import like_rows
from spendo.ledger.selectors.totalled import (
    GROUPED,
    grouped_sums,
    has_totals,
    of_totals,
    scope_of,
    total_counts,
    total_sums,
)
from spendo.ledger.selectors.totalled import VISIBLE as VISIBLE_TOTALS
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
_PART = F("part")


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
    user: User,
    where: TransactionFilter,
    *,
    counted: Q,
    totals: Q | None = None,
    group_by: GroupBy | None = None,
) -> list[Cell]:
    """As `cells_of` the rows of the filter that `counted` is true of; those of several days may be
    in one cell where their worth is kept. `totals` says the same of totals, if they can say it:
    then groups may have cells of their own, whose part is `GROUPED`."""
    if totals is not None and has_totals(where, group_by):
        cells = _cells_of_totals(user, where, totals, counted, group_by)
        if cells is not None:
            return cells
    pieces = in_period(where.period, _GRAINS.get(group_by, "year"))
    chosen = counted & of_rollups(user, where, group_by) & pieces
    cells, all_known = _cells(
        user, ask(_sums, where.include_transfers, group_by, where=chosen), group_by
    )
    return cells if all_known else [*cells, *_cells_by_day(user, where, counted, group_by)]


def _cells_of_totals(
    user: User, where: TransactionFilter, totals: Q, counted: Q, group_by: GroupBy | None
) -> list[Cell] | None:
    """The cells of a total, and of its groups if it has some. None where they are not of the same
    rows: the totals were made for another currency than the user is known to have."""
    scope = scope_of(group_by)
    whole = totals & of_totals(user) & in_period(where.period, _GRAINS.get(group_by, "year"))
    if scope is None:
        sums = ask(total_sums, where.include_transfers, group_by, where=whole)
    else:
        longer, days = apart(where.period)
        grouped = totals & of_totals(user, scope) & Q(worth_in=user.currency)
        rolled = counted & of_rollups(user, where, group_by) & Q(part="counted")
        parts = [whole]
        parts += [] if longer is None else [grouped & longer]
        parts += [] if days is None else [rolled & days]
        shape = where.include_transfers, group_by, scope, longer is not None, days is not None
        sums = ask(_sums_with_groups, *shape, where=Q(*parts))
    cells, all_known = _cells(user, sums, group_by)
    if scope is not None and _number(cells, "counted") != _number(cells, GROUPED):
        return None
    if all_known:
        return cells
    by_day = list(_cells_by_day(user, where, counted, group_by))
    again = [cell._replace(part=GROUPED) for cell in by_day if scope and cell.part == "counted"]
    return [*cells, *by_day, *again]


def _sums_with_groups(
    where: Q,
    include_transfers: bool,
    group_by: GroupBy,
    scope: Total.Scope,
    has_longer: bool,
    has_days: bool,
) -> Any:
    """Of totals, of their groups, and of the rollups of days in these: in one query, so that
    nothing changes between them. Each has a part of `where`."""
    whole, *parts = cast("list[Q]", where.children)
    queries = []
    if has_longer:
        queries.append(grouped_sums(parts[0], include_transfers, scope))
    if has_days:
        queries.append(_sums(parts[-1], include_transfers, group_by, bucket=Value(GROUPED)))
    return total_sums(whole, include_transfers, group_by).union(*queries, all=True)


def _cells(
    user: User, sums: Iterable[tuple[Any, ...]], group_by: GroupBy | None
) -> tuple[list[Cell], bool]:
    """The sums as cells, and whether all of them have a worth that is known."""
    cells, own, all_known = [], user.currency, True
    for part, currency, worth_in, first, last, whole, rest, key, label, high, low, number in sums:
        group, minor = _key(key, group_by), high * SPLIT + low
        worth = whole * WORTH_SPLIT + rest if worth_in == own else None
        if currency == own:
            first = last = None
        elif worth is None:
            all_known = False
            continue
        cells.append(
            Cell(part, currency, first, None, group, label or "", minor, number, worth, last)
        )
    return cells, all_known


def _number(cells: Iterable[Cell], part: str) -> int:
    return sum(cell.number for cell in cells if cell.part == part)


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
    wanted = in_period(where.period)
    if not where.include_transfers:
        wanted &= Q(is_transfer=False)
    if has_totals(where):
        counts = ask(total_counts, where=VISIBLE_TOTALS & of_totals(user) & wanted)
    else:
        counts = ask(_counts, where=VISIBLE & of_rollups(user, where) & wanted)
    return sum(number for (number,) in counts)


def _counts(where: Q) -> Any:
    rows = Rollup.objects.with_meaning().filter(where).order_by()
    return rows.values("user_id").annotate(n=Sum("number")).values_list("n")


def _sums(where: Q, include_transfers: bool, group_by: GroupBy | None, bucket: Any = _PART) -> Any:
    """Tuples of the part, the currency, what is kept of the worth in another one, the key and the
    label of the group, and the sum."""
    worth = {"first": Min("first_day"), "last": Max("last_day")}
    worth |= {"whole": Sum("worth_high"), "rest": Sum("worth_low")}
    alike = {"currency": F("account__currency"), "kept_in": F("worth_in")}
    return _summed(where, include_transfers, group_by, alike, worth, bucket)


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
    bucket: Any = _PART,
) -> Any:
    key = F(_KEYS[group_by]) if group_by else Value(None, BigIntegerField())
    label: Any = Value("")
    if group_by == "merchant":
        label = Max("merchant")
    elif group_by == "account":
        label = Max("account__name")
    return (
        rollups_in_parts(include_transfers)
        .filter(where)
        .order_by()
        .values(key=key, bucket=bucket, **alike)
        .annotate(**more, label=label, highs=Sum("high"), lows=Sum("low"), n=Sum("number"))
        .values_list("bucket", *alike, *more, "key", "label", "highs", "lows", "n")
    )


def rollups_in_parts(include_transfers: bool) -> RollupQuerySet:
    rows = Rollup.objects.with_meaning()
    return rows.sorted_into_parts(include_transfers=include_transfers)


def _key(key: Any, group_by: GroupBy | None) -> Any:
    return day_of(key) if key and group_by in _TIMES else key
