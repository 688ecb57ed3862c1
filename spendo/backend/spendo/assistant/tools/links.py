"""Addresses in the web app that show the rows a result rests on."""

from __future__ import annotations

from spendo.ledger.selectors import RowsQuery, query_string

TRANSACTIONS = "/transactions"


def rows_link(query: RowsQuery) -> str:
    """The address of exactly these rows; relative, so that it leads to no other host."""
    parameters = query_string(query)
    return f"{TRANSACTIONS}?{parameters}" if parameters else TRANSACTIONS
