"""Rows of the ledger: filtered, counted, paged."""

from dataclasses import dataclass

from django.db.models import Count, F, Max, Min, Q
from django.db.models.functions import Abs

from spendo.ledger.aggregates import ExactSum
from spendo.ledger.models import Transaction
from spendo.ledger.money import from_minor
from spendo.ledger.querysets import TransactionQuerySet
from spendo.ledger.selectors.amounts import compares_amounts
from spendo.ledger.selectors.cells import cells_of
from spendo.ledger.selectors.conversion import Converted, rates_for
from spendo.ledger.selectors.filters import MAX_ID, convertible, narrowed
from spendo.ledger.selectors.measures import measured_rows
from spendo.ledger.selectors.types import (
    DataRange,
    LeftOutCurrency,
    Measure,
    Sort,
    TransactionFilter,
    TransactionPage,
    TransactionRow,
)
from spendo.users.models import User

MAX_LIMIT = 100


class UnknownCursor(ValueError):  # noqa: N818
    """`after` is no transaction of this user."""


def count_transactions(user: User, *, where: TransactionFilter) -> int:
    """How many rows `search_transactions` would page through."""
    rows = _found(user, where)
    return _compared(user, rows).count if compares_amounts(where) else rows.count()


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
    rows = _found(user, where) if counted is None else _counted(user, where, counted)
    left_out: list[LeftOutCurrency] = []
    if sort == "largest":
        total_count, left_out = _by_currency(user, rows)
        rows = rows.filter(account__currency=user.currency)
    elif compares_amounts(where) or counted is not None:
        compared = _compared(user, rows)
        total_count, left_out, rows = compared.count, compared.left_out, compared.rows
    else:
        total_count = rows.count()
    rows = rows.annotate(size=Abs("amount_minor")).order_by(*_ORDERS[sort])
    if after is not None:
        rows = rows.filter(_beyond(user, sort, after))
    page = transaction_rows(rows[: limit + 1])
    truncated = len(page) > limit
    page = page[:limit]
    return TransactionPage(
        rows=page,
        total_count=total_count,
        after=page[-1].id if truncated else None,
        truncated=truncated,
        left_out=left_out,
    )


def data_range(user: User) -> DataRange:
    """The days and the number of transactions there are to answer from."""
    found = (
        Transaction.objects.of(user)
        .visible()
        .aggregate(first=Min("date"), last=Max("date"), count=Count("id"))
    )
    return DataRange(first=found["first"], last=found["last"], count=found["count"])


def transaction_rows(rows: TransactionQuerySet) -> list[TransactionRow]:
    """The rows as values, in one query."""
    return [
        TransactionRow(
            id=row.pk,
            date=row.date,
            description=row.description,
            merchant=row.merchant,
            category=row.category.name if row.category else None,
            account=row.account.name,
            amount=from_minor(row.amount_minor, row.account.currency),
            pending=row.status == Transaction.Status.PENDING,
            transfer=row.is_transfer,
        )
        for row in rows.with_meaning().select_related("account", "category")
    ]


_ORDERS: dict[Sort, tuple[str, ...]] = {
    "newest": ("-date", "-id"),
    "oldest": ("date", "id"),
    "largest": ("-size", "-id"),
}


def _found(user: User, where: TransactionFilter) -> TransactionQuerySet:
    rows = narrowed(user, where).visible()
    return rows if where.include_transfers else rows.filter(Q(is_transfer=False))


def _counted(user: User, where: TransactionFilter, measure: Measure) -> TransactionQuerySet:
    return measured_rows(user, where, measure).filter(Q(part="counted"))


def _beyond(user: User, sort: Sort, after: int) -> Q:
    """The rows that come after the row `after` in this order."""
    if not 0 < after <= MAX_ID:
        raise UnknownCursor(after)
    last = Transaction.objects.of(user).filter(pk=after).first()
    if last is None:
        raise UnknownCursor(after)
    match sort:
        case "newest":
            return Q(date__lt=last.date) | Q(date=last.date, id__lt=last.pk)
        case "oldest":
            return Q(date__gt=last.date) | Q(date=last.date, id__gt=last.pk)
        case "largest":
            size = abs(last.amount_minor)
            return Q(size__lt=size) | Q(size=size, id__lt=last.pk)


@dataclass(frozen=True, slots=True)
class _Compared:
    """The rows whose size is known in the user's currency, and what has no rate."""

    rows: TransactionQuerySet
    count: int
    left_out: list[LeftOutCurrency]


def _compared(user: User, rows: TransactionQuerySet) -> _Compared:
    cells = cells_of(rows.sorted_into_parts(include_transfers=True), user.currency)
    rates = rates_for(user, cells)
    found = Converted(cells, rates, sign=1)
    if found.unconverted:
        rows = rows.filter(convertible(user, rates))
    return _Compared(rows, found.count, found.left_out())


def _by_currency(user: User, rows: TransactionQuerySet) -> tuple[int, list[LeftOutCurrency]]:
    """The number of rows in the user's currency, and those that cannot be compared with them."""
    by_currency = (
        rows.order_by()
        .values(currency=F("account__currency"))
        .annotate(
            minor=ExactSum("amount_minor"),
            accounts=Count("account", distinct=True),
            transactions=Count("id"),
        )
        .order_by("currency")
    )
    own = sum(row["transactions"] for row in by_currency if row["currency"] == user.currency)
    others = [
        LeftOutCurrency(
            total=from_minor(row["minor"], row["currency"]),
            accounts=row["accounts"],
            transactions=row["transactions"],
        )
        for row in by_currency
        if row["currency"] != user.currency
    ]
    return own, others
