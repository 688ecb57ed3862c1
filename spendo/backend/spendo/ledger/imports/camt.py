"""CAMT.053 (and .052): the statements of ISO 20022, read as the XML comes by."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from xml.parsers import expat

from spendo.ledger.imports.amounts import parse_amount
from spendo.ledger.imports.camt_entry import entry_rows
from spendo.ledger.imports.camt_tree import Node
from spendo.ledger.imports.dates import parse_date
from spendo.ledger.imports.errors import ImportRefused, RowFault
from spendo.ledger.imports.options import ReadOptions
from spendo.ledger.imports.rows import (
    Item,
    StatementAccount,
    StatementBalance,
    StatementFormat,
)
from spendo.ledger.imports.source import Source

_STATEMENTS = frozenset({"Stmt", "Rpt"})
_KEPT_WHOLE = frozenset({"Acct", "Bal", "Ntry"})
_DEEPEST = 40
_MOST_NODES = 50_000
"""Of one entry: a batch of thousands of payments is still below."""
_LONGEST_TEXT = 64 * 1024
_LONGEST_TOKEN = 256 * 1024
"""Bytes that are waited for. The parser reads what is unfinished again with each piece."""


class CamtStatement:
    """A CAMT file. What is wrong with its structure is found while its rows are read."""

    format = StatementFormat.CAMT
    profile = ""
    columns: tuple[str, ...] = ()
    header: tuple[str, ...] = ()
    known = None
    mapping = None

    def __init__(self, source: Source, options: ReadOptions) -> None:
        self._source = source

    def items(self) -> Iterator[Item]:
        reader = _Reader()
        for piece in self._source.raw():
            reader.feed(piece)
            yield from reader.taken()
        reader.finish()
        yield from reader.taken()


@dataclass(slots=True)
class _Reader:
    """Turns the parts of a statement into items as they are closed, and forgets them."""

    ready: list[Item] = field(default_factory=list)
    account: StatementAccount | None = None
    found: bool = False
    path: list[str] = field(default_factory=list)
    node: Node | None = None
    nodes: int = 0
    fed: int = 0
    parser: expat.XMLParserType = field(init=False)

    def __post_init__(self) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._open
        parser.EndElementHandler = self._close
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = self._refuse_document_type
        parser.EntityDeclHandler = self._refuse_document_type
        self.parser = parser

    def feed(self, piece: bytes) -> None:
        self._parse(piece, is_last=False)
        self.fed += len(piece)
        if self.fed - self.parser.CurrentByteIndex > _LONGEST_TOKEN:
            raise ImportRefused("A tag or a comment has no end here.", line=self._line)

    def finish(self) -> None:
        self._parse(b"", is_last=True)
        if not self.found:
            raise ImportRefused(
                "There is no account statement (CAMT.053) in this file.", code="not_a_statement"
            )

    def taken(self) -> list[Item]:
        ready, self.ready = self.ready, []
        return ready

    def _parse(self, piece: bytes, *, is_last: bool) -> None:
        try:
            self.parser.Parse(piece, is_last)
        except expat.ExpatError as error:
            cut_off = " It may be cut off." if is_last else ""
            raise ImportRefused(
                f"This is no well-formed XML here.{cut_off}", line=error.lineno
            ) from None
        except (LookupError, UnicodeError, ValueError) as error:
            if isinstance(error, ImportRefused):
                raise
            raise ImportRefused("The XML is in an encoding that is not known.", line=1) from None

    def _refuse_document_type(self, *args: object) -> None:
        raise ImportRefused(
            "The file declares a document type of its own, which no bank does.", line=self._line
        )

    @property
    def _line(self) -> int:
        return int(self.parser.CurrentLineNumber)

    def _open(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        self.path.append(local)
        if len(self.path) > _DEEPEST:
            raise ImportRefused("The elements are nested too deep.", line=self._line)
        if local in _STATEMENTS and self.node is None:
            self.account, self.found = None, True
        if self.node is not None:
            self.nodes += 1
            if self.nodes > _MOST_NODES:
                raise ImportRefused("This entry has too many parts.", line=self.node.line)
            self.node = self.node.add(local, self._line, attributes)
        elif local in _KEPT_WHOLE and len(self.path) > 1 and self.path[-2] in _STATEMENTS:
            self.node, self.nodes = Node(local, self._line, dict(attributes)), 0

    def _text(self, text: str) -> None:
        if self.node is not None:
            self.node.text += text
            if len(self.node.text) > _LONGEST_TEXT:
                raise ImportRefused(
                    f"A value is longer than {_LONGEST_TEXT:,} characters.", line=self._line
                )

    def _close(self, name: str) -> None:
        self.path.pop()
        if (node := self.node) is None:
            return
        self.node = node.parent
        if node.parent is None:
            self._take(node)

    def _take(self, node: Node) -> None:
        if node.name == "Acct":
            self.account = _account(node)
            self.ready.append(self.account)
            return
        if self.account is None:
            raise ImportRefused("The statement names no account.", line=node.line)
        if node.name == "Ntry":
            self.ready.extend(entry_rows(node, self.account))
        elif (balance := _balance(node, self.account)) is not None:
            self.ready.append(balance)


def _account(node: Node) -> StatementAccount:
    number = node.find("Id/IBAN") or node.find("Id/Othr/Id")
    if not number:
        raise ImportRefused("The statement names no account.", line=node.line)
    bank = node.find("Svcr/FinInstnId/Nm") or node.find("Svcr/FinInstnId/BICFI")
    return StatementAccount(
        key=number[:100],
        external_id=number[:100],
        name=(node.find("Nm") or f"Account {number[-4:]}")[:120],
        currency=node.find("Ccy").upper(),
        institution=(bank or node.find("Svcr/FinInstnId/BIC"))[:120],
    )


def _balance(node: Node, account: StatementAccount) -> StatementBalance | None:
    """The booked balances; others, and those that cannot be read, are left out."""
    code = node.find("Tp/CdOrPrtry/Cd")
    if code not in ("OPBD", "PRCD", "CLBD"):
        return None
    try:
        amount: Decimal = parse_amount(node.find("Amt"), ".").value
        day: date = parse_date(node.find("Dt/Dt") or node.find("Dt/DtTm")[:10], "ymd")
    except RowFault:
        return None
    return StatementBalance(
        line=node.line,
        account=account.key,
        moment="closing" if code == "CLBD" else "opening",
        date=day,
        amount=-amount if node.find("CdtDbtInd") == "DBIT" else amount,
        currency=node.attribute("Amt", "Ccy").upper(),
    )
