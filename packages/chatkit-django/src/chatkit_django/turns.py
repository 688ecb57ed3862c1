"""The requests that are answered by a stream, up to the point where the answer begins: everything
is checked, and what the user sent is in the store."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

from chatkit.server import ChatKitServer as SdkChatKitServer
from chatkit.types import (
    StreamingReq,
    StructuredInputSubmission,
    ThreadAddClientToolOutputParams,
    ThreadCreatedEvent,
    ThreadCustomActionParams,
    ThreadItem,
    ThreadItemDoneEvent,
    ThreadItemReplacedEvent,
    ThreadMetadata,
    ThreadsAddClientToolOutputReq,
    ThreadsAddStructuredInputReq,
    ThreadsAddUserMessageReq,
    ThreadsCreateReq,
    ThreadsCustomActionReq,
    ThreadsRetryAfterItemReq,
    ThreadStreamEvent,
    UserMessageInput,
    UserMessageItem,
    WidgetItem,
)

from chatkit_django.attachments import DjangoAttachmentStore
from chatkit_django.client_tools import check_result, completed
from chatkit_django.clock import local_now
from chatkit_django.conf import BUSY_WAIT_SECONDS
from chatkit_django.context import RequestContext
from chatkit_django.exceptions import (
    NoPendingToolCall,
    NotAUserMessage,
    NotAWidget,
    ThreadBusy,
    ThreadNotOpen,
)
from chatkit_django.incoming import check_message
from chatkit_django.runs.records import NewRun
from chatkit_django.store import ChatStore
from chatkit_django.structured_input import answered

LOOK_AGAIN_SECONDS = 0.05


@dataclass(frozen=True)
class Turn:
    """What was asked is stored, and ``answer`` is yet to begin; ``opening`` is sent before."""

    thread: ThreadMetadata
    answer: Callable[[], AsyncIterator[ThreadStreamEvent]]
    opening: tuple[ThreadStreamEvent, ...] = ()


class Turns:
    """Opens the turns of one request."""

    def __init__(
        self,
        server: SdkChatKitServer[RequestContext],
        store: ChatStore,
        context: RequestContext,
        *,
        own_words: bool,
    ) -> None:
        self._server = server
        self._store = store
        self._context = context
        self._own_words = own_words

    async def open_in_time(self, request: StreamingReq, run: NewRun) -> Turn:
        """Like ``open``, but wait a little for an answer that is about to end, as after a stop."""
        loop = asyncio.get_running_loop()
        until = loop.time() + BUSY_WAIT_SECONDS.get()
        while True:
            try:
                return await self.open(request, run)
            except ThreadBusy:
                if loop.time() >= until:
                    raise
            await asyncio.sleep(LOOK_AGAIN_SECONDS)

    async def open(self, request: StreamingReq, run: NewRun) -> Turn:
        """Begin the run. Raises ``ThreadBusy`` or ``Repeated`` if that cannot be."""
        match request:
            case ThreadsCreateReq(params=params):
                return await self._new_thread(params.input, run)
            case ThreadsAddUserMessageReq(params=params):
                return await self._message(params.thread_id, params.input, run)
            case ThreadsRetryAfterItemReq(params=params):
                return await self._retry(params.thread_id, params.item_id, run)
            case ThreadsAddClientToolOutputReq(params=params):
                return await self._tool_output(params, run)
            case ThreadsAddStructuredInputReq(params=params):
                return await self._answers(params.thread_id, params.item_id, params.input, run)
            case ThreadsCustomActionReq(params=params):
                return await self._action(params, run)

    async def sender(
        self, params: ThreadCustomActionParams
    ) -> tuple[ThreadMetadata, WidgetItem | None]:
        """The thread of an action, and the widget it comes from if it names one."""
        thread = await self._open_thread(params.thread_id)
        if not params.item_id:
            return thread, None
        item = await self._store.load_item(thread.id, params.item_id, context=self._context)
        if not isinstance(item, WidgetItem):
            raise NotAWidget
        return thread, item

    async def _new_thread(self, written: UserMessageInput, run: NewRun) -> Turn:
        check_message(written)
        thread = ThreadMetadata(
            id=self._store.generate_thread_id(self._context), created_at=local_now()
        )
        message = await self._message_item(written, thread)
        created = ThreadCreatedEvent(thread=self._server._to_thread_response(thread))
        await self._store.create_thread(thread, message, self._context, run)
        return self._turn(thread, message, created, ThreadItemDoneEvent(item=message))

    async def _message(self, thread_id: str, written: UserMessageInput, run: NewRun) -> Turn:
        check_message(written)
        thread = await self._open_thread(thread_id)
        message = await self._message_item(written, thread)
        await self._store.add_user_message(thread.id, message, self._context, run)
        return self._turn(thread, message, ThreadItemDoneEvent(item=message))

    async def _retry(self, thread_id: str, item_id: str, run: NewRun) -> Turn:
        thread = await self._open_thread(thread_id)
        message = await self._store.load_item(thread_id, item_id, context=self._context)
        if not isinstance(message, UserMessageItem):
            raise NotAUserMessage
        await self._store.delete_items_after(thread_id, item_id, self._context, run)
        return self._turn(thread, message)

    async def _tool_output(self, params: ThreadAddClientToolOutputParams, run: NewRun) -> Turn:
        check_result(params.result)
        thread = await self._open_thread(params.thread_id)
        call = await self._store.pending_tool_call(thread.id, self._context)
        if call is None:
            raise NoPendingToolCall
        await self._store.change_item(
            thread.id, call.id, lambda item: completed(item, params.result), self._context, run
        )
        return self._turn(thread, None)

    async def _answers(
        self, thread_id: str, item_id: str, given: StructuredInputSubmission, run: NewRun
    ) -> Turn:
        thread = await self._open_thread(thread_id)

        def answer(item: ThreadItem) -> ThreadItem:
            return answered(item, given, own_words=self._own_words)

        item = await self._store.change_item(thread.id, item_id, answer, self._context, run)
        return self._turn(thread, None, ThreadItemReplacedEvent(item=item))

    async def _action(self, params: ThreadCustomActionParams, run: NewRun) -> Turn:
        thread, sender = await self.sender(params)
        await self._store.begin_run(thread.id, run, self._context)
        return Turn(
            thread, lambda: self._server.action(thread, params.action, sender, self._context)
        )

    def _turn(
        self, thread: ThreadMetadata, message: UserMessageItem | None, *opening: ThreadStreamEvent
    ) -> Turn:
        return Turn(thread, lambda: self._server.respond(thread, message, self._context), opening)

    async def _open_thread(self, thread_id: str) -> ThreadMetadata:
        thread = await self._store.load_thread(thread_id, context=self._context)
        if thread.status.type != "active":
            raise ThreadNotOpen
        return thread

    async def _message_item(
        self, written: UserMessageInput, thread: ThreadMetadata
    ) -> UserMessageItem:
        attachments = self._server.attachment_store
        if written.attachments and isinstance(attachments, DjangoAttachmentStore):
            await attachments.check_attachable(written.attachments, self._context)
        return await self._server._build_user_message_item(written, thread, self._context)
