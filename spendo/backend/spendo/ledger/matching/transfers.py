"""Which two rows are one movement between own accounts. It abstains when it is not sure.

A row is a possible other side when it is in another account, the other way, at most
`DAYS_APART` days away, and of the same amount; in another currency, of the same amount at the
rate of the day, give or take `RATE_TOLERANCE`. What is said on the rows decides the rest:

* evidence: transfer words, the name of the other account, a category for transfers, the same
  reference on both;
* contradiction: words of refunds, pay, interest and the like; the name of a third account, or of
  somebody else;
* doubt: a category for spending or income; a merchant about which nothing else is said.

A pair is certain when both sides have evidence, nothing is said against it, and neither has
another side as good. Of several in one account the nearest is taken; in two accounts nearness
decides only by more than two days. What is left, or one of several as good, is a suggestion.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Generic, TypeVar

from spendo.ledger.matching.evidence import Evidence, read_evidence
from spendo.ledger.matching.names import AccountNames
from spendo.ledger.matching.sides import Movement, OwnAccount, Side
from spendo.ledger.money import exponent

DAYS_APART = 5
RATE_TOLERANCE = Fraction(3, 100)
"""A bank's own rate and fee, against the rate of the day."""

_NEAR = timedelta(days=DAYS_APART)
_AS_NEAR = 4
"""Two days more or less tell nothing: banks are open on some days only."""

Moved = TypeVar("Moved", bound=Movement)
RateOn = Callable[[str, str, date], Fraction | None]
"""(base, quote, day): how many `quote` one `base` was, or None."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """`certain`: nothing speaks against it, and nothing else is as good. `reasons` are for the
    user, in the order of their weight."""

    outflow_id: int
    inflow_id: int
    certain: bool
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Pair:
    outflow: Side
    inflow: Side
    evidence: Evidence
    days: int

    @property
    def rank(self) -> tuple[int, int]:
        """Higher is better: what is said first, then how near; money seldom arrives early."""
        return self.evidence.weight, -(2 * abs(self.days) + 3 * (self.days < 0))


def propose_transfers(
    sides: Sequence[Side], accounts: Sequence[OwnAccount], rate_on: RateOn
) -> list[Proposal]:
    """The best proposals for these rows, none of which is in a transfer yet; certain ones first,
    then by the outflow's day. No row is in two certain ones."""
    by_id = {account.id: account for account in accounts}
    names = AccountNames(accounts)
    pairs = []
    for outflow, inflow in _possible(sides, by_id, rate_on):
        source, target = by_id[outflow.account_id], by_id[inflow.account_id]
        evidence = read_evidence(outflow, inflow, source, target, names)
        if not evidence.contradicted and evidence.is_enough_to_suggest:
            days = (inflow.day - outflow.day).days
            pairs.append(_Pair(outflow, inflow, evidence, days))
    proposals = list(_decided(pairs))
    day_of = {side.id: side.day for side in sides}
    return sorted(
        proposals, key=lambda one: (not one.certain, day_of[one.outflow_id], one.outflow_id)
    )


def possible_sides(
    rows: Sequence[Movement], accounts: Sequence[OwnAccount], rate_on: RateOn
) -> list[int]:
    """The ids of the rows that have a possible other side among them: nothing else decides."""
    by_id = {account.id: account for account in accounts}
    pairs = _possible(rows, by_id, rate_on)
    return sorted({row.id for pair in pairs for row in pair})


def _possible(
    sides: Sequence[Moved], accounts: dict[int, OwnAccount], rate_on: RateOn
) -> Iterator[tuple[Moved, Moved]]:
    """Pairs by account, amount and day."""
    incoming = _Incoming([side for side in sides if side.minor > 0], accounts)
    for outflow in sides:
        if outflow.minor >= 0:
            continue
        currency = accounts[outflow.account_id].currency
        for other in incoming.currencies:
            if other == currency:
                least = most = -outflow.minor
            elif (rate := rate_on(currency, other, outflow.day)) is not None:
                least, most = _converted(-outflow.minor, currency, other, rate)
            else:
                continue
            for inflow in incoming.near(outflow.day, other, least, most):
                if inflow.account_id != outflow.account_id:
                    yield outflow, inflow


