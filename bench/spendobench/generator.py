"""A persona's life as events: the same for the same persona, size and seed."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from random import Random

from bench.spendobench.events import (
    Account,
    Bought,
    Budget,
    Category,
    CategoryKind,
    Earned,
    Event,
    Goal,
    Part,
    Regular,
    Split,
    Transferred,
    World,
)
from bench.spendobench.personas import PERSONAS, Loan, Pay, Persona, Shop, Standing
from bench.spendobench.traps import plant

SIZES = {300: 12, 3_000: 34, 100_000: 154}
"""How many whole months of history a ledger of about that many rows has."""

CENTS = {300: 100, 3_000: 45, 100_000: 12}
"""What a unit of a shop's prices is: who buys so much more often buys smaller things."""

FOOD = ("Groceries", "Restaurants", "Coffee")
RENAMED = {"Restaurants": "Dining"}
TRANSFERS = ("Transfer", "Card payment", "Loan payment", "Loan principal")
_BRANCHES = ("North", "South", "East", "West", "Hill", "Lake", "Mill", "Park", "Gate", "Quay")
_TRADES = ("Bakery", "Deli", "Grill", "Outlet", "Kiosk", "Depot", "Corner", "Works", "Studio")


@dataclass(slots=True)
class Draft:
    """A world in the making, and what keeps its facts apart from accidents."""

    world: World
    persona: Persona
    random: Random
    count: int = 0
    seen: set[tuple[str, Decimal, int]] = field(default_factory=set)

    def ref(self, what: str) -> str:
        self.count += 1
        return f"{what}-{self.count}"

    def add(self, event: Event) -> None:
        self.world.events.append(event)

    @property
    def today(self) -> date:
        return self.world.today


def make_world(persona_key: str, size: int, seed: int = 1) -> World:
    """One world of about `size` ledger rows."""
    persona = PERSONAS[persona_key]
    world = World(
        name=f"{persona_key}-{size}",
        persona=persona_key,
        size=size,
        seed=seed,
        currency=persona.currency,
        time_zone=persona.time_zone,
        now=persona.now,
        accounts=list(persona.accounts),
        categories=_categories(persona),
    )
    draft = Draft(world, persona, Random(f"{seed}/{persona_key}/{size}"))  # noqa: S311
    months = list(_months(world.today, SIZES[size]))
    _pay(draft, months)
    for standing in persona.standing:
        _standing(draft, standing, months)
    _monthly_transfers(draft, months)
    _loan(draft, persona.loan, months)
    plant(draft)
    _fill(draft, months[0], size - rows_of(world) - 2 * (len(months) - 1))
    _card_payments(draft, months)
    world.events.sort(key=_when)
    _budgets_and_goals(draft)
    return world


def rows_of(world: World) -> int:
    """How many rows of statements the events are; a transfer is two."""
    rows = 0
    for event in world.events:
        match event:
            case Transferred():
                rows += 2
            case Split(parts=parts):
                rows += len(parts)
            case Bought() | Earned():
                rows += 1
    return rows


def _when(event: Event) -> date:
    """Splits right after what they split; rates first."""
    return event.on if not isinstance(event, Split) else date.max


