"""Events laid out as the facts that rules are about."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from bench.spendobench.events import (
    Authorised,
    Bought,
    Earned,
    PaidElsewhere,
    Refunded,
    Settled,
    Split,
    Transferred,
    World,
)


@dataclass(frozen=True, slots=True)
class Fact:
    """One movement of one account; a negative amount went out.

    `whole` moves the balance, `counts` may be in a total: a split row is only the first, its parts
    are only the second. `refund_of` and `paired` are links of the user's.
    """

    ref: str
    account: str
    currency: str
    on: date
    amount: Decimal
    merchant: str
    category: str | None
    kind: str | None
    text: str
    pending: bool = False
    paired: bool = False
    excluded: bool = False
    whole: bool = True
    counts: bool = True
    refund_of: str = ""
    tags: tuple[str, ...] = ()

    @property
    def transfer(self) -> bool:
        return self.paired or self.kind == "transfer"

    @property
    def suspected(self) -> bool:
        """It left for a place that is not in the ledger, and says that it is a transfer."""
        return self.kind == "transfer" and not self.paired and self.amount < 0 and not self.pending


def facts_of(world: World) -> list[Fact]:
    """All of them, in the order of their days."""
    currencies = {account.name: account.currency for account in world.accounts}
    out_of_sight = {account.name for account in world.accounts if account.excluded}
    kinds = {category.name: category.kind for category in world.categories}
    settled = {event.of: event for event in world.events if isinstance(event, Settled)}
    splits = {event.of: event for event in world.events if isinstance(event, Split)}

    def fact(ref: str, account: str, on: date, amount: Decimal, **more: object) -> Fact:
        category = more.pop("category", None)
        made = Fact(
            ref=ref,
            account=account,
            currency=currencies[account],
            on=on,
            amount=amount,
            merchant=str(more.pop("merchant", "")),
            category=category,  # type: ignore[arg-type]
            kind=kinds[category] if category else None,  # type: ignore[index]
            text=str(more.pop("text", "")),
            **more,  # type: ignore[arg-type]
        )
        return replace(made, excluded=made.excluded or account in out_of_sight)

    def laid_out() -> Iterator[Fact]:
        for event in world.events:
            match event:
                case Bought():
                    row = fact(
                        event.ref,
                        event.account,
                        event.on,
                        -event.amount,
                        tags=event.tags,
                        merchant=event.merchant,
                        category=event.category,
                        text=event.text or event.merchant,
                        excluded=event.excluded,
                    )
                    parts = splits.get(event.ref)
                    yield replace(row, counts=parts is None)
                    for part in parts.parts if parts else ():
                        yield replace(
                            row,
                            ref=part.ref,
                            amount=-part.amount,
                            category=part.category,
                            kind=kinds[part.category],
                            whole=False,
                        )
                case Earned():
                    yield fact(
                        event.ref,
                        event.account,
                        event.on,
                        event.amount,
                        merchant=event.merchant,
                        category=event.category,
                        text=event.text,
                    )
                case Refunded():
                    yield fact(
                        event.ref,
                        event.account,
                        event.on,
                        event.amount,
                        merchant=event.merchant,
                        category=event.category,
                        refund_of=event.of,
                    )
                case PaidElsewhere():
                    yield fact(
                        event.ref,
                        event.account,
                        event.on,
                        -event.amount,
                        merchant=event.merchant,
                        category=event.category,
                    )
                case Transferred():
                    sides = (
                        (event.source, -event.left, "out"),
                        (event.target, event.arrived, "in"),
                    )
                    for account, amount, side in sides:
                        yield fact(
                            f"{event.ref}:{side}",
                            account,
                            event.on,
                            amount,
                            category=event.category,
                            text=event.text,
                            paired=True,
                        )
                case Authorised():
                    booked = settled.get(event.ref)
                    yield fact(
                        booked.ref if booked else event.ref,
                        event.account,
                        booked.on if booked else event.on,
                        -(booked.amount if booked else event.amount),
                        merchant=event.merchant,
                        category=event.category,
                        pending=not booked,
                    )

    return sorted(laid_out(), key=lambda each: each.on)
