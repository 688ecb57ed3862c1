"""Charges that look as if they had been made twice."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any, Literal

from django.db.models import Count, F, Max, Min, Q

from spendo.ledger.models import Transaction
from spendo.ledger.money import Money, from_minor
from spendo.ledger.periods import Period
from spendo.reports.selectors.payments import in_batches
from spendo.users.models import User

WITHIN_DAYS = 3
_ROUTINE_ROWS = 6
_ROUTINE_DAYS = 10
_ROUTINE_LOOK_BACK = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class DuplicateCharge:
    """The same amount at the same merchant from the same account, `days` apart.

    "possible" is never more than that: nothing shows that a charge was not meant. "routine" is
    said of a place where the user pays every few days, where two equal charges on one day may
    well be two purchases; there only those of one day are listed.
    """

    ids: tuple[int, ...]
    merchant: str
    account: str
    amount: Money
    first_on: date
    last_on: date
    days: int
    verdict: Literal["possible", "routine"]


@dataclass(frozen=True, slots=True)
class DuplicatesFound:
    """`charges` newest first, possible ones before routine ones."""

    charges: tuple[DuplicateCharge, ...]
    possible: int
    routine: int
    period: Period
    within_days: int


def duplicate_charges(
    user: User, period: Period, *, within_days: int = WITHIN_DAYS
) -> DuplicatesFound:
    """Charges of a period that may have been made twice, pending ones included; hidden rows and
    transfers are none. `within_days` is how far apart the two may be."""
    charges = sorted(
        _found(user, period, within_days), key=lambda each: (each.last_on, each.ids), reverse=True
    )
    possible = [each for each in charges if each.verdict == "possible"]
    routine = [each for each in charges if each.verdict == "routine"]
    return DuplicatesFound(
        charges=(*possible, *routine),
        possible=len(possible),
        routine=len(routine),
        period=period,
        within_days=within_days,
    )


def _found(user: User, period: Period, within_days: int) -> Iterator[DuplicateCharge]:
    rows = _charges(user).filter(date__gte=period.start, date__lt=period.end)
    groups = rows.values("merchant_key", "account_id", "amount_minor")
    twice = {_key(row) for row in groups.annotate(n=Count("id")).filter(n__gte=2)}
    routine = _routine(user, period, sorted({key[0] for key in twice}))
    for batch in in_batches(sorted({key[0] for key in twice})):
        chosen = (
            rows.filter(merchant_key__in=batch)
            .order_by("merchant_key", "account_id", "amount_minor", "date", "id")
            .values(
                "merchant_key", "account_id", "amount_minor", "date", "id", "merchant",
                account_name=F("account__name"), currency=F("account__currency"),
            )
        )  # fmt: skip
        for key, members in groupby(chosen, key=_key):
            if key in twice:
                apart = 0 if key[0] in routine else within_days
                yield from _runs(list(members), apart, is_routine=key[0] in routine)


def _charges(user: User) -> Any:
    return (
        Transaction.objects.of(user)
        .with_meaning()
        .sorted_into_parts(include_transfers=False)
        .filter(Q(part__in=["counted", "pending"]), amount_minor__lt=0)
        .exclude(merchant_key="")
        .order_by()
    )


def _key(row: dict[str, Any]) -> tuple[Any, ...]:
    return (row["merchant_key"], row["account_id"], row["amount_minor"])


def _routine(user: User, period: Period, merchants: list[str]) -> set[str]:
    """The merchants at whom the user pays at least six times and every ten days on average."""
    since = period.end - _ROUTINE_LOOK_BACK
    found: set[str] = set()
    for batch in in_batches(merchants):
        spans = (
            _charges(user)
            .filter(merchant_key__in=batch, date__gte=min(since, period.start), date__lt=period.end)
            .values("merchant_key")
            .annotate(n=Count("id"), first=Min("date"), last=Max("date"))
            .filter(n__gte=_ROUTINE_ROWS)
        )
        found |= {
            row["merchant_key"]
            for row in spans
            if (row["last"] - row["first"]).days <= _ROUTINE_DAYS * (row["n"] - 1)
        }
    return found


def _runs(
    rows: list[dict[str, Any]], within_days: int, *, is_routine: bool
) -> Iterator[DuplicateCharge]:
    """Neighbours that are no further apart than that, as one entry."""
    run = [rows[0]]
    for row in [*rows[1:], None]:
        if row is not None and (row["date"] - run[-1]["date"]).days <= within_days:
            run.append(row)
            continue
        if len(run) > 1:
            yield DuplicateCharge(
                ids=tuple(each["id"] for each in run),
                merchant=run[-1]["merchant"],
                account=run[-1]["account_name"],
                amount=from_minor(-run[-1]["amount_minor"], run[-1]["currency"]),
                first_on=run[0]["date"],
                last_on=run[-1]["date"],
                days=(run[-1]["date"] - run[0]["date"]).days,
                verdict="routine" if is_routine else "possible",
            )
        if row is not None:
            run = [row]
