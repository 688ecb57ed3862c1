"""Each bank's and app's own table, recognised by its header and read to the cent."""

import pytest

from spendo.ledger.imports import PROFILES, ImportRefused, ReadOptions, open_statement
from tests.ledger.imports.reading import FILES, brief, file_rows, ignored_in, rows_of

# (date, amount, currency, description) of every row, worked out by hand from the files.
EXPECTED: dict[str, list[tuple[str, str, str, str]]] = {
    "chase_card": [
        ("2026-11-01", "-23.17", "USD", "AMZN Mktp US*2K4RT"),
        ("2026-10-31", "-4.50", "USD", "SQ *BLUEBELL COFFEE"),
        ("2026-10-31", "-4.50", "USD", "SQ *BLUEBELL COFFEE"),
        ("2026-10-15", "512.40", "USD", "Payment Thank You-Mobile"),
    ],
    "chase": [
        ("2026-10-31", "-1200.00", "USD", "ORIG CO NAME:MAPLE COURT RENT"),
        ("2026-10-30", "1600.00", "USD", "HARBOR DESIGN PAYROLL"),
        ("2026-10-04", "-85.00", "USD", "CHECK 1042"),
    ],
    "bank_of_america": [
        ("2026-10-02", "-104.50", "USD", "WHOLE FOODS 10/01 PURCHASE AUSTIN TX"),
        ("2026-10-15", "2000.00", "USD", "ACME CORP DES:PAYROLL"),
    ],
    "amex": [
        ("2026-10-12", "-45.67", "USD", "TRADER JOE'S #123"),
        ("2026-10-20", "300.00", "USD", "ONLINE PAYMENT - THANK YOU"),
    ],
    "capital_one_card": [
        ("2026-10-12", "-25.00", "USD", "NOODLE HARBOR"),
        ("2026-10-13", "30.00", "USD", "THREAD & NEEDLE REFUND"),
    ],
    "capital_one": [
        ("2026-10-01", "1600", "USD", "Deposit from HARBOR DESIGN"),
        ("2026-10-03", "-88.12", "USD", "Withdrawal to CITY POWER"),
    ],
    "citi": [
        ("2026-10-02", "-41.30", "USD", "FUEL STOP 22"),
        ("2026-10-03", "-18.00", "USD", "CINEMA"),
        ("2026-10-04", "120.00", "USD", "AUTOPAY"),
    ],
    "discover": [
        ("2026-10-02", "-15.99", "USD", "CORNER PANTRY"),
        ("2026-10-05", "60.00", "USD", "INTERNET PAYMENT - THANK YOU"),
    ],
    "apple_card": [("2026-10-08", "-2.75", "USD", "CITY TRANSIT 44 MAIN ST")],
    "revolut": [
        ("2026-10-04", "-4.20", "EUR", "Café Liebling"),
        ("2026-10-05", "-51.00", "EUR", "Cash at Bankomat"),  # 50 and a fee of 1
        ("2026-10-07", "-80.00", "EUR", "Hotel"),
    ],
    "n26": [
        ("2026-10-02", "-23.45", "EUR", "REWE Markt"),
        ("2026-10-28", "2900.00", "EUR", "Hafen Design GmbH · Gehalt Oktober"),
    ],
    "wise": [
        ("2026-10-03", "-12.30", "GBP", "Card transaction of 12.30 GBP issued by Book Nook"),
        ("2026-10-04", "100.00", "GBP", "Received money from A EXAMPLE · rent"),
    ],
    "monzo": [
        ("2026-10-03", "-6.45", "GBP", "Pret A Manger · PRET A MANGER LONDON"),
        ("2026-10-14", "250.00", "GBP", "Ann Example"),
    ],
    "starling": [("2026-10-01", "-31.00", "GBP", "Thames Water · DD 12345")],
    "dkb": [
        ("2026-10-30", "-1045.99", "EUR", "Anna Beispiel · EDEKA München · Kartenzahlung 29.10."),
        ("2026-10-31", "-3.20", "EUR", "Anna Beispiel · Bäckerei · VISA Debitkartenumsatz"),
    ],
    "ing_de": [
        (
            "2026-10-30",
            "-89.00",
            "EUR",
            "Stadtwerke Köln · Lastschrift · Abschlag Strom für Oktober",
        ),
        ("2026-10-28", "2900.00", "EUR", "Hafen Design GmbH · Gehalt/Rente · Gehalt"),
    ],
    "ing_nl": [
        ("2026-10-03", "-23.10", "EUR", "Albert Heijn 1234 · Pasvolgnr: 001 03-10-2026"),
        ("2026-10-25", "2100.00", "EUR", "Werkgever BV · Salaris"),
    ],
    "sparkasse": [
        ("2026-10-30", "-850.00", "EUR", "Hausverwaltung Grün · FOLGELASTSCHRIFT · Miete Oktober"),
        ("2026-10-31", "-12.34", "EUR", "REWE · KARTENZAHLUNG · Supermarkt"),
    ],
    "commerzbank": [("2026-10-02", "-20.00", "EUR", "Stadtbücherei Jahresgebühr")],
    "barclays": [("2026-10-13", "-9.99", "GBP", "STREAMFLIX")],
    "paypal": [("2026-10-13", "-1024.00", "USD", "Book Nook · Express Checkout Payment")],
    "mint": [
        ("2026-10-13", "-45.10", "USD", "CORNER PANTRY #14 AUSTIN"),
        ("2026-10-01", "3000.00", "USD", "HARBOR DESIGN PAYROLL"),
    ],
    "ynab": [
        ("2026-10-13", "-45.10", "", "Corner Pantry · weekly"),
        ("2026-10-01", "3000.00", "", "Harbor Design"),
    ],
    "plain": [
        ("2026-10-01", "3200.00", "USD", "Harbor Design, salary"),
        ("2026-10-02", "-54.20", "USD", "Corner Pantry"),
        ("2026-10-02", "-4.50", "USD", "Bluebell Coffee"),
        ("2026-10-02", "-4.50", "USD", "Bluebell Coffee"),
        ("2026-10-05", "-1200", "JPY", "Kyoto Ramen"),
        ("2026-10-09", "-3.125", "KWD", "Dates & Co"),
        ("2026-10-31", "-10.00", "USD", '=HYPERLINK("http://example.com")'),
    ],
}


