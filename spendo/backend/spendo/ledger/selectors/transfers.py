"""Which rows look like two sides of a transfer."""

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction

from django.db.models import Count

from spendo.ledger.matching.sides import Movement, OwnAccount, Side
from spendo.ledger.matching.spans import spans
from spendo.ledger.matching.transfers import (
    Proposal,
    RateOn,
    possible_sides,
    propose_transfers,
)
from spendo.ledger.models import Account, Transaction
from spendo.ledger.querysets import PAIRED, TransactionQuerySet
from spendo.ledger.rates import Rates, rates_into
from spendo.users.models import User

_BLOCK = 2000


def suggest_transfers(user: User, *, since: date | None = None) -> list[Proposal]:
    """What the matcher proposes for the user's posted rows, from the day `since` on: certain
    pairs first. Hidden rows and accounts are in it: their money moved, too.

    A span of days is in memory at a time, and the texts of those rows only that have a possible
    other side.
    """
    rows, accounts = _rows(user, since), _accounts(user)
    days = list(rows.values_list("date").annotate(Count("pk")).order_by("date"))
    rate_on = _rates(user, [day for day, _ in days], accounts)
    found: list[Proposal] = []
    for span in spans(days):
        within = rows.filter(date__gte=span.begin, date__lte=span.end)
        sides = list(_sides(within, accounts, rate_on))
        own = {side.id for side in sides if span.first <= side.day <= span.last}
        found += [
            proposal
            for proposal in propose_transfers(sides, accounts, rate_on)
            if proposal.outflow_id in own
        ]
    return sorted(found, key=lambda proposal: not proposal.certain)  # each span has its order


def _rows(user: User, since: date | None) -> TransactionQuerySet:
    rows = (
        Transaction.objects.of(user)
        .filter(status=Transaction.Status.POSTED, is_split=False, refund_of__isnull=True)
        .exclude(PAIRED)
        .exclude(refunds__isnull=False)
        .exclude(amount_minor=0)
    )
    return rows if since is None else rows.filter(date__gte=since)


def _sides(
    rows: TransactionQuerySet, accounts: Sequence[OwnAccount], rate_on: RateOn
) -> Iterator[Side]:
    """Those of the rows that have a possible other side, in order."""
    columns = ("pk", "account_id", "date", "amount_minor")
    moved = rows.order_by("date", "pk").values_list(*columns).iterator(chunk_size=_BLOCK)
    ids = possible_sides([Movement(*row) for row in moved], accounts, rate_on)
    found: list[Side] = []
    for start in range(0, len(ids), _BLOCK):
        chosen = Transaction.objects.filter(pk__in=ids[start : start + _BLOCK])
        said = chosen.values_list(*columns, "merchant", "description", "category__kind")
        found += [Side(*row) for row in said]
    yield from sorted(found, key=lambda side: (side.day, side.id))


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


def _rates(user: User, days: Sequence[date], accounts: Sequence[OwnAccount]) -> RateOn:
    """The rates of those days, which are in order, fetched once for each currency."""
    ends = {*days[:1], *days[-1:]}
    wanted = {(account.currency, day) for account in accounts for day in ends}
    known: dict[str, Rates] = {}

    def rate_on(base: str, quote: str, day: date) -> Fraction | None:
        if quote not in known:
            known[quote] = rates_into(user, quote, wanted)
        rate = known[quote].on(base, day)
        return rate.value if rate else None

    return rate_on
