"""A `TransactionFilter` as a query: always the user's own rows, hidden ones included."""

from typing import Any

from django.db.models import Q, QuerySet

from spendo.ledger.models import Transaction
from spendo.ledger.periods import Period
from spendo.ledger.querysets import MONEY_IN, MONEY_OUT, PENDING
from spendo.ledger.rates import Rates
from spendo.ledger.selectors.amounts import compares_amounts, within_amounts
from spendo.ledger.selectors.rows import Rows
from spendo.ledger.selectors.trees import CategoryTree
from spendo.ledger.selectors.types import TransactionFilter
from spendo.ledger.text_index import may_say
from spendo.users.fields import fold, is_storable
from spendo.users.models import User

MAX_ID = 2**63 - 1
_FEW = 500


def narrowed(user: User, where: TransactionFilter, *, include_transfers: bool = True) -> Rows:
    """The user's transactions that `where` names.

    Bounds of the amount let rows without a rate pass, for the caller to leave out by name.
    """
    found = Q(user_id=user.pk) & like_rows(user, where) & of_days(where.period)
    if where.ids is not None:
        found &= Q(id__in=_storable_ids(where.ids))
    if where.tags:
        found &= Q(id__in=_tagged(user, where.tags))
    if where.text:
        found &= _says(user, where.text)
    rows = Rows(found, include_transfers)
    return rows.filter(within_amounts(user, rows.query, where)) if compares_amounts(where) else rows


def dated(user: User, where: TransactionFilter) -> Q:
    """The rows of the filter and others, by what an index has: their day, place and merchant."""
    found = Q(user_id=user.pk) & of_days(where.period)
    if where.merchants:
        found &= Q(merchant_key__in=_storable_keys(where.merchants))
    if where.account_ids:
        found &= Q(account_id__in=_storable_ids(where.account_ids))
    if where.ids is not None:
        found &= Q(id__in=_storable_ids(where.ids))
    return found


def of_days(period: Period | None) -> Q:
    """The rows of a period; of all time for None."""
    return Q() if period is None else Q(date__gte=period.start, date__lt=period.end)


def like_rows(user: User, where: TransactionFilter) -> Q:
    """What a filter asks of rows that any rollup can answer, too: not when, how much, or which."""
    found = Q()
    if where.category_ids or where.uncategorised:
        found &= _in_categories(user, where)
    if where.merchants:
        found &= Q(merchant_key__in=_storable_keys(where.merchants))
    if where.account_ids:
        found &= Q(account_id__in=_storable_ids(where.account_ids))
    if where.direction is not None:
        found &= MONEY_IN if where.direction == "in" else MONEY_OUT
    if where.pending is not None:
        found &= PENDING if where.pending == "only" else ~PENDING
    return found


def _in_categories(user: User, where: TransactionFilter) -> Q:
    ids = set(_storable_ids(where.category_ids))
    if ids and where.include_descendants:
        ids = CategoryTree.of(user).with_descendants(ids)
    named = Q(used_category__in=ids)
    return named | Q(used_category__isnull=True) if where.uncategorised else named


def _tagged(user: User, names: tuple[str, ...]) -> QuerySet[Any, Any] | list[int]:
    """The rows that have one of the tags. Few are named one by one, so that SQLite begins there."""
    tagged = Transaction.tags.through.objects.filter(
        tag__user=user, tag__name_key__in=_storable_keys(names)
    ).values_list("transaction_id", flat=True)
    few = list(tagged[: _FEW + 1])
    return few if len(few) <= _FEW else tagged


def _says(user: User, text: str) -> Q:
    """`text` is somewhere in what the row says; a text that no row can have is in none."""
    if not is_storable(text):
        return Q(pk__in=[])
    key = fold(text)
    says = (
        Q(merchant_key__contains=key) | Q(description_key__contains=key) | Q(note_key__contains=key)
    )
    return may_say(user, key) & says


def convertible(user: User, rates: Rates) -> Q:
    """Rows in the user's currency and those of a day that has a rate."""
    found = Q(account__currency=user.currency)
    for currency, first, last in rates.covered():
        found |= Q(account__currency=currency, date__gte=first, date__lte=last)
    return found


def _storable_ids(ids: tuple[int, ...]) -> list[int]:
    """Without the numbers that no row can have, which SQLite would refuse to compare."""
    return [number for number in ids if 0 < number <= MAX_ID]


def _storable_keys(merchants: tuple[str, ...]) -> list[str]:
    """Folded; without texts that no row can have, which a database would refuse to compare."""
    return [fold(name) for name in merchants if is_storable(name)]
