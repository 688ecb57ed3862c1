"""Which pending row a posted one replaces."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

TIP_PERCENT = 25
"""A posted purchase may be so much more than it was while pending: a tip was added."""

DAYS_BEFORE, DAYS_AFTER = 1, 10
"""When the posted row may be dated, from the pending one on."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A row as it is compared. `key` says which one it is to the caller; `merchant` is folded,
    or the folded description where there is none; the amount is in minor units."""

    key: int
    account_id: int
    day: date
    minor: int
    merchant: str
    external_id: str = ""


def settled_by(pending: Sequence[Seen], posted: Sequence[Seen]) -> dict[int, int]:
    """The key of the pending row that each posted one replaces, by the posted row's key.

    The same external id decides. Else account, merchant and sign are the same, the date fits and
    the amount is the same or more by at most a tip. Rows of the same amount go together first,
    the nearest days first. What could be another tip than one is left alone.
    """
    found = _by_external_id(pending, posted)
    taken = set(found.values())
    pairs = _pairs(
        [row for row in pending if row.key not in taken],
        [row for row in posted if row.key not in found],
    )
    found |= _nearest_first([pair for pair in pairs if pair[0].minor == pair[1].minor])
    taken = set(found.values())
    return found | _only_choices(
        [pair for pair in pairs if pair[0].key not in taken and pair[1].key not in found]
    )


def _pairs(pending: Sequence[Seen], posted: Sequence[Seen]) -> list[tuple[Seen, Seen]]:
    by_place: dict[tuple[int, str], list[Seen]] = {}
    for row in pending:
        by_place.setdefault((row.account_id, row.merchant), []).append(row)
    return [
        (one, other)
        for other in posted
        for one in by_place.get((other.account_id, other.merchant), [])
        if _may_be(one, other)
    ]


def _by_external_id(pending: Sequence[Seen], posted: Sequence[Seen]) -> dict[int, int]:
    known = {(row.account_id, row.external_id): row.key for row in pending if row.external_id}
    return {
        row.key: known[row.account_id, row.external_id]
        for row in posted
        if (row.account_id, row.external_id) in known
    }


def _may_be(pending: Seen, posted: Seen) -> bool:
    if not pending.merchant or (pending.minor < 0) != (posted.minor < 0):
        return False
    earliest = pending.day - timedelta(days=DAYS_BEFORE)
    latest = pending.day + timedelta(days=DAYS_AFTER)
    was, became = abs(pending.minor), abs(posted.minor)
    return earliest <= posted.day <= latest and was <= became and (
        became == was or (posted.minor < 0 and became * 100 <= was * (100 + TIP_PERCENT))
    )  # fmt: skip


def _nearest_first(pairs: list[tuple[Seen, Seen]]) -> dict[int, int]:
    """Twins are alike, so whichever is taken is right: the one nearest in time."""
    found: dict[int, int] = {}
    taken: set[int] = set()
    for pending, posted in sorted(
        pairs, key=lambda pair: (abs(pair[1].day - pair[0].day), pair[0].key, pair[1].key)
    ):
        if posted.key not in found and pending.key not in taken:
            found[posted.key] = pending.key
            taken.add(pending.key)
    return found


def _only_choices(pairs: list[tuple[Seen, Seen]]) -> dict[int, int]:
    """Pairs of which neither side has another one."""
    by_pending: dict[int, list[int]] = {}
    by_posted: dict[int, list[int]] = {}
    for pending, posted in pairs:
        by_pending.setdefault(pending.key, []).append(posted.key)
        by_posted.setdefault(posted.key, []).append(pending.key)
    return {
        posted: choices[0]
        for posted, choices in by_posted.items()
        if len(choices) == 1 and len(by_pending[choices[0]]) == 1
    }
