"""A `TransactionFilter` as a query: always the user's own rows, hidden ones included."""

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from django.db.models import Q

from spendo.ledger.models import Transaction
from spendo.ledger.money import MAX_MINOR, MoneyError, exponent
from spendo.ledger.querysets import TransactionQuerySet
from spendo.ledger.selectors.types import TransactionFilter
from spendo.users.fields import fold, is_storable
from spendo.users.models import User

MAX_ID = 2**63 - 1


def narrowed(user: User, where: TransactionFilter) -> TransactionQuerySet:
    """The user's transactions that `where` names.

    It bounds amounts in the user's currency only: rows in other currencies pass that bound,
    for the caller to leave out by name.
    """
    rows = Transaction.objects.of(user)
    if where.period is not None:
        rows = rows.filter(date__gte=where.period.start, date__lt=where.period.end)
    if where.category_ids or where.uncategorised:
        named = Q(category_id__in=_storable_ids(where.category_ids))
        rows = rows.filter(named | Q(category__isnull=True) if where.uncategorised else named)
    if where.merchants:
        rows = rows.filter(merchant_key__in=_storable_keys(where.merchants))
    if where.account_ids:
        rows = rows.filter(account_id__in=_storable_ids(where.account_ids))
    if where.direction is not None:
        rows = rows.filter(_direction(where.direction == "in"))
    bounds = _amount_bounds(user, where)
    if bounds:  # an empty Q in an "or" would vanish instead of passing every row
        rows = rows.filter(~Q(account__currency=user.currency) | bounds)
    return rows


def compares_amounts(where: TransactionFilter) -> bool:
    return where.min_amount is not None or where.max_amount is not None


def _direction(money_in: bool) -> Q:
    return Q(amount_minor__gt=0) if money_in else Q(amount_minor__lt=0)


def _amount_bounds(user: User, where: TransactionFilter) -> Q:
    bounds = Q()
    if where.min_amount is not None:
        least = _minor(where.min_amount, user.currency, ROUND_CEILING)
        if least > 0:
            bounds &= Q(amount_minor__gte=least) | Q(amount_minor__lte=-least)
    if where.max_amount is not None:
        most = _minor(where.max_amount, user.currency, ROUND_FLOOR)
        bounds &= Q(amount_minor__gte=-most, amount_minor__lte=most)
    return bounds


def _minor(amount: Decimal, currency: str, rounding: str) -> int:
    """The bound in minor units, at most one beyond what can be stored."""
    if not amount.is_finite():
        raise MoneyError("An amount must be a finite Decimal.")
    limit = MAX_MINOR + 1
    if abs(amount) >= limit:
        return limit if amount > 0 else -limit
    minor = int(amount.scaleb(exponent(currency)).to_integral_value(rounding=rounding))
    return max(-limit, min(limit, minor))


def _storable_ids(ids: tuple[int, ...]) -> list[int]:
    """Without the numbers that no row can have, which SQLite would refuse to compare."""
    return [number for number in ids if 0 < number <= MAX_ID]


def _storable_keys(merchants: tuple[str, ...]) -> list[str]:
    """Folded; without texts that no row can have, which a database would refuse to compare."""
    return [fold(name) for name in merchants if is_storable(name)]
