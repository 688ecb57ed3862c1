"""Cells of several currencies, added up in the user's own."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from spendo.ledger.money import from_minor
from spendo.ledger.rates import ExactTotal, Rate, Rates, plain_denominator, rates_into
from spendo.ledger.selectors.cells import Cell
from spendo.ledger.selectors.types import ConvertedCurrency, LeftOutCurrency
from spendo.users.models import User


def rates_for(
    user: User, cells: Iterable[Cell], *, told: Iterable[Cell] = (), of_each_day: bool = False
) -> Rates:
    """The rates into the user's currency that the cells need, in one query; in none where all
    are in it, or their worth is known. Of what is to be `told` these are the first and the last
    one as well; of all, if they are wanted `of_each_day`."""
    by_day = [cell for cell in cells if cell.day and (of_each_day or cell.worth is None)]
    wanted = _ends([*by_day, *told])
    return rates_into(user, user.currency, wanted, between=bool(by_day))


def can_be_told(cells: Iterable[Cell], rates: Rates) -> bool:
    """Whether the rates have those that the known worth of these cells was made with. They do
    not if one was deleted since that was read."""
    known = _ends(cell for cell in cells if cell.worth is not None)
    return all(rates.on(currency, day) for currency, day in known)


def _ends(cells: Iterable[Cell]) -> set[tuple[str, date]]:
    """The first and the last day of each currency that has to be converted."""
    days: dict[str, list[date]] = defaultdict(list)
    for cell in cells:
        if cell.day:
            days[cell.currency] += (cell.day, cell.last or cell.day)
    return {(currency, day) for currency, found in days.items() for day in (min(found), max(found))}


@dataclass(slots=True)
class _Part:
    """What is of one currency: rows that could be converted, or rows that could not."""

    minor: int = 0
    number: int = 0
    worth: ExactTotal = field(default_factory=ExactTotal)
    first: date = date.max
    last: date = date.min
    accounts: set[int | None] = field(default_factory=set)


class Converted:
    """The sum of cells in the currency `rates` lead to, and what had no rate.

    `total` and `count` are of the rows that are in it or could be converted. `sign` is -1 where
    money out is a positive amount.
    """

    def __init__(self, cells: Iterable[Cell], rates: Rates, *, sign: int) -> None:
        self._rates = rates
        self.sign = sign
        self._own_minor = self._own_number = 0
        self._converted: dict[str, _Part] = defaultdict(_Part)
        self._left_out: dict[str, _Part] = defaultdict(_Part)
        for cell in cells:
            if cell.day is None:
                self._own_minor += sign * cell.minor
                self._own_number += cell.number
            elif cell.worth is not None:
                self._take_worth(cell, cell.day, cell.worth)
            else:
                self._convert(cell, cell.day, rates.on(cell.currency, cell.day))

    def _take_worth(self, cell: Cell, first: date, worth: int) -> None:
        part = self._add(self._converted, cell)
        part.worth.add_parts(self.sign * worth, plain_denominator(cell.currency, self._rates.quote))
        part.first, part.last = min(part.first, first), max(part.last, cell.last or first)

    def _convert(self, cell: Cell, day: date, rate: Rate | None) -> None:
        if rate is None:
            self._add(self._left_out, cell).accounts.add(cell.account_id)
            return
        part = self._add(self._converted, cell)
        part.worth.add_converted(self.sign * cell.minor, rate)
        part.first, part.last = min(part.first, day), max(part.last, day)

    def _add(self, parts: dict[str, _Part], cell: Cell) -> _Part:
        part = parts[cell.currency]
        part.minor += self.sign * cell.minor
        part.number += cell.number
        return part

    @property
    def total(self) -> ExactTotal:
        total = ExactTotal()
        total.add(self._own_minor)
        for part in self._converted.values():
            total.add_all(part.worth)
        return total

    @property
    def count(self) -> int:
        return self._own_number + sum(part.number for part in self._converted.values())

    @property
    def unconverted(self) -> int:
        """The number of rows without a rate."""
        return sum(part.number for part in self._left_out.values())

    def by_currency(self) -> list[ConvertedCurrency]:
        """What was converted, by currency."""
        return [
            self._of_currency(currency, part) for currency, part in sorted(self._converted.items())
        ]

    def _of_currency(self, currency: str, part: _Part) -> ConvertedCurrency:
        first, last = (self._rates.on(currency, day) for day in (part.first, part.last))
        if first is None or last is None:
            raise LookupError(f"The rates of {currency} were not read.")
        return ConvertedCurrency(
            total=from_minor(part.minor, currency),
            converted=part.worth.money(self._rates.quote),
            count=part.number,
            first_rate=first,
            last_rate=last,
        )

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
