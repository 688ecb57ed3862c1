"""Reading the files of banks and other apps: bytes in, rows with their lines out.

Nothing here knows the database, and nothing of a file is ever run, resolved or looked up.
"""

from spendo.ledger.imports.columns import ColumnMapping, mapping_from, mapping_values
from spendo.ledger.imports.errors import ImportRefused
from spendo.ledger.imports.headers import HeaderKey, KnownHeader, header_key, is_header
from spendo.ledger.imports.options import ReadOptions
from spendo.ledger.imports.profiles import PROFILES, Profile
from spendo.ledger.imports.rows import (
    IgnoredRow,
    Item,
    RefusedRow,
    RowPart,
    StatementAccount,
    StatementBalance,
    StatementFormat,
    StatementRow,
)
from spendo.ledger.imports.statement import Statement, open_statement

__all__ = [
    "PROFILES",
    "ColumnMapping",
    "HeaderKey",
    "IgnoredRow",
    "ImportRefused",
    "Item",
    "KnownHeader",
    "Profile",
    "ReadOptions",
    "RefusedRow",
    "RowPart",
    "Statement",
    "StatementAccount",
    "StatementBalance",
    "StatementFormat",
    "StatementRow",
    "header_key",
    "is_header",
    "mapping_from",
    "mapping_values",
    "open_statement",
]
