"""What the rows of a list add up to."""

from dataclasses import dataclass, replace

from spendo.ledger.money import Money
from spendo.ledger.selectors.query_string import RowsQuery
from spendo.ledger.selectors.sums import sum_transactions
from spendo.ledger.selectors.types import (
    LeftOutCurrency,
    Measure,
    SumResult,
    TransactionFilter,
)
from spendo.users.models import User

MEASURES: tuple[Measure, ...] = ("net", "spending", "income")


@dataclass(frozen=True, slots=True)
class FilterTotals:
    """In the user's currency, over the `count` rows that count: no pending ones (`pending` is how
    many there are), and transfers only where the rows are those of a total with transfers."""

    spending: Money
    income: Money
    net: Money
    count: int
    pending: int
    left_out: list[LeftOutCurrency]

    @property
    def currency(self) -> str:
        return self.net.currency

    @property
    def partial(self) -> bool:
        return bool(self.left_out)


def filter_totals(user: User, query: RowsQuery) -> FilterTotals:
    """What all rows of the filter add up to, on whatever page they are.

    The rows of one measure have nothing of the other: what was spent is no income.
    """
    if query.counted in ("spending", "income"):
        return _of_one_measure(user, query.where, query.counted)
    where = query.where if query.counted else replace(query.where, include_transfers=False)
    net, spending, income = (
        sum_transactions(user, where=where, measure=measure, sample=0) for measure in MEASURES
    )
    return _totals(net, spending=spending.total, income=income.total, net=net.total)


def _of_one_measure(user: User, where: TransactionFilter, measure: Measure) -> FilterTotals:
    found = sum_transactions(user, where=where, measure=measure, sample=0)
    nothing = Money.zero(user.currency)
    if measure == "spending":
        return _totals(found, spending=found.total, income=nothing, net=-found.total)
    return _totals(found, spending=nothing, income=found.total, net=found.total)


def _totals(found: SumResult, *, spending: Money, income: Money, net: Money) -> FilterTotals:
    return FilterTotals(
        spending=spending,
        income=income,
        net=net,
        count=found.count,
        pending=found.excluded.pending.count + found.excluded.pending.unconverted,
        left_out=found.excluded.left_out,
    )
