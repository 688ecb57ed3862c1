"""QIF: Quicken's text format. A letter and a value per line, a record ends with ^."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from spendo.ledger.imports.amounts import DecimalMark, MarkVotes, parse_amount
from spendo.ledger.imports.dates import DateOrder, DateVotes, parse_date
from spendo.ledger.imports.errors import ImportRefused, RowFault
from spendo.ledger.imports.merchants import merchant_of
from spendo.ledger.imports.options import ReadOptions
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
from spendo.ledger.imports.source import Source
from spendo.users.fields import fold

_KINDS = {
    "bank": "checking",
    "cash": "cash",
    "ccard": "credit_card",
    "oth a": "savings",
    "oth l": "loan",
}
_LISTS = frozenset({"cat", "class", "memorized", "security", "prices", "budget", "invitem", "tag"})
_INVESTMENTS = frozenset({"invst", "port", "401(k)/403(b)"})
_MOST_LINES = 2_000
"""Of one record: a split of hundreds of parts is still far below."""


@dataclass(slots=True)
class _Record:
    """The lines between two ^, under the heading they stand in."""

    line: int
    heading: str
    fields: list[tuple[str, str]] = field(default_factory=list)

    def first(self, letter: str) -> str:
        return next((value for name, value in self.fields if name == letter), "")


class QifStatement:
    """A QIF file. Raises ImportRefused where the user has to say more."""

    format = StatementFormat.QIF
    profile = ""
    columns: tuple[str, ...] = ()
    header: tuple[str, ...] = ()
    known = None
    mapping = None

    def __init__(self, source: Source, options: ReadOptions) -> None:
        self._source = source
        dates, marks = DateVotes(), MarkVotes()
        for record in self._records():
            if record.heading in _KINDS:
                dates.observe(record.first("D"))
                for name, value in record.fields:
                    if name in "TU$":
                        marks.observe(value)
        self._order: DateOrder = options.date_order or dates.decide()
        self._mark: DecimalMark = options.decimal_mark or marks.decide()

    def items(self) -> Iterator[Item]:
        account = StatementAccount(key="")
        is_told = False
        for record in self._records():
            if record.heading == "account":
                account, is_told = _account(record), False
            elif record.heading in _INVESTMENTS:
                yield RefusedRow(record.line, "Trades of investments cannot be imported.")
            elif record.heading in _KINDS:
                if not account.key:
                    account = StatementAccount(key="", kind=_KINDS[record.heading])
                try:
                    item = self._row(record, account)
                except RowFault as fault:
                    yield RefusedRow(record.line, str(fault))
                    continue
                if not is_told:
                    yield account
                    is_told = True
                yield item

    def _records(self) -> Iterator[_Record]:
        heading = ""
        record: _Record | None = None
        number = 0
        for number, ended in enumerate(self._source.lines(), start=1):
            line = ended.rstrip("\r\n")
            if number == 1:
                line = line.lstrip("\ufeff")
            if line.startswith("!"):
                if record is not None and record.fields:
                    raise _cut_off(record.line)
                heading, record = _heading(line, heading, number), None
            elif line.startswith("^"):
                if record is not None and heading not in _LISTS:
                    yield record
                record = None
            elif line.strip():
                if not heading:
                    raise ImportRefused("A QIF file begins with !Type or !Account.", line=number)
                record = record or _Record(number, heading)
                record.fields.append((line[0], line[1:].strip()))
                if len(record.fields) > _MOST_LINES:
                    raise ImportRefused("This record has no end.", line=record.line)
        if record is not None and heading not in _LISTS:
            raise _cut_off(record.line)

    def _row(self, record: _Record, account: StatementAccount) -> Item:
        payee, memo, filed = record.first("P"), record.first("M"), record.first("L")
        day = parse_date(record.first("D"), self._order)
        amount = parse_amount(record.first("T") or record.first("U"), self._mark).value
        category, other = _filed(filed)
        if fold(payee) == "opening balance" and (not other or other == account.key):
            return StatementBalance(record.line, account.key, "opening", day, amount)
        if fold(record.first("C")) == "v" or payee.startswith("**VOID**"):
            return IgnoredRow(record.line, "This transaction is void.")
        parts = self._parts(record, amount)
        if len(parts) == 1:
            category, parts = category or parts[0].category, ()
        number = record.first("N")
        description = payee or memo or number or (f"Transfer {other}" if other else "")
        return StatementRow(
            line=record.line,
            account=account.key,
            date=day,
            amount=amount,
            description=description or "No description",
            merchant=merchant_of(payee),
            category=category,
            note=" · ".join(part for part in (memo if payee else "", number) if part),
            parts=parts,
            transfer_to=other if other != account.key else "",
        )

    def _parts(self, record: _Record, whole: Decimal) -> tuple[RowPart, ...]:
        parts: list[RowPart] = []
        category: tuple[str, ...] = ()
        memo = ""
        for name, value in record.fields:
            if name == "S":
                category, _ = _filed(value)
                memo = ""
            elif name == "E":
                memo = value
            elif name == "$":
                parts.append(RowPart(parse_amount(value, self._mark).value, memo, category))
        if not parts:
            return ()
        together = sum((part.amount for part in parts), Decimal(0))
        if together != whole:
            raise RowFault(f"The parts add up to {together}, not to {whole}.")
        return tuple(parts)


def _heading(line: str, before: str, number: int) -> str:
    name, _, value = line[1:].strip().partition(":")
    match name.casefold():
        case "type":
            kind = value.strip().casefold()
            if kind in _KINDS or kind in _LISTS or kind in _INVESTMENTS:
                return kind
            raise ImportRefused(f"There is no list of “{value.strip()[:40]}” here.", line=number)
        case "account":
            return "account"
        case "option" | "clear":
            return before
        case _:
            raise ImportRefused(f"“{line[:40]}” begins nothing that is known.", line=number)


def _account(record: _Record) -> StatementAccount:
    name = record.first("N")
    kind = _KINDS.get(record.first("T").casefold(), "checking")
    return StatementAccount(key=name, name=name, kind=kind)


def _filed(value: str) -> tuple[tuple[str, ...], str]:
    """The category as a path, or the account at the other end of a transfer."""
    if value.startswith("["):
        return (), value[1:].partition("]")[0].strip()
    path = value.partition("/")[0].partition("|")[0]  # behind it is a class
    return tuple(part.strip() for part in path.split(":") if part.strip()), ""


def _cut_off(line: int) -> ImportRefused:
    return ImportRefused("This record has no end. The file may be cut off.", line=line)
