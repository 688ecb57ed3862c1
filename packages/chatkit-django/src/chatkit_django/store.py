"""The SDK's store on Django's ORM, and the little more that our server asks of a store."""

from abc import abstractmethod
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from functools import partial
from typing import ParamSpec, Protocol, TypeVar

from chatkit.store import Store, StoreItemType
from chatkit.types import (
    Attachment,
    ClientToolCallItem,
    FeedbackKind,
    Page,
    ThreadItem,
    ThreadMetadata,
    UserMessageItem,
)

from chatkit_django import changes, pages, queries
from chatkit_django.context import RequestContext
from chatkit_django.database import read, write, write_along, write_at_once
from chatkit_django.files.records import PREVIEW_SCHEME
from chatkit_django.ids import new_id
from chatkit_django.page_results import check_pages
from chatkit_django.previews import signed, signed_item, signed_json
from chatkit_django.rows_by_hand import Condition, NotAtOnce, Step
from chatkit_django.runs import logs
from chatkit_django.runs import queries as run_queries
from chatkit_django.runs.records import LeaseOver, NewRun, Run, RunStatus
from chatkit_django.runs.watchdog import lose
from chatkit_django.wire_answer import WireAnswer

P = ParamSpec("P")
T = TypeVar("T")

_PREVIEW = PREVIEW_SCHEME.encode()


