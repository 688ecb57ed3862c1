"""Transactions by what is asked of them, before anybody has said what to read of them."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from spendo.ledger.models import Transaction
from spendo.ledger.prepared import ask
from spendo.ledger.querysets import TransactionQuerySet

Read = Callable[..., QuerySet[Any, Any]]
"""Rows, and whatever else tells its queries apart, to a queryset of tuples."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows `with_meaning`, `sorted_into_parts` as a total with or without transfers has them."""

    conditions: Q
    include_transfers: bool = True

    def filter(self, *more: Q) -> "Rows":
        return Rows(Q(self.conditions, *more), self.include_transfers)

    @property
    def query(self) -> TransactionQuerySet:
        return _of_all(self.include_transfers).filter(self.conditions)

    def read(self, read: Read, *shape: Hashable) -> list[tuple[Any, ...]]:
        """The tuples of `read(rows, *shape)`, whose text is kept; see `ask`."""
        return ask(_read, read, self.include_transfers, *shape, where=self.conditions)


def _read(where: Q, read: Read, include_transfers: bool, *shape: Hashable) -> QuerySet[Any, Any]:
    return read(_of_all(include_transfers).filter(where), *shape)


def _of_all(include_transfers: bool) -> TransactionQuerySet:
    rows = Transaction.objects.with_meaning()
    return rows.sorted_into_parts(include_transfers=include_transfers)
