"""Whether the rollups say what the rows do: a check that finds what a trigger missed."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from spendo.ledger.models import Account, Rollup
from spendo.ledger.rollups.making import COLUMNS, GRAINS, SPLIT, day_sums
from spendo.ledger.rollups.pieces import all_of
from spendo.users.models import User


@dataclass(frozen=True, slots=True)
class Drift:
    """A sum that is not what the rows add up to, in minor units of the account."""

    account_id: int
    scope: str
    grain: str
    kept: tuple[int, int]
    """The number of rows and their sum, as the rollups have them."""
    made: tuple[int, int]


def find_drift(user: User) -> list[Drift]:
    """Where the user's rollups differ from the rows. Ask when they are fresh."""
    found: list[Drift] = []
    for account_id in Account.objects.of(user).order_by("pk").values_list("pk", flat=True):
        for scope in Rollup.Scope:
            found += _of_scope(account_id, scope)
    return found


def _of_scope(account_id: int, scope: Rollup.Scope) -> list[Drift]:
    rows = [tuple(row.values()) for row in day_sums(account_id, scope)]
    made = _total(row[-3:] for row in rows)
    kept = Rollup.objects.filter(account_id=account_id, scope=scope)
    by_grain = {grain: list(kept.filter(all_of(grain)).values_list(*COLUMNS)) for grain in GRAINS}
    totals = {grain: _total(row[-3:] for row in known) for grain, known in by_grain.items()}
    return [
        Drift(account_id, scope, grain, totals[grain], made)
        for grain in GRAINS
        if totals[grain] != made or (grain == "D" and Counter(by_grain["D"]) != Counter(rows))
    ]


def _total(sums: Iterable[tuple[int, int, int]]) -> tuple[int, int]:
    number, minor = 0, 0
    for n, high, low in sums:
        number, minor = number + n, minor + high * SPLIT + low
    return number, minor
