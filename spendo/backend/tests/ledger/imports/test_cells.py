"""Amounts, dates, separators and encodings, as they are written in the world."""

from decimal import Decimal

import pytest

from spendo.ledger.imports import ImportRefused
from spendo.ledger.imports.amounts import Amount, DecimalMark, parse_amount
from spendo.ledger.imports.dates import DateOrder, parse_date
from spendo.ledger.imports.errors import RowFault
from tests.ledger.imports.reading import FILES, brief, file_rows, refused_in, rows_of


@pytest.mark.parametrize(
    ("text", "mark", "value", "currency"),
    [
        ("1,234.56", ".", "1234.56", ""),
        ("1.234,56", ",", "1234.56", ""),
        ("1 234,56", ",", "1234.56", ""),
        ("1\N{NARROW NO-BREAK SPACE}234,56", ",", "1234.56", ""),
        ("1'234.56", ".", "1234.56", ""),
        ("1’234’567.8", ".", "1234567.8", ""),
        ("12,34,567.00", ".", "1234567.00", ""),  # as in India
        ("(12.00)", ".", "-12.00", ""),
        ("$(12.00)", ".", "-12.00", ""),
        ("12.00-", ".", "-12.00", ""),
        ("\N{MINUS SIGN}12.00", ".", "-12.00", ""),
        ("+12", ".", "12", ""),
        ("-0", ".", "0", ""),
        ("-.50", ".", "-0.50", ""),
        ("12.00 DR", ".", "-12.00", ""),
        ("12.00 CR", ".", "12.00", ""),
        ("-$1,234.00", ".", "-1234.00", ""),
        ("$-12.00", ".", "-12.00", ""),
        ("€ 12,50", ",", "12.50", "EUR"),
        ("12,50 EUR", ",", "12.50", "EUR"),
        ("CHF 1'000", ".", "1000", "CHF"),
        ("US$ -5.00", ".", "-5.00", "USD"),
        ("-CA$12.00", ".", "-12.00", "CAD"),
        ("R$ 1.200,00", ",", "1200.00", "BRL"),
        ("1 200,00 zł", ",", "1200.00", "PLN"),
        ("1 200,00 kr", ",", "1200.00", ""),  # of Sweden, Norway or Denmark
        ("-Rs. 1,23,456.00", ".", "-123456.00", ""),
        ("Fr. 12.50", ".", "12.50", "CHF"),
        ("0.123456789012345678901234567890", ".", "0.123456789012345678901234567890", ""),
    ],
)  # fmt: skip
def test_amounts(text: str, mark: DecimalMark, value: str, currency: str) -> None:
    parsed = parse_amount(text, mark)
    assert parsed == Amount(Decimal(value), currency)
    assert str(parsed.value) == value  # no minus before a zero, no exponent


@pytest.mark.parametrize(
    "text",
    [
        "1e309", "1E5", "NaN", "inf", "-Infinity", "", "-", "--1", "(-1)", "1,2", "1,23,4", "1 2",
        "12.34.56", "0x10", "1_000", "٣", "１２", "=1+1", "12 USD EUR", "9" * 41, "12.00 DR-",
    ],
)  # fmt: skip
def test_what_is_no_amount(text: str) -> None:
    with pytest.raises(RowFault):
        parse_amount(text, ".")


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("2026-05-14", "dmy", "2026-05-14"),
        ("2026/5/4", "dmy", "2026-05-04"),
        ("20260514", "dmy", "2026-05-14"),
        ("2026-05-14T23:59:59Z", "dmy", "2026-05-14"),
        ("2026-05-14 13:45:00", "dmy", "2026-05-14"),
        ("14.05.26", "dmy", "2026-05-14"),
        ("04/05/2026", "dmy", "2026-05-04"),
        ("04/05/2026", "mdy", "2026-04-05"),
        ("4/5/26 10:15 AM", "mdy", "2026-04-05"),
        ("26-05-14", "ymd", "2026-05-14"),
        ("5/14'26", "mdy", "2026-05-14"),
        ("1/ 5'26", "mdy", "2026-01-05"),
        ("14 May 2026", "mdy", "2026-05-14"),
        ("May 14, 2026", "dmy", "2026-05-14"),
        ("Thursday, May 14, 2026", "dmy", "2026-05-14"),
        ("14-Sep-69", "dmy", "2069-09-14"),
        ("14. März 2026", "dmy", "2026-03-14"),
        ("14 févr. 2026", "dmy", "2026-02-14"),
        ("29.02.2024", "dmy", "2024-02-29"),
    ],
)
def test_dates(text: str, order: DateOrder, day: str) -> None:
    assert str(parse_date(text, order)) == day


@pytest.mark.parametrize(
    "text", ["", "30/02/2026", "2025-02-29", "00/01/2026", "0003-01-01", "2026-13-01", "soon",
             "14 Mayo-ish 2026", "2026-05-14-01", "99999999", "9" * 100, "١٤/٠٥/٢٠٢٦"]
)  # fmt: skip
def test_what_is_no_date(text: str) -> None:
    with pytest.raises(RowFault):
        parse_date(text, "dmy")


def _dated(*days: str) -> str:
    return "Date;Text;Amount\n" + "".join(f"{day};Tea;-1,50\n" for day in days)


