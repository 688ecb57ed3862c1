"""The SDK's server with its hazards answered.

Everything that can be refused is refused, and the user's message is in the store, before
``process`` returns: from there on a stream cannot break off, it can only report an ``error``.
"""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import suppress
from dataclasses import dataclass

from chatkit.server import ChatKitServer as SdkChatKitServer
from chatkit.server import NonStreamingResult, StreamingResult
from chatkit.store import AttachmentStore, NotFoundError
from chatkit.types import (
    AttachmentsCreateReq,
    AttachmentsDeleteReq,
    ItemsListReq,
    NonStreamingReq,
    Page,
    StreamingReq,
    Thread,
    ThreadCreatedEvent,
    ThreadItemDoneEvent,
    ThreadMetadata,
    ThreadsAddUserMessageReq,
    ThreadsCreateReq,
    ThreadsDeleteReq,
    ThreadsGetByIdReq,
    ThreadsListReq,
    ThreadsRetryAfterItemReq,
    ThreadStreamEvent,
    ThreadsUpdateReq,
    UserMessageInput,
    UserMessageItem,
    is_streaming_req,
)
from pydantic import BaseModel

from chatkit_django import limits, observation
from chatkit_django.answer import Answer
from chatkit_django.attachments import DjangoAttachmentStore
from chatkit_django.clock import local_now
from chatkit_django.context import RequestContext
from chatkit_django.exceptions import NotAUserMessage, NotFound, NotServed, ThreadNotOpen
from chatkit_django.incoming import check_message, checked_title, page_size, parse_request
from chatkit_django.store import ChatStore, DatabaseStore
from chatkit_django.wire import with_offsets

SERVED = frozenset(
    {
        "threads.create",
        "threads.add_user_message",
        "threads.retry_after_item",
        "threads.get_by_id",
        "threads.list",
        "threads.update",
        "threads.delete",
        "items.list",
        "attachments.create",
        "attachments.delete",
    }
)


@dataclass(frozen=True)
class Turn:
    """A message that is stored and waits for its answer; ``opening`` is sent before that."""

    thread: ThreadMetadata
    message: UserMessageItem
    opening: tuple[ThreadStreamEvent, ...] = ()


