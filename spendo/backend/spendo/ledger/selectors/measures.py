"""Which rows spending, income and net are made of."""

from django.db.models import Q

from spendo.ledger.querysets import INCOME, SPENDING
from spendo.ledger.selectors.filters import narrowed
from spendo.ledger.selectors.rows import Rows
from spendo.ledger.selectors.types import Measure, TransactionFilter
from spendo.users.models import User

_MEASURED: dict[Measure, Q] = {"spending": SPENDING, "income": INCOME, "net": Q()}


def is_of(measure: Measure) -> Q:
    """What is of this measure, counted or not: of rows and of rollups, both `with_meaning`."""
    return _MEASURED[measure]


def totals_of(measure: Measure) -> Q:
    """The same of totals, which are of one or the other."""
    return Q() if measure == "net" else Q(measure=measure)


def measured_rows(user: User, where: TransactionFilter, measure: Measure) -> Rows:
    """The rows of the filter that are of this measure."""
    rows = narrowed(user, where, include_transfers=where.include_transfers)
    return rows.filter(is_of(measure))
