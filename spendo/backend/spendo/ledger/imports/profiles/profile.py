"""What is known of one bank's or app's table."""

from dataclasses import dataclass, field

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
    signature: frozenset[str] = field(init=False)
    """The columns folded, once: every line of every file is held against it."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "signature", frozenset(map(fold, self.columns)))
