"""The faults that shipped products have, made in Spendo's ledger on purpose.

Each patches the ledger in this process for a while. A benchmark that still says "right" then
measures nothing.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any
from unittest.mock import patch

from django.db.models import Case, When

from spendo.ledger import prepared, querysets, services
from spendo.ledger.models import Transaction
from spendo.ledger.rates import ExactTotal, Rate, Rates


def _rates_one_to_one() -> AbstractContextManager[Any]:
    """A unit of one money is a unit of another, whether a rate is known or not."""

    def on(self: Rates, base: str, day: date) -> Rate:
        return Rate(base, self.quote, day, Fraction(1))

    return patch.object(Rates, "on", on)


def _parent_and_parts() -> AbstractContextManager[Any]:
    """A row that is split goes on to count, and its parts do, too."""
    split = services.split_transaction

    def split_transaction(user: Any, number: int, parts: Sequence[services.NewPart]) -> Any:
        made = split(user, number, parts)
        Transaction.objects.filter(pk=number).update(is_split=False)
        return made

    return patch.object(services, "split_transaction", split_transaction)


@contextmanager
def _transfers_counted() -> Iterator[None]:
    """Moving money between own accounts is spending and income."""
    part = querysets._part

    def counted(*first: When, include_transfers: bool) -> Case:
        return part(*first, include_transfers=True)

    # Queries that were put together before say it the old way.
    prepared._prepared.cache_clear()
    with patch.object(querysets, "_part", counted):
        yield
    prepared._prepared.cache_clear()


def _twins_dropped() -> AbstractContextManager[Any]:
    """A row that looks like another one of the same day is taken for it."""
    add = services.add_transactions

    def add_transactions(user: Any, rows: Sequence[services.NewTransaction]) -> int:
        alike = {replace(row, external_id="", tags=()): row for row in rows}
        return add(user, list(alike.values()))

    return patch.object(services, "add_transactions", add_transactions)


def _float_sums() -> AbstractContextManager[Any]:
    """Amounts are added up as binary fractions of a currency's unit."""

    def rounded(self: ExactTotal) -> int:
        parts = self._numerators.items()
        total = sum(float(number) / float(each) / 100 for each, number in parts)
        return int(f"{total:.2f}".replace(".", ""))

    return patch.object(ExactTotal, "rounded", rounded)


BREAKAGES: dict[str, Callable[[], AbstractContextManager[Any]]] = {
    "rates 1:1": _rates_one_to_one,
    "parent and parts": _parent_and_parts,
    "transfers counted": _transfers_counted,
    "twins dropped": _twins_dropped,
    "float sums": _float_sums,
}


@contextmanager
def broken(name: str) -> Iterator[None]:
    with BREAKAGES[name]():
        yield
