"""An entry of a CAMT statement as rows: one, or one for each payment of a batch."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from spendo.ledger.imports.amounts import parse_amount
from spendo.ledger.imports.camt_tree import Node
from spendo.ledger.imports.dates import parse_date
from spendo.ledger.imports.errors import RowFault
from spendo.ledger.imports.merchants import merchant_of
from spendo.ledger.imports.rows import (
    IgnoredRow,
    Item,
    RefusedRow,
    StatementAccount,
    StatementRow,
)

_NO_REFERENCE = frozenset({"", "NONREF", "NOTPROVIDED", "NOTAVAILABLE"})
_SHOWN_PARTIES = 3
_PENDING = frozenset({"PDNG", "FUTR"})


@dataclass(frozen=True, slots=True)
class _Money:
    """Signed: a debit is negative. That of a reversal is the reversal's own."""

    amount: Decimal
    currency: str


def entry_rows(entry: Node, account: StatementAccount) -> Iterator[Item]:
    """A batch is taken apart only where its payments add up to it, exactly."""
    try:
        if _status(entry) == "INFO":
            yield IgnoredRow(entry.line, "This entry is for information only.")
            return
        whole = _money(entry)
        payments = entry.all("NtryDtls/TxDtls")
        amounts = [_payment_money(payment, entry) for payment in payments]
        if len(payments) > 1 and _add_up(amounts, whole):
            for number, (payment, money) in enumerate(zip(payments, amounts, strict=True), start=1):
                if money is not None:
                    yield _row(entry, account, money, payment, number)
            return
        if len(payments) == 1:
            yield _row(entry, account, whole, payments[0])
        else:
            yield _row(entry, account, whole, None, parties=_parties(payments, whole))
    except RowFault as fault:
        yield RefusedRow(entry.line, str(fault))


def _row(
    entry: Node,
    account: StatementAccount,
    money: _Money,
    payment: Node | None,
    number: int = 0,
    parties: str = "",
) -> StatementRow:
    party = _party(payment, is_out=money.amount < 0) if payment else parties
    return StatementRow(
        line=payment.line if payment and number else entry.line,
        account=account.key,
        date=_booked(entry),
        amount=money.amount,
        currency=money.currency,
        description=_description(entry, payment, party),
        merchant=merchant_of(party or _description(entry, payment, party)),
        value_date=_day(entry, "ValDt"),
        note="Reversal" if entry.find("RvslInd").lower() in ("true", "1") else "",
        pending=_status(entry) in _PENDING,
        external_id=_reference(entry, payment, number),
    )


def _status(entry: Node) -> str:
    return entry.find("Sts/Cd") or entry.find("Sts") or "BOOK"


def _money(entry: Node) -> _Money:
    amount = parse_amount(entry.find("Amt"), ".").value
    return _Money(_signed(amount, entry.find("CdtDbtInd")), entry.attribute("Amt", "Ccy").upper())


def _payment_money(payment: Node, entry: Node) -> _Money | None:
    for path in ("Amt", "AmtDtls/TxAmt/Amt"):
        if text := payment.find(path):
            direction = payment.find("CdtDbtInd") or entry.find("CdtDbtInd")
            amount = _signed(parse_amount(text, ".").value, direction)
            return _Money(amount, payment.attribute(path, "Ccy").upper())
    return None


def _signed(amount: Decimal, direction: str) -> Decimal:
    if amount < 0:
        raise RowFault("An amount has a minus here; debit or credit says the direction.")
    match direction:
        case "DBIT":
            return -amount if amount else amount
        case "CRDT":
            return amount
        case _:
            raise RowFault("The entry does not say whether it is a debit or a credit.")


def _add_up(amounts: list[_Money | None], whole: _Money) -> bool:
    known = [money for money in amounts if money is not None]
    return (
        len(known) == len(amounts)
        and {money.currency for money in known} == {whole.currency}
        and sum((money.amount for money in known), Decimal(0)) == whole.amount
    )


def _booked(entry: Node) -> date:
    day = _day(entry, "BookgDt") or _day(entry, "ValDt")
    if day is None:
        raise RowFault("The entry has no date.")
    return day


def _day(entry: Node, name: str) -> date | None:
    text = entry.find(f"{name}/Dt") or entry.find(f"{name}/DtTm")
    return parse_date(text[:10], "ymd") if text else None


def _party(payment: Node, *, is_out: bool) -> str:
    """Who has the other end; banks of the newer versions put the name one step deeper."""
    side = "Cdtr" if is_out else "Dbtr"
    for path in (f"{side}/Nm", f"{side}/Pty/Nm", f"Ultmt{side}/Nm", f"Ultmt{side}/Pty/Nm"):
        if name := payment.find(f"RltdPties/{path}"):
            return name
    return ""


def _parties(payments: list[Node], whole: _Money) -> str:
    """Those of a batch that cannot be taken apart: "Anna, Beat, Cleo and 2 more"."""
    names = [_party(each, is_out=whole.amount < 0) for each in payments]
    known = list(dict.fromkeys(name for name in names if name))
    more = f" and {len(known) - _SHOWN_PARTIES} more" if len(known) > _SHOWN_PARTIES else ""
    return ", ".join(known[:_SHOWN_PARTIES]) + more


def _description(entry: Node, payment: Node | None, party: str) -> str:
    said = [node.text.strip() for node in payment.all("RmtInf/Ustrd")] if payment else []
    texts = [
        party,
        " ".join(text for text in said if text),
        payment.find("RmtInf/Strd/CdtrRefInf/Ref") if payment else "",
        payment.find("AddtlTxInf") if payment else "",
        entry.find("AddtlNtryInf"),
    ]
    return " · ".join(dict.fromkeys(text for text in texts if text)) or "No description"


def _reference(entry: Node, payment: Node | None, number: int) -> str:
    """The bank's own reference; of a batch's payments, with their number where they share it."""
    of_entry = entry.find("AcctSvcrRef")
    own = payment.find("Refs/AcctSvcrRef") if payment else ""
    if number:
        if own not in _NO_REFERENCE and own != of_entry:
            return own
        return f"{of_entry}/{number}" if of_entry not in _NO_REFERENCE else ""
    reference = of_entry if of_entry not in _NO_REFERENCE else own
    return "" if reference in _NO_REFERENCE else reference
