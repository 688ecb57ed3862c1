"""What a user says about a file, because it does not say so itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from spendo.ledger.imports.amounts import DecimalMark
from spendo.ledger.imports.columns import ColumnMapping
from spendo.ledger.imports.dates import DateOrder
from spendo.ledger.imports.headers import HeaderKey, KnownHeader


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """Everything may be left open; it is then found out, or asked for by an ImportRefused.

    `headers` are those the user said something of before; what is said here comes first.
    """

    encoding: str = ""
    separator: str = ""
    profile: str = ""
    mapping: ColumnMapping | None = None
    date_order: DateOrder | None = None
    decimal_mark: DecimalMark | None = None
    headers: Mapping[HeaderKey, KnownHeader] = field(default_factory=dict)
