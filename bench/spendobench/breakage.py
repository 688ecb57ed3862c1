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

from django.db.models import Case, Value, When

from spendo.ledger import services
from spendo.ledger.querysets import (
    HIDDEN,
    PENDING,
    SUSPECTED_TRANSFER,
    TRANSFER,
    TransactionQuerySet,
)
from spendo.ledger.selectors.rates import ExactTotal, Rate, Rates


def _rates_one_to_one() -> AbstractContextManager[Any]:
    """A unit of one money is a unit of another, whether a rate is known or not."""

    def on(self: Rates, base: str, day: date) -> Rate:
        return Rate(base, self.quote, day, Fraction(1))

    return patch.object(Rates, "on", on)


def _parent_and_parts() -> AbstractContextManager[Any]:
    """A split row counts, and its parts do, too."""

    def sorted_into_parts(self: Any, *, include_transfers: bool) -> Any:
        return self.annotate(
            part=Case(
                When(HIDDEN, then=Value("hidden")),
                When(SUSPECTED_TRANSFER, then=Value("suspected")),
                When(TRANSFER, then=Value("transfer")),
                When(PENDING, then=Value("pending")),
                default=Value("counted"),
            )
        )

    return patch.object(TransactionQuerySet, "sorted_into_parts", sorted_into_parts)


def _transfers_counted() -> AbstractContextManager[Any]:
    """Moving money between own accounts is spending and income."""
    asked = TransactionQuerySet.sorted_into_parts

    def sorted_into_parts(self: Any, *, include_transfers: bool) -> Any:
        return asked(self, include_transfers=True)

    return patch.object(TransactionQuerySet, "sorted_into_parts", sorted_into_parts)


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
