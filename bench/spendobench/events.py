"""What happens to somebody's money, as plain values: no ledger, no database.

Amounts are positive Decimals in the currency of the account they move, unless a field says
otherwise. `ref` names an event for good; other events point to it.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

CategoryKind = Literal["expense", "income", "transfer"]
Cadence = Literal["monthly", "yearly", "weekly", "every_two_weeks"]


@dataclass(frozen=True, slots=True)
class Account:
    """A negative `opening` is owed. `rate` is in percent a year. `excluded`: out of every total."""

    name: str
    kind: str
    currency: str
    opening: Decimal
    opened_on: date
    institution: str = "Fernbank"
    limit: Decimal | None = None
    rate: Decimal | None = None
    minimum: Decimal | None = None
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class Category:
    """`was` is the name it had while the rows were written, before the user renamed it."""

    name: str
    kind: CategoryKind
    parent: str | None = None
    was: str | None = None


@dataclass(frozen=True, slots=True)
class Bought:
    """Money went out. `text` is what the bank wrote."""

    ref: str
    account: str
    on: date
    amount: Decimal
    merchant: str
    category: str | None
    text: str = ""
    tags: tuple[str, ...] = ()
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class Earned:
    """Money came in from outside."""

    ref: str
    account: str
    on: date
    amount: Decimal
    merchant: str
    category: str | None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Refunded:
    """A shop gave back all or a part of what `of` cost, into the same account and category."""

    ref: str
    of: str
    on: date
    amount: Decimal
    merchant: str
    category: str | None
    account: str


@dataclass(frozen=True, slots=True)
class Transferred:
    """`left` went out of `source`, `arrived` came into `target`: one movement of the user's own."""

    ref: str
    on: date
    source: str
    target: str
    left: Decimal
    arrived: Decimal
    category: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class PaidElsewhere:
    """A transfer of which only the side that went out is known: a card that is not in here."""

    ref: str
    account: str
    on: date
    amount: Decimal
    merchant: str
    category: str


@dataclass(frozen=True, slots=True)
class Part:
    ref: str
    amount: Decimal
    category: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Split:
    """The parts stand in the place of `of`; their amounts add up to it."""

    of: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Authorised:
    """A card payment that has not been booked: pending until `Settled` replaces it."""

    ref: str
    account: str
    on: date
    amount: Decimal
    merchant: str
    category: str | None


@dataclass(frozen=True, slots=True)
class Settled:
    """The payment `of` was booked, perhaps with another amount (a tip)."""

    of: str
    ref: str
    on: date
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Rate:
    """One `base` was `rate` `quote` on that day."""

    base: str
    quote: str
    on: date
    rate: Decimal


@dataclass(frozen=True, slots=True)
class Budget:
    category: str
    month: date
    limit: Decimal


@dataclass(frozen=True, slots=True)
class Goal:
    name: str
    target: Decimal
    account: str
    made_on: date
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Regular:
    """What the generator knows about payments it made again and again; the ledger is not told.

    `amounts` are (first day on which it cost that, amount). `last_on` is set when it stopped;
    `skipped` are the days on which it was due and did not come.
    """

    merchant: str
    kind: Literal["subscription", "bill", "income"]
    cadence: Cadence
    account: str
    first_on: date
    amounts: tuple[tuple[date, Decimal], ...]
    last_on: date | None = None
    skipped: tuple[date, ...] = ()


Event = (
    Bought | Earned | Refunded | Transferred | PaidElsewhere | Split | Authorised | Settled | Rate
)


@dataclass(slots=True)
class World:
    """One person's money and the moment at which questions are asked.

    `now` has the person's own time zone. `traps` names single facts that questions are about:
    a merchant, a category, an account or an event, by the name of the trap.
    """

    name: str
    persona: str
    size: int
    seed: int
    currency: str
    time_zone: str
    now: datetime
    accounts: list[Account] = field(default_factory=list)
    categories: list[Category] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    budgets: list[Budget] = field(default_factory=list)
    goals: list[Goal] = field(default_factory=list)
    regulars: list[Regular] = field(default_factory=list)
    traps: dict[str, str] = field(default_factory=dict)

    @property
    def today(self) -> date:
        return self.now.date()