class ChatKitServer(SdkChatKitServer[RequestContext]):
    """Subclass it and write ``respond``."""

    store: ChatStore

    def __init__(
        self,
        store: ChatStore | None = None,
        attachment_store: AttachmentStore[RequestContext] | None = None,
    ) -> None:
        super().__init__(store or DatabaseStore(), attachment_store)

    async def process(
        self, request: str | bytes | bytearray, context: RequestContext
    ) -> StreamingResult | NonStreamingResult:
        """Serve one request. Raises a ``ChatKitError`` if it is refused."""
        await limits.count_request(context)
        parsed = parse_request(request, SERVED)
        observation.note(kind=parsed.type, thread_id=getattr(parsed.params, "thread_id", None))
        try:
            async with await limits.begin(parsed.type, context) as permit:
                if is_streaming_req(parsed):
                    turn = await self._open_turn(parsed, context)
                    observation.note(thread_id=turn.thread.id)
                    return StreamingResult(permit.stream(self._frames(turn, context)))
                return NonStreamingResult(await self._process_non_streaming(parsed, context))
        except NotFoundError:
            raise NotFound from None

    async def _open_turn(self, request: StreamingReq, context: RequestContext) -> Turn:
        match request:
            case ThreadsCreateReq(params=params):
                return await self._open_thread(params.input, context)
            case ThreadsAddUserMessageReq(params=params):
                return await self._add_message(params.thread_id, params.input, context)
            case ThreadsRetryAfterItemReq(params=params):
                return await self._rewind(params.thread_id, params.item_id, context)
            case _:
                raise NotServed

    async def _open_thread(self, written: UserMessageInput, context: RequestContext) -> Turn:
        check_message(written)
        await self._check_attachments(written, context)
        thread = ThreadMetadata(id=self.store.generate_thread_id(context), created_at=local_now())
        message = await self._build_user_message_item(written, thread, context)
        await self.store.create_thread(thread, message, context)
        created = ThreadCreatedEvent(thread=self._to_thread_response(thread))
        return Turn(thread, message, (created, ThreadItemDoneEvent(item=message)))

    async def _add_message(
        self, thread_id: str, written: UserMessageInput, context: RequestContext
    ) -> Turn:
        check_message(written)
        thread = await self._open_thread_of(thread_id, context)
        await self._check_attachments(written, context)
        message = await self._build_user_message_item(written, thread, context)
        for attachment in message.attachments:
            await self.store.save_attachment(attachment, context=context)
        await self.store.add_thread_item(thread.id, message, context=context)
        return Turn(thread, message, (ThreadItemDoneEvent(item=message),))

    async def _rewind(self, thread_id: str, item_id: str, context: RequestContext) -> Turn:
        thread = await self._open_thread_of(thread_id, context)
        message = await self.store.load_item(thread_id, item_id, context=context)
        if not isinstance(message, UserMessageItem):
            raise NotAUserMessage
        await self.store.delete_items_after(thread_id, item_id, context)
        return Turn(thread, message)

    async def _check_attachments(self, written: UserMessageInput, context: RequestContext) -> None:
        if written.attachments and isinstance(self.attachment_store, DjangoAttachmentStore):
            await self.attachment_store.check_attachable(written.attachments, context)

    async def _open_thread_of(self, thread_id: str, context: RequestContext) -> ThreadMetadata:
        thread = await self.store.load_thread(thread_id, context=context)
        if thread.status.type != "active":
            raise ThreadNotOpen
        return thread

    async def _frames(self, turn: Turn, context: RequestContext) -> AsyncGenerator[bytes, None]:
        for opening in turn.opening:
            yield self._frame(opening)
        events = self._process_events(
            turn.thread, context, lambda: self.respond(turn.thread, turn.message, context)
        )
        try:
            async for event in events:
                yield await self._sendable(event, events)
        except GeneratorExit:
            # The reader left between two events; to the answer that is a cancel like any other.
            with suppress(asyncio.CancelledError):
                await events.athrow(asyncio.CancelledError())
            raise

    async def _sendable(
        self, event: ThreadStreamEvent, events: AsyncGenerator[ThreadStreamEvent, None]
    ) -> bytes:
        """The event's frame. If it cannot be written as JSON the answer has failed there."""
        try:
            return self._frame(event)
        except ValueError as error:
            return self._frame(await events.athrow(error))

    def _frame(self, event: ThreadStreamEvent) -> bytes:
        return b"data: " + self._serialize(event) + b"\n\n"

    def _process_events(
        self,
        thread: ThreadMetadata,
        context: RequestContext,
        stream: Callable[[], AsyncIterator[ThreadStreamEvent]],
    ) -> AsyncGenerator[ThreadStreamEvent, None]:
        return Answer(self, thread, context).events(stream)

    async def _process_non_streaming(
        self, request: NonStreamingReq, context: RequestContext
    ) -> bytes:
        match request:
            case ThreadsGetByIdReq(params=params):
                return self._serialize(await self._load_full_thread(params.thread_id, context))
            case ThreadsListReq(params=params):
                threads = await self.store.load_threads(
                    page_size(params.limit), params.after, params.order, context=context
                )
                return self._serialize(
                    Page(
                        data=[self._to_thread_response(thread) for thread in threads.data],
                        has_more=threads.has_more,
                        after=threads.after,
                    )
                )
            case ItemsListReq(params=params):
                return self._serialize(
                    await self.store.load_visible_items(
                        params.thread_id,
                        params.after,
                        page_size(params.limit),
                        params.order,
                        context,
                    )
                )
            case ThreadsUpdateReq(params=params):
                title = checked_title(params.title)
                thread = await self.store.load_thread(params.thread_id, context=context)
                thread.title = title
                await self.store.save_thread(thread, context=context)
                return self._serialize(self._to_thread_response(thread))
            case ThreadsDeleteReq(params=params):
                await self.store.load_thread(params.thread_id, context=context)
                await self.store.delete_thread(params.thread_id, context=context)
                return b"{}"
            case AttachmentsCreateReq(params=params):
                attachments = self._attachment_store()
                attachment = await attachments.create_attachment(params, context)
                await self.store.save_attachment(attachment, context=context)
                return self._serialize(attachment)
            case AttachmentsDeleteReq(params=params):
                await self._attachment_store().delete_attachment(params.attachment_id, context)
                await self.store.delete_attachment(params.attachment_id, context=context)
                return b"{}"
            case _:
                raise NotServed

    def _attachment_store(self) -> AttachmentStore[RequestContext]:
        if self.attachment_store is None:
            raise NotServed
        return self.attachment_store

    async def _load_full_thread(self, thread_id: str, context: RequestContext) -> Thread:
        thread = await self.store.load_thread(thread_id, context=context)
        items = await self.store.load_visible_items(
            thread_id, None, page_size(None), "asc", context
        )
        return self._to_thread_response(Thread(**thread.model_dump(), items=items))

    def _serialize(self, obj: BaseModel) -> bytes:
        return super()._serialize(with_offsets(obj))
