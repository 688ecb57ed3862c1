"""The SDK's server with its hazards answered.

Everything that can be refused is refused, and the user's message is in the store, before
``process`` returns: from there on a stream cannot break off, it can only report an ``error``.
"""

import asyncio
from collections.abc import AsyncGenerator, Coroutine
from dataclasses import replace
from functools import cache, cached_property, partial
from typing import Any, cast

from chatkit.server import ChatKitServer as SdkChatKitServer
from chatkit.server import NonStreamingResult, StreamingResult
from chatkit.store import AttachmentStore, NotFoundError
from chatkit.types import (
    ItemsListReq,
    NonStreamingReq,
    StreamingReq,
    Thread,
    ThreadGetByIdParams,
    ThreadItem,
    ThreadMetadata,
    ThreadsDeleteReq,
    ThreadsGetByIdReq,
    ThreadsListReq,
    is_streaming_req,
)
from pydantic import BaseModel

from chatkit_django import limits, observation
from chatkit_django.answer import Answer
from chatkit_django.cancellation import finish
from chatkit_django.conf import largest_body_bytes
from chatkit_django.context import RequestContext
from chatkit_django.database import read
from chatkit_django.exceptions import NotFound
from chatkit_django.frames import Frames, Say
from chatkit_django.incoming import (
    KNOWN_TYPES,
    Request,
    RunsStopReq,
    event_number,
    page_size,
    parse_request,
)
from chatkit_django.item_updates import at_rest, is_worth_keeping
from chatkit_django.plain_answers import PlainAnswers
from chatkit_django.runs import draining
from chatkit_django.runs.ending import end_run
from chatkit_django.runs.followers import Follower, Followers
from chatkit_django.runs.live_runs import LiveRuns
from chatkit_django.runs.reader import RunReader
from chatkit_django.runs.records import NewRun, Repeated, Run, RunStatus, check_same
from chatkit_django.runs.repeated import new_run, repeated_events
from chatkit_django.runs.resets import OutcomeReader, ThreadResets
from chatkit_django.store import ChatStore, DatabaseStore, WirePage
from chatkit_django.turns import Turn, Turns
from chatkit_django.wire import first_moment, with_offset, with_offsets
from chatkit_django.wire_answer import WireAnswer

# A server that does not override the method does not serve the request.
_OPTIONAL = {
    "threads.custom_action": "action",
    "threads.sync_custom_action": "sync_action",
    "input.transcribe": "transcribe",
}
_OF_ATTACHMENTS = frozenset({"attachments.create", "attachments.delete"})
_PAGES = frozenset({"threads.list", "threads.get_by_id", "items.list"})


class ThreadResult(NonStreamingResult):
    """A thread, and the id of the run in it; or another answer, and None."""

    def __init__(self, json: bytes, run_id: str | None) -> None:
        super().__init__(json)
        self.run_id = run_id