class ChatStore(Store[RequestContext]):
    """A store ``ChatKitServer`` can work with: the SDK's fourteen methods and ours. Ids are long
    and sort by time.

    Each of ours is done as a whole or not at all, also when two come at once. ``save_thread``
    leaves the title alone once ``rename_thread`` has set it.
    """

    is_shared = False
    """Whether other processes see what it keeps."""

    takes_along = False
    """Whether it does ``NewRun.before`` in the transaction that begins the run, and keeps nothing
    if that raises."""

    def __init_subclass__(cls, **kwargs: object) -> None:
        super().__init_subclass__(**kwargs)
        if not cls.__module__.startswith("chatkit_django."):  # ours pass the contract
            check_pages(cls)

    def generate_thread_id(self, context: RequestContext) -> str:
        return new_id("thread")

    def generate_item_id(
        self, item_type: StoreItemType, thread: ThreadMetadata, context: RequestContext
    ) -> str:
        return new_id(item_type)

    def wire_pages(self) -> "WirePages | None":
        """The store's short way to pages, if it has one."""
        return None

    @abstractmethod
    async def create_thread(
        self,
        thread: ThreadMetadata,
        first: UserMessageItem,
        context: RequestContext,
        run: NewRun | None = None,
    ) -> None:
        """Keep a new thread with its first message and that message's attachments, or nothing."""

    @abstractmethod
    async def load_visible_items(
        self, thread_id: str, after: str | None, limit: int, order: str, context: RequestContext
    ) -> Page[ThreadItem]:
        """A page of what the user may see, full as long as there is more."""

    @abstractmethod
    async def delete_items_after(
        self, thread_id: str, item_id: str, context: RequestContext, run: NewRun | None = None
    ) -> None:
        """Delete every later item of the thread, or none."""

    @abstractmethod
    async def rename_thread(
        self, thread_id: str, title: str, context: RequestContext
    ) -> ThreadMetadata:
        """Give the thread the user's own title, which nothing else changes from then on."""

    @abstractmethod
    async def update_thread(
        self, before: ThreadMetadata, after: ThreadMetadata, context: RequestContext
    ) -> ThreadMetadata:
        """Keep what differs between the two and nothing else; the thread as it is then."""

    @abstractmethod
    async def add_user_message(
        self,
        thread_id: str,
        message: UserMessageItem,
        context: RequestContext,
        run: NewRun | None = None,
    ) -> None:
        """Keep the message with its attachments. Calls of client tools that are still pending
        become what ``client_tools.expired`` makes of them."""

    @abstractmethod
    async def pending_tool_call(
        self, thread_id: str, context: RequestContext
    ) -> ClientToolCallItem | None:
        """The newest pending call of a client tool in the thread, wherever it stands."""

    @abstractmethod
    async def change_item(
        self,
        thread_id: str,
        item_id: str,
        change: Callable[[ThreadItem], ThreadItem],
        context: RequestContext,
        run: NewRun | None = None,
    ) -> ThreadItem:
        """Put ``change(item)`` in the item's place and return it. What ``change`` raises is
        raised, and nothing is changed. Nobody else writes in between."""

    @abstractmethod
    async def begin_run(self, thread_id: str, run: NewRun, context: RequestContext) -> None:
        """Begin the run, as those methods do that take one. Raises ``ThreadBusy`` while another
        run is in the thread, unless its lease has ended, and ``Repeated`` if the user has sent a
        request with this idempotency key before; then nothing else is kept either."""

    @abstractmethod
    async def end_run(
        self,
        run_id: str,
        status: RunStatus,
        context: RequestContext,
        more: Sequence[Step] = (),
        *,
        soon: bool = True,
    ) -> None:
        """End the run; one that has ended stays as it is. A store that takes along does these
        steps with it, and may wait a moment for others to write if it need not be soon; no other
        is given any of that."""

    @abstractmethod
    async def keep_runs(self, run_ids: Collection[str]) -> set[str]:
        """Renew the leases of these runs, whoever's they are; those that are still running."""

    @abstractmethod
    async def find_run(self, key: str, context: RequestContext) -> Run | None:
        """The user's run with this idempotency key."""

    @abstractmethod
    async def load_run(self, run_id: str, context: RequestContext) -> Run:
        """Raises ``NotFoundError`` if the user has no such run."""

    @abstractmethod
    async def running_run(self, thread_id: str, context: RequestContext) -> str | None:
        """The id of the run in the user's thread, if there is one."""

    @abstractmethod
    async def request_stop(self, run_id: str, context: RequestContext) -> Run:
        """Have the run stopped by the process that has it. Raises ``NotFoundError``."""

    @abstractmethod
    async def unwanted_runs(self, run_ids: Collection[str]) -> set[str]:
        """Those of these runs, whoever's they are, that were asked to stop or are gone."""

    @abstractmethod
    async def load_run_items(self, run: Run, context: RequestContext) -> list[ThreadItem]:
        """What the run made and the user may see, in order, as far as it is still there."""

    @abstractmethod
    async def save_feedback(
        self, thread_id: str, item_ids: Sequence[str], kind: FeedbackKind, context: RequestContext
    ) -> None:
        """Keep the last word on each item, or on none if one is unknown or hidden. It goes with
        its item."""

    @abstractmethod
    async def load_feedback(self, thread_id: str, context: RequestContext) -> dict[str, str]:
        """The feedback by item id, in the order of the items."""


class WirePage(Protocol):
    """Makes one page; to be called in a thread of ``database``. Raises ``NotFoundError``, or with
    a condition ``NoRows``."""

    def __call__(self, *, only_if: Condition | None = None) -> WireAnswer: ...


class WirePages(Protocol):
    """A store that makes pages as the JSON of the wire, without the way over objects."""

    def threads_json(
        self, limit: int, after: str | None, order: str, context: RequestContext
    ) -> WirePage: ...

    def items_json(
        self, thread_id: str, after: str | None, limit: int, order: str, context: RequestContext
    ) -> WirePage: ...

    def thread_json(self, thread_id: str, limit: int, context: RequestContext) -> WirePage: ...


