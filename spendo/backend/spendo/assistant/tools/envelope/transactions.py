"""Sums, pages and counts of transactions."""

from __future__ import annotations

from typing import Literal

from spendo.assistant.tools.envelope.base import (
    Averages,
    Converted,
    LedgerEnvelope,
    LeftOut,
    PeriodPart,
    Row,
    currencies,
)
from spendo.assistant.tools.envelope.part import Amount, Count, Part


class Group(Part):
    label: str
    total: Amount
    count: Count

    def title(self) -> str:
        return self.label


class SumEnvelope(LedgerEnvelope):
    """`median`, `largest` and `smallest` are there where they were asked for and there is a row:
    of spending they look at money out only, of income at money in."""

    tool: Literal["sum_transactions"] = "sum_transactions"
    measure: Literal["spending", "income", "net"]
    total: Amount
    averages: Averages
    median: Amount | None = None
    largest: Row | None = None
    smallest: Row | None = None
    period: PeriodPart
    partial: bool = False
    converted: tuple[Converted, ...] = ()
    group_by: (
        Literal["category", "top_category", "merchant", "tag", "account", "day", "week", "month"]
        | None
    )
    groups: tuple[Group, ...]
    group_count: Count

    def title(self) -> str:
        return self.measure


class SearchEnvelope(LedgerEnvelope):
    tool: Literal["search_transactions"] = "search_transactions"
    period: PeriodPart
    sort: Literal["newest", "oldest", "largest"]
    left_out: tuple[LeftOut, ...]

    def leaves_out(self) -> list[str]:
        transfers = [] if self.filters.include_transfers else ["transfers"]
        return [*transfers, *currencies(self.left_out)]


class CountEnvelope(LedgerEnvelope):
    tool: Literal["count_transactions"] = "count_transactions"
    period: PeriodPart
    truncated: Literal[False] = False

    def leaves_out(self) -> list[str]:
        return [] if self.filters.include_transfers else ["transfers"]


TransactionEnvelopes = SumEnvelope | SearchEnvelope | CountEnvelope
