"""Addresses in the web app that show the rows a result rests on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from spendo.ledger.periods import EARLIEST, Period
from spendo.ledger.selectors import RowsQuery, TransactionFilter, query_string

TRANSACTIONS = "/transactions"
MAX_IDS = 100


def balance_link(day: date, account_ids: Sequence[int] = ()) -> str:
    """What balances at the end of a day are made of: the rows of these accounts, or of all."""
    until = Period.of_days(EARLIEST, day)
    where = TransactionFilter(
        period=until, account_ids=tuple(account_ids), include_transfers=True, pending="without"
    )
    return rows_link(RowsQuery(where))


def ids_link(ids: Sequence[int]) -> str | None:
    """The address of single rows, where no filter says which; None of none."""
    chosen = tuple(dict.fromkeys(ids))[:MAX_IDS]
    where = TransactionFilter(ids=chosen, include_transfers=True)
    return rows_link(RowsQuery(where)) if chosen else None


def rows_link(query: RowsQuery) -> str:
    """The address of exactly these rows; relative, so that it leads to no other host."""
    parameters = query_string(query)
    return f"{TRANSACTIONS}?{parameters}" if parameters else TRANSACTIONS
