"""The requests that are answered at once, in JSON."""

from chatkit.server import ChatKitServer as SdkChatKitServer
from chatkit.types import (
    AttachmentCreateParams,
    AttachmentsCreateReq,
    AttachmentsDeleteReq,
    InputTranscribeReq,
    ItemFeedbackParams,
    ItemsFeedbackReq,
    ItemsListParams,
    ItemsListReq,
    NonStreamingReq,
    Page,
    SyncCustomActionResponse,
    ThreadCustomActionParams,
    ThreadListParams,
    ThreadsDeleteReq,
    ThreadsGetByIdReq,
    ThreadsListReq,
    ThreadsSyncCustomActionReq,
    ThreadsUpdateReq,
)
from pydantic import BaseModel

from chatkit_django import transcription
from chatkit_django.context import RequestContext
from chatkit_django.exceptions import AttachmentInUse
from chatkit_django.incoming import check_file, checked_item_ids, checked_title, page_size
from chatkit_django.store import ChatStore
from chatkit_django.thread_copies import copy_of
from chatkit_django.turns import Turns


class PlainAnswers:
    """To the requests of one context."""

    def __init__(
        self,
        server: SdkChatKitServer[RequestContext],
        store: ChatStore,
        turns: Turns,
        context: RequestContext,
    ) -> None:
        self._server = server
        self._store = store
        self._turns = turns
        self._context = context

    async def to(self, request: NonStreamingReq) -> bytes:
        """The JSON of the answer. Raises a ``ChatKitError`` or ``NotFoundError``."""
        context = self._context
        match request:
            case ThreadsGetByIdReq(params=params):
                thread = await self._server._load_full_thread(params.thread_id, context)
                return self._json(thread)
            case ThreadsListReq(params=params):
                return await self._threads(params)
            case ItemsListReq(params=params):
                return await self._items(params)
            case ThreadsUpdateReq(params=params):
                title = checked_title(params.title)
                renamed = await self._store.rename_thread(params.thread_id, title, context)
                return self._json(self._server._to_thread_response(renamed))
            case ThreadsDeleteReq(params=params):
                await self._store.load_thread(params.thread_id, context=context)
                await self._store.delete_thread(params.thread_id, context=context)
            case ItemsFeedbackReq(params=params):
                await self._keep_feedback(params)
            case ThreadsSyncCustomActionReq(params=params):
                return self._json(await self._sync_action(params))
            case InputTranscribeReq(params=params):
                audio = transcription.audio_of(params)
                return self._json(await self._server.transcribe(audio, context=context))
            case AttachmentsCreateReq(params=params):
                return await self._create_attachment(params)
            case AttachmentsDeleteReq(params=params):
                await self._delete_attachment(params.attachment_id)
        return b"{}"

    async def _threads(self, params: ThreadListParams) -> bytes:
        threads = await self._store.load_threads(
            page_size(params.limit), params.after, params.order, context=self._context
        )
        shown = [self._server._to_thread_response(thread) for thread in threads.data]
        return self._json(Page(data=shown, has_more=threads.has_more, after=threads.after))

    async def _items(self, params: ItemsListParams) -> bytes:
        limit = page_size(params.limit)
        page = await self._store.load_visible_items(
            params.thread_id, params.after, limit, params.order, self._context
        )
        return self._json(page)

    async def _keep_feedback(self, params: ItemFeedbackParams) -> None:
        item_ids = checked_item_ids(params.item_ids)
        given = (params.thread_id, item_ids, params.kind, self._context)
        await self._store.save_feedback(*given)
        await self._server.add_feedback(*given)

    async def _sync_action(self, params: ThreadCustomActionParams) -> SyncCustomActionResponse:
        """What ``sync_action`` says, after it was stored."""
        thread, sender = await self._turns.sender(params)
        before = copy_of(thread)
        response = await self._server.sync_action(thread, params.action, sender, self._context)
        if thread != before:
            await self._store.update_thread(before, thread, self._context)
        if response.updated_item is not None:
            await self._store.save_item(thread.id, response.updated_item, context=self._context)
        return response

    async def _create_attachment(self, params: AttachmentCreateParams) -> bytes:
        check_file(params)
        files = self._server._get_attachment_store()
        created = await files.create_attachment(params, self._context)
        await self._store.save_attachment(created, context=self._context)
        return self._json(created)

    async def _delete_attachment(self, attachment_id: str) -> None:
        attachment = await self._store.load_attachment(attachment_id, context=self._context)
        if attachment.thread_id is not None:
            raise AttachmentInUse
        files = self._server._get_attachment_store()
        await files.delete_attachment(attachment_id, context=self._context)
        await self._store.delete_attachment(attachment_id, context=self._context)

    def _json(self, answer: BaseModel) -> bytes:
        return self._server._serialize(answer)
