"""OFX and QFX: SGML 1.x and XML 2.x alike. Bank and card statements, booked and pending."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from spendo.ledger.imports.amounts import parse_amount
from spendo.ledger.imports.dates import parse_date
from spendo.ledger.imports.errors import ImportRefused, RowFault
from spendo.ledger.imports.markup import Tag, tags
from spendo.ledger.imports.merchants import merchant_of
from spendo.ledger.imports.options import ReadOptions
from spendo.ledger.imports.rows import (
    IgnoredRow,
    Item,
    RefusedRow,
    StatementAccount,
    StatementBalance,
    StatementFormat,
    StatementRow,
)
from spendo.ledger.imports.source import Source

_STATEMENTS = frozenset({"STMTRS", "CCSTMTRS"})
_ROWS = frozenset({"STMTTRN", "STMTTRNP"})
_INVESTMENTS = frozenset({"INVSTMTRS"})
_AGGREGATES = (
    _STATEMENTS
    | _ROWS
    | _INVESTMENTS
    | {"OFX", "FI", "STATUS", "BANKACCTFROM", "CCACCTFROM", "BANKACCTTO", "CCACCTTO"}
    | {"BANKTRANLIST", "BANKTRANLISTP", "PAYEE", "CURRENCY", "ORIGCURRENCY"}
    | {"LEDGERBAL", "AVAILBAL"}
)
_KINDS = {
    "CHECKING": "checking",
    "SAVINGS": "savings",
    "MONEYMRKT": "savings",
    "CD": "savings",
    "CREDITLINE": "loan",
}
_DATE = re.compile(r"([0-9]{8})(?:[0-9]{4}(?:[0-9]{2}(?:\.[0-9]{1,6})?)?)?\s*(?:\[[^\]]*\])?")


@dataclass(slots=True)
class _Open:
    """An aggregate that is open, with the values directly in it."""

    name: str
    line: int
    values: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class _Statement:
    is_card: bool
    line: int
    currency: str = ""
    account: StatementAccount | None = None


class OfxStatement:
    """An OFX file. What is wrong with its structure is found while its rows are read."""

    format = StatementFormat.OFX
    profile = ""
    columns: tuple[str, ...] = ()
    header: tuple[str, ...] = ()
    known = None
    mapping = None

    def __init__(self, source: Source, options: ReadOptions) -> None:
        self._source = source

    def items(self) -> Iterator[Item]:
        stack: list[_Open] = []
        statement: _Statement | None = None
        institution = ""
        found = False
        for tag in tags(self._source.pieces()):
            if tag.closes:
                for closed in _closed(stack, tag):
                    if closed.name in _STATEMENTS:
                        statement = None
                    elif closed.name == "FI":
                        institution = closed.values.get("ORG", "")
                    elif closed.name == "STATUS":
                        _require_success(closed)
                    elif statement is not None:
                        yield from _of(closed, stack, statement, institution)
            elif tag.name in _AGGREGATES:
                _require_place(stack, tag)
                if tag.name in _STATEMENTS:
                    statement, found = _Statement(tag.name == "CCSTMTRS", tag.line), True
                elif tag.name in _INVESTMENTS:
                    found = True
                    yield IgnoredRow(tag.line, "Statements of investments are not imported.")
                stack.append(_Open(tag.name, tag.line))
            elif stack and tag.text:
                stack[-1].values.setdefault(tag.name, tag.text)
                if statement is not None and tag.name == "CURDEF":
                    statement.currency = tag.text.upper()
        if stack:
            raise ImportRefused(
                f"The file ends before <{stack[-1].name}>, which begins here, is closed. It may be "
                "cut off.",
                line=stack[-1].line,
            )
        if not found:
            raise ImportRefused("There is no statement in this file.", code="not_a_statement")


def _closed(stack: list[_Open], tag: Tag) -> list[_Open]:
    """What an end tag closes. Of values that SGML leaves open there is nothing to close."""
    if tag.name not in _AGGREGATES:
        return []
    if not stack or stack[-1].name != tag.name:
        raise ImportRefused(f"</{tag.name}> closes what is not open.", line=tag.line)
    return [stack.pop()]


def _require_place(stack: list[_Open], tag: Tag) -> None:
    names = {each.name for each in stack}
    is_nested = tag.name in names or (tag.name in _ROWS and names & _ROWS)
    if is_nested or (tag.name != "OFX" and "OFX" not in names):
        raise ImportRefused(f"<{tag.name}> cannot begin here.", line=tag.line)


def _require_success(status: _Open) -> None:
    if status.values.get("SEVERITY", "").upper() == "ERROR":
        said = status.values.get("MESSAGE", "") or f"code {status.values.get('CODE', '')}"
        raise ImportRefused(
            f"The bank wrote an error into this file in place of a statement: “{said[:120]}”.",
            code="not_a_statement",
            line=status.line,
        )


def _of(
    closed: _Open, stack: list[_Open], statement: _Statement, institution: str
) -> Iterator[Item]:
    match closed.name:
        case "BANKACCTFROM" | "CCACCTFROM" if stack and stack[-1].name in _STATEMENTS:
            statement.account = _account(closed, statement, institution)
            yield statement.account
        case "STMTTRN" | "STMTTRNP":
            if statement.account is None:
                raise ImportRefused("The statement names no account.", line=statement.line)
            try:
                yield _row(closed, statement, statement.account)
            except RowFault as fault:
                yield RefusedRow(closed.line, str(fault))
        case "LEDGERBAL" if statement.account is not None:
            balance = _balance(closed, statement, statement.account)
            if balance is not None:
                yield balance
        case "PAYEE" | "CURRENCY" | "ORIGCURRENCY" if stack and stack[-1].name in _ROWS:
            prefix = closed.name
            stack[-1].values |= {f"{prefix}.{name}": text for name, text in closed.values.items()}


def _account(closed: _Open, statement: _Statement, institution: str) -> StatementAccount:
    number = closed.values.get("ACCTID", "").strip()
    if not number:
        raise ImportRefused("The statement names no account.", line=closed.line)
    bank = closed.values.get("BANKID", "").strip()
    kind = _KINDS.get(closed.values.get("ACCTTYPE", "").upper(), "checking")
    return StatementAccount(
        key=f"{bank}/{number}"[:100] if bank else number[:100],
        external_id=number[:100],
        name=f"{'Card' if statement.is_card else kind.capitalize()} {number[-4:]}",
        kind="credit_card" if statement.is_card else kind,
        currency=statement.currency,
        institution=institution[:120],
    )


def _row(closed: _Open, statement: _Statement, account: StatementAccount) -> Item:
    values = closed.values
    if values.get("CORRECTFITID"):
        raise RowFault("This row corrects another one. Change that one by hand.")
    name = values.get("NAME") or values.get("PAYEE.NAME") or ""
    memo = values.get("MEMO", "")
    number = values.get("CHECKNUM", "")
    description = " · ".join(dict.fromkeys(part for part in (name, memo) if part))
    identity = values.get("FITID", "").strip()
    return StatementRow(
        line=closed.line,
        account=account.key,
        date=_date(values.get("DTPOSTED") or values.get("DTTRAN") or ""),
        amount=_amount(values.get("TRNAMT", "")),
        currency=(values.get("CURRENCY.CURSYM") or statement.currency).upper(),
        description=description or (f"Check {number}" if number else "No description"),
        merchant=merchant_of(name or memo),
        value_date=_date(values["DTAVAIL"]) if values.get("DTAVAIL") else None,
        note=f"Check {number}" if number and description else "",
        pending=closed.name == "STMTTRNP",
        # Banks that have no ids write the same zero everywhere.
        external_id=identity if identity.strip("0") else "",
    )


def _balance(
    closed: _Open, statement: _Statement, account: StatementAccount
) -> StatementBalance | None:
    """A balance that cannot be read is left out: the rows do not need it."""
    try:
        return StatementBalance(
            line=closed.line,
            account=account.key,
            moment="closing",
            date=_date(closed.values.get("DTASOF", "")),
            amount=_amount(closed.values.get("BALAMT", "")),
            currency=statement.currency,
        )
    except RowFault:
        return None


def _date(text: str) -> date:
    """The day at the bank, whatever the hour and the time zone behind it."""
    found = _DATE.fullmatch(text.strip())
    return parse_date(found[1] if found else text, "ymd")


def _amount(text: str) -> Decimal:
    """The standard allows a comma before the decimals, and no grouping."""
    mark = "," if "," in text and "." not in text else "."
    return parse_amount(text, "," if mark == "," else ".").value
