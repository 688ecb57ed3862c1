"""Bounds on the size of an amount, in the user's currency, over rows in any."""

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from fractions import Fraction
from math import ceil, floor

from django.db.models import Max, Min, Q

from spendo.ledger.models import Account
from spendo.ledger.money import MAX_MINOR, MoneyError, exponent
from spendo.ledger.querysets import TransactionQuerySet
from spendo.ledger.rates import Rates, rates_into
from spendo.ledger.selectors.types import TransactionFilter
from spendo.users.models import User

_LIMIT = MAX_MINOR + 1


@dataclass(frozen=True, slots=True)
class Bounds:
    """Sizes in minor units, both inclusive; None where there is no bound."""

    least: int | None
    most: int | None

    @property
    def exact(self) -> bool:
        return self.least is not None and self.least == self.most

    def has(self, minor: Fraction) -> bool:
        size = abs(minor)
        return (self.least is None or size >= self.least) and (
            self.most is None or size <= self.most
        )

    def at_every(self, factors: list[Fraction]) -> "Bounds":
        """Amounts that are within, whichever of the factors converts them."""
        return self._divided(min(factors), max(factors))

    def at_any(self, factors: list[Fraction]) -> "Bounds":
        """Amounts that are within with some of the factors."""
        return self._divided(max(factors), min(factors))

    def _divided(self, for_least: Fraction, for_most: Fraction) -> "Bounds":
        return Bounds(
            None if self.least is None else _storable(ceil(self.least / for_least)),
            None if self.most is None else _storable(floor(self.most / for_most)),
        )

    def as_query(self, prefix: str = "") -> Q:
        amount, found = f"{prefix}amount_minor", Q()
        if self.least is not None and self.least > 0:
            found &= Q(**{f"{amount}__gte": self.least}) | Q(**{f"{amount}__lte": -self.least})
        if self.most is not None:
            found &= Q(**{f"{amount}__gte": -self.most, f"{amount}__lte": self.most})
        return found


def compares_amounts(where: TransactionFilter) -> bool:
    return where.min_amount is not None or where.max_amount is not None


def within_amounts(user: User, rows: TransactionQuerySet, where: TransactionFilter) -> Q:
    """Those of the rows whose size is within the bounds of `where`, which has some.

    Rows in other currencies are converted at the rate of their day; those without one stay. A
    bound on one exact amount is a search for a line of a statement: it finds the parts of a row
    of that amount, as well.
    """
    bounds = _bounds(where, user.currency)
    is_within = _own(user, bounds)
    for currency in _other_currencies(user):
        is_within |= Q(account__currency=currency) & _foreign(user, rows, bounds, currency)
    return is_within


def _bounds(where: TransactionFilter, currency: str) -> Bounds:
    low, high = where.min_amount, where.max_amount
    return Bounds(
        None if low is None else _minor(low, currency, ROUND_CEILING),
        None if high is None else _minor(high, currency, ROUND_FLOOR),
    )


def _minor(amount: Decimal, currency: str, rounding: str) -> int:
    """The bound in minor units, at most one beyond what can be stored."""
    if not amount.is_finite():
        raise MoneyError("An amount must be a finite Decimal.")
    if abs(amount) >= _LIMIT:
        return _LIMIT if amount > 0 else -_LIMIT
    return _storable(int(amount.scaleb(exponent(currency)).to_integral_value(rounding=rounding)))


def _storable(minor: int) -> int:
    return max(-_LIMIT, min(_LIMIT, minor))


def _own(user: User, bounds: Bounds) -> Q:
    return Q(account__currency=user.currency) & _of_row_or_parent(bounds, exact=bounds.exact)


def _of_row_or_parent(bounds: Bounds, *, exact: bool) -> Q:
    is_within = bounds.as_query()
    if exact:
        is_within |= Q(parent__isnull=False) & bounds.as_query("parent__")
    return is_within


def _foreign(user: User, rows: TransactionQuerySet, bounds: Bounds, currency: str) -> Q:
    """Which rows of `currency` are within the bounds, once converted, or have no rate.

    Sizes that every rate of these days puts on the same side are told apart in SQL; the few in
    between are looked at one by one.
    """
    mine = rows.filter(account__currency=currency).order_by()
    days = mine.aggregate(first=Min("date"), last=Max("date"))
    if days["first"] is None:
        return Q()
    rates = rates_into(user, user.currency, {(currency, day) for day in days.values()})
    factors = [rate.of_minor for rate in rates.all_of(currency)]
    if not factors:
        return Q()
    covered = Q()
    for _, first, last in rates.covered():
        covered |= Q(date__gte=first, date__lte=last)
    surely, maybe = bounds.at_every(factors), bounds.at_any(factors)
    unsure = mine.filter(covered, _of_row_or_parent(maybe, exact=bounds.exact))
    if not bounds.exact:
        unsure = unsure.exclude(surely.as_query())
    found = _converted_within(rates, bounds, currency, unsure)
    return ~covered | surely.as_query() | Q(id__in=found)


def _converted_within(
    rates: Rates, bounds: Bounds, currency: str, rows: TransactionQuerySet
) -> list[int]:
    found = []
    for number, day, minor, whole in rows.values_list(
        "id", "date", "amount_minor", "parent__amount_minor"
    ):
        rate = rates.on(currency, day)
        sizes = [minor, whole] if bounds.exact and whole is not None else [minor]
        if rate and any(bounds.has(rate.convert(size)) for size in sizes):
            found.append(number)
    return found


def _other_currencies(user: User) -> list[str]:
    accounts = Account.objects.of(user).exclude(currency=user.currency)
    return sorted(accounts.values_list("currency", flat=True).distinct())
