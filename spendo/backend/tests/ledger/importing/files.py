"""Importing texts and the files of the corpus in tests."""

from io import BytesIO
from typing import Any

from spendo.ledger.imports import ReadOptions
from spendo.ledger.models import Account, Transaction
from spendo.ledger.money import from_minor
from spendo.ledger.services.importing import (
    ImportChoices,
    ImportPreview,
    ImportResult,
    commit_import,
    preview_import,
)
from spendo.users.models import User
from tests.ledger.imports.reading import FILES

HEADER = "date,description,amount,currency,account,category\n"


def table(*lines: str) -> str:
    """A plain table; a line is "date,description,amount", of the account Checking in USD."""
    return HEADER + "".join(f"{line},USD,Checking,\n" for line in lines)


def bank(*lines: str) -> str:
    """An OFX statement of one account; a line is "id,date,amount,name"."""
    rows = "".join(
        f"<STMTTRN><DTPOSTED>{day}<TRNAMT>{amount}<FITID>{number}<NAME>{name}</STMTTRN>"
        for number, day, amount, name in (line.split(",") for line in lines)
    )
    return (
        "OFXHEADER:100\n<OFX><STMTRS><CURDEF>USD<BANKACCTFROM><ACCTID>123456789"
        f"</BANKACCTFROM><BANKTRANLIST>{rows}</BANKTRANLIST></STMTRS></OFX>"
    )


def commit(user: User, text: str | bytes, name: str = "a.csv", **choices: Any) -> ImportResult:
    return commit_import(user, _file(text), _choices(choices), file_name=name)


def preview(user: User, text: str | bytes, **choices: Any) -> ImportPreview:
    return preview_import(user, _file(text), _choices(choices))


def commit_file(user: User, name: str, **choices: Any) -> ImportResult:
    return commit(user, (FILES / name).read_bytes(), name, **choices)


def verdicts(user: User, text: str | bytes, **choices: Any) -> list[str]:
    return [row.verdict.value for row in preview(user, text, **choices).rows]


def counts(shown: ImportPreview) -> dict[str, int]:
    """Those that are not nothing."""
    return {verdict.value: count for verdict, count in shown.counts.items() if count}


def ledger_rows(user: User) -> list[tuple[str, str, str]]:
    """(date, amount, description) of all rows of statements, in order."""
    rows = Transaction.objects.of(user).filter(parent__isnull=True).select_related("account")
    return [
        (
            str(row.date),
            str(from_minor(row.amount_minor, row.account.currency)),
            row.description,
        )
        for row in rows.order_by("date", "pk")
    ]


def account_of(user: User, name: str) -> Account:
    return Account.objects.get(user=user, name=name)


def _file(text: str | bytes) -> BytesIO:
    return BytesIO(text.encode() if isinstance(text, str) else text)


def _choices(given: dict[str, Any]) -> ImportChoices:
    own = {name: given.pop(name) for name in list(given) if name in ImportChoices.__slots__}
    return ImportChoices(reading=ReadOptions(**given), **own)


COFFEES = table(
    "2026-10-09,Bluebell Coffee,-4.50",
    "2026-10-09,Bluebell Coffee,-4.50",
    "2026-10-10,Corner Pantry,-20.00",
)
