"""What one currency was worth in another, and exact sums of what was converted."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cache, lru_cache
from typing import Any

from django.db.models import Max, Q

from spendo.ledger.models import ExchangeRate
from spendo.ledger.money import Money, exponent, from_minor
from spendo.ledger.prepared import ask
from spendo.users.models import User

MOST_DAYS_OLD = timedelta(days=7)
"""Rates are written down on working days; what is older than a week says nothing any more."""

_KNOWN = 8192
"""Rates that are remembered: a sum over years reads a thousand, and so does the next one."""

_GUARD = 10**40
_WRITTEN = 10**12
"""Rates are written down with twelve decimals."""


@dataclass(frozen=True, slots=True)
class Rate:
    """One unit of `base` was `value` units of `quote`, exactly.

    `date` is the day the rate was written down for: the day asked for or one shortly before it.
    `inverted`: it was written down as what one unit of `quote` was in `base`.
    """

    base: str
    quote: str
    date: date
    value: Fraction
    inverted: bool = False
    ratio: tuple[int, int] = field(init=False, repr=False, compare=False)
    """What one minor unit of `base` is in minor units of `quote`, as numerator and denominator:
    the denominator is the same for all rates that were written down this way round."""

    def __post_init__(self) -> None:
        numerator, denominator = self.value.numerator, self.value.denominator
        if _WRITTEN % denominator == 0:
            numerator, denominator = numerator * (_WRITTEN // denominator), _WRITTEN
        shift = exponent(self.quote) - exponent(self.base)
        ratio = (numerator * 10 ** max(shift, 0), denominator * 10 ** max(-shift, 0))
        object.__setattr__(self, "ratio", ratio)

    @property
    def is_plain(self) -> bool:
        """Whether twelve decimals say it, as they do all rates but most inverted ones."""
        return self.ratio[1] == plain_denominator(self.base, self.quote)

    @property
    def of_minor(self) -> Fraction:
        return Fraction(*self.ratio)

    @property
    def decimal(self) -> Decimal:
        """For reading: the rate as it was written down, or its inverse to twelve digits."""
        return Decimal(round(self.value * 10**12)).scaleb(-12).normalize()

    def convert(self, minor: int) -> Fraction:
        """Minor units of `base` as minor units of `quote`, not rounded."""
        numerator, denominator = self.ratio
        return Fraction(minor * numerator, denominator)

    def convert_back(self, minor: int) -> Fraction:
        """Minor units of `quote` as minor units of `base`, not rounded."""
        numerator, denominator = self.ratio
        return Fraction(minor * denominator, numerator)


@cache
def plain_denominator(base: str, quote: str) -> int:
    """The denominator of what a plain rate converts minor units of `base` to."""
    more = max(exponent(base) - exponent(quote), 0)
    return _WRITTEN * int(10**more)


class Rates:
    """The rates into one currency that a set of days needs."""

    def __init__(self, quote: str, found: dict[str, list[Rate]]) -> None:
        self.quote = quote
        self._found = found
        self._known: dict[tuple[str, date], Rate | None] = {}
        self._days = {base: [rate.date for rate in rates] for base, rates in found.items()}

    @property
    def bases(self) -> set[str]:
        """The other currencies that any rate is known of."""
        return set(self._found)

    def on(self, base: str, day: date) -> Rate | None:
        """The rate of `day`, else of the nearest day before it within a week."""
        if base == self.quote:
            return Rate(base, base, day, Fraction(1))
        asked = (base, day)
        if asked not in self._known:
            self._known[asked] = self._find(base, day)
        return self._known[asked]

    def _find(self, base: str, day: date) -> Rate | None:
        place = bisect_right(self._days.get(base, []), day)
        if not place:
            return None
        rate = self._found[base][place - 1]
        return rate if day - rate.date <= MOST_DAYS_OLD else None

    def all_of(self, base: str) -> list[Rate]:
        """Every rate there is, by day."""
        return self._found.get(base, [])

    def ends_of(self, base: str) -> tuple[Fraction, Fraction] | None:
        """The lowest and the highest `of_minor` there is; None without any rate."""
        numerators: dict[int, list[int]] = defaultdict(list)
        for rate in self.all_of(base):
            numerator, denominator = rate.ratio
            numerators[denominator].append(numerator)
        ends = [
            Fraction(end(found), denominator)
            for denominator, found in numerators.items()
            for end in (min, max)
        ]
        return (min(ends), max(ends)) if ends else None

    def covered(self) -> Iterator[tuple[str, date, date]]:
        """The spans of days that have a rate: currency, first and last day."""
        for base, days in self._days.items():
            first = last = days[0]
            for day in days:
                if (day - last).days > 1:
                    yield base, first, last
                    first = day
                last = day + min(MOST_DAYS_OLD, date.max - day)
            yield base, first, last


def rate_on(user: User, base: str, quote: str, day: date) -> Rate | None:
    """The user's rate of `day`, else of the nearest day before it within a week, else None.

    A rate that was written down the other way round counts as its inverse; where there are both
    on one day, the direct one does. No rate is made of two others.
    """
    return rates_into(user, quote, {(base, day)}).on(base, day)


def newest_rate(user: User, base: str, quote: str, day: date) -> Rate | None:
    """The newest rate up to that day, however old it is: for telling, and for no total."""
    pair = Q(base=base, quote=quote) | Q(base=quote, quote=base)
    written = ExchangeRate.objects.filter(pair, user_id=user.pk, date__lte=day)
    last = written.aggregate(last=Max("date"))["last"]
    return rate_on(user, base, quote, last) if last else None


def rates_into(
    user: User, quote: str, wanted: Collection[tuple[str, date]], *, between: bool = True
) -> Rates:
    """The rates into `quote` for many pairs of currency and day, in one query. `between`: those of
    all days from the first to the last one, too."""
    bases = {base for base, _ in wanted} - {quote}
    if not bases:
        return Rates(quote, {})
    days = [day for _, day in wanted]
    if between:
        reach = Q(date__gte=_earliest_for(min(days)), date__lte=max(days))
    else:
        reach = Q(date__in=sorted({each for day in days for each in _serving(day)}))
    return Rates(quote, _by_base(_written(user, quote, bases, reach)))


def _earliest_for(day: date) -> date:
    return max(day, date.min + MOST_DAYS_OLD) - MOST_DAYS_OLD


def _serving(day: date) -> Iterator[date]:
    """The days whose rates may serve this one."""
    first = _earliest_for(day)
    return (first + timedelta(days=number) for number in range((day - first).days + 1))


def _written(user: User, quote: str, bases: set[str], days: Q) -> Iterator[Rate]:
    """An index has each pair of two of the currencies; those of two others are left alone."""
    currencies = sorted({*bases, quote})
    pairs = Q(user_id=user.pk, base__in=currencies, quote__in=currencies)
    for base, other, day, value in ask(_rows, where=pairs & days):
        if other == quote:
            yield _rate(base, quote, day, value)
        elif base == quote:
            yield _inverse(other, quote, day, value)


@lru_cache(maxsize=_KNOWN)
def _rate(base: str, quote: str, day: date, value: Decimal) -> Rate:
    return Rate(base, quote, day, Fraction(value))


@lru_cache(maxsize=_KNOWN)
def _inverse(base: str, quote: str, day: date, value: Decimal) -> Rate:
    return Rate(base, quote, day, 1 / Fraction(value), inverted=True)


def _rows(where: Q) -> Any:
    return ExchangeRate.objects.filter(where).values_list("base", "quote", "date", "rate")


def _by_base(rates: Iterator[Rate]) -> dict[str, list[Rate]]:
    """In order of their days, one for each: the direct one, where there are both."""
    found: dict[str, dict[date, Rate]] = defaultdict(dict)
    for rate in rates:
        known = found[rate.base].get(rate.date)
        if known is None or known.inverted:
            found[rate.base][rate.date] = rate
    return {base: [by_day[day] for day in sorted(by_day)] for base, by_day in found.items()}


class ExactTotal:
    """A sum of fractions of minor units, rounded once: half-even, at the end.

    Rates that were inverted have denominators without a common factor, and their plain sum grows
    by a dozen digits with every day. So numerators are added by denominator, and the exact sum of
    all is made only where forty digits cannot tell which way to round.
    """

    __slots__ = ("_numerators",)

    def __init__(self) -> None:
        self._numerators: dict[int, int] = defaultdict(int)

    def add(self, amount: Fraction | int) -> None:
        self._numerators[amount.denominator] += amount.numerator

    def add_converted(self, minor: int, rate: Rate) -> None:
        """Add what `rate.convert(minor)` is, without making a fraction of it."""
        numerator, denominator = rate.ratio
        self._numerators[denominator] += minor * numerator

    def add_parts(self, numerator: int, denominator: int) -> None:
        """Add so many parts of a minor unit."""
        self._numerators[denominator] += numerator

    def add_all(self, other: "ExactTotal") -> None:
        for denominator, numerator in other._numerators.items():
            self._numerators[denominator] += numerator

    def exact(self) -> Fraction:
        """The sum itself. Slow where a thousand days were converted by inverted rates."""
        return sum(
            (Fraction(number, each) for each, number in self._numerators.items()), Fraction(0)
        )

    def about(self) -> Fraction:
        """The sum to within 10⁻³⁰ below it; exact where all denominators are one."""
        return Fraction(self._floor(), _GUARD)

    def rounded(self) -> int:
        """The sum in whole minor units, half-even."""
        if len(self._numerators) == 1:
            ((each, number),) = self._numerators.items()
            return _half_even(number, each)
        common = max(self._numerators, default=1)
        if not any(common % each for each in self._numerators):
            return _half_even(
                sum(number * (common // each) for each, number in self._numerators.items()), common
            )
        low, high = self._floor(), self._floor() + len(self._numerators)
        surely = _half_even(low, _GUARD)
        return surely if surely == _half_even(high, _GUARD) else round(self.exact())

    def money(self, currency: str) -> Money:
        return from_minor(self.rounded(), currency)

    def _floor(self) -> int:
        return sum(number * _GUARD // each for each, number in self._numerators.items())


def _half_even(numerator: int, denominator: int) -> int:
    whole, rest = divmod(2 * numerator + denominator, 2 * denominator)
    return whole - 1 if not rest and whole % 2 else whole


def rounded_to_total(parts: list[ExactTotal], total: int) -> list[int]:
    """Each part in whole minor units, so that together they are `total`, their rounded sum.

    By largest remainder: each is rounded by itself, and the few units that are too many or too
    few go to the parts that were rounded furthest the other way, the first of equals.
    """
    rounded = [part.rounded() for part in parts]
    missing = total - sum(rounded)
    step = 1 if missing > 0 else -1
    by_error = sorted(
        range(len(parts)), key=lambda place: (rounded[place] - parts[place].about()) * step
    )
    for place in by_error[: abs(missing)]:
        rounded[place] += step
    return rounded
