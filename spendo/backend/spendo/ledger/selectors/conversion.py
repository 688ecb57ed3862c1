"""Cells of several currencies, added up in the user's own."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from spendo.ledger.money import from_minor
from spendo.ledger.selectors.cells import Cell
from spendo.ledger.selectors.rates import ExactTotal, Rate, Rates, rates_into
from spendo.ledger.selectors.types import ConvertedCurrency, LeftOutCurrency
from spendo.users.models import User


def rates_for(user: User, cells: Iterable[Cell]) -> Rates:
    """The rates into the user's currency that the cells need, in one query; in none where all
    are in it."""
    wanted = {(cell.currency, cell.day) for cell in cells if cell.day is not None}
    return rates_into(user, user.currency, wanted)


@dataclass(slots=True)
class _Part:
    """What is of one currency: rows that could be converted, or rows that could not."""

    minor: int = 0
    number: int = 0
    worth: ExactTotal = field(default_factory=ExactTotal)
    rates: dict[date, Rate] = field(default_factory=dict)
    accounts: set[int | None] = field(default_factory=set)

    def take(self, other: "_Part") -> None:
        self.minor += other.minor
        self.number += other.number
        self.worth.add_all(other.worth)
        self.rates |= other.rates
        self.accounts |= other.accounts


class Converted:
    """The sum of cells in the currency `rates` lead to, and what had no rate.

    `total` and `count` are of the rows that are in it or could be converted. `sign` is -1 where
    money out is a positive amount.
    """

    def __init__(self, cells: Iterable[Cell], rates: Rates, *, sign: int) -> None:
        self._rates = rates
        self.sign = sign
        self._own = _Part()
        self._converted: dict[str, _Part] = defaultdict(_Part)
        self._left_out: dict[str, _Part] = defaultdict(_Part)
        for cell in cells:
            if cell.day is None:
                self._own.minor += sign * cell.minor
                self._own.number += cell.number
            else:
                self._convert(cell, rates.on(cell.currency, cell.day))

    @classmethod
    def of_all(cls, parts: Iterable["Converted"], rates: Rates, *, sign: int) -> "Converted":
        """The sum of sums."""
        whole = cls([], rates, sign=sign)
        for part in parts:
            whole._own.take(part._own)
            for currency, each in part._converted.items():
                whole._converted[currency].take(each)
            for currency, each in part._left_out.items():
                whole._left_out[currency].take(each)
        return whole

    def _convert(self, cell: Cell, rate: Rate | None) -> None:
        part = (self._converted if rate else self._left_out)[cell.currency]
        minor = self.sign * cell.minor
        part.minor += minor
        part.number += cell.number
        if rate:
            part.worth.add_converted(minor, rate)
            part.rates[rate.date] = rate
        else:
            part.accounts.add(cell.account_id)

    @property
    def total(self) -> ExactTotal:
        total = ExactTotal()
        total.add(self._own.minor)
        for part in self._converted.values():
            total.add_all(part.worth)
        return total

    @property
    def count(self) -> int:
        return self._own.number + sum(part.number for part in self._converted.values())

    @property
    def unconverted(self) -> int:
        """The number of rows without a rate."""
        return sum(part.number for part in self._left_out.values())

    def by_currency(self) -> list[ConvertedCurrency]:
        """What was converted, by currency."""
        return [
            ConvertedCurrency(
                total=from_minor(part.minor, currency),
                converted=part.worth.money(self._rates.quote),
                count=part.number,
                first_rate=part.rates[min(part.rates)],
                last_rate=part.rates[max(part.rates)],
            )
            for currency, part in sorted(self._converted.items())
        ]

    def left_out(self) -> list[LeftOutCurrency]:
        """What could not be converted, by currency."""
        return [
            LeftOutCurrency(
                total=from_minor(part.minor, currency),
                accounts=len(part.accounts),
                transactions=part.number,
            )
            for currency, part in sorted(self._left_out.items())
        ]
