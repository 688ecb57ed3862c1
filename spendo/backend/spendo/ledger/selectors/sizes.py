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

from spendo.ledger.periods import Period
from spendo.ledger.querysets import TransactionQuerySet
from spendo.ledger.rates import Rates
from spendo.ledger.selectors.rows import Rows

_BLOCK = 100
_SHORT = 45


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
    short: bool = False,
) -> Iterator[Sized]:
    """The rows, the largest first, or the smallest; of equals the newest id first.

    The rows of each currency come from the database by their own amounts, money out and money in
    apart, so that an index has them in order. Converted by the rates of their days they may change
    places: a row is given on only when no later one can overtake it. `short`: the rows are few
    among all, and are sorted instead of found in order.
    """
    currencies = {rates.quote, *rates.bases}
    streams = [
        _in_order(
            rows, rates, currency, outwards=outwards, after=after, smallest=smallest, short=short
        )
        for currency in sorted(currencies)
        for outwards in (True, False)
    ]
    return merge(*streams, key=lambda row: _place(row, smallest=smallest))


def first_by_size(
    rows: Rows,
    rates: Rates,
    number: int,
    *,
    after: Sized | None = None,
    smallest: bool = False,
    short: bool = False,
) -> list[Sized]:
    """The first `number` of them."""
    found = by_size(rows, rates, after=after, smallest=smallest, short=short)
    return list(islice(found, number))


def is_short(period: Period | None) -> bool:
    """Whether it is quicker to sort the rows of the period than to look for them among all."""
    return period is not None and (period.end - period.start).days <= _SHORT


def _place(row: Sized, *, smallest: bool) -> tuple[Fraction, int]:
    return (row.size if smallest else -row.size, -row.id)


def _in_order(
    rows: Rows,
    rates: Rates,
    currency: str,
    *,
    outwards: bool,
    after: Sized | None,
    smallest: bool,
    short: bool,
) -> Iterator[Sized]:
    """The rows of one currency on one side, in the order of what they were worth."""
    factors = [rate.of_minor for rate in rates.all_of(currency)]
    if currency != rates.quote and not factors:
        return
    low, high = min(factors, default=Fraction(1)), max(factors, default=Fraction(1))
    mine = rows.filter(
        Q(account__currency=currency),
        Q(amount_minor__lt=0) if outwards else Q(amount_minor__gte=0),
    )
    if after is not None:
        mine = mine.filter(_beyond(after, low, high, outwards=outwards, smallest=smallest))
    descends = outwards is smallest  # -5 is larger than -3, and 5 than 3
    waiting: list[Sized] = []
    for number, day, minor in _blocks(mine, descends=descends, short=short):
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


def _beyond(after: Sized, low: Fraction, high: Fraction, *, outwards: bool, smallest: bool) -> Q:
    """Every row that may come after this one, and few that do not."""
    sign = -1 if outwards else 1
    bound = ceil(after.size / high) if smallest else floor(after.size / low)
    same = "gte" if (sign > 0) is smallest else "lte"
    further = Q(**{f"amount_minor__{same}": sign * bound})
    if low == high and after.size == bound * low:
        return further & ~Q(amount_minor=sign * bound, id__gte=after.id)
    return further


def _blocks(rows: Rows, *, descends: bool, short: bool) -> Iterator[tuple[int, date, int]]:
    """The rows a block at a time: mostly the first is enough."""
    start, length = 0, _BLOCK
    while block := rows.read(_block, descends, short, start, length):
        yield from ((number, day, minor) for number, day, minor in block)
        if len(block) < length:
            return
        start, length = start + length, 2 * length


def _block(rows: TransactionQuerySet, descends: bool, short: bool, start: int, length: int) -> Any:
    amount = F("amount_minor") + 0 if short else F("amount_minor")
    rows = rows.order_by(amount.desc() if descends else amount.asc(), "-id")
    return rows.values_list("id", "date", "amount_minor")[start : start + length]