@pytest.mark.parametrize("name", EXPECTED)
def test_the_tables_of_banks(name: str) -> None:
    with (FILES / f"{name}.csv").open("rb") as file:
        assert open_statement(file).profile == name
    assert [brief(row) for row in file_rows(f"{name}.csv")] == EXPECTED[name]


def test_what_a_profile_is_known_by_is_made_once() -> None:
    assert all(profile.signature is profile.signature for profile in PROFILES)


def test_every_profile_has_a_file() -> None:
    with_header = {profile.name for profile in PROFILES if profile.columns}
    assert with_header - set(EXPECTED) == {"bank_of_america_card"}
    assert len(with_header) >= 12


def test_a_file_without_a_header_is_read_by_its_profile() -> None:
    assert [brief(row) for row in file_rows("wells_fargo.csv", profile="wells_fargo")] == [
        ("2026-10-14", "-42.00", "USD", "PURCHASE AUTHORIZED ON 10/13 BOOK NOOK"),
        ("2026-10-13", "1500.00", "USD", "PAYROLL ACME"),
    ]


def test_details_beside_the_amount() -> None:
    mint, _ = file_rows("mint.csv")
    assert (mint.merchant, mint.category, mint.tags, mint.note, mint.account) == (
        "Corner Pantry",
        ("Groceries",),
        ("home", "weekly"),
        "two bags",
        "Everyday Checking",
    )
    ynab, _ = file_rows("ynab.csv")
    assert ynab.category == ("Everyday", "Groceries")
    assert [row.pending for row in file_rows("dkb.csv")] == [False, True]
    assert [row.pending for row in file_rows("citi.csv")] == [False, True, False]
    assert [row.external_id for row in file_rows("monzo.csv")] == ["tx_0000A", "tx_0000B"]
    assert str(file_rows("sparkasse.csv")[0].value_date) == "2026-10-30"


def test_balances_totals_and_declined_payments_are_no_rows() -> None:
    assert ignored_in((FILES / "bank_of_america.csv").read_text()) == [8]
    assert ignored_in((FILES / "revolut.csv").read_text()) == [4]
    assert ignored_in("Date,Text,Amount\n2026-10-01,Tea,-2.00\nTotal,,-2.00\n") == [3]


def test_a_profile_that_does_not_fit_is_said() -> None:
    with pytest.raises(ImportRefused, match="no table of Chase") as refused:
        open_statement((FILES / "n26.csv").open("rb"), ReadOptions(profile="chase"))
    assert refused.value.code == "profile"
    with pytest.raises(ImportRefused, match="no profile called"):
        open_statement((FILES / "n26.csv").open("rb"), ReadOptions(profile="nope"))


def test_a_column_that_a_bank_has_left_out_is_done_without() -> None:
    header = "Booking Date,Value Date,Partner Name,Payment Reference,Amount (EUR)\n"
    (row,) = rows_of(header + "2026-10-02,2026-10-02,REWE,,-23.45\n")
    assert brief(row) == ("2026-10-02", "-23.45", "EUR", "REWE")
