"""Single figures of a total: its median, its largest and its smallest row."""

from collections import Counter
from fractions import Fraction

from django.db.models import Case, Count, DateField, F, Q, Value, When

from spendo.ledger.money import from_minor
from spendo.ledger.querysets import MONEY_OUT
from spendo.ledger.selectors.measures import is_of, measured_rows
from spendo.ledger.selectors.rolled import can_answer, rolled_cells
from spendo.ledger.selectors.sizes import Compared, first_by_size, near_by
from spendo.ledger.selectors.transactions import rows_in_order
from spendo.ledger.selectors.types import Measure, Median, TransactionFilter, TransactionRow
from spendo.users.models import User

_SIDE: dict[Measure, Q] = {
    "spending": Q(amount_minor__lt=0),
    "income": Q(amount_minor__gte=0),
    "net": Q(),
}
# A refund lowers a total, but it is no purchase: these look at one direction only.
_DIRECTION: dict[Measure, Q] = {"spending": MONEY_OUT, "income": ~MONEY_OUT, "net": Q()}


def largest(user: User, *, where: TransactionFilter, measure: Measure) -> TransactionRow | None:
    """The counted row that is the most of `measure`: the largest purchase, the largest income.

    Of "spending" it is a row of money out, of "income" one of money in, of "net" either. None
    where there is none. Rows without a rate are not compared.
    """
    return _extreme(user, where, measure, smallest=False)


def smallest(user: User, *, where: TransactionFilter, measure: Measure) -> TransactionRow | None:
    """The counted row that is the least of `measure`, as `largest` is the most."""
    return _extreme(user, where, measure, smallest=True)


def median(user: User, *, where: TransactionFilter, measure: Measure) -> Median:
    """The amount in the middle of the counted rows, in the user's currency; of an even number of
    rows half of the two in the middle, rounded half-even. Which rows: as for `largest`. Spending
    is positive; in "net" money out is negative."""
    compared = _compared(user, where, measure)
    own = When(account__currency=user.currency, then=Value(None))
    amounts = (
        compared.rows.query.order_by()
        .values(
            amount=F("amount_minor") + 0,  # an index of amounts would have the rows of all days
            currency=F("account__currency"),
            day=Case(own, default=F("date"), output_field=DateField()),
        )
        .annotate(number=Count("id"))
    )
    sign = -1 if measure == "spending" else 1
    counts: Counter[Fraction] = Counter()
    for row in amounts:
        rate = compared.rates.on(row["currency"], row["day"]) if row["day"] else None
        minor = sign * row["amount"]
        counts[rate.convert(minor) if rate else Fraction(minor)] += row["number"]
    middle = _middle(counts)
    return Median(
        amount=None if middle is None else from_minor(round(middle), user.currency),
        count=counts.total(),
        left_out=compared.left_out,
    )


def _middle(counts: Counter[Fraction]) -> Fraction | None:
    number, passed = counts.total(), 0
    lower: Fraction | None = None
    for amount in sorted(counts):
        passed += counts[amount]
        if lower is None and 2 * passed >= number:
            lower = amount
        if lower is not None and 2 * passed > number:
            return (lower + amount) / 2
    return None


def _extreme(
    user: User, where: TransactionFilter, measure: Measure, *, smallest: bool
) -> TransactionRow | None:
    compared = _compared(user, where, measure)
    near = near_by(user, where, _SIDE[measure])
    found = first_by_size(compared.rows, compared.rates, 1, smallest=smallest, near=near)
    return next(iter(rows_in_order(found)), None)


def _compared(user: User, where: TransactionFilter, measure: Measure) -> Compared:
    chosen = Q(part="counted") & _DIRECTION[measure]
    rows = measured_rows(user, where, measure).filter(chosen)
    if not can_answer(user, where):
        return Compared(user, rows)
    return Compared(user, rows, rolled_cells(user, where, counted=is_of(measure) & chosen))