def _converted(minor: int, base: str, quote: str, rate: Fraction) -> tuple[int, int]:
    """The smallest and the largest amount in `quote` that is within the tolerance."""
    exact = minor * rate * Fraction(10) ** (exponent(quote) - exponent(base))
    least, most = exact * (1 - RATE_TOLERANCE), exact * (1 + RATE_TOLERANCE)
    return -(-least.numerator // least.denominator), most.numerator // most.denominator


class _Incoming(Generic[Moved]):
    """Rows of money in by currency, in the order of their amounts and days."""

    def __init__(self, sides: Sequence[Moved], accounts: dict[int, OwnAccount]) -> None:
        self._sides: dict[str, list[Moved]] = {}
        for side in sorted(sides, key=lambda side: (side.minor, side.day, side.id)):
            self._sides.setdefault(accounts[side.account_id].currency, []).append(side)
        self._places = {
            currency: [(side.minor, side.day) for side in found]
            for currency, found in self._sides.items()
        }

    @property
    def currencies(self) -> list[str]:
        return sorted(self._sides)

    def near(self, day: date, currency: str, least: int, most: int) -> Iterator[Moved]:
        """Those from `least` to `most` that are of a day near this one."""
        first, last = day - _NEAR, day + _NEAR
        places = self._places[currency]
        begin, end = bisect_left(places, (least, first)), bisect_right(places, (most, last))
        for side in self._sides[currency][begin:end]:
            if first <= side.day <= last:
                yield side


class _Choices:
    """The pairs that one row, or several that are alike, can be in."""

    def __init__(self) -> None:
        self._ranked: list[tuple[tuple[int, int], int]] = []

    def add(self, rank: tuple[int, int], account_id: int) -> None:
        """Another possible side, by its account."""
        self._ranked.append((rank, account_id))

    def is_good(self, rank: tuple[int, int], account_id: int) -> bool:
        """Whether a side is the best one, or so near to it that nobody could tell."""
        (weight, nearness), place = max(self._ranked)
        if rank[0] < weight:
            return False
        return rank[1] == nearness or (account_id != place and nearness - rank[1] <= _AS_NEAR)

    def is_clear(self) -> bool:
        return sum(self.is_good(*choice) for choice in self._ranked) == 1


def _decided(pairs: Sequence[_Pair]) -> Iterator[Proposal]:
    """Each side's best pairs that are the best ones of both; rows that are alike are one."""
    groups: dict[tuple[object, object], list[_Pair]] = {}
    for pair in pairs:
        groups.setdefault((pair.outflow.likeness, pair.inflow.likeness), []).append(pair)
    choices: dict[tuple[str, object], _Choices] = defaultdict(_Choices)
    for (outflow, inflow), (pair, *_) in groups.items():
        choices["out", outflow].add(pair.rank, pair.inflow.account_id)
        choices["in", inflow].add(pair.rank, pair.outflow.account_id)
    for (outflow, inflow), group in groups.items():
        rank, out, into = group[0].rank, choices["out", outflow], choices["in", inflow]
        if out.is_good(rank, group[0].inflow.account_id) and into.is_good(
            rank, group[0].outflow.account_id
        ):
            yield from _proposals(group, out.is_clear() and into.is_clear())


def _proposals(group: Sequence[_Pair], alone: bool) -> Iterator[Proposal]:
    """Rows that are alike go together in order; one too many makes none of them certain."""
    outflows = list({pair.outflow.id: pair.outflow for pair in group}.values())
    inflows = list({pair.inflow.id: pair.inflow for pair in group}.values())
    evidence, days = group[0].evidence, group[0].days
    certain = (
        alone and len(outflows) == len(inflows) and evidence.on_both_sides and not evidence.doubtful
    )
    reasons = [*evidence.reasons, _apart(days)]
    if not alone or len(outflows) != len(inflows):
        reasons.append("Another row fits as well.")
    for outflow, inflow in zip(outflows, inflows, strict=False):
        yield Proposal(outflow.id, inflow.id, certain, tuple(reasons))


def _apart(days: int) -> str:
    if days == 0:
        return "They are of the same day."
    return f"They are {abs(days)} {'day' if abs(days) == 1 else 'days'} apart."
