"""Rows of the ledger: filtered, counted, paged."""

from dataclasses import replace
from typing import Any

from django.db.models import Count, Q

from spendo.ledger.models import Transaction
from spendo.ledger.money import from_minor
from spendo.ledger.prepared import ask
from spendo.ledger.querysets import HIDDEN, PENDING, VISIBLE, TransactionQuerySet
from spendo.ledger.selectors.amounts import compares_amounts
from spendo.ledger.selectors.cells import Cell
from spendo.ledger.selectors.filters import MAX_ID, dated, narrowed
from spendo.ledger.selectors.measures import is_of, measured_rows, totals_of
from spendo.ledger.selectors.places import newest_places
from spendo.ledger.selectors.rolled import can_answer, rolled_cells, rolled_count
from spendo.ledger.selectors.rows import Rows
from spendo.ledger.selectors.sizes import Compared, Near, Sized, first_by_size, near_by
from spendo.ledger.selectors.totalled import VISIBLE as VISIBLE_TOTALS
from spendo.ledger.selectors.types import (
    DataRange,
    Measure,
    Sort,
    TransactionFilter,
    TransactionPage,
    TransactionRow,
)
from spendo.users.models import User

MAX_LIMIT = 100
_BLOCK, _FIRST, _MANY = 60, 30, 4000
FEW = 500
"""So many rows may be read for the newest of them."""

OLDEST, NEWEST = ("date", "id"), ("-date", "-id")
_OF_A_ROW = (
    "id", "date", "description", "merchant", "category__name", "account__name", "amount_minor",
    "account__currency", "status", "is_transfer",
)  # fmt: skip


class UnknownCursor(ValueError):  # noqa: N818
    """`after` is no transaction of this user."""


def count_transactions(user: User, *, where: TransactionFilter) -> int:
    """How many rows `search_transactions` would page through."""
    if can_answer(user, where):
        return rolled_count(user, where)
    rows = _found(user, where)
    return Compared(user, rows).count if compares_amounts(where) else _number_of(rows)


def _number_of(rows: Rows) -> int:
    return sum(number for (number,) in rows.read(_counted_rows))


def _counted_rows(rows: TransactionQuerySet) -> Any:
    return rows.order_by().values("user_id").annotate(n=Count("id")).values_list("n")


def search_transactions(
    user: User,
    *,
    where: TransactionFilter,
    sort: Sort = "newest",
    limit: int = 10,
    after: int | None = None,
    counted: Measure | None = None,
) -> TransactionPage:
    """One page of the visible transactions that match, pending ones included; with `counted` only
    of those that such a total of them counts.

    "largest" is by absolute amount. `limit` is 1 to 100, else ValueError. `after` is the id
    of the last row of the page before, else UnknownCursor.
    """
    if not 1 <= limit <= MAX_LIMIT:
        raise ValueError(f"limit must be 1 to {MAX_LIMIT}.")
    near = near_by(user, where) if sort == "largest" else None
    if sort == "largest" or compares_amounts(where) or counted is not None:
        compared = _compared(user, where, counted, near)
        total_count, left_out, found = compared.count, compared.left_out, compared.rows
    else:
        found = _found(user, where)
        total_count, left_out = count_transactions(user, where=where), []
    few = where.pending == "only" and total_count <= FEW
    if few:
        found = found.filter(Q(pk__in=pending_ids(user)))
    if sort == "largest":
        rows = _largest(user, compared, limit + 1, after, near)
    else:
        rows = _by_date(user, found, sort, limit + 1, after, few=few)
    truncated = len(rows) > limit
    rows = rows[:limit]
    return TransactionPage(
        rows=rows,
        total_count=total_count,
        after=rows[-1].id if truncated else None,
        truncated=truncated,
        left_out=left_out,
    )


def data_range(user: User) -> DataRange:
    """The days and the number of transactions there are to answer from."""
    everything = TransactionFilter(include_transfers=True)
    rows = _found(user, everything)
    first, last = (next(iter(rows.read(_days, order)), (None,))[0] for order in (OLDEST, NEWEST))
    return DataRange(first=first, last=last, count=count_transactions(user, where=everything))


def _days(rows: TransactionQuerySet, order: tuple[str, ...]) -> Any:
    return rows.order_by(*order).values_list("date")[:1]


def transaction_rows(rows: Rows, *order: str, limit: int | None = None) -> list[TransactionRow]:
    """The rows as values, in one query."""
    return list(map(_row, rows.read(_of_a_row, order, limit)))


def _row(columns: tuple[Any, ...]) -> TransactionRow:
    (
        number, day, description, merchant, category, account, minor, currency, status, is_transfer,
    ) = columns  # fmt: skip
    return TransactionRow(
        id=number,
        date=day,
        description=description,
        merchant=merchant,
        category=category,
        account=account,
        amount=from_minor(minor, currency),
        pending=status == Transaction.Status.PENDING,
        transfer=is_transfer,
    )


def _of_a_row(rows: TransactionQuerySet, order: tuple[str, ...], limit: int | None) -> Any:
    return rows.order_by(*order).values_list(*_OF_A_ROW)[:limit]


def pending_ids(user: User) -> list[int]:
    """In the order of the index that has what is pending: another one would have every row."""
    return [number for (number,) in ask(_by_account, where=PENDING & Q(user_id=user.pk))]


def _by_account(where: Q) -> Any:
    return Transaction.objects.filter(where).order_by("account_id").values_list("pk")


def _found(user: User, where: TransactionFilter) -> Rows:
    rows = narrowed(user, where).filter(VISIBLE, Q(is_split=False))
    return rows if where.include_transfers else rows.filter(Q(is_transfer=False))


