"""One answer on its way from ``respond`` to the client.

What must last is stored as it passes. However the answer ends, ``respond`` is ended too, and what
the user has already read is kept.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import suppress
from contextvars import Context, ContextVar
from functools import cache
from typing import Any

from chatkit.errors import CustomStreamError, ErrorCode, StreamError
from chatkit.server import ChatKitServer as SdkChatKitServer
from chatkit.server import agents_sdk_user_agent_override
from chatkit.store import NotFoundError
from chatkit.types import (
    AssistantMessageContentPartTextDelta,
    ErrorEvent,
    HiddenContextItem,
    SDKHiddenContextItem,
    StreamOptionsEvent,
    ThreadItem,
    ThreadItemAddedEvent,
    ThreadItemDoneEvent,
    ThreadItemRemovedEvent,
    ThreadItemReplacedEvent,
    ThreadItemUpdate,
    ThreadItemUpdatedEvent,
    ThreadMetadata,
    ThreadStreamEvent,
    ThreadUpdatedEvent,
)

from chatkit_django.cancellation import finish
from chatkit_django.context import RequestContext
from chatkit_django.frames import Frames, Say
from chatkit_django.item_updates import (
    apply_update,
    at_rest,
    cut_short,
    is_passing,
    is_worth_keeping,
)
from chatkit_django.placeholder_ids import PlaceholderIds
from chatkit_django.runs.records import RunStatus
from chatkit_django.store import ChatStore
from chatkit_django.thread_copies import copy_of
from chatkit_django.unfinished import UnfinishedItem

logger = logging.getLogger(__name__)

FAILURE = "Something went wrong while answering. Please try again."


MOST_TOGETHER = 128
"""Events in a row. After as many the others of this process have their turn."""


class Answer:
    """The events of one ``respond`` call, stored, checked and said. Use ``tell`` once."""

    def __init__(
        self,
        server: SdkChatKitServer[RequestContext],
        store: ChatStore,
        thread: ThreadMetadata,
        context: RequestContext,
        frames: Frames,
        say: Say,
    ) -> None:
        self._server = server
        self._store = store
        self._thread = thread
        self._saved = copy_of(thread)
        self._fields = thread.__dict__.copy()  # as they were when compared with what is saved
        self._context = context
        self._frames = frames
        self._say = say
        self._status = RunStatus.DONE
        self._unfinished: dict[str, UnfinishedItem] = {}
        self._passing: dict[str, list[ThreadItemUpdate]] = {}
        self._ids = PlaceholderIds(lambda kind: self._store.generate_item_id(kind, thread, context))

    async def tell(self, stream: Callable[[], AsyncIterator[ThreadStreamEvent]]) -> RunStatus:
        """Say what the client may see, and return how it came to its end. Ends with one ``error``
        event if ``respond`` fails. A cancel is raised again after what was not finished is stored,
        and said as it was stored.

        A field of the thread that is set anew is saved and said after the next event. A change
        inside of a field, as in ``metadata``, is after the next one that is no text delta, and at
        the end at the latest."""
        source: AsyncIterator[ThreadStreamEvent] | None = None
        thread, unfinished = self._thread, self._unfinished
        together = 0
        try:
            options = self._server.get_stream_options(thread, self._context)
            self._show(StreamOptionsEvent(stream_options=options))
            for variable, value in _of_the_sdk():
                variable.set(value)
            source = stream()
            async for raw in source:
                has_grown = False
                if type(raw) is ThreadItemUpdatedEvent and raw.item_id in unfinished:
                    has_grown = self._tell_update(raw)
                else:
                    for event in self._ids.replace(raw):
                        await self._store_event(event)
                        if not _is_hidden(event):
                            self._show(event)
                # Most events are deltas of a text: nothing to wait for.
                is_quiet = has_grown and thread.__dict__ == self._fields
                if not is_quiet and (update := await self._save_thread()):
                    self._show(update)
                together += 1
                if together == MOST_TOGETHER:
                    together = 0
                    await asyncio.sleep(0)
            await self._save_passing_updates()
            if update := await self._save_thread():
                self._show(update)
            return self._status
        except asyncio.CancelledError:
            for item in await finish(asyncio.ensure_future(self._keep_cancelled(source))):
                self._show(ThreadItemDoneEvent(item=item))
            raise
        except CustomStreamError as error:
            failure = ErrorEvent(
                code="custom", message=error.message, allow_retry=error.allow_retry
            )
        except StreamError as error:
            failure = ErrorEvent(code=error.code, allow_retry=error.allow_retry)
        except Exception:
            self._log("failed")
            failure = ErrorEvent(code=ErrorCode.STREAM_ERROR, message=FAILURE, allow_retry=True)
        await finish(asyncio.ensure_future(self._keep_failed(source)))
        self._show(failure)
        return self._status

    def _tell_update(self, event: ThreadItemUpdatedEvent) -> bool:
        """Say how an item that is not finished has changed; whether it is a text that has grown."""
        item, change = self._unfinished[event.item_id], event.update
        if type(change) is not AssistantMessageContentPartTextDelta:
            item.apply(change)
            self._show(event)
            return False
        if tell := item.tells.get(change.content_index):
            tell(change.delta)
            return True
        frame = self._frames.write(event)
        item.apply(change)
        self._say(frame)
        before = self._frames.before_delta(frame, change.delta)
        if before is not None:
            item.tell_further(change.content_index, before, self._say)
        return True

    def _show(self, event: ThreadStreamEvent) -> None:
        self._say(self._frames.write(event))
        if type(event) is ErrorEvent:
            self._status = RunStatus.FAILED

    async def _store_event(self, event: ThreadStreamEvent) -> None:
        thread_id = self._thread.id
        match event:
            case ThreadItemAddedEvent(item=item):
                self._unfinished[item.id] = UnfinishedItem(item)
            case ThreadItemUpdatedEvent(item_id=item_id, update=update):
                await self._store_update(item_id, update)
            case ThreadItemDoneEvent(item=item):
                await self._store.add_thread_item(thread_id, item, context=self._context)
                self._unfinished.pop(item.id, None)
            case ThreadItemReplacedEvent(item=item):
                await self._store.save_item(thread_id, item, context=self._context)
                self._unfinished.pop(item.id, None)
            case ThreadItemRemovedEvent(item_id=item_id):
                await self._store.delete_thread_item(thread_id, item_id, context=self._context)
                self._unfinished.pop(item_id, None)
            case _:
                pass

    async def _store_update(self, item_id: str, update: ThreadItemUpdate) -> None:
        """Updates of an item that is not finished count once it is. One that was stored before
        is changed now, or with the next change if this one is a passing detail."""
        if item := self._unfinished.get(item_id):
            item.apply(update)
            return
        self._passing.setdefault(item_id, []).append(update)
        if not is_passing(update):
            await self._change_stored(item_id)

    async def _save_passing_updates(self) -> None:
        for item_id in list(self._passing):
            await self._change_stored(item_id)

    async def _change_stored(self, item_id: str) -> None:
        updates = self._passing.pop(item_id)

        def change(item: ThreadItem) -> ThreadItem:
            for update in updates:
                apply_update(item, update)
            return item

        # An update of what is not there is ignored by the client, too.
        with suppress(NotFoundError):
            await self._store.change_item(self._thread.id, item_id, change, self._context)

    async def _save_thread(self) -> ThreadUpdatedEvent | None:
        """Save what ``respond`` changed on the thread, and nothing else: the user may have
        renamed it meanwhile."""
        self._fields = self._thread.__dict__.copy()
        if self._fields == self._saved.__dict__:
            return None
        stored = await self._store.update_thread(self._saved, self._thread, self._context)
        self._saved = copy_of(self._thread)
        return ThreadUpdatedEvent(thread=self._server._to_thread_response(stored))

    async def _keep_cancelled(
        self, source: AsyncIterator[ThreadStreamEvent] | None
    ) -> list[ThreadItem]:
        """What was kept of the unfinished items."""
        try:
            await _close(source)
            await self._save_passing_updates()
            items = await self._not_stored()
            await self._server.handle_stream_cancelled(self._thread, items, self._context)
            return [kept for item in items if (kept := await self._stored(item)) is not None]
        except NotFoundError:  # the thread is gone: that is why
            return []
        except Exception:
            self._log("could not be kept after it was stopped")
            return []

    async def _keep_failed(self, source: AsyncIterator[ThreadStreamEvent] | None) -> None:
        """Keep what the client goes on showing, and tell the model that it is incomplete."""
        try:
            await _close(source)
            await self._save_passing_updates()
            kept = [item for item in await self._not_stored() if is_worth_keeping(item)]
            for item in kept:
                await self._store.add_thread_item(
                    self._thread.id, at_rest(item), context=self._context
                )
            if kept:
                await self._store.add_thread_item(
                    self._thread.id, self._marker(), context=self._context
                )
            await self._save_thread()
        except Exception:
            self._log("could not be kept after it failed")

    async def _not_stored(self) -> list[ThreadItem]:
        """The unfinished items without those whose last write was already on its way."""
        items = [unfinished.whole() for unfinished in self._unfinished.values()]
        return [item for item in items if await self._stored(item) is None]

    async def _stored(self, item: ThreadItem) -> ThreadItem | None:
        try:
            return await self._store.load_item(self._thread.id, item.id, context=self._context)
        except NotFoundError:
            return None

    def _marker(self) -> SDKHiddenContextItem:
        item_id = self._store.generate_item_id("sdk_hidden_context", self._thread, self._context)
        return cut_short(item_id, self._thread.id)

    def _log(self, what: str) -> None:
        logger.exception(
            "The answer in thread %s %s (request %s)",
            self._thread.id,
            what,
            self._context.request_id,
        )


@cache
def _of_the_sdk() -> Sequence[tuple[ContextVar[Any], Any]]:
    """What the SDK sets in the context of an answer, so that a model's server learns who asks: the
    same for all of them, and a run is a task with a context of its own."""
    context = Context()
    context.run(agents_sdk_user_agent_override().__enter__)
    return list(context.items())


async def _close(source: Any) -> None:
    """End ``respond`` where it stands, so that its ``finally`` runs now and not some time."""
    close = getattr(source, "aclose", None)
    if close is not None:
        await close()


def _is_hidden(event: ThreadStreamEvent) -> bool:
    return isinstance(getattr(event, "item", None), HiddenContextItem | SDKHiddenContextItem)