def test_a_whole_column_says_how_its_dates_are_meant() -> None:
    days = [str(row.date) for row in rows_of(_dated("03/04/2026", "13/04/2026"))]
    assert days == ["2026-04-03", "2026-04-13"]
    days = [str(row.date) for row in rows_of(_dated("03/04/2026", "04/13/2026"))]
    assert days == ["2026-03-04", "2026-04-13"]
    assert [str(row.date) for row in rows_of(_dated("03.04.2026"))] == ["2026-04-03"]
    assert [str(row.date) for row in rows_of(_dated("05/05/26"))] == ["2026-05-05"]


def test_dates_that_can_be_meant_in_two_ways_are_asked_about() -> None:
    with pytest.raises(ImportRefused, match=r"03/04/2026.*two ways") as refused:
        rows_of(_dated("03/04/2026", "05/05/2026"))
    assert (refused.value.code, refused.value.choices) == ("ambiguous_dates", ("dmy", "mdy"))
    (first, _) = rows_of(_dated("03/04/2026", "05/05/2026"), date_order="mdy")
    assert str(first.date) == "2026-03-04"
    with pytest.raises(ImportRefused, match="written in two ways"):
        rows_of(_dated("13/04/2026", "04/13/2026"))
    assert refused_in(_dated("13/04/2026", "04/13/2026"), date_order="dmy") == [
        (3, "There is no such day as “04/13/2026”.")
    ]


def _with_amounts(*amounts: str) -> str:
    return "Date;Text;Amount\n" + "".join(f"2026-10-01;Tea;{amount}\n" for amount in amounts)


def test_a_whole_column_says_how_its_amounts_are_meant() -> None:
    assert [str(row.amount) for row in rows_of(_with_amounts("1.234", "1,5"))] == ["1234", "1.5"]
    assert [str(row.amount) for row in rows_of(_with_amounts("1,234", "1.5"))] == ["1234", "1.5"]
    assert [str(row.amount) for row in rows_of(_with_amounts("1.234.567"))] == ["1234567"]
    assert [str(row.amount) for row in rows_of(_with_amounts("0,123"))] == ["0.123"]


def test_amounts_that_can_be_read_in_two_ways_are_asked_about() -> None:
    with pytest.raises(ImportRefused, match=r"1\.234.*two ways") as refused:
        rows_of(_with_amounts("1.234", "7"))
    assert refused.value.code == "ambiguous_amounts"
    assert str(rows_of(_with_amounts("1.234"), decimal_mark=",")[0].amount) == "1234"
    with pytest.raises(ImportRefused, match="written in two ways"):
        rows_of(_with_amounts("1.234,5", "1,234.5"))


def test_rows_that_cannot_be_read_are_refused_with_their_line() -> None:
    text = (
        "date,description,amount,currency,account,category\n"
        "2026-10-01,Tea,-2.00,USD,Cash,\n"
        '2026-02-30,"a\nb",-2.00,USD,Cash,\n'
        "2026-10-01,Tea,1e309,USD,Cash,\n"
        "2026-10-01,Tea,NaN,USD,Cash,\n"
        "2026-10-01,Tea,,USD,Cash,\n"
        "2026-10-01,Tea,-2.00,USD,Cash,,more\n"
        "2026-10-02,Tea,-0,USD,Cash,\n"
    )
    assert refused_in(text) == [
        (3, "There is no such day as “2026-02-30”."),
        (5, "“1e309” is not an amount."),
        (6, "“NaN” is not an amount."),
        (7, "There is no amount."),
        (8, "There are more cells here than the header has columns."),
    ]
    assert [str(row.amount) for row in rows_of(text)] == ["-2.00", "0"]


def test_separators_and_encodings_are_found_out() -> None:
    assert [brief(row) for row in file_rows("spreadsheet_utf16.csv")] == [
        ("2026-05-14", "-12.50", "", "Frühstück im Café"),
        ("2026-05-15", "2345.67", "", "Gehalt"),
    ]
    assert [brief(row) for row in file_rows("bars.csv")] == [
        ("2026-05-13", "-12.00", "", "A | B"),
        ("2026-05-14", "7.50", "", "Refund"),
    ]
    text = "date;text;amount\n2026-10-01;Café Zoë;-1,50\n"
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1"):
        (row,) = rows_of(text.encode(encoding))
        assert row.description == "Café Zoë", encoding
    (row,) = rows_of(text.encode("cp1252"), encoding="windows-1251")
    assert row.description != "Café Zoë"


def test_one_broken_letter_does_not_turn_all_others_into_nonsense() -> None:
    content = "date;text;amount\n2026-10-01;Café;-1,50\n2026-10-02;Bar;-1,50\n".encode()
    with pytest.raises(ImportRefused, match=r"Line 3.*UTF-8") as refused:
        rows_of(content.replace(b"Bar", b"B\xe9r"))
    assert refused.value.code == "encoding"


def test_debits_that_all_have_a_minus_are_money_out_all_the_same() -> None:
    header = "Date,Text,Debit,Credit\n"
    (row,) = rows_of(header + "2026-10-01,Tea,-2.00,\n")
    assert str(row.amount) == "-2.00"
    taken_back, other = rows_of(header + "2026-10-01,Fee back,-2.00,\n2026-10-01,Tea,3.00,\n")
    assert (str(taken_back.amount), str(other.amount)) == ("2.00", "-3.00")
    assert refused_in(header + "2026-10-01,Both,1.00,2.00\n") == [
        (2, "There is a debit and a credit in one row.")
    ]


def test_every_file_of_the_corpus_is_small() -> None:
    assert all(path.stat().st_size < 8192 for path in FILES.iterdir())
