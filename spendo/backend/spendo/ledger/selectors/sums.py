"""Totals over transactions."""

from spendo.ledger.selectors.types import GroupBy, Measure, SumResult, TransactionFilter
from spendo.users.models import User


def sum_transactions(
    user: User, *, where: TransactionFilter, measure: Measure, group_by: GroupBy | None = None
) -> SumResult:
    """The exact total of `measure` over every matching row, in the user's currency."""
    raise NotImplementedError
