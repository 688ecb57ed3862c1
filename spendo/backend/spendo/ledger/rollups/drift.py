"""Whether the rollups say what the rows do: a check that finds what a trigger missed."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from spendo.ledger.models import Account, Rollup, Total
from spendo.ledger.rollups.making import COLUMNS, GRAINS, REPORTED, SPLIT, day_sums
from spendo.ledger.rollups.pieces import all_of
from spendo.ledger.rollups.totals import COLUMNS as TOTAL_COLUMNS
from spendo.ledger.rollups.totals import all_totals
from spendo.ledger.rollups.worth import NO_WORTH, WORTH, WORTH_SPLIT, Abroad, abroad
from spendo.users.models import User


@dataclass(frozen=True, slots=True)
class Drift:
    """A sum that is not what the rows add up to, in minor units of the account; a total that is
    not what the rollups do has no account."""

    account_id: int | None
    scope: str
    grain: str
    kept: "Sums"
    """The number of rows, their sum, and what it was worth, where that is kept: as the rollups
    have them."""
    made: "Sums"


Sums = tuple[int, int, int]


def find_drift(user: User) -> list[Drift]:
    """Where the user's rollups differ from the rows. Ask when they are fresh."""
    found: list[Drift] = []
    for account_id in Account.objects.of(user).order_by("pk").values_list("pk", flat=True):
        held_abroad = abroad(account_id)
        for scope in Rollup.Scope:
            found += _of_scope(account_id, scope, held_abroad if scope in REPORTED else None)
    for total_scope in Total.Scope:
        found += _of_totals(user, total_scope)
    return found


def _of_totals(user: User, scope: Total.Scope) -> Iterator[Drift]:
    made = list(all_totals(user.pk, scope))
    kept = list(Total.objects.filter(user_id=user.pk, scope=scope).values_list(*TOTAL_COLUMNS))
    for grain in GRAINS:
        expected, found = ([row for row in rows if row[2][0] == grain] for rows in (made, kept))
        if Counter(expected) != Counter(found):
            name = f"total of {scope}"
            yield Drift(
                None, name, grain, _total(map(_sums_in, found)), _total(map(_sums_in, expected))
            )


def _sums_in(total: tuple[Any, ...]) -> tuple[Any, ...]:
    """Its number, its sum and its worth, as the last columns of a rollup are."""
    number, high, low, worth_high, worth_low, first, last = total[-7:]
    return number, high, low, "", worth_high, worth_low, first, last


def _of_scope(account_id: int, scope: Rollup.Scope, held_abroad: Abroad | None) -> list[Drift]:
    days = day_sums(Q(account_id=account_id), scope)
    rows = (
        [(*row.values(), *NO_WORTH) for row in days]
        if held_abroad is None
        else list(held_abroad.with_worth(days, SPLIT))
    )
    made = _total(rows)
    kept = Rollup.objects.filter(account_id=account_id, scope=scope)
    columns = (*COLUMNS, *WORTH)
    by_grain = {grain: list(kept.filter(all_of(grain)).values_list(*columns)) for grain in GRAINS}
    totals = {grain: _total(known) for grain, known in by_grain.items()}
    return [
        Drift(account_id, scope, grain, totals[grain], made)
        for grain in GRAINS
        if totals[grain] != made or (grain == "D" and Counter(by_grain["D"]) != Counter(rows))
    ]


def _total(rows: Iterable[tuple[Any, ...]]) -> Sums:
    number, minor, worth = 0, 0, 0
    for n, high, low, _, worth_high, worth_low, *_ in (row[-8:] for row in rows):
        number, minor = number + n, minor + high * SPLIT + low
        worth += worth_high * WORTH_SPLIT + worth_low
    return number, minor, worth
