"""What a question is about: names, periods and amounts drawn from a world, the same for a seed."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import TypeVar

from bench.spendobench.events import World
from bench.spendobench.expected import Expected, Figure
from bench.spendobench.oracle import Fact, Judge, Total
from bench.spendobench.oracle import periods as p
from bench.spendobench.oracle.periods import Span

Slots = dict[str, str]
Made = tuple[Slots, Expected] | None
"""None: this world has nothing to ask of that kind."""

T = TypeVar("T")
TRIES = 40
NAME_OF = {"JPY": "yen", "KWD": "dinars", "USD": "dollars", "EUR": "euros"}
SEEN_AS = {"JPY": r"JPY|yen|¥", "KWD": r"KWD|dinar", "USD": r"USD|dollar|\$", "EUR": r"EUR|euro|€"}
IS_PARTIAL = r"left out|not included|not counted|no (?:exchange )?rate|partial|without|missing"


@dataclass(slots=True)
class Draw:
    judge: Judge
    random: Random
    held_out: bool

    @property
    def world(self) -> World:
        return self.judge.world

    @property
    def today(self) -> date:
        return self.world.today

    @property
    def home(self) -> str:
        return self.world.currency

    def one_of(self, choices: Iterable[T]) -> T:
        return self.random.choice(list(choices))

    def period(self) -> Span:
        """Any of the ways in which people name a stretch of time that has begun."""
        return self.one_of(_later_periods(self.today) if self.held_out else _periods(self.today))

    def past_period(self) -> Span:
        """One that was over before anything was pending."""
        quiet = self.today - timedelta(days=3)
        return self.first(lambda: self.period(), lambda span: span.end <= quiet)

    def month(self) -> Span:
        numbers = (4, 6, 8) if self.held_out else (2, 3, 5, 7, 9)
        return p.month(2026, self.one_of(numbers))

    def first(self, draw: Callable[[], T], fits: Callable[[T], bool]) -> T:
        for _ in range(TRIES * 4):
            drawn = draw()
            if fits(drawn):
                return drawn
        raise LookupError("nothing drawn fits")

    def category(self, span: Span, *, at_least: int = 1, home_only: bool = False) -> str:
        """One in which that much was bought in the period."""
        found: dict[str, int] = {}
        foreign: set[str] = set()
        for fact in self.judge.counted(span.start, span.end):
            if fact.category and fact.amount < 0 and fact.category != "Loan interest":
                found[fact.category] = found.get(fact.category, 0) + 1
                if fact.currency != self.home:
                    foreign.add(fact.category)
        names = [
            name
            for name, count in found.items()
            if count >= at_least and not (home_only and name in foreign)
        ]
        if not names:
            raise LookupError("no category")
        return self.one_of(sorted(names))

    def merchant(self, span: Span, *, at_most: int = 10**9) -> str:
        """A shop of the everyday ones at which something was bought in the period."""
        found: dict[str, int] = {}
        for fact in self.judge.counted(span.start, span.end):
            if fact.merchant and fact.amount < 0 and fact.merchant != self.world.traps["orders"]:
                found[fact.merchant] = found.get(fact.merchant, 0) + 1
        names = [name for name, count in found.items() if count <= at_most and not name.isupper()]
        if not names:
            raise LookupError("no merchant")
        return self.one_of(sorted(names))

    def money(self, value: Decimal) -> Figure:
        return Figure(value, self.home)

    def written(self, amount: Decimal, currency: str = "") -> str:
        """As people write it: $250, 250 euros."""
        whole = f"{amount:,.2f}".removesuffix(".00")
        return f"${whole}" if (currency or self.home) == "USD" else f"€{whole}"

    def of_total(self, total: Total, **more: object) -> Expected:
        """The amount, and that it is partial where it is."""
        return Expected(values=(self.money(total.value),), says=missing(total), **more)  # type: ignore[arg-type]


def named(span: Span) -> Slots:
    """The slot of a period; its days, for who is not asked in words."""
    return {
        "period": span.words, "start": span.start.isoformat(), "end": span.end.isoformat(),
    }  # fmt: skip


def missing(total: Total) -> tuple[str, ...]:
    if not total.missing:
        return ()
    return (IS_PARTIAL, *(SEEN_AS[currency] for currency in sorted(total.missing)))


def bought(facts: Iterable[Fact]) -> list[Fact]:
    return [fact for fact in facts if fact.amount < 0]


def _periods(today: date) -> list[Span]:
    return [
        p.last_months(today, 1, "last month"),
        p.this_month(today),
        p.this_year(today),
        p.last_quarter(today),
        p.last_days(today, 30, "in the last 30 days"),
        p.last_weeks(today, 1, "last week"),
        p.month(2026, 5),
        p.month(2026, 6, "in June"),
        p.month(2026, 3),
        p.month(2026, 7),
        p.month(2024, 2) if today.year - 2 == 2024 else p.last_year(today),
        p.between(date(2026, 3, 1), today, "since 1 March 2026"),
        p.quarter(2026, 2, "in Q2 2026"),
        p.between(date(2026, 5, 31), date(2026, 6, 1), "from 31 May to 1 June 2026"),
    ]


def _later_periods(today: date) -> list[Span]:
    return [
        p.last_months(today, 3, "over the last 3 months"),
        p.this_year(today),
        p.month(2026, 8),
        p.month(2026, 9, "during September"),
        p.month(2026, 4, "in April 2026"),
        p.quarter(2026, 1, "in the first quarter of 2026"),
        p.between(date(2026, 6, 9), date(2026, 6, 30), "between 9 June and 30 June 2026"),
        p.between(date(2026, 5, 1), today, "since May"),
        p.last_days(today, 90, "in the past 90 days"),
        p.last_weeks(today, 6, "over the last 6 weeks"),
        p.last_year(today),
    ]
