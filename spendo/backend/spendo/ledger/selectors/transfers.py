"""Which rows look like two sides of a transfer."""

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction

from spendo.ledger.matching.sides import OwnAccount, Side
from spendo.ledger.matching.transfers import Proposal, RateOn, propose_transfers
from spendo.ledger.models import Account, Transaction
from spendo.ledger.querysets import PAIRED
from spendo.ledger.selectors.rates import Rates, rates_into
from spendo.users.models import User


def suggest_transfers(user: User, *, since: date | None = None) -> list[Proposal]:
    """What the matcher proposes for the user's posted rows, from the day `since` on: certain
    pairs first. Hidden rows and accounts are in it: their money moved, too."""
    sides, accounts = list(_sides(user, since)), _accounts(user)
    return propose_transfers(sides, accounts, _rates(user, sides, accounts))


def _sides(user: User, since: date | None) -> Iterator[Side]:
    rows = (
        Transaction.objects.of(user)
        .filter(status=Transaction.Status.POSTED, is_split=False, refund_of__isnull=True)
        .exclude(PAIRED)
        .exclude(refunds__isnull=False)
        .exclude(amount_minor=0)
        .order_by("date", "pk")
    )
    if since is not None:
        rows = rows.filter(date__gte=since)
    columns = (
        "pk", "account_id", "date", "amount_minor", "merchant", "description", "category__kind",
    )  # fmt: skip
    for row in rows.values_list(*columns).iterator(chunk_size=2000):
        yield Side(*row)


def _accounts(user: User) -> list[OwnAccount]:
    return [
        OwnAccount(
            id=account.pk,
            name=account.name,
            institution=account.institution.name,
            kind=account.kind,
            currency=account.currency,
            number=account.external_id,
        )
        for account in Account.objects.of(user).select_related("institution")
    ]


def _rates(user: User, sides: Sequence[Side], accounts: Sequence[OwnAccount]) -> RateOn:
    """The rates of the days on which money went out, fetched once for each currency."""
    currencies = {account.id: account.currency for account in accounts}
    wanted = {(currencies[side.account_id], side.day) for side in sides if side.minor < 0}
    known: dict[str, Rates] = {}

    def rate_on(base: str, quote: str, day: date) -> Fraction | None:
        if quote not in known:
            known[quote] = rates_into(user, quote, wanted)
        rate = known[quote].on(base, day)
        return rate.value if rate else None

    return rate_on
