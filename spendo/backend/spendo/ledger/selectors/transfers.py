"""Which rows look like two sides of a transfer."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from spendo.ledger.matching.sides import OwnAccount, Side
from spendo.ledger.matching.transfers import Proposal, RateOn, propose_transfers
from spendo.ledger.models import Account, ExchangeRate, Transaction
from spendo.ledger.querysets import PAIRED
from spendo.users.models import User

_RATE_MAX_AGE = timedelta(days=7)


def suggest_transfers(user: User, *, since: date | None = None) -> list[Proposal]:
    """What the matcher proposes for the user's posted rows, from the day `since` on: certain
    pairs first. Hidden rows and accounts are in it: their money moved, too."""
    return propose_transfers(list(_sides(user, since)), _accounts(user), _rates(user))


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


def _rates(user: User) -> RateOn:
    """The rate of a day, or of the nearest day before it within a week; either way round."""
    known: dict[tuple[str, str], dict[date, Decimal]] = {}
    if Account.objects.of(user).values("currency").distinct().count() > 1:
        for rate in ExchangeRate.objects.filter(user=user):
            known.setdefault((rate.base, rate.quote), {})[rate.date] = rate.rate

    def rate_on(base: str, quote: str, day: date) -> Decimal | None:
        straight, inverse = known.get((base, quote), {}), known.get((quote, base), {})
        for age in range(_RATE_MAX_AGE.days + 1):
            then = day - timedelta(days=age)
            if then in straight:
                return straight[then]
            if then in inverse:
                return 1 / inverse[then]
        return None

    return rate_on
