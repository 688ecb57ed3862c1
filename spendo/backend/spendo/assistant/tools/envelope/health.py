"""What the records lack."""

from __future__ import annotations

from datetime import date
from typing import Literal

from spendo.assistant.tools.envelope.base import LedgerEnvelope, LeftOut
from spendo.assistant.tools.envelope.part import Amount, Count, Part


class GapPart(Part):
    """Days without any record, both inclusive."""

    first: date
    last: date
    days: Count


class AccountHealthPart(Part):
    name: str
    kind: str
    first: date | None
    last: date | None
    count: Count
    days_since: Count | None
    stale: bool
    gaps: tuple[GapPart, ...]

    def title(self) -> str:
        return self.name


class DuplicatePart(Part):
    """`possible`: perhaps charged twice, which only the user can tell. `routine`: the user pays
    there all the time, and two equal purchases on a day are quite possible."""

    merchant: str
    amount: Amount
    first_on: date
    last_on: date
    times: Count
    account: str
    verdict: Literal["possible", "routine"]
    ids: tuple[int, ...]

    def title(self) -> str:
        return self.merchant


class DataHealthEnvelope(LedgerEnvelope):
    """`suspected` rows left in a transfer category (or came to a card) and nobody knows the other
    side; they are in no total. `missing_rates` is in no total either."""

    tool: Literal["data_health"] = "data_health"
    first: date | None
    last: date | None
    uncategorised: Count
    uncategorised_out: Amount
    pending: Count
    pending_too_long: Count
    oldest_pending: date | None
    suspected: Count
    hidden: Count
    missing_rates: tuple[LeftOut, ...]
    accounts: tuple[AccountHealthPart, ...]
    stale_count: Count
    duplicates: tuple[DuplicatePart, ...]
    possible_duplicates: Count
    routine_twins: Count
    duplicates_since: date
