"""The rules of the ledger over facts: what is spent, earned, held, and in which money."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Context, Decimal
from statistics import median
from typing import Literal

from bench.spendobench.events import Account, Rate, World
from bench.spendobench.oracle.facts import Fact, facts_of

Measure = Literal["spending", "income", "net"]
DECIMALS = {"JPY": 0, "KWD": 3, "USD": 2, "EUR": 2}
RATE_IS_GOOD_FOR = timedelta(days=7)
_WIDE = Context(prec=60, rounding=ROUND_HALF_EVEN)


def rounded(amount: Decimal, currency: str) -> Decimal:
    """Half-even at the currency's own decimals: the one rounding, at the end."""
    return amount.quantize(Decimal(1).scaleb(-DECIMALS[currency]), ROUND_HALF_EVEN)


@dataclass(slots=True)
class Total:
    """`value` is of what could be converted; `missing` is the rest, by its own currency."""

    value: Decimal
    count: int
    missing: dict[str, Decimal] = field(default_factory=dict)

    @property
    def partial(self) -> bool:
        return bool(self.missing)


class Judge:
    """Everything asked of one world. Periods are half-open: `start` is in, `end` is not."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.home = world.currency
        self.facts = facts_of(world)
        self.rates = self._rates()
        self.accounts = {each.name: each for each in world.accounts if not each.excluded}
        self.children: dict[str, list[str]] = defaultdict(list)
        for category in world.categories:
            if category.parent:
                self.children[category.parent].append(category.name)

    # --- which facts -----------------------------------------------------------------

    def seen(self, start: date | None = None, end: date | None = None) -> list[Fact]:
        """What is in no way hidden, with its parts in the place of what was split."""
        return [
            fact
            for fact in self.facts
            if fact.counts
            and not fact.excluded
            and (start is None or fact.on >= start)
            and (end is None or fact.on < end)
        ]

    def counted(
        self, start: date | None = None, end: date | None = None, measure: Measure = "spending"
    ) -> list[Fact]:
        """What a total of that measure has in it: booked, and no movement between own accounts."""
        return [
            fact
            for fact in self.seen(start, end)
            if not fact.pending and not fact.transfer and self._is(fact, measure)
        ]

    def tree(self, category: str) -> set[str]:
        return {category, *(name for child in self.children[category] for name in self.tree(child))}

    def of_category(self, facts: Iterable[Fact], category: str) -> list[Fact]:
        names = self.tree(category)
        return [fact for fact in facts if fact.category in names]

    @staticmethod
    def of_merchant(facts: Iterable[Fact], merchant: str) -> list[Fact]:
        """By name, whatever the case of its letters."""
        return [fact for fact in facts if fact.merchant.casefold() == merchant.casefold()]

    @staticmethod
    def _is(fact: Fact, measure: Measure) -> bool:
        """An expense category takes refunds off; without a category the direction decides."""
        if measure == "net":
            return True
        if fact.kind is None:
            return (fact.amount < 0) == (measure == "spending")
        return fact.kind == ("expense" if measure == "spending" else "income")

    # --- sums ------------------------------------------------------------------------

    def total(self, facts: Iterable[Fact], *, negate: bool = True) -> Total:
        """Each converted at the rate of its own day, added up exactly, rounded once."""
        listed = list(facts)
        value, count = Decimal(0), 0
        missing: dict[str, Decimal] = defaultdict(Decimal)
        for fact in listed:
            amount = -fact.amount if negate else fact.amount
            converted = self.convert(amount, fact.currency, fact.on)
            if converted is None:
                missing[fact.currency] += amount
            else:
                value = _WIDE.add(value, converted)
                count += 1
        return Total(rounded(value, self.home), count, dict(missing))

    def exact(self, facts: Iterable[Fact]) -> Decimal:
        """What was spent, before rounding, without what cannot be converted."""
        value = Decimal(0)
        for fact in facts:
            value = _WIDE.add(value, self.convert(-fact.amount, fact.currency, fact.on) or 0)
        return value

    def spent(self, start: date | None = None, end: date | None = None) -> Total:
        return self.total(self.counted(start, end))

    def earned(self, start: date | None = None, end: date | None = None) -> Total:
        return self.total(self.counted(start, end, "income"), negate=False)

    def saved(self, start: date | None = None, end: date | None = None) -> Total:
        return self.total(self.counted(start, end, "net"), negate=False)

    def by(self, facts: Iterable[Fact], key: Callable[[Fact], str]) -> dict[str, Total]:
        groups: dict[str, list[Fact]] = defaultdict(list)
        for fact in facts:
            groups[key(fact)].append(fact)
        return {name: self.total(group) for name, group in groups.items()}

    def median_paid(self, facts: Iterable[Fact]) -> Decimal:
        """Of what went out; between two in the middle it is their mean."""
        return rounded(median(-fact.amount for fact in facts if fact.amount < 0), self.home)

    # --- currencies ------------------------------------------------------------------

    def convert(self, amount: Decimal, currency: str, on: date) -> Decimal | None:
        """In the home currency at the rate of that day; None where none is known. Never 1:1."""
        if currency == self.home:
            return amount
        found = self.rate_on(currency, on)
        return None if found is None else _WIDE.multiply(amount, found[0])

    def rate_on(self, currency: str, on: date) -> tuple[Decimal, Rate] | None:
        """Home money for one unit: of that day, else of the nearest day of the week before it."""
        near = [rate for rate in self.rates[currency] if on - RATE_IS_GOOD_FOR <= rate.on <= on]
        if not near:
            return None
        best = max(near, key=lambda rate: (rate.on, rate.base == currency))
        if best.base == currency:
            return best.rate, best
        return _WIDE.divide(Decimal(1), best.rate), best

    def _rates(self) -> dict[str, list[Rate]]:
        found: dict[str, list[Rate]] = defaultdict(list)
        for event in self.world.events:
            if isinstance(event, Rate):
                found[event.quote if event.base == self.home else event.base].append(event)
        return found

    # --- balances --------------------------------------------------------------------

    def balance(self, account: str, as_of: date) -> Decimal:
        """At the end of that day: what it began with and everything booked since, excluded or not.
        What is split moves it once."""
        begun = self.accounts[account]
        moved = (
            fact.amount
            for fact in self.facts
            if fact.account == account and fact.whole and not fact.pending and fact.on <= as_of
        )
        return sum(moved, begun.opening if begun.opened_on <= as_of else Decimal(0))

    def lowest(self, account: str, start: date, end: date) -> tuple[Decimal, date]:
        """The lowest balance at the end of a day, and the first day of it."""
        days = [start + timedelta(days=step) for step in range((end - start).days)]
        moves: dict[date, Decimal] = defaultdict(Decimal)
        for fact in self.facts:
            if fact.account == account and fact.whole and not fact.pending:
                moves[fact.on] += fact.amount
        held = self.balance(account, start - timedelta(days=1))
        found: list[tuple[Decimal, date]] = []
        for day in days:
            held += moves[day]
            found.append((held, day))
        return min(found)

    def worth(self, as_of: date, which: Callable[[Account], bool] = lambda _: True) -> Total:
        """Balances of the accounts that are not excluded, converted at that day's rates."""
        value = Decimal(0)
        missing: dict[str, Decimal] = {}
        chosen = [account for account in self.accounts.values() if which(account)]
        for account in chosen:
            held = self.balance(account.name, as_of)
            converted = self.convert(held, account.currency, as_of)
            if converted is None:
                if held:
                    missing[account.currency] = missing.get(account.currency, Decimal(0)) + held
            else:
                value = _WIDE.add(value, converted)
        return Total(rounded(value, self.home), len(chosen), missing)

    def owed(self, as_of: date) -> Total:
        owing = {name for name in self.accounts if self.balance(name, as_of) < 0}
        owed = self.worth(as_of, lambda account: account.name in owing)
        return Total(-owed.value, owed.count, owed.missing)
