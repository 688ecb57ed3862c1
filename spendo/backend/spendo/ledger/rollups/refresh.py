"""When rollups are made, and by whom: by the first who reads after a change."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import OperationalError, connection, transaction

from spendo.ledger.models import Account, Rollup, StaleMonth, Transaction
from spendo.ledger.rollups.looks import forget_all_looks, forget_looks
from spendo.ledger.rollups.making import MANY_MONTHS, Months, make_again
from spendo.ledger.rollups.totals import make_totals_again
from spendo.users.models import User

_BLOCK = 5000
_LOCK = 0x5E1D << 40
"""Where on PostgreSQL the locks of this module begin, one for each user."""


def are_fresh(user: User) -> bool:
    """Whether the user's rollups say what the rows do; brings them up to date where it can.

    It cannot while another connection does, or has the one write lock of SQLite.
    """
    with connection.cursor() as cursor:  # asked before every sum
        cursor.execute("SELECT 1 FROM ledger_stalemonth WHERE user_id = %s LIMIT 1", [user.pk])
        is_stale = cursor.fetchone() is not None
    return refresh(user) if is_stale else True


def refresh(user: User) -> bool:
    """Make the stale rollups of the user again; whether they are fresh now."""
    return alone(user, lambda: _refresh(user))


def alone(user: User, work: Callable[[], None]) -> bool:
    """Do the work in a transaction, unless someone else makes what is kept of this user, or has
    the one write lock of SQLite; whether it was done."""
    if connection.in_atomic_block:
        return _alone(user, work)
    try:
        with _without_waiting():
            return _alone(user, work)
    except OperationalError:  # SQLite: someone else writes
        return False


def rebuild(user: User) -> None:
    """Make all rollups of the user again, whatever they say now."""
    with transaction.atomic():
        StaleMonth.objects.filter(user_id=user.pk).delete()
        Rollup.objects.filter(user_id=user.pk).delete()
        for account_id in Account.objects.of(user).values_list("pk", flat=True):
            make_again(account_id, None)
        make_totals_again(user.pk, None)
        forget_all_looks(user)


def _refresh(user: User) -> None:
    changed = _take_stale(user)
    for account_id, months in changed.months.items():
        make_again(account_id, months)
    months = set().union(*changed.months.values())
    if changed.totals or len(months) > MANY_MONTHS:
        make_totals_again(user.pk, None)
    elif months:
        make_totals_again(user.pk, months)
    forget_looks(user, changed.merchants)


def _alone(user: User, work: Callable[[], None]) -> bool:
    with transaction.atomic():
        if not _is_alone(user):
            return False
        work()
    return True


def _is_alone(user: User) -> bool:
    """Whether nobody else makes rollups of this user until this transaction ends."""
    if connection.vendor == "sqlite":  # a transaction that writes is alone
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s::bigint)", [_LOCK + user.pk])
        (got_it,) = cursor.fetchone()
    return bool(got_it)


@dataclass(frozen=True, slots=True)
class _Changed:
    """What was touched of each account, and whether all `totals` count as something else now."""

    months: dict[int, Months]
    merchants: dict[int, set[str]]
    totals: bool


def _take_stale(user: User) -> _Changed:
    """What to make again. What is noted from now on is stale again.

    It is taken before the rows are read: a change that is committed in between is seen, or noted,
    or both.
    """
    months: dict[int, Months] = defaultdict(set)
    merchants: dict[int, set[str]] = defaultdict(set)
    named: list[int] = []
    totals = False
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM ledger_stalemonth WHERE user_id = %s"
            " RETURNING account_id, month, merchant_key, transaction_id",
            [user.pk],
        )
        for account_id, month, merchant_key, transaction_id in cursor.fetchall():
            if transaction_id is not None:
                named.append(transaction_id)
            elif account_id is None:
                totals = True
            else:
                months[account_id].add(month)
                merchants[account_id].add(merchant_key)
    for start in range(0, len(named), _BLOCK):
        rows = Transaction.objects.of(user).filter(pk__in=named[start : start + _BLOCK])
        for account_id, day in rows.values_list("account_id", "date"):
            months[account_id].add(f"{day:%Y-%m}")
    return _Changed(months, merchants, totals)


@contextmanager
def _without_waiting() -> Iterator[None]:
    """SQLite: who reads does not wait for who writes."""
    if connection.vendor != "sqlite":
        yield
        return
    timeout = int(1000 * connection.settings_dict["OPTIONS"].get("timeout", 5))
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 0")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {timeout}")
