"""Rows of the ledger: filtered, counted, paged."""

from spendo.ledger.selectors.types import DataRange, Sort, TransactionFilter, TransactionPage
from spendo.users.models import User


class UnknownCursor(ValueError):  # noqa: N818
    """`after` is no transaction that this user can see in this list."""


def count_transactions(user: User, *, where: TransactionFilter) -> int:
    """How many visible transactions match, pending ones included."""
    raise NotImplementedError


def search_transactions(
    user: User,
    *,
    where: TransactionFilter,
    sort: Sort = "newest",
    limit: int = 10,
    after: int | None = None,
) -> TransactionPage:
    """One page of the visible transactions that match, pending ones included.

    "largest" is by absolute amount. `limit` is 1 to 100, else ValueError. `after` is the id
    of the last row of the page before, else UnknownCursor.
    """
    raise NotImplementedError


def data_range(user: User) -> DataRange:
    """The days and the number of transactions there are to answer from."""
    raise NotImplementedError
