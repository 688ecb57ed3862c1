"""Totals over transactions, made in SQL over every row."""

from collections import defaultdict
from dataclasses import dataclass, replace

from django.db.models import Q

from spendo.ledger.money import from_minor
from spendo.ledger.rates import ExactTotal, Rates
from spendo.ledger.selectors.cells import Cell, cells_of
from spendo.ledger.selectors.conversion import Converted, can_be_told, rates_for
from spendo.ledger.selectors.filters import convertible, dated
from spendo.ledger.selectors.groups import Sums, groups_of, sums_of_groups
from spendo.ledger.selectors.measures import is_of, measured_rows, totals_of
from spendo.ledger.selectors.rolled import can_answer, rolled_cells
from spendo.ledger.selectors.rows import Rows
from spendo.ledger.selectors.totalled import GROUPED
from spendo.ledger.selectors.transactions import (
    FEW,
    newest_on_their_days,
    newest_rows,
    sorted_rows,
)
from spendo.ledger.selectors.trees import CategoryTree
from spendo.ledger.selectors.types import (
    Excluded,
    GroupBy,
    Measure,
    PendingPart,
    SumResult,
    TransactionFilter,
    TransactionRow,
)
from spendo.users.models import User

SAMPLE = 10


def sum_transactions(
    user: User,
    *,
    where: TransactionFilter,
    measure: Measure,
    group_by: GroupBy | None = None,
    sample: int = SAMPLE,
) -> SumResult:
    """The exact total of `measure` over every matching row, in the user's currency.

    Spending is what went out in expense categories or without a category, less refunds in
    expense categories. Income is what came in in income categories or without a category.
    Net is income less spending. Transfers are in none, unless the filter includes them.

    Rows in other currencies are converted at the rate of their own day and rounded once, with
    the total; those without a rate are in `excluded.left_out`, and the total is `partial`.
    `sample` is how many rows are shown at most, of those that count and of suspected transfers.
    """
    sign = -1 if measure == "spending" else 1
    rolled = can_answer(user, where, None if group_by == "tag" else group_by)
    # Rows that are looked for by their ids or days need not be of the period or at the merchant,
    # too: SQLite would look at all of it.
    only_shown = rolled and group_by != "tag"
    anywhere = replace(where, period=None, merchants=())
    rows = measured_rows(user, anywhere if only_shown else where, measure)
    cells, rates = _cells(
        user, rows, where, measure, None if group_by == "tag" else group_by, rolled
    )
    counted = [cell for cell in cells if cell.part == "counted"]
    sums: Sums = {}
    if group_by and group_by != "tag":
        sums = sums_of_groups(user, _in_groups(cells), rates, group_by, sign=sign)
    found = Converted(counted, rates, sign=sign)
    total = found.total.rounded()
    if group_by == "tag":
        tagged = cells_of(rows.filter(Q(part="counted")), user.currency, group_by="tag")
        sums = sums_of_groups(user, tagged, rates, "tag", sign=sign)
    shown = _Shown(user, where, rows, is_of(measure) if rolled else None, measure == "income")
    return SumResult(
        total=from_minor(total, user.currency),
        count=found.count,
        groups=groups_of(sums, user.currency, group_by) if group_by else [],
        excluded=_excluded(cells, rates, found, shown, sample),
        period=where.period,
        sample=shown.counted(found, rates, sample),
        converted=found.by_currency(),
    )


def sum_subtrees(
    user: User, *, where: TransactionFilter, measure: Measure
) -> dict[int, ExactTotal]:
    """By category, the sum of it and of all below it, as `sum_transactions` has it but not yet
    rounded: whoever goes on reckoning with it rounds at the end. Nothing of what has no rate."""
    rows = measured_rows(user, where, measure)
    rolled = can_answer(user, where, "category")
    cells = (
        _rolled(user, where, measure, "category")
        if rolled
        else cells_of(rows, user.currency, group_by="category")
    )
    rates = rates_for(user, cells)
    sign = -1 if measure == "spending" else 1
    tree = CategoryTree.of(user)
    found: dict[int, ExactTotal] = defaultdict(ExactTotal)
    for key, group in sums_of_groups(user, _in_groups(cells), rates, "category", sign=sign).items():
        if group.count and key:
            for category_id in tree.path(int(key)):
                found[category_id].add_all(group.total)
    return dict(found)


def _cells(
    user: User,
    rows: Rows,
    where: TransactionFilter,
    measure: Measure,
    group_by: GroupBy | None,
    rolled: bool,
) -> tuple[list[Cell], Rates]:
    """The sums, and the rates to convert them and to tell which were used."""
    if rolled:
        cells = _rolled(user, where, measure, group_by)
        counted = [cell for cell in cells if cell.part == "counted"]
        rates = rates_for(user, cells, told=counted)
        if can_be_told(counted, rates):
            return cells, rates
        rows = measured_rows(user, where, measure)
    cells = cells_of(rows, user.currency, group_by=group_by)
    return cells, rates_for(user, cells)


def _in_groups(cells: list[Cell]) -> list[Cell]:
    apart = [cell for cell in cells if cell.part == GROUPED]
    return apart or [cell for cell in cells if cell.part == "counted"]


def _rolled(
    user: User, where: TransactionFilter, measure: Measure, group_by: GroupBy | None
) -> list[Cell]:
    counted, totals = is_of(measure), totals_of(measure)
    return rolled_cells(user, where, counted=counted, totals=totals, group_by=group_by)


@dataclass(frozen=True, slots=True)
class _Shown:
    """The newest rows of a sum. `rolled` is what they are among the rollups, where those can
    tell: rows that are few are looked for on their days, and so are those that are `rare`."""

    user: User
    where: TransactionFilter
    rows: Rows
    rolled: Q | None
    rare: bool

    def counted(self, found: Converted, rates: Rates, limit: int) -> list[TransactionRow]:
        rows = self.rows.filter(Q(part="counted"))
        rolled = None if self.rolled is None else self.rolled & Q(part="counted")
        if found.unconverted:
            rows, rolled = rows.filter(convertible(self.user, rates)), None
        return self._newest(rows, rolled, found.count, limit)

    def suspected(self, count: int, limit: int) -> list[TransactionRow]:
        rows = self.rows.filter(Q(part="suspected"))
        if self.rolled is None:
            return self._newest(rows, None, count, limit)
        rolled, limit = self.rolled & Q(part="suspected"), min(count, limit)
        return newest_on_their_days(self.user, self.where, rows, limit, rolled=rolled)

    def _newest(self, rows: Rows, rolled: Q | None, count: int, limit: int) -> list[TransactionRow]:
        limit = min(limit, count)
        if limit and rolled is None and count <= FEW:
            return sorted_rows(rows.filter(dated(self.user, self.where)), limit)
        return newest_rows(self.user, self.where, rows, limit, rolled=rolled, rare=self.rare)


def _excluded(
    cells: list[Cell], rates: Rates, found: Converted, shown: _Shown, sample: int
) -> Excluded:
    suspected = _count(cells, "suspected")
    pending = Converted((cell for cell in cells if cell.part == "pending"), rates, sign=found.sign)
    return Excluded(
        transfers=_count(cells, "transfer"),
        pending=PendingPart(
            count=pending.count,
            total=pending.total.money(rates.quote),
            unconverted=pending.unconverted,
        ),
        hidden=_count(cells, "hidden"),
        suspected_transfers=shown.suspected(suspected, sample),
        suspected_count=suspected,
        left_out=found.left_out(),
    )


def _count(cells: list[Cell], part: str) -> int:
    return sum(cell.number for cell in cells if cell.part == part)
