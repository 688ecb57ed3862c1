"""Exact money: a Decimal with its currency, integer minor units in the database.

No function here takes or returns a float.
"""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal, Inexact, InvalidOperation
from functools import cache
from typing import Self

from babel import Locale
from babel.numbers import format_currency
from iso4217 import Currency

MAX_MINOR = 10**15 - 1
"""The largest single amount that is stored, in minor units, in either direction."""

# Wide enough for the sum of every row a database could hold at MAX_MINOR.
_CONTEXT = Context(prec=60, rounding=ROUND_HALF_EVEN)
_EXACT = Context(prec=60, rounding=ROUND_HALF_EVEN, traps=[Inexact, InvalidOperation])

MINUS = "\N{MINUS SIGN}"
_CODE_BESIDE_DIGIT = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")


class MoneyError(ValueError):
    """An amount or a currency that cannot be money."""


class CurrencyMismatchError(MoneyError):
    """Arithmetic between two currencies; there is no rate here to do it with."""


@cache
def exponent(currency: str) -> int:
    """The number of decimals of an ISO 4217 code: JPY 0, USD 2, KWD 3. Raises MoneyError."""
    try:
        digits: int | None = Currency(currency).exponent
    except ValueError:
        digits = None
    if digits is None:
        raise MoneyError(f"{currency!r} is not a currency that money is counted in.")
    return digits


@dataclass(frozen=True, slots=True, order=False)
class Money:
    """An exact amount at its currency's exponent. A finer amount raises MoneyError."""

    amount: Decimal
    currency: str

    def __post_init__(self) -> None:
        if not isinstance(self.amount, Decimal) or not self.amount.is_finite():
            raise MoneyError("An amount must be a finite Decimal.")
        try:
            exact = self.amount.quantize(_unit(self.currency), context=_EXACT)
        except (Inexact, InvalidOperation):
            raise MoneyError(f"The amount is finer than {self.currency} counts.") from None
        object.__setattr__(self, "amount", exact if exact else abs(exact))

    def __str__(self) -> str:
        return format(self.amount, "f")

    def __add__(self, other: Self) -> "Money":
        self._require_same_currency(other)
        return Money(_CONTEXT.add(self.amount, other.amount), self.currency)

    def __sub__(self, other: Self) -> "Money":
        self._require_same_currency(other)
        return Money(_CONTEXT.subtract(self.amount, other.amount), self.currency)

    def __neg__(self) -> "Money":
        return Money(self.amount.copy_negate(), self.currency)

    def __abs__(self) -> "Money":
        return Money(self.amount.copy_abs(), self.currency)

    def __bool__(self) -> bool:
        return bool(self.amount)

    def __lt__(self, other: Self) -> bool:
        self._require_same_currency(other)
        return self.amount < other.amount

    def __gt__(self, other: Self) -> bool:
        self._require_same_currency(other)
        return self.amount > other.amount

    @classmethod
    def zero(cls, currency: str) -> "Money":
        return cls(Decimal(0), currency)

    def _require_same_currency(self, other: "Money") -> None:
        if self.currency != other.currency:
            raise CurrencyMismatchError(f"{self.currency} and {other.currency} cannot be combined.")


def to_minor(money: Money) -> int:
    """Money as an integer of its smallest unit: 12.30 USD is 1230."""
    return int(money.amount.scaleb(exponent(money.currency), context=_EXACT))


def from_minor(minor: int, currency: str) -> Money:
    """Money of an integer of its smallest unit: 1230 in USD is 12.30."""
    return Money(Decimal(minor).scaleb(-exponent(currency), context=_EXACT), currency)


def round_money(amount: Decimal, currency: str) -> Money:
    """The one rounding, at the end: half-even at the currency's exponent."""
    if not amount.is_finite():
        raise MoneyError("An amount must be a finite Decimal.")
    return Money(amount.quantize(_unit(currency), context=_CONTEXT), currency)


def format_money(money: Money, locale: str = "en_US") -> str:
    """Money for reading: "$1,234.50", "−$12.30", "¥1,200". Every digit is the exact one."""
    digits = exponent(money.currency)
    chosen = Locale.parse(locale)
    pattern = chosen.currency_formats["standard"]
    fraction = "." + "0" * digits if digits else ""
    head, _, tail = pattern.pattern.split(";")[0].partition("0.00")
    text = format_currency(
        money.amount.copy_abs(),
        money.currency,
        format=f"{head}0{fraction}{tail}",
        locale=chosen,
        currency_digits=False,
    )
    text = _CODE_BESIDE_DIGIT.sub("\N{NO-BREAK SPACE}", text)
    return f"{MINUS}{text}" if money.amount < 0 else text


@cache
def _unit(currency: str) -> Decimal:
    return Decimal(1).scaleb(-exponent(currency))
