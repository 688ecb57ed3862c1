"""Cells of several currencies, added up in the user's own."""

from collections import defaultdict
from collections.abc import Iterable

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


class Converted:
    """The sum of cells in the currency `rates` lead to, and what had no rate.

    `total` and `count` are of the rows that are in it or could be converted. `sign` is -1 where
    money out is a positive amount.
    """

    def __init__(self, cells: Iterable[Cell], rates: Rates, *, sign: int) -> None:
        self.total = ExactTotal()
        self.count = 0
        self._rates = rates
        self._sign = sign
        self._converted: dict[str, list[tuple[Cell, Rate]]] = defaultdict(list)
        self._left_out: dict[str, list[Cell]] = defaultdict(list)
        for cell in cells:
            self._add(cell)

    def _add(self, cell: Cell) -> None:
        minor = self._sign * cell.minor
        if cell.day is None:
            self.total.add(minor)
        elif rate := self._rates.on(cell.currency, cell.day):
            self.total.add(rate.convert(minor))
            self._converted[cell.currency].append((cell, rate))
        else:
            self._left_out[cell.currency].append(cell)
            return
        self.count += cell.number

    @property
    def unconverted(self) -> int:
        """The number of rows without a rate."""
        return sum(cell.number for cells in self._left_out.values() for cell in cells)

    def by_currency(self) -> list[ConvertedCurrency]:
        """What was converted, by currency."""
        return [
            self._of_currency(currency, found)
            for currency, found in sorted(self._converted.items())
        ]

    def left_out(self) -> list[LeftOutCurrency]:
        """What could not be converted, by currency."""
        return [
            LeftOutCurrency(
                total=from_minor(self._sign * sum(cell.minor for cell in cells), currency),
                accounts=len({cell.account_id for cell in cells}),
                transactions=sum(cell.number for cell in cells),
            )
            for currency, cells in sorted(self._left_out.items())
        ]

    def _of_currency(self, currency: str, found: list[tuple[Cell, Rate]]) -> ConvertedCurrency:
        converted = ExactTotal()
        for cell, rate in found:
            converted.add(rate.convert(self._sign * cell.minor))
        used = sorted((rate for _, rate in found), key=lambda rate: rate.date)
        return ConvertedCurrency(
            total=from_minor(self._sign * sum(cell.minor for cell, _ in found), currency),
            converted=converted.money(self._rates.quote),
            count=sum(cell.number for cell, _ in found),
            first_rate=used[0],
            last_rate=used[-1],
        )