class DatabaseStore(ChatStore):
    """Everything in the database, and everything only for the user of the context: what belongs
    to somebody else raises the SDK's ``NotFoundError``, like what does not exist.

    Items keep the order in which they first appeared, whatever their ``created_at``; saving an
    item again keeps its place. Deleting what is not there is fine.
    """

    is_shared = True
    takes_along = True

    async def load_thread(self, thread_id: str, context: RequestContext) -> ThreadMetadata:
        return await read(queries.load_thread, context.user.pk, thread_id)

    async def save_thread(self, thread: ThreadMetadata, context: RequestContext) -> None:
        await write(queries.save_thread, context.user.pk, thread)

    async def create_thread(
        self,
        thread: ThreadMetadata,
        first: UserMessageItem,
        context: RequestContext,
        run: NewRun | None = None,
    ) -> None:
        owner = context.user.pk
        if not first.attachments:
            with suppress(NotAtOnce):
                await write_at_once(changes.create_thread, owner, thread, first, run)
                return
        await write(changes.create_thread_step_by_step, owner, thread, first, run)

    async def load_threads(
        self, limit: int, after: str | None, order: str, context: RequestContext
    ) -> Page[ThreadMetadata]:
        return await read(queries.load_threads, context.user.pk, limit, after, order)

    async def delete_thread(self, thread_id: str, context: RequestContext) -> None:
        outlived = logs.outlives_runs()
        run_ids = await write(queries.delete_thread, context.user.pk, thread_id, tell_runs=outlived)
        await logs.forget(run_ids)

    async def load_thread_items(
        self, thread_id: str, after: str | None, limit: int, order: str, context: RequestContext
    ) -> Page[ThreadItem]:
        page = await read(
            queries.load_items, context.user.pk, thread_id, after, limit, order, hidden=True
        )
        return _shown(page, context)

    async def load_visible_items(
        self, thread_id: str, after: str | None, limit: int, order: str, context: RequestContext
    ) -> Page[ThreadItem]:
        page = await read(
            queries.load_items, context.user.pk, thread_id, after, limit, order, hidden=False
        )
        return _shown(page, context)

    async def add_thread_item(
        self, thread_id: str, item: ThreadItem, context: RequestContext
    ) -> None:
        await write_at_once(queries.save_item, context.user.pk, thread_id, item)

    async def save_item(self, thread_id: str, item: ThreadItem, context: RequestContext) -> None:
        await write_at_once(queries.save_item, context.user.pk, thread_id, item)

    async def load_item(self, thread_id: str, item_id: str, context: RequestContext) -> ThreadItem:
        item = await read(queries.load_item, context.user.pk, thread_id, item_id)
        return signed_item(item, context)

    async def delete_thread_item(
        self, thread_id: str, item_id: str, context: RequestContext
    ) -> None:
        await write(queries.delete_item, context.user.pk, thread_id, item_id)

    async def delete_items_after(
        self, thread_id: str, item_id: str, context: RequestContext, run: NewRun | None = None
    ) -> None:
        await _beginning(changes.delete_items_after, context.user.pk, thread_id, item_id, run)

    async def rename_thread(
        self, thread_id: str, title: str, context: RequestContext
    ) -> ThreadMetadata:
        return await write(changes.rename_thread, context.user.pk, thread_id, title)

    async def update_thread(
        self, before: ThreadMetadata, after: ThreadMetadata, context: RequestContext
    ) -> ThreadMetadata:
        return await write(changes.update_thread, context.user.pk, before, after)

    async def add_user_message(
        self,
        thread_id: str,
        message: UserMessageItem,
        context: RequestContext,
        run: NewRun | None = None,
    ) -> None:
        await _beginning(changes.add_user_message, context.user.pk, thread_id, message, run)

    async def pending_tool_call(
        self, thread_id: str, context: RequestContext
    ) -> ClientToolCallItem | None:
        return await read(changes.pending_tool_call, context.user.pk, thread_id)

    async def change_item(
        self,
        thread_id: str,
        item_id: str,
        change: Callable[[ThreadItem], ThreadItem],
        context: RequestContext,
        run: NewRun | None = None,
    ) -> ThreadItem:
        return await _beginning(
            changes.change_item, context.user.pk, thread_id, item_id, change, run
        )

    async def begin_run(self, thread_id: str, run: NewRun, context: RequestContext) -> None:
        await _beginning(run_queries.begin, context.user.pk, thread_id, run)

    async def end_run(
        self,
        run_id: str,
        status: RunStatus,
        context: RequestContext,
        more: Sequence[Step] = (),
        *,
        soon: bool = True,
    ) -> None:
        write_it = write_at_once if soon else write_along
        await write_it(run_queries.end, context.user.pk, run_id, status, more)

    async def keep_runs(self, run_ids: Collection[str]) -> set[str]:
        return await write(run_queries.keep, run_ids)

    async def find_run(self, key: str, context: RequestContext) -> Run | None:
        return await read(run_queries.find, context.user.pk, key)

    async def load_run(self, run_id: str, context: RequestContext) -> Run:
        return await read(run_queries.load, context.user.pk, run_id)

    async def running_run(self, thread_id: str, context: RequestContext) -> str | None:
        return await read(run_queries.running_in, context.user.pk, thread_id)

    async def request_stop(self, run_id: str, context: RequestContext) -> Run:
        return await write(run_queries.request_stop, context.user.pk, run_id)

    async def unwanted_runs(self, run_ids: Collection[str]) -> set[str]:
        return await read(run_queries.unwanted, run_ids)

    async def load_run_items(self, run: Run, context: RequestContext) -> list[ThreadItem]:
        made = await read(run_queries.items_of, context.user.pk, run)
        return [signed_item(item, context) for item in made]

    async def save_feedback(
        self, thread_id: str, item_ids: Sequence[str], kind: FeedbackKind, context: RequestContext
    ) -> None:
        await write(changes.save_feedback, context.user.pk, thread_id, item_ids, kind)

    async def load_feedback(self, thread_id: str, context: RequestContext) -> dict[str, str]:
        return await read(changes.load_feedback, context.user.pk, thread_id)

    async def save_attachment(self, attachment: Attachment, context: RequestContext) -> None:
        await write(queries.save_attachment, context.user.pk, attachment)

    async def load_attachment(self, attachment_id: str, context: RequestContext) -> Attachment:
        return signed(await read(queries.load_attachment, context.user.pk, attachment_id), context)

    async def delete_attachment(self, attachment_id: str, context: RequestContext) -> None:
        await write(queries.delete_attachment, context.user.pk, attachment_id)

    def wire_pages(self) -> WirePages | None:
        """Itself, unless a subclass changes what is loaded: then the objects are the truth."""
        stock = DatabaseStore
        unchanged = (
            getattr(self.load_thread, "__func__", None) is stock.load_thread
            and getattr(self.load_threads, "__func__", None) is stock.load_threads
            and getattr(self.load_visible_items, "__func__", None) is stock.load_visible_items
        )
        return self if unchanged else None

    def threads_json(
        self, limit: int, after: str | None, order: str, context: RequestContext
    ) -> WirePage:
        return partial(pages.threads_json, context.user.pk, limit, after, order)

    def items_json(
        self, thread_id: str, after: str | None, limit: int, order: str, context: RequestContext
    ) -> WirePage:
        page = partial(pages.items_json, context.user.pk, thread_id, after, limit, order)
        return partial(_signed_page, page, context)

    def thread_json(self, thread_id: str, limit: int, context: RequestContext) -> WirePage:
        page = partial(pages.thread_json, context.user.pk, thread_id, limit)
        return partial(_signed_page, page, context)


async def _beginning(operation: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """A write that may begin a run. One that is in the way, and that nobody keeps, is ended."""
    while True:
        try:
            return await write(operation, *args, **kwargs)
        except LeaseOver as over:
            await lose(over.run_id, over.lease_until)


def _shown(page: Page[ThreadItem], context: RequestContext) -> Page[ThreadItem]:
    page.data = [signed_item(item, context) for item in page.data]
    return page


def _signed_page(
    make: WirePage, context: RequestContext, *, only_if: Condition | None = None
) -> WireAnswer:
    page = make(only_if=only_if)
    if _PREVIEW not in page.json:
        return page
    return page._replace(json=signed_json(page.json.decode(), context).encode())
