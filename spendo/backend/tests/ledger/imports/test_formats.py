"""OFX, QIF and CAMT files, read to the cent."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest

from spendo.ledger.imports import (
    ImportRefused,
    RowPart,
    StatementAccount,
    StatementBalance,
    open_statement,
)
from tests.ledger.imports.reading import FILES, brief, file_rows, items_of, refused_in, rows_of

QFX = (FILES / "checking.qfx").read_text()
POWER = "Stadtwerke Köln"
CAMT = (FILES / "statement.camt.xml").read_text()


def _accounts(name: str) -> list[StatementAccount]:
    items = items_of((FILES / name).read_bytes())
    return [item for item in items if isinstance(item, StatementAccount)]


def _balances(name: str) -> list[StatementBalance]:
    items = items_of((FILES / name).read_bytes())
    return [item for item in items if isinstance(item, StatementBalance)]


def test_ofx_of_the_old_kind() -> None:
    rows = file_rows("checking.qfx")
    assert [brief(row) for row in rows] == [
        ("2026-10-02", "-54.20", "USD", "CORNER PANTRY #14 · AUSTIN TX & MORE"),
        ("2026-10-09", "-4.50", "USD", "SQ *BLUEBELL COFFEE"),
        ("2026-10-09", "-4.50", "USD", "SQ *BLUEBELL COFFEE"),
        ("2026-10-12", "-85.00", "USD", "CHECK"),
        ("2026-10-30", "1600.00", "USD", "HARBOR DESIGN PAYROLL"),
    ]
    assert [row.external_id[-4:] for row in rows] == ["0001", "0001", "0002", "0001", "0001"]
    assert (rows[1].merchant, rows[3].note, rows[0].line) == ("BLUEBELL COFFEE", "Check 1042", 26)
    (account,) = _accounts("checking.qfx")
    assert (account.name, account.external_id, account.institution, account.kind) == (
        "Checking 6789",
        "000123456789",
        "First Harbor Bank",
        "checking",
    )
    (balance,) = _balances("checking.qfx")
    assert (balance.amount, balance.date) == (Decimal("2456.30"), date(2026, 10, 31))


def test_ofx_of_the_new_kind_with_what_is_pending() -> None:
    rows = file_rows("card.ofx")
    assert [brief(row) for row in rows] == [
        ("2026-10-05", "-19.99", "USD", "Thread & Needle · Order № 7"),
        ("2026-10-20", "512.40", "USD", "Payment received"),
        ("2026-10-31", "-30.00", "USD", "Noodle <Harbor>"),
    ]
    assert [row.pending for row in rows] == [False, False, True]
    assert _accounts("card.ofx")[0].kind == "credit_card"
    assert _balances("card.ofx")[0].amount == Decimal("-200.00")


def test_ofx_in_one_single_line_is_read_alike() -> None:
    header, _, body = (FILES / "card.ofx").read_text().partition("<OFX>")
    flat = header.replace("\n", "") + "<OFX>" + body.replace("\n", "")
    assert [brief(row) for row in rows_of(flat)] == [brief(row) for row in file_rows("card.ofx")]


def test_ofx_ids_of_zeros_are_none() -> None:
    rows = rows_of(QFX.replace("202610090001", "0").replace("202610090002", "000"))
    assert [row.external_id for row in rows][1:3] == ["", ""]


def test_ofx_rows_that_cannot_be_read() -> None:
    text = QFX.replace("20261002120000[-5:EST]", "20261302").replace("-85.00", "1e309")
    assert refused_in(text.replace("<NAME>HARBOR", "<CORRECTFITID>1<NAME>HARBOR")) == [
        (26, "There is no such day as “20261302”."),
        (48, "“1e309” is not an amount."),
        (57, "This row corrects another one. Change that one by hand."),
    ]


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("</OFX>", "", 11, "before <OFX>.*closed"),
        ("</STMTTRN>", "", 34, "<STMTTRN> cannot begin here"),
        ("</BANKTRANLIST>", "</STMTTRN>", 64, "closes what is not open"),
        ("<CURDEF>", "<CURDEF", 22, "is no tag|no end"),
        ("<OFX>", "<!DOCTYPE x [<!ENTITY a 'b'>]><OFX>", 11, "document type"),
        ("<SEVERITY>INFO", "<SEVERITY>ERROR<MESSAGE>Wrong password", 20, "Wrong password"),
        ("<ACCTID>000123456789", "", 23, "names no account"),
        ("PANTRY", "PAN\0TRY", 31, "NUL"),
    ],
)
def test_ofx_that_is_broken(old: str, new: str, line: int, said: str) -> None:
    text = QFX.replace(old, new) if old != "<SEVERITY>INFO" else new.join(QFX.rsplit(old, 1))
    with pytest.raises(ImportRefused, match=said) as refused:
        rows_of(text)
    assert refused.value.line == line


def test_ofx_of_an_investment_account() -> None:
    text = "OFXHEADER:100\n<OFX><INVSTMTRS><CURDEF>USD</INVSTMTRS></OFX>"
    assert rows_of(text) == []
    with pytest.raises(ImportRefused, match="no statement in this file"):
        rows_of("OFXHEADER:100\n<OFX></OFX>")


def test_qif_with_splits_categories_and_transfers() -> None:
    costco, out, back, coffee = file_rows("quicken.qif")
    assert brief(costco) == ("2026-10-02", "-100.00", "", "Costco")
    assert costco.parts == (
        RowPart(Decimal("-60.00"), "bread", ("Food", "Groceries")),
        RowPart(Decimal("-40.00"), "soap", ("Home", "Household")),
    )
    assert (out.account, out.transfer_to, out.category) == ("Everyday Checking", "Blue Card", ())
    assert (back.account, back.transfer_to) == ("Blue Card", "Everyday Checking")
    assert (coffee.category, coffee.note, coffee.merchant) == (
        ("Coffee",),
        "1042",
        "BLUEBELL COFFEE",
    )
    assert [account.kind for account in _accounts("quicken.qif")] == ["checking", "credit_card"]
    (opening,) = _balances("quicken.qif")
    assert (opening.moment, opening.amount) == ("opening", Decimal("1000.00"))


def test_qif_that_is_broken() -> None:
    bank = "!Type:Bank\nD13/10/2026\nT-10.00\nPTea\n"
    assert refused_in(bank + "SFood\n$-4.00\nSRent\n$-5.00\n^\n") == [
        (2, "The parts add up to -9.00, not to -10.00.")
    ]
    assert refused_in("!Type:Bank\nD30/02/2026\nT-1.00\nPx\n^\nDnever\nT1\n^\n") == [
        (2, "There is no such day as “30/02/2026”."),
        (6, "“never” is not a date."),
    ]
    assert refused_in("!Type:Invst\nD13/10/2026\nNBuy\n^\n") == [
        (2, "Trades of investments cannot be imported.")
    ]
    for text, line in ((bank, 2), (bank + "^\n!Type:Nonsense\n", 6), (bank + "!Type:Bank\n", 2)):
        with pytest.raises(ImportRefused) as refused:
            rows_of(text)
        assert refused.value.line == line
    with pytest.raises(ImportRefused, match="two ways"):
        rows_of("!Type:Bank\nD03/04/2026\nT-1.00\nPx\n^\n")
    with pytest.raises(ImportRefused, match="has no end"):
        rows_of("!Type:Bank\nD13/04/2026\n" + "Ax\n" * 3000)


def test_camt_with_batches_reversals_and_two_accounts() -> None:
    rows = file_rows("statement.camt.xml")
    assert [brief(row) for row in rows] == [
        ("2026-10-02", "-89.00", "EUR", f"{POWER} · Abschlag Strom Oktober · SEPA-Lastschrift"),
        ("2026-10-10", "-100.00", "EUR", "Erste GmbH"),
        ("2026-10-10", "-200.00", "EUR", "Zweite AG"),
        ("2026-10-12", "89.00", "EUR", POWER),
        ("2026-10-30", "589.00", "EUR", "Gutschrift"),
        ("2026-10-31", "-5.00", "EUR", "Kartenzahlung"),
        ("2026-10-08", "-12.35", "CHF", "Bergbahn"),
    ]  # fmt: skip
    assert [row.external_id for row in rows] == [
        "REF-1", "REF-2/1", "REF-2/2", "REF-3", "REF-4", "", "CH-9",
    ]  # fmt: skip
    assert [row.pending for row in rows] == [False] * 5 + [True, False]
    assert (str(rows[0].value_date), rows[3].note) == ("2026-10-03", "Reversal")
    assert [account.currency for account in _accounts("statement.camt.xml")] == ["EUR", "CHF"]
    opening, closing = _balances("statement.camt.xml")
    booked = sum(row.amount for row in rows if row.currency == "EUR" and not row.pending)
    assert opening.amount + booked == closing.amount  # the file is right in itself


def test_camt_batches_that_do_not_add_up_stay_one_row() -> None:
    text = CAMT.replace('<Amt Ccy="EUR">200.00</Amt></TxAmt>', '<Amt Ccy="EUR">1.00</Amt></TxAmt>')
    amounts = [str(row.amount) for row in rows_of(text)]
    assert "-300.00" in amounts
    assert "-100.00" not in amounts


def test_camt_entries_that_cannot_be_read() -> None:
    text = CAMT.replace("<CdtDbtInd>CRDT</CdtDbtInd><RvslInd>", "<RvslInd>")
    text = text.replace("2026-10-02", "2026-02-30").replace(">589.00<", ">NaN<")
    assert refused_in(text) == [
        (11, "There is no such day as “2026-02-30”."),
        (28, "The entry does not say whether it is a debit or a credit."),
        (33, "“NaN” is not an amount."),
    ]


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("<Document", "<!DOCTYPE d [<!ENTITY x SYSTEM 'file:///x'>]>\n<Document", 2, "type"),
        ("</Stmt>", "</Stmt", 43, "well-formed"),
        ("</Document>\n", "", 53, "cut off"),
        ('encoding="UTF-8"', 'encoding="x-nonsense"', 1, "encoding"),
        ("<IBAN>DE89370400440532013000</IBAN>", "", 7, "names no account"),
        ("<Ustrd>Abschlag", "<Ustrd>" + "<a>" * 60, 17, "well-formed|too deep"),
        ("BkToCstmrStmt>", "CstmrCdtTrfInitn>", None, None),
    ],
)  # fmt: skip
def test_camt_that_is_broken(old: str, new: str, line: int | None, said: str | None) -> None:
    text = CAMT.replace(old, new)
    if said is None:  # another message around the same statements is not looked at
        assert rows_of(text)
        return
    with pytest.raises(ImportRefused, match=said) as refused:
        rows_of(text)
    assert refused.value.line == line


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"PK\x03\x04" + b"\0" * 50, "not_a_statement"),
        (b"\x1f\x8b\x08" + b"\0" * 50, "not_a_statement"),
        (b"%PDF-1.7\n", "not_a_statement"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "not_a_statement"),
        (b"<!doctype html><p>Sign in", "not_a_statement"),
        (b":20:STARTUMS\n:25:1/2\n", "not_a_statement"),
        (b"<?xml version='1.0'?><a/>", "not_a_statement"),
        (b"just some words", "not_a_statement"),
        (b"\xff\xfe\x00\x00a\x00\x00\x00", "not_a_statement"),
    ],
)
def test_what_is_no_statement(content: bytes, code: str) -> None:
    with pytest.raises(ImportRefused) as refused:
        list(open_statement(BytesIO(content)).items())
    assert refused.value.code == code
