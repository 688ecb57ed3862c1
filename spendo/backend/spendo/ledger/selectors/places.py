"""The days and accounts that have the newest rows of some kind, as rollups tell them."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from typing import Any

from django.db.models import Q, Sum

from spendo.ledger.periods import Period
from spendo.ledger.prepared import ask
from spendo.ledger.rollups import day_of, days_of, in_period, is_whole, months_of
from spendo.ledger.selectors.rolled import of_rollups, rollups_in_parts
from spendo.ledger.selectors.types import TransactionFilter
from spendo.users.models import User

_SHORT, _FEW_DAYS = 45, timedelta(days=8)


def newest_places(user: User, where: TransactionFilter, wanted: Q, number: int) -> Q:
    """The days and accounts of the newest `number` rows of the filter that `wanted` is true of.
    A short period is looked through from its last days on, a long one by its months first."""
    rows = wanted & of_rollups(user, where)
    ask_places = partial(_newest, where.include_transfers)
    period = where.period
    if period is None or (period.end - period.start).days > _SHORT:
        months = ask_places(rows & months_of(period), period, number)
        named = {day for month, *_ in months for day in days_of(month)}
        days = Q(piece__in={day for day in named if period is None or day_of(day) in period})
        places = list(ask_places(rows & days, None, number))
    else:
        last = in_period(_last_days(period), "day")
        places = list(ask_places(rows & last, None, number))
        if sum(there for _, _, there in places) < number:
            places = list(ask_places(rows & in_period(period, "day"), None, number))
    return Q(
        date__in={day_of(piece) for piece, *_ in places},
        account_id__in={account_id for _, account_id, _ in places},
    )


def _last_days(period: Period) -> Period:
    length = min(_FEW_DAYS, period.end - period.start)
    return Period.of_days(period.end - length, period.last_day)


def _newest(
    include_transfers: bool, rows: Q, period: Period | None, number: int
) -> Iterator[tuple[str, int, int]]:
    """The newest pieces and accounts that have as many rows together, and their rows. A month of
    which the period has only a part may have none there."""
    found, last = 0, ""
    for piece, account_id, rows_there in ask(_places, include_transfers, where=rows):
        if found >= number and piece != last:
            return
        yield piece, account_id, rows_there
        last = piece
        if period is None or is_whole(piece, period):
            found += rows_there


def _places(where: Q, include_transfers: bool) -> Any:
    rows = rollups_in_parts(include_transfers).filter(where)
    sums = rows.values("piece", "account_id").annotate(n=Sum("number")).order_by("-piece")
    return sums.values_list("piece", "account_id", "n")
