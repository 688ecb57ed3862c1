"""Rows in the order of their size, in the user's currency, whatever they were paid in."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import partial
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
from spendo.ledger.selectors.cells import Cell, cells_of
from spendo.ledger.selectors.conversion import Converted, rates_for
from spendo.ledger.selectors.currencies import currencies_of
from spendo.ledger.selectors.filters import convertible, dated, of_days
from spendo.ledger.selectors.rows import Rows
from spendo.ledger.selectors.types import TransactionFilter
from spendo.users.models import User

_BLOCK, _FEW = 40, 30
_SHORT = 45
_OUT, _IN = Q(amount_minor__lt=0), Q(amount_minor__gte=0)

Block = list[tuple[int, date, int]]
"""Rows in the order of their own amounts: the id, the day and the minor units."""


class Compared:
    """Rows whose size is known in the user's currency, and what has no rate."""

    def __init__(self, user: User, rows: Rows, cells: list[Cell] | None = None) -> None:
        if cells is None:
            cells = cells_of(rows, user.currency)
        self.rates = rates_for(user, cells, of_each_day=True)
        found = Converted(cells, self.rates, sign=1)
        self.count = found.count
        self.left_out = found.left_out()
        self.rows = rows.filter(convertible(user, self.rates)) if found.unconverted else rows


@dataclass(frozen=True, slots=True)
class Sized:
    """A row and how large it is, in minor units of the user's currency."""

    id: int
    size: Fraction


@dataclass(frozen=True, slots=True)
class Near:
    """`where` is true of the rows of a short period in these accounts of the user, and of few
    others there. It is quicker to sort them than to look for the rows in the order of all amounts.
    """

    where: Q
    currencies: dict[int, str]


def near_by(user: User, where: TransactionFilter, *more: Q) -> Near | None:
    """What is near the rows of a short period; None for a long one."""
    period = where.period
    if period is None or (period.end - period.start).days > _SHORT:
        return None
    currencies = currencies_of(user)
    if where.account_ids:
        asked_for = currencies.keys() & where.account_ids
        currencies = {number: currencies[number] for number in asked_for}
    # Of rows that are told by their accounts and days an index has the amounts, too: not whose
    # they are, which follows from the accounts.
    by_index = not where.merchants and where.ids is None
    found = of_days(period) if by_index else dated(user, replace(where, account_ids=()))
    return Near(Q(found, *more), currencies)


def first_by_size(
    rows: Rows,
    rates: Rates,
    number: int,
    *,
    after: Sized | None = None,
    smallest: bool = False,
    near: Near | None = None,
) -> list[Sized]:
    """The first `number` rows, the largest first, or the smallest; of equals the newest id first.

    The rows of each currency come from the database by their own amounts. Converted by the rates
    of their days they may change places: a row is given on only when no later one can overtake it.
    Of those that are `near` the size is asked first, and then whether they are among the rows.
    """
    if near is None:
        found = _merged(_in_order(rows, rates, smallest), rates, after, smallest)
        return list(islice(found, number))
    candidates = _merged(_sorted(near, rates, smallest), rates, after, smallest)
    kept: list[Sized] = []
    while len(kept) < number and (block := list(islice(candidates, _FEW))):
        known = set(rows.filter(Q(pk__in=[row.id for row in block])).read(_ids))
        kept += [row for row in block if (row.id,) in known]
    return kept[:number]


Read = Callable[[Q, int, int], Block]
"""So many rows of a stream that a condition is true of, from a place on."""


def _in_order(rows: Rows, rates: Rates, smallest: bool) -> Iterator[tuple[str, Read]]:
    """By currency, money out and money in apart: an index has them in order."""
    for currency in _currencies(rates):
        for side in (_OUT, _IN):
            mine = rows.filter(Q(side, account__currency=currency))
            descends = (side is _OUT) is smallest  # -5 is larger than -3, and 5 than 3
            yield currency, partial(_read_in_order, mine, descends)


def _sorted(near: Near, rates: Rates, smallest: bool) -> Iterator[tuple[str, Read]]:
    """By currency, both sides together."""
    for currency in _currencies(rates):
        held_in = [number for number, each in near.currencies.items() if each == currency]
        if held_in:
            yield currency, partial(_read_sorted, near.where & Q(account_id__in=held_in), smallest)


def _currencies(rates: Rates) -> list[str]:
    return sorted({rates.quote, *rates.bases})


def _read_in_order(rows: Rows, descends: bool, more: Q, start: int, length: int) -> Block:
    return rows.filter(more).read(_block, descends, start, length)


def _block(rows: TransactionQuerySet, descends: bool, start: int, length: int) -> Any:
    amount = F("amount_minor")
    rows = rows.order_by(amount.desc() if descends else amount.asc(), "-id")
    return rows.values_list("id", "date", "amount_minor")[start : start + length]


def _read_sorted(where: Q, smallest: bool, more: Q, start: int, length: int) -> Block:
    return ask(_block_by_size, smallest, start, length, where=where & more)


def _block_by_size(where: Q, smallest: bool, start: int, length: int) -> Any:
    size = Abs("amount_minor")
    rows = Transaction.objects.filter(where).order_by(
        size.asc() if smallest else size.desc(), "-id"
    )
    return rows.values_list("id", "date", "amount_minor")[start : start + length]


def _ids(rows: TransactionQuerySet) -> Any:
    return rows.order_by().values_list("pk")


def _place(row: Sized, *, smallest: bool) -> tuple[Fraction, int]:
    return (row.size if smallest else -row.size, -row.id)


def _merged(
    streams: Iterable[tuple[str, Read]], rates: Rates, after: Sized | None, smallest: bool
) -> Iterator[Sized]:
    sized = [_converted(read, currency, rates, after, smallest) for currency, read in streams]
    return merge(*sized, key=lambda row: _place(row, smallest=smallest))


def _converted(
    read: Read, currency: str, rates: Rates, after: Sized | None, smallest: bool
) -> Iterator[Sized]:
    """The rows of one stream, in the order of what they were worth."""
    own = currency == rates.quote
    ends = (Fraction(1), Fraction(1)) if own else rates.ends_of(currency)
    if ends is None:
        return
    low, high = ends
    is_fixed = low == high
    more = Q() if after is None else _beyond(after, low, high, smallest=smallest)
    waiting: list[Sized] = []
    for number, day, minor in _rows_of(read, more):
        if waiting:
            # What is still to come is no larger than this could be at any rate, or no smaller.
            bound = abs(minor) * (low if smallest else high)
            while waiting and (waiting[0].size < bound if smallest else waiting[0].size > bound):
                yield waiting.pop(0)
        rate = None if own else rates.on(currency, day)
        if rate is None and not own:
            continue
        row = Sized(number, abs(rate.convert(minor) if rate else Fraction(minor)))
        if after is not None and _place(row, smallest=smallest) <= _place(after, smallest=smallest):
            continue
        if is_fixed:
            yield row
        else:
            waiting.append(row)
            waiting.sort(key=lambda each: _place(each, smallest=smallest))
    yield from waiting


def _rows_of(read: Read, more: Q) -> Iterator[tuple[int, date, int]]:
    """A block at a time: mostly the first is enough."""
    start, length = 0, _BLOCK
    while block := read(more, start, length):
        yield from block
        if len(block) < length:
            return
        start, length = start + length, 3 * length


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
