"""Tables as banks of many countries write them, odd as they are."""

import pytest

from spendo.ledger.imports import ImportRefused, mapping_from
from tests.ledger.imports.reading import brief, ignored_in, refused_in, rows_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Datum;Text;Betrag CHF\n01.10.2026;Miete;-1'850.00\n02.10.2026;Lohn;6’200.50\n",
            [("2026-10-01", "-1850.00", "CHF", "Miete"), ("2026-10-02", "6200.50", "CHF", "Lohn")],
        ),
        (
            'Date,Narration,Withdrawal Amt.,Deposit Amt.\n15/10/26,UPI,"1,250.00",\n',
            [("2026-10-15", "-1250.00", "", "UPI")],
        ),
        (
            "Date;Libellé;Débit euros;Crédit euros\n15/10/2026;LOYER;-1 200,00;\n",
            [("2026-10-15", "-1200.00", "EUR", "LOYER")],
        ),
        (
            "Data;Histórico;Valor\n01/10/2026;Aluguel;R$ -1.200,00\n15/10/2026;Pago;R$ 2.500,00\n",
            [
                ("2026-10-01", "-1200.00", "BRL", "Aluguel"),
                ("2026-10-15", "2500.00", "BRL", "Pago"),
            ],
        ),
        (
            "Bokföringsdag;Belopp;Rubrik;Saldo;Valuta\n2026/10/01;-1 200,00;Hyra;800,00;SEK\n",
            [("2026-10-01", "-1200.00", "SEK", "Hyra")],
        ),
        (
            "Data operacji;Opis;Kwota;Waluta\n2026-10-01;Czynsz;-1 200,00 zł;PLN\n",
            [("2026-10-01", "-1200.00", "PLN", "Czynsz")],
        ),
        (
            "DATE,DESCRIPTION,DEBIT AMT,CREDIT AMT\n10/13/2026,Tea,2.50,\n",
            [("2026-10-13", "-2.50", "", "Tea")],
        ),
    ],
    ids=["swiss", "indian", "french", "brazilian", "swedish", "polish", "capitals"],
)
def test_tables_of_several_countries(text: str, expected: list[tuple[str, ...]]) -> None:
    assert [brief(row) for row in rows_of(text)] == expected


@pytest.mark.parametrize(
    ("name", "out", "into"),
    [("Type", "Debit", "Credit"), ("Cr/Dr", "DR", "CR"), ("Soll/Haben", "S", "H")],
)
def test_a_word_says_the_direction_of_amounts_without_a_sign(
    name: str, out: str, into: str
) -> None:
    head = f"Date,Description,Amount,{name}\n"
    unsigned = f"{head}10/13/2026,Tea,2.50,{out}\n10/14/2026,Pay,100.00,{into}\n"
    assert [str(row.amount) for row in rows_of(unsigned)] == ["-2.50", "100.00"]
    odd = f"{unsigned}10/15/2026,Fee,1.00,Whatever\n"
    assert refused_in(odd) == [(4, "“Whatever” says neither money out nor money in.")]
    signed = f"{head}10/13/2026,Tea,-2.50,{out}\n10/14/2026,Back,-1.00,{into}\n"
    assert [str(row.amount) for row in rows_of(signed)] == ["-2.50", "-1.00"]


def test_what_a_bank_did_not_carry_out_is_no_row_and_what_waits_is_pending() -> None:
    text = (
        "Timestamp,Merchant Name,Amount (USD),Status\n2026-10-02T23:59:59Z,Cafe,-3.20,COMPLETED\n"
        "2026-10-03T00:00:01Z,Cafe,-3.20,PENDING\n2026-10-04T10:00:00Z,Cafe,-9.99,DECLINED\n"
    )
    assert [(str(row.date), row.pending) for row in rows_of(text)] == [
        ("2026-10-02", False),
        ("2026-10-03", True),
    ]
    assert ignored_in(text) == [4]


def test_the_second_date_is_the_day_of_its_value() -> None:
    text = "Transaction Date,Posting Date,Description,Amount\n28/10/2026,02/11/2026,Tea,-3.20\n"
    (row,) = rows_of(text)
    assert (str(row.date), str(row.value_date)) == ("2026-10-28", "2026-11-02")
    german = text.replace("Posting Date", "Valuta").replace("02/11/2026", "EUR")
    (row,) = rows_of(german)
    assert (row.value_date, row.currency) == (None, "EUR")