def _months(today: date, count: int) -> Iterator[date]:
    """The first days of `count` whole months before this one, then of this one."""
    number = today.year * 12 + today.month - 1 - count
    for step in range(count + 1):
        yield date((number + step) // 12, (number + step) % 12 + 1, 1)


def _categories(persona: Persona) -> list[Category]:
    kinds: dict[str, CategoryKind] = {"Food": "expense"}
    for name in TRANSFERS:
        kinds[name] = "transfer"
    for pay in persona.pay:
        kinds[pay.category] = "income"
    for standing in persona.standing:
        kinds[standing.category] = "expense"
    for shop in persona.shops:
        kinds[shop.category] = "expense"
    for name in ("Loan interest", "Travel", "Household", "Gifts", "Clothing"):
        kinds[name] = "expense"
    return [
        Category(name, kind, "Food" if name in FOOD else None, RENAMED.get(name))
        for name, kind in kinds.items()
    ]


def on_day(month: date, day: int) -> date:
    """That day of the month, or its last one."""
    following = (month + timedelta(days=31)).replace(day=1)
    return min(month + timedelta(days=day - 1), following - timedelta(days=1))


def _pay(draft: Draft, months: list[date]) -> None:
    raised = date(2026, 4, 1)
    for pay in draft.persona.pay:
        days = list(_pay_days(draft, pay, months))
        for on in days:
            amount = pay.raised_to if pay.raised_to and on >= raised else pay.amount
            if pay.varies:
                amount = Decimal(draft.random.randrange(int(amount * 55), int(amount * 145))) / 100
            draft.add(
                Earned(
                    draft.ref("pay"),
                    draft.persona.current,
                    on,
                    amount,
                    pay.merchant,
                    pay.category,
                    f"CREDIT {pay.merchant.upper()}",
                )
            )
        if pay.days_of_month and days:
            amounts = [(days[0], pay.amount)]
            if pay.raised_to:
                amounts.append((next(day for day in days if day >= raised), pay.raised_to))
                draft.world.traps.setdefault("raise", pay.merchant)
            draft.world.regulars.append(
                Regular(
                    pay.merchant,
                    "income",
                    "monthly" if len(pay.days_of_month) == 1 else "every_two_weeks",
                    draft.persona.current,
                    days[0],
                    tuple(amounts),
                )
            )


def _pay_days(draft: Draft, pay: Pay, months: list[date]) -> Iterator[date]:
    if pay.days_of_month:
        days: Iterator[date] = (on_day(month, day) for month in months for day in pay.days_of_month)
    elif pay.weekday is not None:
        first = months[0] + timedelta(days=(pay.weekday - months[0].weekday()) % 7)
        weeks = (draft.today - first).days // 7 + 1
        days = (first + timedelta(weeks=week) for week in range(weeks))
    else:
        days = (
            on_day(month, draft.random.randint(1, 28))
            for month in months
            if draft.random.random() < 0.55
        )
    return (day for day in days if day <= draft.today)


def _standing(draft: Draft, standing: Standing, months: list[date]) -> None:
    """Payments of every month; the first subscription of a persona became dearer, and the one in
    Fitness did not come the last time it was due."""
    world, today = draft.world, draft.today
    days = [
        on_day(month, standing.day)
        for month in months
        if standing.cadence == "monthly" or month.month == standing.month
    ]
    days = [day for day in days if day <= today]
    if not days:
        return
    amounts = [(days[0], standing.amount)]
    if standing.kind == "subscription" and standing.cadence == "monthly":
        if "dearer" not in world.traps:
            world.traps["dearer"] = standing.merchant
            amounts.append((date(2026, 6, 1), standing.amount + Decimal("2.00")))
        if standing.category == "Fitness":
            world.traps["missed"] = standing.merchant
    skipped = (days[-1],) if world.traps.get("missed") == standing.merchant else ()
    for day in days:
        if day in skipped:
            continue
        amount = [cost for first, cost in amounts if first <= day][-1]
        draft.add(
            Bought(
                draft.ref("bill"),
                standing.account,
                day,
                amount,
                standing.merchant,
                standing.category,
                f"RECURRING {standing.merchant.upper()}",
            )
        )
    world.regulars.append(
        Regular(
            standing.merchant,
            "subscription" if standing.kind == "subscription" else "bill",
            standing.cadence,
            standing.account,
            days[0],
            tuple(amounts),
            skipped=skipped,
        )
    )


def _monthly_transfers(draft: Draft, months: list[date]) -> None:
    persona = draft.persona
    for month in months:
        on = on_day(month, 26)
        if on <= draft.today:
            draft.add(
                Transferred(
                    draft.ref("move"),
                    on,
                    persona.current,
                    persona.savings,
                    persona.saves,
                    persona.saves,
                    "Transfer",
                    f"TRANSFER TO {persona.savings.upper()}",
                )
            )


def _card_payments(draft: Draft, months: list[date]) -> None:
    """What was bought with the card in a month is paid in the next one."""
    persona = draft.persona
    for month, following in pairwise(months):
        on = on_day(following, 24)
        owed = sum(
            (
                event.amount
                for event in draft.world.events
                if isinstance(event, Bought)
                and event.account == persona.card
                and month <= event.on < following
            ),
            Decimal(0),
        )
        if owed and on <= draft.today:
            draft.add(
                Transferred(
                    draft.ref("card"),
                    on,
                    persona.current,
                    persona.card,
                    owed,
                    owed,
                    "Card payment",
                    f"CARD PAYMENT {persona.card.upper()}",
                )
            )


def _loan(draft: Draft, loan: Loan, months: list[date]) -> None:
    """Eighteen months of it: before that it was paid from elsewhere."""
    current = draft.persona.current
    for number, month in enumerate(months[-18:]):
        on = on_day(month, loan.day)
        if on > draft.today:
            continue
        interest = loan.interest - Decimal("0.37") * number
        if loan.account:
            draft.add(
                Transferred(
                    draft.ref("loan"),
                    on,
                    current,
                    loan.account,
                    loan.payment,
                    loan.payment,
                    "Loan payment",
                    f"LOAN {loan.merchant.upper()}",
                )
            )
            draft.add(
                Bought(
                    draft.ref("interest"),
                    loan.account,
                    on,
                    interest,
                    loan.merchant,
                    "Loan interest",
                    "INTEREST CHARGED",
                )
            )
            continue
        ref = draft.ref("loan")
        draft.add(
            Bought(ref, current, on, loan.payment, loan.merchant, None, loan.merchant.upper())
        )
        draft.add(
            Split(
                ref,
                (
                    Part(draft.ref("part"), loan.payment - interest, "Loan principal"),
                    Part(draft.ref("part"), interest, "Loan interest"),
                ),
            )
        )


def _fill(draft: Draft, first: date, count: int) -> None:
    """Everyday purchases up to the size of the ledger. In a small one no shop charges the same
    amount twice within days by accident: only the planted ones do."""
    random, persona = draft.random, draft.persona
    days = (draft.today - first).days + 1
    cents = CENTS[draft.world.size]
    shops = [shop for shop in persona.shops for _ in range(shop.weight)]
    if draft.world.size >= 100_000:
        shops += _small_shops(persona)
    for _ in range(max(count, 0)):
        shop = random.choice(shops)
        on = first + timedelta(days=random.randrange(days))
        account = random.choices((persona.card, persona.current), (3, 1))[0]
        low, high = (cost * cents for cost in (shop.low, shop.high))
        amount = Decimal(random.randrange(low, high)) / 100
        while draft.world.size <= 3_000 and _taken(draft, shop, amount, on):
            amount += Decimal("0.01")
        number = random.randrange(1000, 9999)
        text = f"POS {number} {shop.merchant.upper()}"
        draft.add(Bought(draft.ref("buy"), account, on, amount, shop.merchant, shop.category, text))


def _taken(draft: Draft, shop: Shop, amount: Decimal, on: date) -> bool:
    fortnight = on.toordinal() // 14
    near = {(shop.merchant, amount, fortnight + step) for step in (-1, 0, 1)}
    if draft.seen & near:
        return True
    draft.seen.add((shop.merchant, amount, fortnight))
    return False


def _small_shops(persona: Persona) -> list[Shop]:
    categories = sorted({shop.category for shop in persona.shops})
    return [
        Shop(f"{branch} {trade}", categories[number % len(categories)], 4, 60, 1)
        for number, (branch, trade) in enumerate(
            (branch, trade) for branch in _BRANCHES for trade in _TRADES
        )
    ]


def _budgets_and_goals(draft: Draft) -> None:
    """One budget with room, one that is overspent where anything was spent; one goal."""
    world = draft.world
    month = world.today.replace(day=1)
    for category, room in (("Groceries", Decimal("120.00")), ("Restaurants", Decimal("-7.50"))):
        spent = sum(
            (
                event.amount
                for event in world.events
                if isinstance(event, Bought) and event.category == category and event.on >= month
            ),
            Decimal(0),
        )
        world.budgets.append(Budget(category, month, max(spent + room, Decimal("5.00"))))
    opening = next(a.opening for a in world.accounts if a.name == draft.persona.savings)
    world.goals.append(
        Goal("Vacation", opening + Decimal("9000.00"), draft.persona.savings, date(2026, 1, 2))
    )


__all__ = ["PERSONAS", "SIZES", "Account", "make_world", "rows_of"]
