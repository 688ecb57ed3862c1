"""Rows in the order of their size, in the user's currency, whatever they were paid in."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from heapq import merge
from itertools import islice
from math import ceil, floor
from typing import Any

from django.db.models import F, Q
from django.db.models.functions import Abs

from spendo.ledger.models import Transaction
from spendo.ledger.prepared import ask
from spendo.ledger.querysets import TransactionQuerySet
from spendo.ledger.rates import Rates
from spendo.ledger.selectors.filters import dated
from spendo.ledger.selectors.rows import Rows
from spendo.ledger.selectors.types import TransactionFilter
from spendo.users.models import User

_BLOCK, _FEW = 100, 30
_SHORT = 45
_OUT, _IN, _BOTH = Q(amount_minor__lt=0), Q(amount_minor__gte=0), Q()


@dataclass(frozen=True, slots=True)
class Sized:
    """A row and how large it is, in minor units of the user's currency."""

    id: int
    size: Fraction


def by_size(
    rows: Rows,
    rates: Rates,
    *,
    after: Sized | None = None,
    smallest: bool = False,
    near: Q | None = None,
) -> Iterator[Sized]:
    """The rows, the largest first, or the smallest; of equals the newest id first.

    The rows of each currency come from the database by their own amounts, money out and money in
    apart, so that an index has them in order. Converted by the rates of their days they may change
    places: a row is given on only when no later one can overtake it. `near`, if it is given, is
    true of these rows and of few others: they are sorted, both sides together, before anybody
    asks what they mean, instead of found in order.
    """
    sides = (_OUT, _IN) if near is None else (_BOTH,)
    streams = [
        _in_order(rows, rates, currency, side, after=after, smallest=smallest, near=near)
        for currency in sorted({rates.quote, *rates.bases})
        for side in sides
    ]
    return merge(*streams, key=lambda row: _place(row, smallest=smallest))


def first_by_size(
    rows: Rows,
    rates: Rates,
    number: int,
    *,
    after: Sized | None = None,
    smallest: bool = False,
    near: Q | None = None,
) -> list[Sized]:
    """The first `number` of them."""
    found = by_size(rows, rates, after=after, smallest=smallest, near=near)
    return list(islice(found, number))


def near_by(user: User, where: TransactionFilter, *more: Q) -> Q | None:
    """What is true of the rows of a short period, and of few others: it is quicker to sort them
    than to look for them among all. None for a long period."""
    period = where.period
    is_short = period is not None and (period.end - period.start).days <= _SHORT
    return Q(dated(user, where), *more) if is_short else None


def _place(row: Sized, *, smallest: bool) -> tuple[Fraction, int]:
    return (row.size if smallest else -row.size, -row.id)


def _in_order(
    rows: Rows,
    rates: Rates,
    currency: str,
    side: Q,
    *,
    after: Sized | None,
    smallest: bool,
    near: Q | None,
) -> Iterator[Sized]:
    """The rows of one currency on one side, in the order of what they were worth."""
    factors = [rate.of_minor for rate in rates.all_of(currency)]
    if currency != rates.quote and not factors:
        return
    low, high = min(factors, default=Fraction(1)), max(factors, default=Fraction(1))
    mine = Q(side, account__currency=currency)
    if after is not None:
        mine &= _beyond(after, low, high, smallest=smallest)
    if near is None:
        descends = (side is _OUT) is smallest  # -5 is larger than -3, and 5 than 3
        blocks = _blocks(rows.filter(mine), descends=descends)
    else:
        blocks = _blocks_of_few(rows, near & mine, descends=not smallest)
    waiting: list[Sized] = []
    for number, day, minor in blocks:
        # What is still to come is no larger than this could be at any rate, or no smaller.
        bound = abs(minor) * (low if smallest else high)
        while waiting and (waiting[0].size < bound if smallest else waiting[0].size > bound):
            yield waiting.pop(0)
        rate = rates.on(currency, day)
        if rate is None:
            continue
        row = Sized(number, abs(rate.convert(minor)))
        if after is not None and _place(row, smallest=smallest) <= _place(after, smallest=smallest):
            continue
        if low == high:
            yield row
        else:
            waiting.append(row)
            waiting.sort(key=lambda each: _place(each, smallest=smallest))
    yield from waiting


def _beyond(after: Sized, low: Fraction, high: Fraction, *, smallest: bool) -> Q:
    """Every row that may come after this one, and few that do not."""
    bound = ceil(after.size / high) if smallest else floor(after.size / low)
    if smallest:
        further = Q(amount_minor__gte=bound) | Q(amount_minor__lte=-bound)
    else:
        further = Q(amount_minor__gte=-bound, amount_minor__lte=bound)
    if low == high and after.size == bound * low:
        return further & ~Q(amount_minor__in=(bound, -bound), id__gte=after.id)
    return further


def _blocks(rows: Rows, *, descends: bool) -> Iterator[tuple[int, date, int]]:
    """The rows a block at a time: mostly the first is enough."""
    start, length = 0, _BLOCK
    while block := rows.read(_block, descends, start, length):
        yield from ((number, day, minor) for number, day, minor in block)
        if len(block) < length:
            return
        start, length = start + length, 2 * length


def _block(rows: TransactionQuerySet, descends: bool, start: int, length: int) -> Any:
    amount = F("amount_minor")
    rows = rows.order_by(amount.desc() if descends else amount.asc(), "-id")
    return rows.values_list("id", "date", "amount_minor")[start : start + length]


def _blocks_of_few(rows: Rows, near: Q, *, descends: bool) -> Iterator[tuple[int, date, int]]:
    """Likewise, both sides together: those of `near` by their size, and of each block those that
    are among the rows."""
    start, length = 0, _FEW
    while block := ask(_block_by_size, descends, start, length, where=near):
        ids = Q(pk__in=[number for number, _, _ in block])
        known = {number for (number,) in rows.filter(ids).read(_ids)}
        yield from ((number, day, minor) for number, day, minor in block if number in known)
        if len(block) < length:
            return
        start, length = start + length, 2 * length


def _block_by_size(where: Q, descends: bool, start: int, length: int) -> Any:
    size = Abs("amount_minor")
    rows = Transaction.objects.filter(where)
    rows = rows.order_by(size.desc() if descends else size.asc(), "-id")
    return rows.values_list("id", "date", "amount_minor")[start : start + length]


def _ids(rows: TransactionQuerySet) -> Any:
    return rows.order_by().values_list("pk")
