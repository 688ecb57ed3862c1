"""Exchange rates of the user: what one unit of `base` was in `quote` on a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q

from spendo.ledger.changes import changing
from spendo.ledger.errors import LedgerError
from spendo.ledger.models import ExchangeRate
from spendo.ledger.money import MoneyError, exponent
from spendo.ledger.services.checks import BATCH, counted, own, real_day
from spendo.users.models import User

_UNIT = Decimal("1E-12")
_TOO_MUCH = Decimal("1E12")
_DIGITS = 15
"""SQLite keeps no more of a decimal; a rate that were cut would be another one."""


@dataclass(frozen=True, slots=True)
class NewRate:
    """1 `base` = `rate` `quote` on `date`."""

    base: str
    quote: str
    date: date
    rate: Decimal


def set_rate(user: User, *, base: str, quote: str, date: date, rate: Decimal) -> ExchangeRate:
    """Keep a day's rate, in the place of what was there for the two currencies, either way."""
    new = NewRate(base, quote, date, rate)
    with changing(user, kind="set_rate") as change:
        change.summary = f"Set 1 {base} = {rate} {quote} on {date}"
        add_rates(user, [new])
        return ExchangeRate.objects.get(user=user, base=base, quote=quote, date=date)


def add_rates(user: User, rates: Iterable[NewRate]) -> int:
    """Keep many days' rates, each as `set_rate` does; the last one of a day stays. How many are
    new or different."""
    wanted = {_key(rate): _checked(user, rate) for rate in rates}
    with changing(
        user, kind="add_rates", summary=f"Added {counted(len(wanted), 'rate')}"
    ) as change:
        there = _there(user, list(wanted.values()))
        done, gone, new = 0, [], []
        for key, rate in wanted.items():
            old = there.get(key)
            if old is not None and (old.base, old.rate) == (rate.base, rate.rate):
                continue
            done += 1
            if old is not None and old.base == rate.base:
                change.update(old, rate=rate.rate)
                continue
            if old is not None:
                gone.append(old)
            new.append(rate)
        change.delete_many(gone)
        change.create_many(new)
        return done


def delete_rate(user: User, rate_id: int) -> None:
    """Forget a rate; totals that need it are partial from then on."""
    with changing(user, kind="delete_rate") as change:
        rate = own(user, ExchangeRate, rate_id, "rate")
        change.summary = f"Deleted the rate of {rate}"
        change.delete(rate)


def _key(rate: NewRate | ExchangeRate) -> tuple[str, str, date]:
    """One per day and two currencies, whichever is the base."""
    first, second = sorted((rate.base, rate.quote))
    return first, second, rate.date


def _checked(user: User, rate: NewRate) -> ExchangeRate:
    for currency in (rate.base, rate.quote):
        try:
            exponent(currency)
        except MoneyError:
            raise LedgerError("There is no such currency. Use a code such as USD.") from None
    if rate.base == rate.quote:
        raise LedgerError("A rate is between two currencies.")
    if not rate.rate.is_finite() or not 0 < rate.rate < _TOO_MUCH:
        raise LedgerError("A rate is more than 0.")
    if rate.rate != rate.rate.quantize(_UNIT):
        raise LedgerError("A rate has at most 12 decimals.")
    if len(rate.rate.normalize().as_tuple().digits) > _DIGITS:
        raise LedgerError(f"A rate has at most {_DIGITS} digits.")
    return ExchangeRate(
        user=user,
        base=rate.base,
        quote=rate.quote,
        date=real_day(rate.date),
        rate=rate.rate.quantize(_UNIT),
    )


def _there(user: User, rates: list[ExchangeRate]) -> dict[tuple[str, str, date], ExchangeRate]:
    found: dict[tuple[str, str, date], ExchangeRate] = {}
    currencies = {currency for rate in rates for currency in (rate.base, rate.quote)}
    days = sorted({rate.date for rate in rates})
    for start in range(0, len(days), BATCH):
        there = ExchangeRate.objects.filter(
            Q(base__in=currencies, quote__in=currencies),
            user=user,
            date__in=days[start : start + BATCH],
        )
        found.update({_key(rate): rate for rate in there})
    return found
