"""Spendo's chat server: each message is answered by the agent, with the user's own ledger."""

from __future__ import annotations

import logging
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import aclosing
from datetime import datetime
from typing import cast

from agents import Runner
from chatkit.agents import AgentContext, stream_agent_response
from chatkit.errors import CustomStreamError
from chatkit.types import (
    AssistantMessageContentPartDone,
    AssistantMessageContentPartTextDelta,
    AssistantMessageItem,
    ProgressUpdateEvent,
    ThreadItem,
    ThreadItemAddedEvent,
    ThreadItemDoneEvent,
    ThreadItemRemovedEvent,
    ThreadItemUpdatedEvent,
    ThreadMetadata,
    ThreadsAddUserMessageReq,
    ThreadsCreateReq,
    ThreadStreamEvent,
    UserMessageItem,
    UserMessageTextContent,
)

from chatkit_django.agent_run import stream_run
from chatkit_django.context import RequestContext
from chatkit_django.exceptions import ChatKitError
from chatkit_django.incoming import Request
from chatkit_django.server import ChatKitServer
from spendo.assistant.agent import build_agent
from spendo.assistant.calls import calls_item, earlier_calls
from spendo.assistant.choices import UnknownModelError, find_model
from spendo.assistant.history import LAST_ITEMS, to_model_input
from spendo.assistant.importing import about_a_file
from spendo.assistant.provenance import provenance
from spendo.assistant.providers import (
    MAX_TURNS,
    ModelUnavailableError,
    Provider,
    pick_provider,
    run_config,
    unavailable,
)
from spendo.assistant.title import title_of
from spendo.assistant.turn import Turn
from spendo.users.models import User

logger = logging.getLogger(__name__)


class UnknownModel(ChatKitError):  # noqa: N818 (named for what is wrong, as the others are)
    """This model is not offered here. Choose one of the list, or leave the choice out."""

    status = 400
    code = "unknown_model"


class SpendoChatKitServer(ChatKitServer):
    async def read(self, request: str | bytes | bytearray, context: RequestContext) -> Request:
        parsed = await super().read(request, context)
        if isinstance(parsed, ThreadsCreateReq | ThreadsAddUserMessageReq):
            try:
                find_model(parsed.params.input.inference_options.model)
            except UnknownModelError:
                raise UnknownModel from None
        return parsed

    async def respond(
        self,
        thread: ThreadMetadata,
        input_user_message: UserMessageItem | None,
        context: RequestContext,
    ) -> AsyncIterator[ThreadStreamEvent]:
        if not thread.title and input_user_message is not None:
            thread.title = title_of(_text(input_user_message))
        newest_first = await self.store.load_thread_items(
            thread.id, None, LAST_ITEMS, "desc", context=context
        )
        if file := about_a_file(self, thread, input_user_message, newest_first.data, context):
            async for event in file:
                yield event
            return
        user = cast(User, context.user)
        agent_context = AgentContext[RequestContext](
            thread=thread, store=self.store, request_context=context
        )

        async def tell(text: str) -> None:
            await agent_context.stream(ProgressUpdateEvent(icon="analytics", text=text))

        turn = Turn.begin(user, tell)
        turn.earlier = earlier_calls(newest_first.data)
        run = Runner.run_streamed(
            build_agent(_provider(input_user_message, newest_first.data), turn),
            to_model_input(reversed(newest_first.data)),
            context=turn,
            max_turns=MAX_TURNS,
            run_config=run_config(),
        )
        events = stream_run(agent_context, run, stream_agent_response(agent_context, run))
        try:
            async with aclosing(_with_provenance(events, turn)) as answered:
                async for event in answered:
                    yield event
            kept = calls_item(
                turn.calls,
                item_id=self.store.generate_item_id("sdk_hidden_context", thread, context),
                thread_id=thread.id,
                now=datetime.now(),  # noqa: DTZ005  (as the SDK stamps its items)
            )
            if kept is not None:
                yield ThreadItemDoneEvent(item=kept)
        except Exception as error:
            if (failure := unavailable(error)) is None:
                raise
            logger.exception("The model failed (request %s)", context.request_id)
            raise CustomStreamError(failure.message, allow_retry=failure.retry) from None
        finally:
            turn.stopped = True


def _provider(message: UserMessageItem | None, newest_first: Sequence[ThreadItem]) -> Provider:
    """The model that was picked with the message; with an answer to a question of ours, the one
    picked with the message before it."""
    asked = message or next(
        (item for item in newest_first if isinstance(item, UserMessageItem)), None
    )
    try:
        return pick_provider(asked.inference_options.model if asked else None)
    except ModelUnavailableError as error:
        raise CustomStreamError(error.message, allow_retry=error.retry) from None


def _text(message: UserMessageItem) -> str:
    return " ".join(
        part.text for part in message.content if isinstance(part, UserMessageTextContent)
    )


async def _with_provenance(
    events: AsyncIterator[ThreadStreamEvent], turn: Turn
) -> AsyncGenerator[ThreadStreamEvent, None]:
    """The events, with the line of sources as the last words of each message that has figures."""
    said = 0
    endings: dict[str, str] = {}
    unfinished: str | None = None
    try:
        async for event in events:
            match event:
                case ThreadItemAddedEvent(item=AssistantMessageItem() as item):
                    if unfinished is not None:  # it was held back after its first sentences
                        yield ThreadItemRemovedEvent(item_id=unfinished)
                    unfinished = item.id
                    yield event
                case ThreadItemUpdatedEvent(
                    item_id=item_id, update=AssistantMessageContentPartDone() as part
                ):
                    line = provenance(turn.envelopes[said:], shown="chat")
                    said = len(turn.envelopes)
                    if line is None:
                        yield event
                        continue
                    ending = endings[item_id] = f"\n\n{line}"
                    yield ThreadItemUpdatedEvent(
                        item_id=item_id,
                        update=AssistantMessageContentPartTextDelta(
                            content_index=part.content_index, delta=ending
                        ),
                    )
                    part.content.text += ending
                    yield event
                case ThreadItemDoneEvent(item=AssistantMessageItem() as item):
                    unfinished = None
                    if item.content and (done := endings.get(item.id)):
                        item.content[-1].text += done
                    yield event
                case _:
                    yield event
    finally:
        close = getattr(events, "aclose", None)
        if close is not None:
            await close()
