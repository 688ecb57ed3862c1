"""Writing a world into the ledger through its public services, as a user's own acts would."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import TypeVar

from bench.spendobench.events import (
    Account,
    Authorised,
    Bought,
    Earned,
    PaidElsewhere,
    Rate,
    Refunded,
    Settled,
    Split,
    Transferred,
    World,
)

from spendo.budgets import services as budget_services
from spendo.ledger import services
from spendo.ledger.models import Transaction
from spendo.ledger.money import Money
from spendo.ledger.services import NewTransaction
from spendo.users.models import User
from spendo.users.services import Profile, create_user

_AT_ONCE = 5_000
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Loaded:
    """The user, and which event each row of the ledger is."""

    user: User
    ref_of: dict[int, str]


def load(world: World, username: str) -> Loaded:
    """A new user with the world's money. Days are the days of the user's own zone already."""
    user = create_user(
        username=username,
        password="violet-harbor-quilt-19",  # noqa: S106  (nobody signs in)
        profile=Profile(time_zone=world.time_zone, currency=world.currency),
    )
    accounts = {account.name: _add_account(user, account) for account in world.accounts}
    categories = _add_categories(user, world)
    currencies = {account.name: account.currency for account in world.accounts}
    rows = [
        NewTransaction(
            account_id=accounts[row.account],
            date=row.on,
            amount=Money(row.amount, currencies[row.account]),
            description=row.text,
            merchant=row.merchant,
            category_id=categories.get(row.category) if row.category else None,
            pending=row.pending,
            external_id=row.ref,
            tags=row.tags,
            hidden=row.hidden,
        )
        for row in _rows(world)
    ]
    for batch in _batches(rows, _AT_ONCE):
        services.add_transactions(user, batch)
    ids = dict(Transaction.objects.filter(user=user).values_list("external_id", "id"))
    _settle(user, world, ids)
    _split(user, world, ids, categories, currencies)
    _link(user, world, ids)
    _rename(user, world, categories)
    _rates(user, world)
    _plans(user, world, accounts, categories)
    for account in world.accounts:
        if account.excluded:
            services.edit_account(user, accounts[account.name], hidden=True)
    return Loaded(user, {number: ref for ref, number in ids.items()})


@dataclass(frozen=True, slots=True)
class _Row:
    ref: str
    account: str
    on: date
    amount: Decimal
    merchant: str
    category: str | None
    text: str
    pending: bool = False
    hidden: bool = False
    tags: tuple[str, ...] = ()


def _rows(world: World) -> Iterator[_Row]:
    for event in world.events:
        match event:
            case Bought():
                yield _Row(
                    event.ref,
                    event.account,
                    event.on,
                    -event.amount,
                    event.merchant,
                    event.category,
                    event.text or event.merchant,
                    hidden=event.excluded,
                    tags=event.tags,
                )
            case Earned():
                yield _Row(
                    event.ref,
                    event.account,
                    event.on,
                    event.amount,
                    event.merchant,
                    event.category,
                    event.text or event.merchant,
                )
            case Refunded():
                yield _Row(
                    event.ref,
                    event.account,
                    event.on,
                    event.amount,
                    event.merchant,
                    event.category,
                    f"REFUND {event.merchant.upper()}",
                )
            case Transferred():
                for account, amount, side in (
                    (event.source, -event.left, "out"),
                    (event.target, event.arrived, "in"),
                ):
                    yield _Row(
                        f"{event.ref}:{side}",
                        account,
                        event.on,
                        amount,
                        "",
                        event.category,
                        event.text or "TRANSFER",
                    )
            case PaidElsewhere():
                yield _Row(
                    event.ref,
                    event.account,
                    event.on,
                    -event.amount,
                    event.merchant,
                    event.category,
                    event.merchant.upper(),
                )
            case Authorised():
                yield _Row(
                    event.ref,
                    event.account,
                    event.on,
                    -event.amount,
                    event.merchant,
                    event.category,
                    f"HOLD {event.merchant.upper()}",
                    pending=True,
                )


def _add_account(user: User, account: Account) -> int:
    def money(amount: Decimal | None) -> Money | None:
        return None if amount is None else Money(amount, account.currency)

    made = services.add_account(
        user,
        institution=services.add_institution(user, name=account.institution),
        name=account.name,
        kind=account.kind,
        opening=Money(account.opening, account.currency),
        opened_on=account.opened_on,
    )
    known = {
        "credit_limit": money(account.limit),
        "interest_rate": account.rate,
        "minimum_payment": money(account.minimum),
    }
    known = {name: value for name, value in known.items() if value is not None}
    if known:
        services.edit_account(user, made.pk, **known)
    return made.pk


def _add_categories(user: User, world: World) -> dict[str, int]:
    """By the name of today; written under the name it had first."""
    made: dict[str, int] = {}
    for category in sorted(world.categories, key=lambda each: each.parent is not None):
        row = services.add_category(
            user,
            name=category.was or category.name,
            kind=category.kind,
            parent_id=made[category.parent] if category.parent else None,
        )
        made[category.name] = row.pk
    return made


def _settle(user: User, world: World, ids: dict[str, int]) -> None:
    """The booked row comes as from a bank, which does not say which pending one it was."""
    holds = {event.ref: event for event in world.events if isinstance(event, Authorised)}
    currencies = {account.name: account.currency for account in world.accounts}
    for event in world.events:
        if not isinstance(event, Settled):
            continue
        hold = holds[event.of]
        row = Transaction.objects.get(pk=ids[event.of])
        posted = NewTransaction(
            account_id=row.account_id,
            date=event.on,
            amount=Money(-event.amount, currencies[hold.account]),
            description=f"POS {hold.merchant.upper()}",
            merchant=hold.merchant,
            category_id=row.category_id,
            external_id=event.ref,
        )
        services.settle_pending(user, [posted])
        ids[event.ref] = ids.pop(event.of)


def _split(
    user: User,
    world: World,
    ids: dict[str, int],
    categories: dict[str, int],
    currencies: dict[str, str],
) -> None:
    accounts = {event.ref: event.account for event in world.events if isinstance(event, Bought)}
    for event in world.events:
        if not isinstance(event, Split):
            continue
        currency = currencies[accounts[event.of]]
        parts = [
            services.NewPart(
                amount=Money(-part.amount, currency),
                category_id=categories[part.category],
                description=part.text,
            )
            for part in event.parts
        ]
        services.split_transaction(user, ids[event.of], parts)
        made = Transaction.objects.filter(parent_id=ids[event.of]).order_by("id")
        ids |= {part.ref: row.pk for part, row in zip(event.parts, made, strict=True)}


def _link(user: User, world: World, ids: dict[str, int]) -> None:
    pairs = [
        (ids[f"{event.ref}:out"], ids[f"{event.ref}:in"])
        for event in world.events
        if isinstance(event, Transferred)
    ]
    services.pair_transfers(user, pairs)
    for event in world.events:
        if isinstance(event, Refunded):
            services.link_refund(user, ids[event.ref], ids[event.of])


def _rename(user: User, world: World, categories: dict[str, int]) -> None:
    for category in world.categories:
        if category.was:
            services.edit_category(user, categories[category.name], name=category.name)


def _rates(user: User, world: World) -> None:
    known = [event for event in world.events if isinstance(event, Rate)]
    services.add_rates(
        user, [services.NewRate(each.base, each.quote, each.on, each.rate) for each in known]
    )


def _plans(user: User, world: World, accounts: dict[str, int], categories: dict[str, int]) -> None:
    for budget in world.budgets:
        budget_services.set_budget(
            user,
            categories[budget.category],
            month=budget.month,
            limit=Money(budget.limit, world.currency),
        )
    for goal in world.goals:
        budget_services.add_goal(
            user,
            name=goal.name,
            target=Money(goal.target, world.currency),
            account_id=accounts[goal.account],
            due_on=goal.due_on,
        )


def _batches(rows: Iterable[T], size: int) -> Iterator[list[T]]:
    remaining = iter(rows)
    while batch := list(islice(remaining, size)):
        yield batch
