"""What has posted to accounts, the one part of a balance that is added up; and on which days."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from functools import cache
from typing import Any

from django.db.models import Count, Q, Sum

from spendo.ledger.aggregates import ExactSum, Joined
from spendo.ledger.models import Rollup, Transaction
from spendo.ledger.periods import Period
from spendo.ledger.prepared import ask
from spendo.ledger.querysets import PENDING, TransactionQuerySet
from spendo.ledger.rollups import SPLIT, Grain, are_fresh, day_of, in_period, until
from spendo.ledger.selectors.currencies import currencies_of
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
    user: User, account_ids: Collection[int], first: date, last: date, grain: Grain = "day"
) -> dict[int, dict[date, int]]:
    """By account and day: the minor units that posted on each day that has any. Those of longer
    pieces, up to `grain`, may be together on their first day."""
    if are_fresh(user):
        return _rolled_by_day(user, account_ids, in_period(Period.of_days(first, last), grain))
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
    return dict(ask(_summed, where=PENDING & Q(user_id=user.pk, parent__isnull=True)))


def _summed(where: Q) -> Any:
    rows = Transaction.objects.filter(where).order_by().values("account_id")
    return rows.annotate(minor=ExactSum("amount_minor")).values_list("account_id", "minor")


def shown_days(user: User) -> dict[int, tuple[list[date], int]]:
    """By account: the days that have rows of the statement that are not hidden, pending ones
    among them, in order; and the number of these rows."""
    if are_fresh(user):
        shown = Q(account_id__in=list(currencies_of(user)), scope=Rollup.Scope.SHOWN)
        known = ask(_shown, where=shown & in_period(None, "day"))
        read = cache(day_of)  # most days are days of several accounts
        return {
            account_id: ([read(piece) for piece in sorted(pieces.split(","))], number)
            for account_id, pieces, number in known
        }
    rows = Transaction.objects.of(user).filter(hidden=False, parent__isnull=True)
    counted = rows.order_by("date").values("account_id", "date").annotate(n=Count("id"))
    found: dict[int, dict[date, int]] = defaultdict(dict)
    for account_id, day, number in counted.values_list("account_id", "date", "n"):
        found[account_id][day] = number
    return {account_id: (list(days), sum(days.values())) for account_id, days in found.items()}


def _shown(where: Q) -> Any:
    rows = Rollup.objects.filter(where).order_by().values("account_id")
    found = rows.annotate(pieces=Joined("piece"), n=Sum("number"))
    return found.values_list("account_id", "pieces", "n")


def _posted(user: User) -> TransactionQuerySet:
    return Transaction.objects.of(user).filter(~PENDING, parent__isnull=True).order_by()


def _rolled_until(user: User, accounts_of: dict[date, list[int]]) -> dict[int, int]:
    wanted = Q()
    for day, ids in accounts_of.items():
        wanted |= Q(account_id__in=ids) & until(day)
    sums = ask(_rolled_sums, where=_balances(user) & wanted)
    return {account_id: high * SPLIT + low for account_id, high, low in sums}


def _rolled_sums(where: Q) -> Any:
    rows = Rollup.objects.filter(where).order_by().values("account_id")
    sums = rows.annotate(h=Sum("high"), w=Sum("low"))
    return sums.values_list("account_id", "h", "w")


def _rolled_by_day(
    user: User, account_ids: Collection[int], pieces: Q
) -> dict[int, dict[date, int]]:
    wanted = _balances(user) & pieces & Q(account_id__in=account_ids)
    found: dict[int, dict[date, int]] = defaultdict(dict)
    for account_id, piece, high, low in ask(_rolled_days, where=wanted):
        found[account_id][day_of(piece)] = high * SPLIT + low
    return found


def _rolled_days(where: Q) -> Any:
    rows = Rollup.objects.filter(where).order_by()
    return rows.values_list("account_id", "piece", "high", "low")


def _balances(user: User) -> Q:
    return Q(user_id=user.pk, scope=Rollup.Scope.BALANCE)
