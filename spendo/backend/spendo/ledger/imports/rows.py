"""What readers of files give: plain values, with the line they come from."""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Literal


class StatementFormat(StrEnum):
    CSV = "csv"
    OFX = "ofx"
    QIF = "qif"
    CAMT = "camt"


@dataclass(frozen=True, slots=True)
class StatementAccount:
    """An account as the file describes it. `key` is what its rows call it: "" in a file about one
    account that it does not name. A `currency` or `kind` of "" is not known."""

    key: str
    name: str = ""
    external_id: str = ""
    kind: str = ""
    currency: str = ""
    institution: str = ""


@dataclass(frozen=True, slots=True)
class StatementBalance:
    """What the file says the account held: before its first row, or at the end of `date`."""

    line: int
    account: str
    moment: Literal["opening", "closing"]
    date: datetime.date
    amount: Decimal
    currency: str = ""


@dataclass(frozen=True, slots=True)
class RowPart:
    """A part of a split row, in the row's currency."""

    amount: Decimal
    description: str = ""
    category: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StatementRow:
    """One transaction; a negative amount is money out. A `currency` of "" is the account's.

    `category` is a path, from the top of the tree. `transfer_to` is the account at the other end,
    by its key; two rows with one `transfer_number` are one movement. Rows with one `split_number`
    are parts of a row described as `split_description`; readers give that row in their place.
    """

    line: int
    account: str
    date: datetime.date
    amount: Decimal
    description: str
    currency: str = ""
    merchant: str = ""
    category: tuple[str, ...] = ()
    category_kind: str = ""
    value_date: datetime.date | None = None
    note: str = ""
    tags: tuple[str, ...] = ()
    pending: bool = False
    hidden: bool = False
    external_id: str = ""
    parts: tuple[RowPart, ...] = ()
    transfer_to: str = ""
    transfer_number: str = ""
    split_number: str = ""
    split_description: str = ""


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that is not imported, and why."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class IgnoredRow:
    """A line that is no transaction: a footer, a payment that the bank declined."""

    line: int
    reason: str


Item = StatementAccount | StatementBalance | StatementRow | RefusedRow | IgnoredRow
