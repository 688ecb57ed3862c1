"""Headers of tables whose user has said once how they are read."""

from collections.abc import Sequence
from dataclasses import dataclass

from spendo.ledger.imports.amounts import DecimalMark, looks_like_amount
from spendo.ledger.imports.columns import ColumnMapping
from spendo.ledger.imports.dates import DateOrder, looks_like_date
from spendo.users.fields import fold

HeaderKey = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KnownHeader:
    """What was said of a header. Without a `mapping` or a `profile` its columns are found out as
    of any table. The order of dates and the mark are what is usual: what a file shows itself is
    believed before. `account_id` is carried along for whoever knows accounts."""

    number: int
    names: tuple[str, ...]
    mapping: ColumnMapping | None = None
    profile: str = ""
    date_order: DateOrder | None = None
    decimal_mark: DecimalMark | None = None
    account_id: int | None = None


def header_key(names: Sequence[str]) -> HeaderKey:
    """What is the same of two files with one header: its names in their order, in any case."""
    return tuple(fold(name) for name in names)


def is_header(names: Sequence[str]) -> bool:
    """Whether these are names, and not a first row that was taken for them."""
    return not any(_is_value(name) for name in names)


def _is_value(name: str) -> bool:
    return looks_like_date(name) or looks_like_amount(name)
