"""What a user says about a file, because it does not say so itself."""

from dataclasses import dataclass

from spendo.ledger.imports.amounts import DecimalMark
from spendo.ledger.imports.columns import ColumnMapping
from spendo.ledger.imports.dates import DateOrder


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """Everything may be left open; it is then found out, or asked for by an ImportRefused."""

    encoding: str = ""
    separator: str = ""
    profile: str = ""
    mapping: ColumnMapping | None = None
    date_order: DateOrder | None = None
    decimal_mark: DecimalMark | None = None
