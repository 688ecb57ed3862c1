"""Tables that are not known: guessed by common names, or mapped by hand."""

import pytest

from spendo.ledger.imports import ImportRefused, mapping_from
from spendo.ledger.imports.columns import column_names
from tests.ledger.imports.reading import brief, refused_in, rows_of

UNKNOWN = "Tag,Was,Wieviel,Richtung\n14.05.2026,Tee,2.50,raus\n15.05.2026,Lohn,100.00,rein\n"


def test_an_unknown_table_is_asked_about_with_its_columns() -> None:
    with pytest.raises(ImportRefused, match="columns of this table are not known") as refused:
        rows_of(UNKNOWN)
    assert refused.value.code == "mapping"
    assert refused.value.choices == ("Tag", "Was", "Wieviel", "Richtung")


def test_every_column_has_a_name_of_its_own() -> None:
    names = column_names(["Text (2)", "text", "Text", " TEXT", ""])
    assert names == ("Text (2)", "text", "Text (3)", "TEXT (4)", "#5")


def test_a_mapping_by_hand() -> None:
    mapping = mapping_from(
        {
            "date": "tag",
            "amount": "Wieviel",
            "sign": "Richtung",
            "out_words": ["raus"],
            "description": "Was",
            "default_currency": "EUR",
        }
    )
    assert [brief(row) for row in rows_of(UNKNOWN, mapping=mapping)] == [
        ("2026-05-14", "-2.50", "EUR", "Tee"),
        ("2026-05-15", "100.00", "EUR", "Lohn"),
    ]


def test_columns_by_their_place_with_and_without_a_header() -> None:
    mapping = mapping_from(
        {"date": "#1", "amount": "#3", "description": ["#2"], "money_out_is_positive": True}
    )
    expected = [("2026-05-14", "-2.50", "", "Tee"), ("2026-05-15", "-100.00", "", "Lohn")]
    assert [brief(row) for row in rows_of(UNKNOWN, mapping=mapping)] == expected
    without = UNKNOWN.partition("\n")[2]
    assert [brief(row) for row in rows_of(without, mapping=mapping)] == expected


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, "which column has the date"),
        ({"date": "Tag"}, "which column has the amount"),
        ({"date": "Tag", "amount": "Wieviel"}, "which column has the description"),
        ({"date": "Tag", "debit": "Wieviel", "description": "Was"}, "debit and credit"),
        ({"date": "Tag", "amount": "Wieviel", "description": "Was", "sign": "Richtung"}, "words"),
        ({"date": 1}, "“date” cannot be used"),
        ({"datum": "Tag"}, "nothing called “datum”"),
        ({"date": "Tag", "date_order": "xyz"}, "“date_order” cannot be used"),
        ({"description": ["x"] * 21}, "“description” cannot be used"),
    ],
)
def test_a_mapping_that_cannot_be(values: dict[str, object], said: str) -> None:
    with pytest.raises(ImportRefused, match=said) as refused:
        mapping_from(values)
    assert refused.value.code == "mapping"


def test_a_mapping_to_columns_that_are_not_there() -> None:
    for date, amount in (("Day", "Wieviel"), ("Tag", "Betrag"), ("#1", "#9")):
        mapping = mapping_from({"date": date, "amount": amount, "description": "#2"})
        with pytest.raises(ImportRefused, match="There is no column"):
            rows_of(UNKNOWN, mapping=mapping)


def test_common_names_in_other_languages_are_understood() -> None:
    french = "Date;Libellé;Débit;Crédit\n25/12/2026;Épicerie;12,50;\n26/12/2026;Salaire;;2 000,00\n"
    assert [brief(row) for row in rows_of(french)] == [
        ("2026-12-25", "-12.50", "", "Épicerie"),
        ("2026-12-26", "2000.00", "", "Salaire"),
    ]
    (row,) = rows_of("Fecha,Concepto,Importe (EUR)\n2026-10-01,Café,-1.20\n")
    assert brief(row) == ("2026-10-01", "-1.20", "EUR", "Café")


def test_a_name_that_stands_twice_has_a_number() -> None:
    text = "Date,Text,Amount,Currency,Amount,Currency\n2026-10-01,Tea,-1.00,USD,-0.90,EUR\n"
    mapping = mapping_from(
        {
            "date": "Date",
            "amount": "Amount (2)",
            "currency": "Currency (2)",
            "description": "Text",
        }
    )
    assert [brief(row) for row in rows_of(text, mapping=mapping)] == [
        ("2026-10-01", "-0.90", "EUR", "Tea")
    ]


def test_two_currencies_of_one_row() -> None:
    text = "Date,Text,Amount,Currency\n2026-10-01,Tea,-1.00 EUR,USD\n2026-10-01,Tea,-1 EUR,EUR\n"
    assert refused_in(text) == [(2, "The row says USD and the amount says EUR.")]
