"""Rows of a CSV file."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TypeVar

from spendo.ledger.imports.amounts import DecimalMark, MarkVotes, parse_amount
from spendo.ledger.imports.columns import ColumnMapping
from spendo.ledger.imports.csv_layout import find_layout
from spendo.ledger.imports.csv_records import Record, records
from spendo.ledger.imports.dates import DateOrder, DateVotes, looks_like_date, parse_date
from spendo.ledger.imports.errors import ImportRefused, RowFault
from spendo.ledger.imports.headers import KnownHeader, header_key
from spendo.ledger.imports.merchants import merchant_of
from spendo.ledger.imports.options import ReadOptions
from spendo.ledger.imports.own_rows import joined, own_account, own_fields, own_text
from spendo.ledger.imports.own_table import OWN
from spendo.ledger.imports.rows import (
    IgnoredRow,
    Item,
    RefusedRow,
    StatementAccount,
    StatementFormat,
    StatementRow,
)
from spendo.ledger.imports.source import Source
from spendo.users.fields import fold

D = TypeVar("D")

_TOTALS = frozenset(
    {"total", "totals", "sum", "summe", "gesamt", "gesamtsumme", "saldo", "endsaldo", "balance"}
)
_BALANCES = (
    "opening balance",
    "beginning balance",
    "starting balance",
    "closing balance",
    "ending balance",
    "balance brought forward",
    "balance carried forward",
    "anfangssaldo",
    "endsaldo",
)
_FOOTERS = (*_BALANCES, *(f"{word} " for word in _TOTALS))


@dataclass(frozen=True, slots=True)
class _Reading:
    """How the cells of the file are written."""

    order: DateOrder
    mark: DecimalMark
    signed_debits: bool


class CsvStatement:
    """A CSV file whose columns are known. Raises ImportRefused where the user has to say more."""

    format = StatementFormat.CSV

    def __init__(self, source: Source, options: ReadOptions) -> None:
        self._source = source
        self._layout = find_layout(source, options)
        self._columns = self._layout.columns
        self._reading = self._read_all_cells(options)
        self._exact = self._layout.profile is OWN
        self._out = frozenset(map(fold, self._columns.mapping.out_words))
        self._in = frozenset(map(fold, self._columns.mapping.in_words))

    @property
    def profile(self) -> str:
        return self._layout.profile.name if self._layout.profile else ""

    @property
    def columns(self) -> tuple[str, ...]:
        return self._columns.names

    @property
    def header(self) -> tuple[str, ...]:
        return self._columns.names if self._layout.header_line else ()

    @property
    def known(self) -> KnownHeader | None:
        return self._layout.known

    @property
    def mapping(self) -> ColumnMapping:
        reading = self._reading
        return replace(self._columns.mapping, date_order=reading.order, decimal_mark=reading.mark)

    def items(self) -> Iterator[Item]:
        items = self._items()
        return joined(items) if self._exact else items

    def _items(self) -> Iterator[Item]:
        seen: set[str] = set()
        for record in self._rows():
            if (ignored := self._ignored(record)) is not None:
                yield ignored
                continue
            try:
                row = self._row(record)
            except RowFault as fault:
                yield RefusedRow(record.line, str(fault))
                continue
            if row.account not in seen:
                seen.add(row.account)
                yield self._account(record, row)
            yield row

    def _rows(self) -> Iterator[Record]:
        for record in records(self._source.lines(), self._layout.separator):
            if record.line > self._layout.header_line:
                yield record

    def _read_all_cells(self, options: ReadOptions) -> _Reading:
        columns, mapping, known = self._columns, self._columns.mapping, self._layout.known
        dates, marks = DateVotes(), MarkVotes()
        signed_debits = False
        money = (columns.amount, columns.debit, columns.credit, columns.fee)
        for record in self._rows():
            dates.observe(_cell(record, columns.date))
            dates.observe(_cell(record, columns.value_date))
            for place in money:
                marks.observe(_cell(record, place))
            signed_debits |= _is_positive(_cell(record, columns.debit))
        usual_order = mapping.date_order or (known.date_order if known else None)
        usual_mark = mapping.decimal_mark or (known.decimal_mark if known else None)
        order: DateOrder = _decided(dates.decide, options.date_order or usual_order)
        mark: DecimalMark = _decided(marks.decide, options.decimal_mark or usual_mark)
        return _Reading(options.date_order or order, options.decimal_mark or mark, signed_debits)

    def _ignored(self, record: Record) -> IgnoredRow | None:
        columns, mapping = self._columns, self._columns.mapping
        day = _cell(record, columns.date)
        if self._layout.header_line == 0 and record.line == 1 and not any(map(str.isdigit, day)):
            return IgnoredRow(record.line, "This is a header.")
        if fold(_cell(record, columns.status)) in mapping.skip_words:
            return IgnoredRow(record.line, "The bank did not carry this payment out.")
        if reason := self._beside_the_rows(record, day):
            return IgnoredRow(record.line, reason)
        profile = self._layout.profile
        if profile and profile.no_rows and self._description(record).startswith(profile.no_rows):
            return IgnoredRow(record.line, "This is a balance, no transaction.")
        return None

    def _beside_the_rows(self, record: Record, day: str) -> str:
        """Why a line is no row, of those that stand above, between and below them; else ""."""
        columns = self._columns
        money = (columns.amount, columns.debit, columns.credit)
        if not any(_cell(record, place).strip() for place in money):
            if not looks_like_date(day):
                return "There is no date and no amount here."
            balance = fold(self._description(record)).startswith(_BALANCES)
            return "This is a balance, no transaction." if balance else ""
        if day[:1].isdigit():
            return ""
        if header_key(record.cells) == header_key(columns.names):
            return "This is the header again."
        first = next(cell for cell in record.cells if cell.strip())
        is_total = fold(first).rstrip(":") in _TOTALS or fold(day).startswith(_FOOTERS)
        return "This is a total, no transaction." if is_total else ""

    def _row(self, record: Record) -> StatementRow:
        columns, mapping = self._columns, self._columns.mapping
        if len(record.cells) > len(columns.names) and any(
            cell.strip() for cell in record.cells[len(columns.names) :]
        ):
            raise RowFault("There are more cells here than the header has columns.")
        order, mark = self._reading.order, self._reading.mark
        amount, beside = self._amount(record, mark)
        value_day = _cell(record, columns.value_date)
        description = self._description(record)
        named = " ".join(self._texts(record, columns.merchant))
        return StatementRow(
            line=record.line,
            account=self._text(record, columns.account),
            date=parse_date(_cell(record, columns.date), order),
            amount=amount,
            currency=self._currency(record, beside),
            description=description if self._exact else description or named,
            merchant=named if self._exact else named or merchant_of(description),
            category=tuple(self._texts(record, columns.category)),
            value_date=_value_date(value_day, order),
            note=self._text(record, columns.note),
            pending=fold(_cell(record, columns.status)) in mapping.pending_words,
            external_id=self._text(record, columns.external_id),
            **(own_fields(record, columns.names) if self._exact else {"tags": self._tags(record)}),
        )

    def _amount(self, record: Record, mark: DecimalMark) -> tuple[Decimal, str]:
        columns, mapping = self._columns, self._columns.mapping
        if columns.amount < 0:
            return self._debit_or_credit(record, mark)
        parsed = parse_amount(_cell(record, columns.amount), mark)
        value = parsed.value
        if columns.sign >= 0:
            value = -abs(value) if self._is_out(record) else abs(value)
        elif mapping.money_out_is_positive:
            value = -value
        if columns.fee >= 0 and (fee := _cell(record, columns.fee)).strip():
            value -= parse_amount(fee, mark).value
        return value + 0, parsed.currency

    def _is_out(self, record: Record) -> bool:
        word = fold(_cell(record, self._columns.sign))
        if word not in self._out and self._in and word not in self._in:
            raise RowFault(
                f"“{_cell(record, self._columns.sign)[:40]}” says neither money out nor money in."
            )
        return word in self._out

    def _debit_or_credit(self, record: Record, mark: DecimalMark) -> tuple[Decimal, str]:
        """Where a bank writes all debits with a minus, the minus says nothing more."""
        debit, credit = _cell(record, self._columns.debit), _cell(record, self._columns.credit)
        if not debit.strip() and not credit.strip():
            raise RowFault("There is no amount.")
        out = parse_amount(debit, mark) if debit.strip() else None
        into = parse_amount(credit, mark) if credit.strip() else None
        if out and into and out.value and into.value:
            raise RowFault("There is a debit and a credit in one row.")
        if out and out.value:
            value = out.value if self._reading.signed_debits else abs(out.value)
            return -value, out.currency
        return (abs(into.value), into.currency) if into else (Decimal(0), "")

    def _currency(self, record: Record, beside: str) -> str:
        columns = self._columns
        named = _cell(record, columns.currency).strip().upper()
        if named and beside and named != beside:
            raise RowFault(f"The row says {named[:12]} and the amount says {beside}.")
        return named or beside or columns.header_currency or columns.mapping.default_currency

    def _description(self, record: Record) -> str:
        return " · ".join(self._texts(record, self._columns.description))

    def _tags(self, record: Record) -> tuple[str, ...]:
        cell = self._text(record, self._columns.tags)
        return tuple(tag.strip() for tag in cell.split(",") if tag.strip())

    def _texts(self, record: Record, places: tuple[int, ...]) -> list[str]:
        """The cells that say something, each once."""
        texts = (self._text(record, place) for place in places)
        return list(dict.fromkeys(text for text in texts if text))

    def _text(self, record: Record, place: int) -> str:
        return own_text(record, place) if self._exact else _cell(record, place).strip()

    def _account(self, record: Record, row: StatementRow) -> StatementAccount:
        profile = self._layout.profile
        described = own_account(record, self._columns.names) if self._exact else {}
        values = {"kind": profile.kind if profile else "", **described}
        return StatementAccount(key=row.account, name=row.account, currency=row.currency, **values)


def _decided(decide: Callable[[], D], usual: D | None) -> D:
    """What the column says; where it leaves that open, what is usual for the profile."""
    try:
        return decide()
    except ImportRefused:
        if usual is None:
            raise
        return usual


def _cell(record: Record, place: int) -> str:
    return record.cells[place] if 0 <= place < len(record.cells) else ""


def _value_date(text: str, order: DateOrder) -> date | None:
    return parse_date(text, order) if text.strip() else None


def _is_positive(text: str) -> bool:
    """Whether an amount that is not zero is written without a minus."""
    return any(digit in text for digit in "123456789") and not any(
        sign in text for sign in ("-", "(", "\N{MINUS SIGN}")
    )
