"""What is asked of an import, and what it says."""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from spendo.ledger.imports import ColumnMapping, ReadOptions, StatementFormat
from spendo.ledger.money import Money

Progress = Callable[[int, int], None]
"""Called with how many rows are done, and how many there are."""


class Verdict(StrEnum):
    """What becomes of a row of a file.

    `settles`: it takes the place of a pending row. `likely_duplicate`: a row from somewhere else
    looks like it; it is only imported when that is asked for. `ignored` is no transaction.
    """

    NEW = "new"
    KNOWN = "known"
    SETTLES = "settles"
    LIKELY_DUPLICATE = "likely_duplicate"
    REFUSED = "refused"
    IGNORED = "ignored"


@dataclass(frozen=True, slots=True)
class AccountChoice:
    """Where the rows of an account go: to one of the user's, or to a new one of this name."""

    account_id: int | None = None
    new_account: str = ""

    def __bool__(self) -> bool:
        return self.account_id is not None or bool(self.new_account)


@dataclass(frozen=True, slots=True)
class ImportChoices:
    """What the user said beside the file.

    An `account_id` or the name of a `new_account` is for files about one account, `accounts` are
    those of a file that names several, by their keys. `as_remembered`: whether what was said of an
    earlier file with the same header is believed.
    """

    reading: ReadOptions = field(default_factory=ReadOptions)
    account_id: int | None = None
    new_account: str = ""
    accounts: Mapping[str, AccountChoice] = field(default_factory=dict)
    with_duplicates: bool = False
    as_remembered: bool = True


@dataclass(frozen=True, slots=True)
class JudgedRow:
    """A row and its verdict. What was refused may have no date, amount or account.

    `match_id` is the transaction that it is known as, settles, or looks like.
    """

    line: int
    verdict: Verdict
    reason: str = ""
    account: str = ""
    date: datetime.date | None = None
    amount: Money | None = None
    description: str = ""
    merchant: str = ""
    category: str = ""
    pending: bool = False
    match_id: int | None = None


@dataclass(frozen=True, slots=True)
class TargetAccount:
    """Where rows go. `account_id` is None while the account is yet to be made."""

    name: str
    currency: str
    account_id: int | None
    rows: int
    first: datetime.date | None
    last: datetime.date | None
    stated_balance: Decimal | None = None
    stated_on: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """What a commit would do. `counts` has every verdict; `new_categories` are their names.

    `reading` is how a table is read; `remembered` is the number of the header that says so.
    """

    format: StatementFormat
    profile: str
    counts: dict[Verdict, int]
    accounts: tuple[TargetAccount, ...]
    new_categories: tuple[str, ...]
    rows: tuple[JudgedRow, ...]
    truncated: bool
    columns: tuple[str, ...] = ()
    reading: ColumnMapping | None = None
    remembered: int | None = None

    @property
    def total(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What a commit did. `added` and `settled` together are what changed. `batch_id` is None
    when there was nothing to do."""

    batch_id: int | None
    added: int
    known: int
    settled: int
    likely_duplicates: int
    refused: tuple[JudgedRow, ...]
    refused_count: int
    ignored: int
    accounts_made: tuple[str, ...]
    transfers: int


def rows_counted(count: int) -> str:
    """ "1 row", "1,204 rows"."""
    return f"{count:,} {'row' if count == 1 else 'rows'}"
