"""Opening a file of any format that is known."""

import re
from collections.abc import Iterator
from typing import BinaryIO, Protocol

from spendo.ledger.imports.camt import CamtStatement
from spendo.ledger.imports.columns import ColumnMapping
from spendo.ledger.imports.csv_statement import CsvStatement
from spendo.ledger.imports.errors import ImportRefused
from spendo.ledger.imports.headers import KnownHeader
from spendo.ledger.imports.ofx import OfxStatement
from spendo.ledger.imports.options import ReadOptions
from spendo.ledger.imports.qif import QifStatement
from spendo.ledger.imports.rows import Item, StatementFormat
from spendo.ledger.imports.source import MAX_BYTES, Source

_OFX = re.compile(r"\AOFXHEADER|<OFX>|<\?OFX\b", re.IGNORECASE)
_QIF = re.compile(r"\A!(?:Type|Account|Option|Clear)\b", re.IGNORECASE)
_MT940 = re.compile(r"\A(?:\{1:|:20:)")
_WEB_PAGE = re.compile(r"\A<(?:!doctype\s+html|html)\b", re.IGNORECASE)


class Statement(Protocol):
    """A file that was opened. `items` reads it from its beginning each time it is called.

    An account comes before its first row. Rows that cannot be read come as `RefusedRow`s; a
    fault of the file itself raises ImportRefused, at any time while it is read. Of a table,
    `header` are the names in its first line, `known` is what was said of them before, and
    `mapping` is how it is read.
    """

    @property
    def format(self) -> StatementFormat: ...

    @property
    def profile(self) -> str: ...

    @property
    def columns(self) -> tuple[str, ...]: ...

    @property
    def header(self) -> tuple[str, ...]: ...

    @property
    def known(self) -> KnownHeader | None: ...

    @property
    def mapping(self) -> ColumnMapping | None: ...

    def items(self) -> Iterator[Item]: ...


def open_statement(
    file: BinaryIO, options: ReadOptions | None = None, *, limit: int = MAX_BYTES
) -> Statement:
    """The statement in a file that can be read from its beginning again.

    What a file is is told by its content. Raises ImportRefused for what is none that we know,
    and where the user has to say more (its `code`: encoding, mapping, ambiguous_dates,
    ambiguous_amounts, profile).
    """
    options = options or ReadOptions()
    source = Source(file, encoding=options.encoding, limit=limit)
    head = source.head().lstrip()
    if _OFX.search(head):
        return OfxStatement(source, options)
    if _QIF.match(head):
        return QifStatement(source, options)
    if _WEB_PAGE.match(head):
        raise _not_a_statement("This is a web page. Your session at the bank may have ended.")
    if head.startswith("<"):
        return CamtStatement(source, options)
    if head.startswith('{"format": "spendo-ledger"'):
        raise _not_a_statement(
            "This is a whole export of a ledger. It is restored into an empty one by command: "
            "manage.py import_transactions."
        )
    if _MT940.match(head):
        raise _not_a_statement("MT940 is not read. Get CAMT.053, OFX or CSV from your bank.")
    return CsvStatement(source, options)


def _not_a_statement(message: str) -> ImportRefused:
    return ImportRefused(message, code="not_a_statement")