def _compared(
    user: User, where: TransactionFilter, counted: Measure | None, near: Near | None
) -> Compared:
    """What is found. Of those that are `near` the rollups tell how many there are, and the rows
    are looked for by their ids: of the period, too, SQLite would look at all of it."""
    cells = _rolled(user, where, counted)
    if near is not None and cells is not None:
        where = replace(where, period=None, merchants=())
    if counted is None:
        return Compared(user, _found(user, where), cells)
    rows = measured_rows(user, where, counted).filter(Q(part="counted"))
    return Compared(user, rows, cells)


def _rolled(user: User, where: TransactionFilter, counted: Measure | None) -> list[Cell] | None:
    """The sums of what is found, where rollups can give them."""
    if not can_answer(user, where):
        return None
    if counted is not None:
        of_rollups = is_of(counted) & Q(part="counted")
        of_totals = totals_of(counted) & Q(bucket="counted")
    else:
        chosen = Q() if where.include_transfers else Q(is_transfer=False)
        of_rollups, of_totals = ~HIDDEN & chosen, VISIBLE_TOTALS & chosen
    return rolled_cells(user, where, counted=of_rollups, totals=of_totals)


def _by_date(
    user: User,
    rows: Rows,
    sort: Sort,
    limit: int,
    after: int | None,
    *,
    few: bool,
) -> list[TransactionRow]:
    newest = sort == "newest"
    if after is not None:
        last = _cursor(user, after)
        # The first condition follows from the second; an index can begin at it.
        before = Q(date__lt=last.date) | Q(date=last.date, id__lt=last.pk)
        beyond = Q(date__gt=last.date) | Q(date=last.date, id__gt=last.pk)
        rows = rows.filter(
            Q(date__lte=last.date) & before if newest else Q(date__gte=last.date) & beyond
        )
    if few:
        return sorted_rows(rows, limit, newest=newest)
    order = NEWEST if newest else OLDEST
    return transaction_rows(rows, *order, limit=limit)


def _largest(
    user: User, compared: Compared, limit: int, after: int | None, near: Near | None
) -> list[TransactionRow]:
    last = None
    if after is not None:
        row = _cursor(user, after)
        rate = compared.rates.on(row.account.currency, row.date)
        if rate is None:
            raise UnknownCursor(after)
        last = Sized(row.pk, abs(rate.convert(row.amount_minor)))
    return rows_in_order(first_by_size(compared.rows, compared.rates, limit, after=last, near=near))


def newest_rows(
    user: User,
    where: TransactionFilter,
    rows: Rows,
    limit: int,
    *,
    rolled: Q | None = None,
    rare: bool = False,
) -> list[TransactionRow]:
    """The newest of `rows`, which are among those of the filter (but for its period and merchants,
    which need not be theirs), and `limit` or more.

    Blocks of ids come from an index first, and are looked at then: PostgreSQL believes that what
    counts is rare, and would look at every row of the period. `rolled`, if the rollups can tell,
    is what of them are these rows: what is not in the first block is looked for on its days, and
    if they are `rare` it is not looked at unless it is all there is.
    """
    near = dated(user, where)
    found: list[TransactionRow] = []
    start, length = 0, _BLOCK if rolled is None else _FIRST
    while len(found) < limit and start < _MANY:
        ids = [number for (number,) in ask(_newest_ids, start, length, where=near)]
        if rare and rolled is not None and len(ids) == length:
            return newest_on_their_days(user, where, rows, limit, rolled=rolled)
        found += sorted_rows(rows.filter(Q(pk__in=ids)), limit - len(found))
        if len(ids) < length:
            return found
        if rolled is not None and len(found) < limit:
            return newest_on_their_days(user, where, rows, limit, rolled=rolled)
        start, length = start + length, 4 * length
    if len(found) < limit:
        return transaction_rows(rows.filter(near), *NEWEST, limit=limit)
    return found


def _newest_ids(where: Q, start: int, length: int) -> Any:
    rows = Transaction.objects.filter(where).order_by(*NEWEST)
    return rows.values_list("pk")[start : start + length]


def newest_on_their_days(
    user: User, where: TransactionFilter, rows: Rows, limit: int, *, rolled: Q
) -> list[TransactionRow]:
    """As `newest_rows`, for rows that are few among those of the filter."""
    if not limit:
        return []
    places = newest_places(user, where, rolled, limit)
    return sorted_rows(rows.filter(places, dated(user, replace(where, period=None))), limit)


def sorted_rows(rows: Rows, limit: int, *, newest: bool = True) -> list[TransactionRow]:
    """The newest of few rows that an index leads to, sorted here: asked for their order, SQLite
    would look for them among all rows in that order."""
    found = sorted(rows.read(_of_a_row, (), None), key=_by_day, reverse=newest)
    return list(map(_row, found[:limit]))


def _by_day(columns: tuple[Any, ...]) -> tuple[Any, int]:
    number, day, *_ = columns
    return day, number


def rows_in_order(found: list[Sized]) -> list[TransactionRow]:
    ids = [row.id for row in found]
    by_id = {row.id: row for row in transaction_rows(Rows(Q(pk__in=ids)))}
    return [by_id[number] for number in ids if number in by_id]


def _cursor(user: User, after: int) -> Transaction:
    if not 0 < after <= MAX_ID:
        raise UnknownCursor(after)
    row = Transaction.objects.of(user).select_related("account").filter(pk=after).first()
    if row is None:
        raise UnknownCursor(after)
    return row
