"""What is known of one bank's or app's table."""

from dataclasses import dataclass

from spendo.ledger.imports.columns import ColumnMapping as Map
from spendo.users.fields import fold


@dataclass(frozen=True, slots=True)
class Profile:
    """`columns` are all in the header of such a file. `kind` is of the account it is about.
    Rows whose description begins with one of `no_rows` are balances, no transactions. A profile
    without columns has a file without a header and is only used when it is asked for."""

    name: str
    title: str
    columns: tuple[str, ...]
    mapping: Map
    kind: str = ""
    no_rows: tuple[str, ...] = ()

    @property
    def signature(self) -> frozenset[str]:
        return frozenset(fold(column) for column in self.columns)
