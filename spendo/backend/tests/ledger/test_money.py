from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spendo.ledger.money import (
    CurrencyMismatchError,
    Money,
    MoneyError,
    exponent,
    format_money,
    from_minor,
    round_money,
    to_minor,
)

CURRENCIES = st.sampled_from(["USD", "EUR", "JPY", "KWD", "CLF"])
MINOR = st.integers(-(10**19), 10**19)


@pytest.mark.parametrize(
    ("currency", "digits"), [("USD", 2), ("JPY", 0), ("KWD", 3), ("CLF", 4), ("IQD", 3)]
)
def test_the_exponent_is_the_one_of_iso_4217(currency: str, digits: int) -> None:
    assert exponent(currency) == digits


@pytest.mark.parametrize("currency", ["", "usd", "XXX", "XAU", "ZZZ", "US"])
def test_what_is_no_currency_of_account_is_refused(currency: str) -> None:
    with pytest.raises(MoneyError):
        exponent(currency)


@given(MINOR, CURRENCIES)
def test_minor_units_survive_the_way_there_and_back(minor: int, currency: str) -> None:
    assert to_minor(from_minor(minor, currency)) == minor


@given(MINOR, MINOR, CURRENCIES)
def test_sums_and_differences_are_those_of_the_integers(a: int, b: int, currency: str) -> None:
    left, right = from_minor(a, currency), from_minor(b, currency)
    assert to_minor(left + right) == a + b
    assert to_minor(left - right) == a - b
    assert (left < right) == (a < b)


@pytest.mark.parametrize(
    ("amount", "currency", "text"),
    [
        ("5", "USD", "5.00"),
        ("1200", "JPY", "1200"),
        ("-0.00", "USD", "0.00"),
        ("1E+3", "USD", "1000.00"),
        ("0.001", "KWD", "0.001"),
    ],
)
def test_the_text_has_exactly_the_decimals_of_the_currency(
    amount: str, currency: str, text: str
) -> None:
    assert str(Money(Decimal(amount), currency)) == text


@pytest.mark.parametrize(
    ("amount", "currency"),
    [("0.001", "USD"), ("0.5", "JPY"), ("NaN", "USD"), ("Infinity", "USD"), ("1E+80", "USD")],
)
def test_what_the_currency_cannot_count_is_refused(amount: str, currency: str) -> None:
    with pytest.raises(MoneyError):
        Money(Decimal(amount), currency)


def test_a_float_is_refused() -> None:
    with pytest.raises(MoneyError):
        Money(0.1, "USD")  # type: ignore[arg-type]


def test_two_currencies_cannot_be_added_or_compared() -> None:
    dollars, euros = from_minor(100, "USD"), from_minor(100, "EUR")
    with pytest.raises(CurrencyMismatchError):
        dollars + euros
    with pytest.raises(CurrencyMismatchError):
        dollars - euros
    with pytest.raises(CurrencyMismatchError):
        _ = dollars < euros
    assert dollars != euros


@pytest.mark.parametrize(
    ("amount", "rounded"),
    [("0.125", "0.12"), ("0.135", "0.14"), ("-0.125", "-0.12"), ("2", "2.00")],
)
def test_rounding_is_half_even(amount: str, rounded: str) -> None:
    assert str(round_money(Decimal(amount), "USD")) == rounded


@pytest.mark.parametrize(
    ("amount", "currency", "locale", "text"),
    [
        ("1234.5", "USD", "en_US", "$1,234.50"),
        ("-12.3", "USD", "en_US", "−$12.30"),
        ("1200", "JPY", "en_US", "¥1,200"),
        ("99999999999999999999.12", "USD", "en_US", "$99,999,999,999,999,999,999.12"),
        ("1234.5", "EUR", "de_DE", "1.234,50\u00a0€"),
        ("1", "IQD", "en_US", "IQD\u00a01.000"),
    ],
)
def test_formatting_shows_every_digit(amount: str, currency: str, locale: str, text: str) -> None:
    assert format_money(Money(Decimal(amount), currency), locale) == text
