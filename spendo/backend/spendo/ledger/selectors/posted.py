"""What has posted to accounts, the one part of a balance that is added up; and on which days."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from functools import cache

from django.db.models import Count, Q, Sum

from spendo.ledger.aggregates import ExactSum
from spendo.ledger.models import Rollup, Transaction
from spendo.ledger.periods import Period
from spendo.ledger.querysets import PENDING, RollupQuerySet, TransactionQuerySet
from spendo.ledger.rollups import SPLIT, are_fresh, day_of, in_period, until
from spendo.users.models import User

# Rows that are hidden from reports are in it: they are in the bank's balance. Parts are not:
# the row they are parts of is.


def posted_until(user: User, days: Mapping[int, date]) -> dict[int, int]:
    """By account: the minor units that have posted by the end of a day of its own."""
    accounts_of: dict[date, list[int]] = defaultdict(list)
    for account_id, day in days.items():
        accounts_of[day].append(account_id)
    if not accounts_of:
        return {}
    if are_fresh(user):
        return dict.fromkeys(days, 0) | _rolled_until(user, accounts_of)
    wanted = Q()
    for day, ids in accounts_of.items():
        wanted |= Q(account_id__in=ids, date__lte=day)
    rows = _posted(user).filter(wanted).values("account_id")
    sums = rows.annotate(minor=ExactSum("amount_minor"))
    return dict.fromkeys(days, 0) | {row["account_id"]: row["minor"] for row in sums}


def posted_by_day(
    user: User, account_ids: Collection[int], first: date, last: date
) -> dict[int, dict[date, int]]:
    """By account and day: the minor units that posted on each day that has any."""
    if are_fresh(user):
        return _rolled_by_day(user, account_ids, first, last)
    sums = (
        _posted(user)
        .filter(account_id__in=account_ids, date__gte=first, date__lte=last)
        .values("account_id", "date")
        .annotate(minor=ExactSum("amount_minor"))
    )
    found: dict[int, dict[date, int]] = defaultdict(dict)
    for row in sums:
        found[row["account_id"]][row["date"]] = row["minor"]
    return found


def pending_sums(user: User) -> dict[int, int]:
    """By account: the minor units that are pending, whatever their day."""
    sums = (
        Transaction.objects.of(user)
        .filter(PENDING, parent__isnull=True)
        .order_by()
        .values("account_id")
        .annotate(minor=ExactSum("amount_minor"))
    )
    return {row["account_id"]: row["minor"] for row in sums}


def shown_by_day(user: User) -> list[tuple[int, date, int]]:
    """The account, the day and the number of the statement's rows that are not hidden, pending
    ones included: of each day that has any, in the order of days and then of accounts."""
    if are_fresh(user):
        rolled = Rollup.objects.filter(user_id=user.pk, scope=Rollup.Scope.SHOWN)
        days = rolled.filter(in_period(None, "day")).order_by("piece", "account_id")
        known = days.values_list("account_id", "piece", "number")
        read = cache(day_of)  # most days are days of several accounts
        return [(account_id, read(piece), number) for account_id, piece, number in known]
    rows = Transaction.objects.of(user).filter(hidden=False, parent__isnull=True)
    counted = rows.order_by("date", "account_id").values("account_id", "date")
    return list(counted.annotate(n=Count("id")).values_list("account_id", "date", "n"))


def _posted(user: User) -> TransactionQuerySet:
    return Transaction.objects.of(user).filter(~PENDING, parent__isnull=True).order_by()


def _rolled_until(user: User, accounts_of: dict[date, list[int]]) -> dict[int, int]:
    wanted = Q()
    for day, ids in accounts_of.items():
        wanted |= Q(account_id__in=ids) & until(day)
    sums = _balances(user).filter(wanted).values("account_id").annotate(h=Sum("high"), w=Sum("low"))
    return {row["account_id"]: row["h"] * SPLIT + row["w"] for row in sums}


def _rolled_by_day(
    user: User, account_ids: Collection[int], first: date, last: date
) -> dict[int, dict[date, int]]:
    rows = _balances(user).filter(
        in_period(Period.of_days(first, last), "day"), account_id__in=account_ids
    )
    found: dict[int, dict[date, int]] = defaultdict(dict)
    for account_id, piece, high, low in rows.values_list("account_id", "piece", "high", "low"):
        found[account_id][day_of(piece)] = high * SPLIT + low
    return found


def _balances(user: User) -> RollupQuerySet:
    return Rollup.objects.filter(user_id=user.pk, scope=Rollup.Scope.BALANCE).order_by()
