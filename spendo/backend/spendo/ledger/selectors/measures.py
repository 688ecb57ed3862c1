"""Which rows spending, income and net are made of."""

from django.db.models import Q

from spendo.ledger.querysets import MONEY_OUT
from spendo.ledger.selectors.filters import narrowed
from spendo.ledger.selectors.rows import Rows
from spendo.ledger.selectors.types import Measure, TransactionFilter
from spendo.users.models import User

_REFUND = Q(is_refund=True)
_NO_CATEGORY = Q(kind__isnull=True)
_EXPENSE = Q(kind="expense") | (_NO_CATEGORY & ((MONEY_OUT & ~_REFUND) | (~MONEY_OUT & _REFUND)))
_INCOME = Q(kind="income") | (_NO_CATEGORY & ((~MONEY_OUT & ~_REFUND) | (MONEY_OUT & _REFUND)))

# A transfer belongs to neither by its category; what it would be, if counted, is its direction.
_MEASURED: dict[Measure, Q] = {
    "spending": (Q(is_transfer=True) & MONEY_OUT) | (Q(is_transfer=False) & _EXPENSE),
    "income": (Q(is_transfer=True) & ~MONEY_OUT) | (Q(is_transfer=False) & _INCOME),
    "net": Q(),
}


def is_of(measure: Measure) -> Q:
    """What is of this measure, counted or not: of rows and of rollups, both `with_meaning`."""
    return _MEASURED[measure]


def measured_rows(user: User, where: TransactionFilter, measure: Measure) -> Rows:
    """The rows of the filter that are of this measure."""
    rows = narrowed(user, where, include_transfers=where.include_transfers)
    return rows.filter(is_of(measure))