def test_what_stands_around_the_rows_is_no_row() -> None:
    text = (
        "Account:,Everyday\nDate Range:,10/01/2026 - 10/31/2026\n\n"
        "Date,Description,Withdrawals,Deposits,Balance\n"
        "10/01/2026,OPENING BALANCE,,,1000.00\n"
        "10/13/2026,TOTAL WINE,54.20,,945.80\n"
        ",bottles of it,,,\n"
        "Total debits,,54.20,,\n"
        "Ending Balance,,,,945.80\n"
        "Closing balance as of 10/31/2026,,,945.80,\n"
        "Number of transactions: 1,,,,\n"
    )
    assert [brief(row)[1:] for row in rows_of(text)] == [("-54.20", "", "TOTAL WINE")]
    assert ignored_in(text) == [5, 7, 8, 9, 10, 11]
    assert refused_in(text) == []


def test_a_header_that_comes_again_is_no_row() -> None:
    text = "Date,Text,Amount\n10/13/2026,Tea,-1.00\nDATE, Text ,Amount\n10/14/2026,Jam,-2.00\n"
    assert ([row.line for row in rows_of(text)], ignored_in(text)) == ([2, 4], [3])


def test_a_batch_that_does_not_add_up_still_says_who() -> None:
    payment = "<TxDtls><RltdPties><Cdtr><Nm>{}</Nm></Cdtr></RltdPties></TxDtls>"
    payments = "".join(map(payment.format, ("Anna", "Beat", "Anna", "Cleo", "Dora")))
    entry = (
        '<Ntry><Amt Ccy="CHF">80.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK</Sts><BookgDt>'
        f"<Dt>2026-10-06</Dt></BookgDt><NtryDtls>{payments}</NtryDtls></Ntry>"
    )
    (row,) = rows_of(
        '<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02">'
        "<BkToCstmrStmt><Stmt><Acct><Id><IBAN>CH93</IBAN></Id></Acct>"
        f"{entry}</Stmt></BkToCstmrStmt></Document>"
    )
    assert brief(row) == ("2026-10-06", "-80.00", "CHF", "Anna, Beat, Cleo and 1 more")


def test_the_only_part_of_a_row_has_its_category() -> None:
    (row,) = rows_of("!Type:Bank\nD10/13/2026\nT-5.00\nPShop\nSFood:Bread\n$-5.00\n^\n")
    assert (row.category, row.parts) == (("Food", "Bread"), ())


def test_money_without_a_day_is_never_left_out_silently() -> None:
    text = "Date,Description,Amount\n10/13/2026,Tea,-1.00\n,Total Energies,-50.00\nsoon,Tea,-2.00\n"
    assert [line for line, _ in refused_in(text)] == [3, 4]
    nothing = "Date,Description,Amount\n10/13/2026,Tea,\n"
    assert refused_in(nothing) == [(2, "There is no amount.")]


def test_a_table_without_a_header_is_mapped_by_places() -> None:
    text = "10/02/2026,-54.20,*,,GROCER\n10/13/2026,3200.00,*,,PAYROLL\n"
    with pytest.raises(ImportRefused) as refused:
        rows_of(text)
    assert refused.value.choices == ("#1", "#2", "#3", "#4", "#5")
    assert refused.value.samples == ("10/02/2026", "-54.20", "*", "", "GROCER")
    mapping = mapping_from({"date": "#1", "amount": "#2", "description": "#5"})
    assert [brief(row)[3] for row in rows_of(text, mapping=mapping)] == ["GROCER", "PAYROLL"]


def test_a_table_with_an_unknown_header_is_shown_by_its_first_row() -> None:
    with pytest.raises(ImportRefused) as refused:
        rows_of("Nr\n\nAlpha;Beta;Gamma\n1;Tea;2,50\n")
    assert refused.value.choices == ("Alpha", "Beta", "Gamma")
    assert refused.value.samples == ("1", "Tea", "2,50")
