"""What rows in another currency were worth in the user's, kept with their sums.

Plain rates have one denominator, so what was converted with them is a sum of whole numerators, and
a month's is the sum of its days'. What has no rate, or an inverted one that no decimals say, is
kept without, and converted day by day when it is read.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from spendo.ledger.models import Account
from spendo.ledger.rates import Rate, Rates, rates_into
from spendo.ledger.rollups.pieces import day_of, ends_of

WORTH_SPLIT = 10**12
"""A worth is high · WORTH_SPLIT + low."""

WORTH = ("worth_in", "worth_high", "worth_low", "first_day", "last_day")
NO_WORTH = ("", 0, 0, None, None)

_MOST = 10**12
"""What is more in one day is kept without its worth: sums of it have to fit in 64 bits."""


@dataclass(frozen=True, slots=True)
class Abroad:
    """An account in another currency than its user's, and the rates of its days."""

    base: str
    rates: Rates

    def with_worth(self, days: Iterable[dict[str, Any]], split: int) -> Iterator[tuple[Any, ...]]:
        """Rollups of days, each with its values of `WORTH`; a sum in them is high · split + low."""
        rate_of = cache(self._rate_of)
        for row in days:
            day, rate = rate_of(row["piece"])
            minor = row["high"] * split + row["low"]
            yield (*row.values(), *self._worth(day, rate, minor))

    def _rate_of(self, piece: str) -> tuple[date, Rate | None]:
        day = day_of(piece)
        return day, self.rates.on(self.base, day)

    def _worth(self, day: date, rate: Rate | None, minor: int) -> tuple[Any, ...]:
        if rate is None or not rate.is_plain:
            return NO_WORTH
        high, low = divmod(minor * rate.ratio[0], WORTH_SPLIT)
        return (self.rates.quote, high, low, day, day) if abs(high) < _MOST else NO_WORTH


def abroad(account_id: int, months: Collection[str] | None = None) -> Abroad | None:
    """The account with the rates of these months (None: all); None for one in its user's own
    currency."""
    account = Account.objects.select_related("user").filter(pk=account_id).first()
    if account is None or account.currency == account.user.currency:
        return None
    first, last = date.min, date.max
    if months is not None:
        first, last = ends_of(min(months))[0], ends_of(max(months))[1]
    wanted = {(account.currency, first), (account.currency, last)}
    return Abroad(account.currency, rates_into(account.user, account.user.currency, wanted))
