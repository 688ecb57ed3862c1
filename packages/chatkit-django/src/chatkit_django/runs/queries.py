"""Runs in the database, each change for one owner and in one statement or transaction."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from chatkit.store import NotFoundError
from chatkit.types import ThreadItem
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Subquery
from django.utils import timezone

from chatkit_django import models, pages, queries, rows
from chatkit_django.conf import LEASE_SECONDS
from chatkit_django.exceptions import ThreadBusy
from chatkit_django.ids import holder_of
from chatkit_django.pages import OwnerId
from chatkit_django.rows_by_hand import Step, changed, do_all, fetch, stored_time
from chatkit_django.runs.records import LeaseOver, NewRun, Repeated, Run, RunStatus

_COLUMNS = "id, thread_id, kind, status, request_digest, from_position, to_position"
# The unique constraints decide between two that come at once: one running in a thread, one with a
# key of a user. The last item of a thread is at its "next_item_position", the first one at 1.
_BEGIN = (
    f"INSERT INTO {pages.RUNS} (id, thread_id, owner_id, kind, status, idempotency_key, "  # noqa: S608
    "request_digest, from_position, started_at, lease_until) "
    f"SELECT %s, t.id, t.owner_id, %s, 'running', %s, %s, t.next_item_position + 1, %s, %s "
    f"FROM {pages.THREADS} t WHERE t.id = %s AND t.owner_id = %s ON CONFLICT DO NOTHING"
)
_BEGIN_FIRST = (
    f"INSERT INTO {pages.RUNS} (id, thread_id, owner_id, kind, status, idempotency_key, "
    "request_digest, from_position, started_at, lease_until) "
    "{row %s, %s, %s, %s, 'running', %s, %s, 1, %s, %s} "
    "ON CONFLICT DO NOTHING RETURNING id"
)
# Asked twice in a second for all the runs of a worker.
_WANTED = (
    f"SELECT id FROM {pages.RUNS} "  # noqa: S608
    "WHERE id IN ({ids}) AND status = 'running' AND NOT stop_requested"
)
_IN_ONE_QUERY = 250
_END = (
    f"UPDATE {pages.RUNS} SET status = %s, ended_at = %s, to_position = 1 + "  # noqa: S608
    f"(SELECT next_item_position FROM {pages.THREADS} t WHERE t.id = {pages.RUNS}.thread_id) "
    "WHERE id = %s AND owner_id = %s AND status = 'running' RETURNING id"
)


def begin(owner: OwnerId, thread_id: str, run: NewRun) -> None:
    """Begin the run, in the caller's transaction. Raises ``ThreadBusy`` if another one is in the
    thread, ``LeaseOver`` if that seems to be lost, and ``Repeated`` if its request was sent
    before."""
    if run.before is not None:
        run.before()
    connection = pages.database()
    values: list[Any] = [run.id, run.kind, run.key, run.digest, *_begun_now(connection)]
    values += [thread_id, pages.key_of(owner)]
    while not changed(connection, _BEGIN, values):
        earlier = find(owner, run.key)
        if earlier is not None:
            raise Repeated(earlier)
        _check_free(owner, thread_id)


def first_step(
    connection: BaseDatabaseWrapper, owner: OwnerId, thread_id: str, run: NewRun
) -> Step:
    """Begin the run in a thread that is made in the same transaction."""
    values = [run.id, thread_id, pages.key_of(owner, connection), run.kind, run.key, run.digest]
    return Step(_BEGIN_FIRST, [*values, *_begun_now(connection)])


def end(owner: OwnerId, run_id: str, status: RunStatus, more: Sequence[Step] = ()) -> None:
    """Give the thread free, and do what else is to be done with that. A run that has ended already
    stays as it is."""
    connection = pages.database()
    now = stored_time(connection, timezone.now())
    ending = Step(_END, [status.value, now, run_id, pages.key_of(owner, connection)])
    do_all(connection, [ending, *more])


def keep(run_ids: Collection[str]) -> set[str]:
    """Renew the leases; the runs that are still running."""
    mine = models.Run.objects.filter(id__in=run_ids, status=RunStatus.RUNNING)
    mine.update(lease_until=_lease_end(timezone.now()))
    return set(mine.values_list("id", flat=True))


def find(owner: OwnerId, key: str) -> Run | None:
    """The run of the request with this key."""
    if not key:
        return None
    return _run_where("owner_id = %s AND idempotency_key = %s", [pages.key_of(owner), key])


def load(owner: OwnerId, run_id: str) -> Run:
    """Raises ``NotFoundError``."""
    run = _run_where("owner_id = %s AND id = %s", [pages.key_of(owner), run_id])
    if run is None:
        raise NotFoundError(f"Run {run_id} not found")
    return run


def running_in(owner: OwnerId, thread_id: str) -> str | None:
    """The id of the run in the thread, if there is one."""
    where = "owner_id = %s AND thread_id = %s AND status = 'running'"
    run = _run_where(where, [pages.key_of(owner), thread_id])
    return run.id if run is not None else None


def request_stop(owner: OwnerId, run_id: str) -> Run:
    """Have the run stopped by whoever has it. Raises ``NotFoundError``."""
    run = load(owner, run_id)
    running = models.Run.objects.filter(owner=owner, id=run_id, status=RunStatus.RUNNING)
    running.update(stop_requested=True)
    return run


def unwanted(run_ids: Collection[str]) -> set[str]:
    """Those of the runs that are to stop, or are not there any more."""
    asked, unwanted = list(run_ids), set(run_ids)
    for start in range(0, len(asked), _IN_ONE_QUERY):
        some = asked[start : start + _IN_ONE_QUERY]
        found = fetch(pages.database(), _WANTED.format(ids=", ".join(["%s"] * len(some))), some)
        unwanted.difference_update(run_id for (run_id,) in found)
    return unwanted


def leases() -> list[tuple[str, datetime]]:
    """All that are running, whoever's they are: the run and until when it is kept."""
    running = models.Run.objects.filter(status=RunStatus.RUNNING)
    return list(running.values_list("id", "lease_until"))


