"""Which rows spending, income and net are made of."""

from functools import cache

from django.db.models import Q

from spendo.ledger.models import Transaction
from spendo.ledger.querysets import MONEY_OUT, TransactionQuerySet
from spendo.ledger.selectors.filters import narrowed
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


def measured_rows(user: User, where: TransactionFilter, measure: Measure) -> TransactionQuerySet:
    """The rows of the filter that are of this measure, each with its `part`."""
    return narrowed(user, where, _measured(measure, where.include_transfers))


@cache
def _measured(measure: Measure, include_transfers: bool) -> TransactionQuerySet:
    """Of all users; made once, because that takes longer than to ask for some of them."""
    rows = Transaction.objects.with_meaning()
    return rows.sorted_into_parts(include_transfers=include_transfers).filter(is_of(measure))
