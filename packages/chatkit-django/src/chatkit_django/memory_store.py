"""A store without a database, for a first try and for tests."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import datetime

from chatkit.store import NotFoundError
from chatkit.types import (
    Attachment,
    ClientToolCallItem,
    FeedbackKind,
    Page,
    ThreadItem,
    ThreadMetadata,
    UserMessageItem,
)

from chatkit_django import rows
from chatkit_django.client_tools import expired, is_pending
from chatkit_django.clock import to_utc
from chatkit_django.context import RequestContext
from chatkit_django.exceptions import AttachmentInUse
from chatkit_django.memory_rows import AttachmentRow, ItemRow, Ordered, ThreadRow
from chatkit_django.rows_by_hand import Step
from chatkit_django.runs.memory import MemoryRuns
from chatkit_django.runs.records import NewRun, Run, RunStatus
from chatkit_django.store import ChatStore


class MemoryStore(ChatStore):
    """Conversations in the memory of this process: they end with it, and another worker has
    others. For a first try and for tests.

    It does what ``DatabaseStore`` does, without a query. The admin, ``retention`` and the deletion
    of a user do not know of it, and files of a ``DjangoAttachmentStore`` need the database.

    It keeps JSON, so what it is given and what it gives belong to the caller. Each method runs
    to its end without waiting and looks at everything that may be wrong before it writes: it is
    done wholly or not at all, however many tasks of the event loop use it.
    """

    def __init__(self) -> None:
        self._threads: dict[str, ThreadRow] = {}
        self._lists: defaultdict[object, Ordered[tuple[datetime, str], ThreadRow]] = defaultdict(
            Ordered
        )
        self._attachments: dict[str, AttachmentRow] = {}
        self._runs = MemoryRuns()

    async def load_thread(self, thread_id: str, context: RequestContext) -> ThreadMetadata:
        return rows.thread_of(self._thread(thread_id, context))

    async def save_thread(self, thread: ThreadMetadata, context: RequestContext) -> None:
        row = self._known_or_new(thread, context)
        self._keep_thread(row, rows.thread_columns(thread))

    async def create_thread(
        self,
        thread: ThreadMetadata,
        first: UserMessageItem,
        context: RequestContext,
        run: NewRun | None = None,
    ) -> None:
        row = self._known_or_new(thread, context)
        self._runs.check(row, run)
        columns, item = rows.thread_columns(thread), rows.item_columns(first)
        attachments = self._claimed(row, first, context, unknown_too=True)
        self._keep_thread(row, columns)
        self._runs.begin(row, run)
        row.put(first.id, item)
        self._keep_attachments(attachments)

    async def load_threads(
        self, limit: int, after: str | None, order: str, context: RequestContext
    ) -> Page[ThreadMetadata]:
        key = None if after is None else self._thread(after, context).key
        shown, more = self._lists[context.user.pk].page(key, limit, order)
        return Page(
            data=[rows.thread_of(row) for row in shown],
            has_more=more,
            after=shown[-1].id if more else None,
        )

    async def rename_thread(
        self, thread_id: str, title: str, context: RequestContext
    ) -> ThreadMetadata:
        row = self._thread(thread_id, context)
        row.title, row.titled_by_user = title, True
        return rows.thread_of(row)

    async def update_thread(
        self, before: ThreadMetadata, after: ThreadMetadata, context: RequestContext
    ) -> ThreadMetadata:
        row = self._thread(after.id, context)
        old, new = rows.thread_columns(before), rows.thread_columns(after)
        row.write({name: value for name, value in new.items() if value != old[name]})
        return rows.thread_of(row)

    async def delete_thread(self, thread_id: str, context: RequestContext) -> None:
        row = self._threads.get(thread_id)
        if row is None or row.owner != context.user.pk:
            return
        del self._threads[thread_id]
        self._lists[row.owner].remove(row.key)
        self._runs.forget(row)
        for attachment_id in row.attachments:
            del self._attachments[attachment_id]

    async def load_thread_items(
        self, thread_id: str, after: str | None, limit: int, order: str, context: RequestContext
    ) -> Page[ThreadItem]:
        thread = self._thread(thread_id, context)
        return _page(thread, thread.in_order, after, limit, order)

    async def load_visible_items(
        self, thread_id: str, after: str | None, limit: int, order: str, context: RequestContext
    ) -> Page[ThreadItem]:
        thread = self._thread(thread_id, context)
        return _page(thread, thread.shown, after, limit, order)

    async def load_item(self, thread_id: str, item_id: str, context: RequestContext) -> ThreadItem:
        return rows.item_of(_item(self._thread(thread_id, context), item_id).payload)

    async def add_thread_item(
        self, thread_id: str, item: ThreadItem, context: RequestContext
    ) -> None:
        await self.save_item(thread_id, item, context)

    async def save_item(self, thread_id: str, item: ThreadItem, context: RequestContext) -> None:
        thread = self._thread(thread_id, context)
        columns = rows.item_columns(item)
        attachments = self._claimed(thread, item, context, unknown_too=False)
        thread.put(item.id, columns)
        self._keep_attachments(attachments)

    async def add_user_message(
        self,
        thread_id: str,
        message: UserMessageItem,
        context: RequestContext,
        run: NewRun | None = None,
    ) -> None:
        thread = self._thread(thread_id, context)
        self._runs.check(thread, run)
        written: list[ThreadItem] = [
            *(expired(call) for call in _pending_tool_calls(thread)),
            message,
        ]
        columns = [rows.item_columns(item) for item in written]
        attachments = self._claimed(thread, message, context, unknown_too=True)
        self._runs.begin(thread, run)
        for item, its_columns in zip(written, columns, strict=True):
            thread.put(item.id, its_columns)
        self._keep_attachments(attachments)

    async def pending_tool_call(
        self, thread_id: str, context: RequestContext
    ) -> ClientToolCallItem | None:
        return next(_pending_tool_calls(self._thread(thread_id, context)), None)

    async def change_item(
        self,
        thread_id: str,
        item_id: str,
        change: Callable[[ThreadItem], ThreadItem],
        context: RequestContext,
        run: NewRun | None = None,
    ) -> ThreadItem:
        thread = self._thread(thread_id, context)
        changed = change(rows.item_of(_item(thread, item_id).payload))
        columns = rows.item_columns(changed)
        self._runs.check(thread, run)
        self._runs.begin(thread, run)
        thread.put(item_id, columns)
        return changed

    async def delete_thread_item(
        self, thread_id: str, item_id: str, context: RequestContext
    ) -> None:
        thread = self._threads.get(thread_id)
        if thread is not None and thread.owner == context.user.pk and item_id in thread.items:
            self._remove(thread, [thread.items[item_id]])

    async def delete_items_after(
        self, thread_id: str, item_id: str, context: RequestContext, run: NewRun | None = None
    ) -> None:
        thread = self._thread(thread_id, context)
        later = thread.in_order.beyond(_item(thread, item_id).position)
        self._runs.check(thread, run)
        self._runs.begin(thread, run)
        self._remove(thread, later)

    async def begin_run(self, thread_id: str, run: NewRun, context: RequestContext) -> None:
        thread = self._thread(thread_id, context)
        self._runs.check(thread, run)
        self._runs.begin(thread, run)

    async def end_run(
        self,
        run_id: str,
        status: RunStatus,
        context: RequestContext,
        more: Sequence[Step] = (),
        *,
        soon: bool = True,
    ) -> None:
        self._runs.end(context.user.pk, run_id, status)

    async def keep_runs(self, run_ids: Collection[str]) -> set[str]:
        return self._runs.keep(run_ids)

    async def find_run(self, key: str, context: RequestContext) -> Run | None:
        return self._runs.find(context.user.pk, key)

    async def load_run(self, run_id: str, context: RequestContext) -> Run:
        run = self._runs.load(context.user.pk, run_id)
        if run is None:
            raise NotFoundError(f"Run {run_id} not found")
        return run

    async def running_run(self, thread_id: str, context: RequestContext) -> str | None:
        try:
            return self._runs.running_in(self._thread(thread_id, context))
        except NotFoundError:
            return None

    async def request_stop(self, run_id: str, context: RequestContext) -> Run:
        return await self.load_run(run_id, context)  # this process has it

    async def unwanted_runs(self, run_ids: Collection[str]) -> set[str]:
        return set(run_ids) - self._runs.keep(run_ids)

    async def load_run_items(self, run: Run, context: RequestContext) -> list[ThreadItem]:
        made = self._thread(run.thread_id, context).shown.beyond(run.from_position - 1)
        return [
            rows.item_of(row.payload)
            for row in made
            if run.to_position is None or row.position < run.to_position
        ]

    async def save_feedback(
        self, thread_id: str, item_ids: Sequence[str], kind: FeedbackKind, context: RequestContext
    ) -> None:
        thread = self._thread(thread_id, context)
        found = [_item(thread, item_id) for item_id in item_ids]
        if any(row.hidden for row in found):
            raise NotFoundError(f"Items of thread {thread_id} not found")
        for row in found:
            row.feedback = kind

    async def load_feedback(self, thread_id: str, context: RequestContext) -> dict[str, str]:
        thread = self._thread(thread_id, context)
        return {row.id: row.feedback for row in thread.in_order if row.feedback}

    async def save_attachment(self, attachment: Attachment, context: RequestContext) -> None:
        thread_id = attachment.thread_id
        if thread_id is not None:
            self._thread(thread_id, context)
        message_id = ""
        if attachment.id in self._attachments:
            known = self._attachment(attachment.id, context)
            message_id = known.message_id
            if message_id and known.thread_id != thread_id:
                raise AttachmentInUse
        payload = rows.attachment_payload(attachment)
        row = AttachmentRow(attachment.id, context.user.pk, thread_id, message_id, payload)
        self._keep_attachments([row])

    async def load_attachment(self, attachment_id: str, context: RequestContext) -> Attachment:
        return rows.attachment_of(self._attachment(attachment_id, context).payload)

    async def delete_attachment(self, attachment_id: str, context: RequestContext) -> None:
        known = self._attachments.get(attachment_id)
        if known is not None and known.owner == context.user.pk:
            self._forget_attachment(known)

    def _thread(self, thread_id: str, context: RequestContext) -> ThreadRow:
        row = self._threads.get(thread_id)
        if row is None or row.owner != context.user.pk:
            raise NotFoundError(f"Thread {thread_id} not found")
        return row

    def _attachment(self, attachment_id: str, context: RequestContext) -> AttachmentRow:
        row = self._attachments.get(attachment_id)
        if row is None or row.owner != context.user.pk:
            raise NotFoundError(f"Attachment {attachment_id} not found")
        return row

    def _known_or_new(self, thread: ThreadMetadata, context: RequestContext) -> ThreadRow:
        if thread.id in self._threads:
            return self._thread(thread.id, context)
        return ThreadRow(thread.id, context.user.pk, to_utc(thread.created_at))

    def _keep_thread(self, row: ThreadRow, columns: dict[str, str]) -> None:
        row.write(columns)
        if row.id not in self._threads:
            self._threads[row.id] = row
            self._lists[row.owner].add(row.key, row)

    def _claimed(
        self, thread: ThreadRow, item: ThreadItem, context: RequestContext, *, unknown_too: bool
    ) -> list[AttachmentRow]:
        """The attachments as they are once the message has them, for good. Raises if it cannot."""
        if not isinstance(item, UserMessageItem):
            return []
        claimed = []
        for attachment in item.attachments:
            if attachment.id in self._attachments or not unknown_too:
                known = self._attachment(attachment.id, context)
                has_it = (known.thread_id, known.message_id)
                if known.message_id and has_it != (thread.id, item.id):
                    raise AttachmentInUse
            own = attachment.model_copy(update={"thread_id": thread.id})
            payload = rows.attachment_payload(own)
            claimed.append(AttachmentRow(own.id, thread.owner, thread.id, item.id, payload))
        return claimed

    def _keep_attachments(self, attachments: Iterable[AttachmentRow]) -> None:
        for row in attachments:
            if known := self._attachments.get(row.id):
                self._forget_attachment(known)
            self._attachments[row.id] = row
            if row.thread_id is not None:
                self._threads[row.thread_id].attachments.add(row.id)

    def _forget_attachment(self, row: AttachmentRow) -> None:
        del self._attachments[row.id]
        if row.thread_id is not None:
            self._threads[row.thread_id].attachments.remove(row.id)

    def _remove(self, thread: ThreadRow, items: Sequence[ItemRow]) -> None:
        """Delete the items with the attachments they have."""
        gone = {row.id for row in items}
        for attachment_id in list(thread.attachments):
            if self._attachments[attachment_id].message_id in gone:
                self._forget_attachment(self._attachments[attachment_id])
        for row in reversed(items):  # the cheapest way to empty the end of a list
            thread.remove(row)


def _item(thread: ThreadRow, item_id: str) -> ItemRow:
    row = thread.items.get(item_id)
    if row is None:
        raise NotFoundError(f"Item {item_id} not found")
    return row


def _page(
    thread: ThreadRow, among: Ordered[int, ItemRow], after: str | None, limit: int, order: str
) -> Page[ThreadItem]:
    position = None if after is None else _item(thread, after).position
    shown, more = among.page(position, limit, order)
    return Page(
        data=[rows.item_of(row.payload) for row in shown],
        has_more=more,
        after=shown[-1].id if more else None,
    )


def _pending_tool_calls(thread: ThreadRow) -> Iterator[ClientToolCallItem]:
    """Newest first. A message of the user ends them: none is older than the last of those."""
    for row in reversed(thread.in_order):
        if row.type == "user_message":
            return
        if row.type == "client_tool_call":
            item = rows.item_of(row.payload)
            if is_pending(item):
                yield item