def lose(run_id: str, lease_until: datetime, items: Sequence[ThreadItem]) -> OwnerId | None:
    """End the run whose worker is gone, and keep what it had said but not stored: those items that
    are not there yet, and after them one that tells the model. Its place among the responses is
    free. Whose it was; None if somebody has ended it, or renewed its lease, since that was read."""
    with transaction.atomic(savepoint=False):
        run = models.Run.objects.filter(id=run_id, lease_until=lease_until)
        if not run.filter(status=RunStatus.RUNNING).update(
            status=RunStatus.LOST, ended_at=timezone.now()
        ):
            return None
        owner, thread_id = run.values_list("owner", "thread").get()
        there = models.ThreadItem.objects.filter(thread=thread_id)
        stored = set(there.filter(item_id__in=[item.id for item in items]).values_list("item_id"))
        for item in items:
            if (item.id,) not in stored:
                queries.save_item(owner, thread_id, item)
        last = models.Thread.objects.filter(id=thread_id).values("next_item_position")
        run.update(to_position=Subquery(last) + 1)
        models.ResponseSlot.objects.filter(holder=holder_of(run_id)).delete()
    return owner


def items_of(owner: OwnerId, run: Run) -> list[ThreadItem]:
    """What the run made and the user may see, as far as it is still there."""
    pages.thread_row(owner, run.thread_id)
    made = models.ThreadItem.objects.filter(
        thread=run.thread_id, position__gte=run.from_position, hidden=False
    )
    if run.to_position is not None:
        made = made.filter(position__lt=run.to_position)
    payloads = made.order_by("position").values_list("payload", flat=True)
    return [rows.item_of(payload) for payload in payloads]


def _run_where(where: str, values: list[Any]) -> Run | None:
    found = fetch(pages.database(), f"SELECT {_COLUMNS} FROM {pages.RUNS} WHERE {where}", values)  # noqa: S608
    if not found:
        return None
    id_, thread_id, kind, status, digest, from_position, to_position = found[0]
    return Run(id_, thread_id, kind, RunStatus(status), digest, from_position, to_position)


def _check_free(owner: OwnerId, thread_id: str) -> None:
    """Raises ``ThreadBusy``, ``LeaseOver`` if nobody has renewed the lease of the run in the
    thread, and ``NotFoundError`` if there is no such thread."""
    if not models.Thread.objects.filter(owner=owner, id=thread_id).exists():
        raise NotFoundError(f"Thread {thread_id} not found")
    running = models.Run.objects.filter(thread=thread_id, status=RunStatus.RUNNING)
    busy = running.values_list("id", "lease_until").first()
    if busy is not None:
        raise LeaseOver(*busy) if busy[1] < timezone.now() else ThreadBusy(busy[0])


def _begun_now(connection: BaseDatabaseWrapper) -> list[Any]:
    """When a run begins, and until when it is kept."""
    now = timezone.now()
    return [stored_time(connection, moment) for moment in (now, _lease_end(now))]


def _lease_end(now: Any) -> Any:
    # The watchdog needs the rest to see it.
    return now + timedelta(seconds=LEASE_SECONDS.get() * 2 / 3)