class ChatKitServer(SdkChatKitServer[RequestContext]):
    """Subclass it and write ``respond``; with ``action``, ``sync_action``, ``transcribe`` and an
    attachment store it serves what they are for, too. ``add_feedback`` is called after feedback
    was stored."""

    store: ChatStore

    own_words = True
    """Whether a choice may also be answered in one's own words, as ChatKit's widget offers."""

    def __init__(
        self,
        store: ChatStore | None = None,
        attachment_store: AttachmentStore[RequestContext] | None = None,
    ) -> None:
        super().__init__(store or DatabaseStore(), attachment_store)

    @cached_property
    def _runs(self) -> LiveRuns:
        return LiveRuns(self.store)

    @cached_property
    def _frames(self) -> Frames:
        is_sdks = self._serialize == ChatKitServer._serialize.__get__(self)
        return Frames(self._serialize, is_sdks=is_sdks)

    @cached_property
    def _followers(self) -> Followers:
        return Followers()

    @property
    def served(self) -> frozenset[str]:
        """The types of the requests that this server answers."""
        return _served(type(self), self.attachment_store is not None)

    @property
    def body_limit(self) -> int:
        """Bytes of the largest request body there can be."""
        return largest_body_bytes(with_audio="input.transcribe" in self.served)

    async def process(
        self, request: str | bytes | bytearray, context: RequestContext
    ) -> StreamingResult | NonStreamingResult:
        """Serve one request. Raises a ``ChatKitError`` if it is refused."""
        return await self.serve(await self.read(request, context), context)

    async def read(self, request: str | bytes | bytearray, context: RequestContext) -> Request:
        """Count the request and parse it; nothing else happens yet."""
        await limits.count_request(context)
        parsed = parse_request(request, self.served)
        params = vars(parsed.params)  # to ask a model for what it has not takes it long
        observation.note(
            kind=parsed.type,
            thread_id=params.get("thread_id"),
            run_id=params.get("run_id"),
        )
        return parsed

    async def serve(
        self, parsed: Request, context: RequestContext
    ) -> StreamingResult | NonStreamingResult:
        """Serve what was read."""
        try:
            if (page := self.wire_page(parsed, context)) is not None:
                answer = await read(page)
                return ThreadResult(answer.json, answer.run_id)
            if isinstance(parsed, RunsStopReq):
                await self._runs.stop(parsed.params.run_id, context)
                return NonStreamingResult(b"{}")
            if is_streaming_req(parsed):
                return await self._streamed(parsed, context)
            async with await limits.begin(parsed.type, context):
                answer = await self._answered(parsed, context)
                return ThreadResult(answer.json, answer.run_id)
        except NotFoundError:
            raise NotFound from None

    async def follow(
        self, run_id: str, last_event_id: str, context: RequestContext
    ) -> StreamingResult | None:
        """The events of a run of the user's behind that one, and those to come; None if there is
        none and will be none. Raises a ``ChatKitError`` if it is refused."""
        after = event_number(last_event_id)
        await limits.count_request(context)
        self._followers.check(context.user_id)
        try:
            run = await self.store.load_run(run_id, context)
        except NotFoundError:
            raise NotFound from None
        observation.note(kind="runs.follow", thread_id=run.thread_id, run_id=run.id)
        resets = self._resets(run, context, resumable=True)
        reader: RunReader | OutcomeReader | None = await self._runs.attach(run, after, resets)
        if reader is None:

            async def can_be_read() -> bool:
                found = await self._runs.attach(run, after, resets)
                if found is not None:
                    await found.aclose()
                return found is not None

            load = partial(self.store.load_run, run.id, context)
            reader = OutcomeReader(run.id, load, resets, can_be_read)
        elif isinstance(reader, RunReader) and reader.is_at_end:
            return None
        return _result(self._followers.counted(reader, context.user_id))

    def wire_page(self, parsed: Request, context: RequestContext) -> WirePage | None:
        """What makes the answer to a request for a page, straight from the store; None if it is
        no such request, or if a subclass may answer it differently."""
        if parsed.type not in _PAGES or not _answers_pages_as_the_sdk(type(self)):
            return None
        pages = self.store.wire_pages()
        if pages is None:
            return None
        match parsed:
            case ThreadsListReq(params=params):
                limit = page_size(params.limit)
                return pages.threads_json(limit, params.after, params.order, context)
            case ItemsListReq(params=params):
                limit = page_size(params.limit)
                return pages.items_json(
                    params.thread_id, params.after, limit, params.order, context
                )
            case ThreadsGetByIdReq(params=params):
                return pages.thread_json(params.thread_id, page_size(None), context)
            case _:
                return None

    def begins_with_its_run(self, parsed: Request) -> bool:
        """Whether nothing is kept for the request before its run begins, and with the run the look
        at who is signed in."""
        return (
            not isinstance(parsed, RunsStopReq)
            and is_streaming_req(parsed)
            and self.store.takes_along
            and limits.are_in_database()
            and type(self).serve is ChatKitServer.serve
        )

    async def handle_stream_cancelled(
        self,
        thread: ThreadMetadata,
        pending_items: list[ThreadItem],
        context: RequestContext,
    ) -> None:
        """Keep what the user has seen, also widgets, workflows and images, and note for the model
        that it was stopped."""
        for item in filter(is_worth_keeping, pending_items):
            await self.store.add_thread_item(thread.id, at_rest(item), context=context)
        await super().handle_stream_cancelled(thread, [], context)

    async def _streamed(self, request: StreamingReq, context: RequestContext) -> StreamingResult:
        """A run for the request, or the one it had before."""
        draining.refuse_if_draining()
        run = new_run(request, context)
        try:
            earlier = run.key and await self.store.find_run(run.key, context)
            if earlier:
                raise Repeated(earlier)
            permit, run = await self._permitted(run, context)
            async with permit:
                turn = await self._opened(request, run, context)
                permit.hand_over()
        except Repeated as repeated:
            check_same(repeated.run, run.digest)
            observation.note(thread_id=repeated.run.thread_id, run_id=repeated.run.id)
            return await self._joined(repeated.run, run, request, context)
        observation.note(thread_id=turn.thread.id, run_id=run.id)
        return _result(self._begun(run, turn, permit, context))

    def _begun(
        self, run: NewRun, turn: Turn, permit: limits.Permit, context: RequestContext
    ) -> RunReader:
        async def end(status: RunStatus, soon: bool) -> None:
            await end_run(self.store, run.id, status, permit, context, soon=soon)

        def tell(say: Say) -> Coroutine[Any, Any, RunStatus]:
            answer = Answer(self, self.store, turn.thread, context, self._frames, say)
            return answer.tell(turn.answer)

        begun = Run(run.id, turn.thread.id, run.kind, RunStatus.RUNNING, run.digest, 0, None)
        resets = self._resets(begun, context, resumable=run.resumable)
        return self._runs.begin(run, turn, tell, self._frames.write, end, resets)

    async def _joined(
        self, run: Run, again: NewRun, request: StreamingReq, context: RequestContext
    ) -> StreamingResult:
        """The run from its beginning, or what came of it."""
        resets = self._resets(run, context, resumable=again.resumable)
        reader = await self._runs.attach(run, 0, resets)
        if reader is not None:
            return _result(reader)
        write = self._frames.write
        made = repeated_events(self.store, run, request, context, self._to_thread_response)

        async def frames() -> AsyncGenerator[bytes, None]:
            async for event in made:
                yield write(event)

        return StreamingResult(frames())

    async def _opened(self, request: StreamingReq, run: NewRun, context: RequestContext) -> Turn:
        try:
            return await self._turns(context).open_in_time(request, run)
        except asyncio.CancelledError:
            # It may have begun all the same: a write that is on its way is not called back.
            ending = self.store.end_run(run.id, RunStatus.STOPPED, context)
            await finish(asyncio.ensure_future(ending))
            raise

    async def _permitted(
        self, run: NewRun, context: RequestContext
    ) -> tuple[limits.Permit, NewRun]:
        """The leave to answer; where it can be, it is taken in the transaction of the run."""
        if not self.store.takes_along or not limits.are_in_database():
            return await limits.begin(run.kind, context, run.id), run
        permit = limits.Permit(run.id)
        return permit, replace(run, before=limits.Taking(permit, run.kind, context))

    def _turns(self, context: RequestContext) -> Turns:
        return Turns(self, self.store, context, own_words=self.own_words)

    def _resets(self, run: Run, context: RequestContext, *, resumable: bool) -> ThreadResets:
        async def thread() -> bytes:
            request = ThreadsGetByIdReq(params=ThreadGetByIdParams(thread_id=run.thread_id))
            page = self.wire_page(request, context)
            answer = await (read(page) if page else self._answered(request, context))
            return answer.json

        load = partial(self.store.load_run, run.id, context)
        return ThreadResets(load, thread, self._frames.write, resumable=resumable)

    async def _answered(self, request: NonStreamingReq, context: RequestContext) -> WireAnswer:
        run_id: str | None = None
        if isinstance(request, ThreadsGetByIdReq):
            run_id = await self.store.running_run(request.params.thread_id, context) or ""
        answer = await self._process_non_streaming(request, context)
        if isinstance(request, ThreadsDeleteReq):
            await self._runs.stop_in(request.params.thread_id)
        return WireAnswer(answer, run_id)

    async def _process_non_streaming(
        self, request: NonStreamingReq, context: RequestContext
    ) -> bytes:
        return await PlainAnswers(self, self.store, self._turns(context), context).to(request)

    async def _load_full_thread(self, thread_id: str, context: RequestContext) -> Thread:
        thread = await self.store.load_thread(thread_id, context=context)
        newest = await self.store.load_visible_items(
            thread_id, None, page_size(None), "desc", context
        )
        # In the order they were said; what is missing comes before the first, where "after" points.
        items = newest.model_copy(update={"data": newest.data[::-1]})
        return self._to_thread_response(Thread(**thread.model_dump(), items=items))

    def _serialize(self, obj: BaseModel) -> bytes:
        if (moment := first_moment(obj)) is not None:
            in_utc = with_offset(super()._serialize(obj), moment)
            if in_utc is not None:
                return in_utc
        return super()._serialize(with_offsets(obj))


def _result(reader: RunReader | Follower) -> StreamingResult:
    return StreamingResult(cast("AsyncGenerator[bytes, None]", reader))


@cache
def _served(kind: type[ChatKitServer], takes_attachments: bool) -> frozenset[str]:
    missing = {
        name
        for name, method in _OPTIONAL.items()
        if getattr(kind, method) is getattr(SdkChatKitServer, method)
    }
    return KNOWN_TYPES - missing - (frozenset() if takes_attachments else _OF_ATTACHMENTS)


@cache
def _answers_pages_as_the_sdk(kind: type[ChatKitServer]) -> bool:
    return (
        kind._process_non_streaming is ChatKitServer._process_non_streaming
        and kind._load_full_thread is ChatKitServer._load_full_thread
        and kind._serialize is ChatKitServer._serialize
        and kind._to_thread_response is SdkChatKitServer._to_thread_response
    )
