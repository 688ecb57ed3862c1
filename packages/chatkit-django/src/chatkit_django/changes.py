"""What one request changes in the database, each in one transaction and for one owner, like
``queries``: the thread's row is written first, so that one writer at a time is in a thread.
Without savepoints: each is done as a whole, or what it is a part of is not done either."""

from collections.abc import Callable, Sequence

from chatkit.store import NotFoundError
from chatkit.types import (
    ClientToolCallItem,
    FeedbackKind,
    ThreadItem,
    ThreadMetadata,
    UserMessageItem,
)
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from chatkit_django import models, pages, queries, rows
from chatkit_django.client_tools import expired, is_pending
from chatkit_django.files import records
from chatkit_django.queries import OwnerId
from chatkit_django.rows_by_hand import Step, do_at_once
from chatkit_django.runs.queries import begin as begin_run
from chatkit_django.runs.queries import first_step
from chatkit_django.runs.records import NewRun


def create_thread(
    owner: OwnerId, thread: ThreadMetadata, first: UserMessageItem, run: NewRun | None
) -> None:
    """For a message without attachments, where nothing is in the way. Raises ``NotAtOnce`` where
    something is; what it is turns out step by step."""
    connection, steps = pages.database(), list[Step]()
    if run is not None and run.before is not None:
        steps += run.before.steps()
    steps.append(queries.thread_step(connection, owner, thread, items=1))
    if run is not None:
        steps.append(first_step(connection, owner, thread.id, run))
    steps.append(queries.item_step(connection, thread.id, first, 1))
    do_at_once(connection, steps)


def create_thread_step_by_step(
    owner: OwnerId, thread: ThreadMetadata, first: UserMessageItem, run: NewRun | None
) -> None:
    with transaction.atomic(savepoint=False):
        if not queries.insert_thread(owner, thread):
            queries.save_thread(owner, thread)
        _begin(owner, thread.id, run)
        for attachment in first.attachments:
            queries.save_attachment(owner, attachment)
        queries.save_item(owner, thread.id, first)


def delete_items_after(owner: OwnerId, thread_id: str, item_id: str, run: NewRun | None) -> None:
    with transaction.atomic(savepoint=False):
        _lock(owner, thread_id)
        position = queries.item_row(owner, thread_id, item_id).position
        _begin(owner, thread_id, run)
        _items(thread_id).filter(position__gt=position).delete()
        records.remove_left_behind(thread_id)


def rename_thread(owner: OwnerId, thread_id: str, title: str) -> ThreadMetadata:
    """Give the thread the user's title, which no answer changes any more."""
    with transaction.atomic(savepoint=False):
        _lock(owner, thread_id, title=title, titled_by_user=True)
        return queries.load_thread(owner, thread_id)


def update_thread(owner: OwnerId, before: ThreadMetadata, after: ThreadMetadata) -> ThreadMetadata:
    """Write the columns in which the two differ, and no other; the thread as it is then."""
    old, new = rows.thread_columns(before), rows.thread_columns(after)
    changed = {name: value for name, value in new.items() if value != old[name]}
    with transaction.atomic(savepoint=False):
        _lock(owner, after.id, **queries.keeping_the_users_title(changed))
        return queries.load_thread(owner, after.id)


def add_user_message(
    owner: OwnerId, thread_id: str, message: UserMessageItem, run: NewRun | None
) -> None:
    """Keep the message with its attachments. What the page was asked before it is off."""
    with transaction.atomic(savepoint=False):
        _lock(owner, thread_id)
        _begin(owner, thread_id, run)
        for call in _pending_tool_calls(thread_id):
            _put(thread_id, expired(call))
        for attachment in message.attachments:
            queries.save_attachment(owner, attachment)
        queries.save_item(owner, thread_id, message)


def pending_tool_call(owner: OwnerId, thread_id: str) -> ClientToolCallItem | None:
    """The newest call of a client tool that waits for its result."""
    queries.load_thread(owner, thread_id)
    return next(iter(_pending_tool_calls(thread_id)), None)


def change_item(
    owner: OwnerId,
    thread_id: str,
    item_id: str,
    change: Callable[[ThreadItem], ThreadItem],
    run: NewRun | None,
) -> ThreadItem:
    """Put ``change(item)`` in the item's place, or nothing if that raises."""
    with transaction.atomic(savepoint=False):
        _lock(owner, thread_id)
        item = change(queries.load_item(owner, thread_id, item_id))
        _begin(owner, thread_id, run)
        _put(thread_id, item)
        return item


def save_feedback(
    owner: OwnerId, thread_id: str, item_ids: Sequence[str], kind: FeedbackKind
) -> None:
    """The last word on each of the items, or on none of them if one cannot be seen there."""
    wanted = set(item_ids)
    with transaction.atomic(savepoint=False):
        _lock(owner, thread_id)
        found = list(
            models.ThreadItem.objects.filter(
                thread=thread_id, item_id__in=wanted, hidden=False
            ).values_list("pk", flat=True)
        )
        if len(found) != len(wanted):
            raise NotFoundError(f"Items of thread {thread_id} not found")
        now = timezone.now()
        models.Feedback.objects.bulk_create(
            [models.Feedback(item_id=pk, kind=kind, given_at=now) for pk in found],
            update_conflicts=True,
            unique_fields=["item"],
            update_fields=["kind", "given_at"],
        )


def load_feedback(owner: OwnerId, thread_id: str) -> dict[str, str]:
    queries.load_thread(owner, thread_id)
    given = models.Feedback.objects.filter(item__thread=thread_id).order_by("item__position")
    return dict(given.values_list("item__item_id", "kind"))


def _begin(owner: OwnerId, thread_id: str, run: NewRun | None) -> None:
    if run is not None:
        begin_run(owner, thread_id, run)


def _lock(owner: OwnerId, thread_id: str, **columns: object) -> None:
    """Write the thread's row, and so keep other writers out until the end of the transaction."""
    mine = models.Thread.objects.filter(owner=owner, id=thread_id)
    if not mine.update(**{"updated_at": timezone.now(), **columns}):
        raise NotFoundError(f"Thread {thread_id} not found")


def _put(thread_id: str, item: ThreadItem) -> None:
    _items(thread_id).filter(item_id=item.id).update(**rows.item_columns(item))


def _pending_tool_calls(thread_id: str) -> list[ClientToolCallItem]:
    """Newest first. A message of the user ends them, so none is older than the last of those:
    the search goes backwards and is short, however long the thread."""
    newest_first = _items(thread_id).order_by("-position")
    asked = newest_first.filter(type="user_message").values_list("position", flat=True).first()
    since = newest_first if asked is None else newest_first.filter(position__gt=asked)
    payloads = since.filter(type="client_tool_call").values_list("payload", flat=True)
    items = [rows.item_of(payload) for payload in payloads]
    return [item for item in items if is_pending(item)]


def _items(thread_id: str) -> QuerySet[models.ThreadItem]:
    return models.ThreadItem.objects.filter(thread=thread_id)
