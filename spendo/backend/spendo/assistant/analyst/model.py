"""The analyst as a `Model` of the Agents SDK: no network, no key, the same answer every time."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import Any

from agents import ModelResponse, ModelSettings, Tool, Usage
from agents.agent_output import AgentOutputSchemaBase
from agents.handoffs import Handoff
from agents.items import TResponseInputItem, TResponseStreamEvent
from agents.models.interface import Model, ModelTracing
from openai.types.responses import ResponseOutputItem
from openai.types.responses.response_prompt_param import ResponsePromptParam

from spendo.assistant.analyst.events import calls_of, events_of, message_of
from spendo.assistant.analyst.fixed import CANNOT_YET
from spendo.assistant.analyst.lookup import are_other
from spendo.assistant.analyst.plan import AnswerNowError, Call, Plan
from spendo.assistant.analyst.question import Question
from spendo.assistant.analyst.registry import all_kinds
from spendo.assistant.analyst.transcript import read_transcript
from spendo.assistant.analyst.understanding.known_names import OwnNames, known
from spendo.assistant.analyst.understanding.recognise import ordinary_words
from spendo.assistant.analyst.understanding.thread import read_thread
from spendo.assistant.tools.envelope import AnyEnvelope

ONE_AT_A_TIME = "I answer one question at a time: this is the last one. Ask the others again."


async def _nothing() -> OwnNames:
    return OwnNames()


class Analyst(Model):
    """One for each turn, whose messages it reads once. `own_names` looks up what the user's things
    are called."""

    def __init__(self, own_names: Callable[[], Awaitable[OwnNames]] = _nothing) -> None:
        self._own_names = own_names
        self._read: tuple[tuple[str, ...], Question] | None = None

    async def get_response(
        self,
        system_instructions: str | None,
        input: str | list[TResponseInputItem],  # noqa: A002
        model_settings: ModelSettings,
        tools: list[Tool],
        output_schema: AgentOutputSchemaBase | None,
        handoffs: list[Handoff],
        tracing: ModelTracing,
        *,
        previous_response_id: str | None,
        conversation_id: str | None,
        prompt: ResponsePromptParam | None,
    ) -> ModelResponse:
        output, asked = await self._answer(input, tools)
        *_, completed = events_of(output, asked)
        assert completed.type == "response.completed"  # noqa: S101
        usage = completed.response.usage
        return ModelResponse(
            output=list(output),
            usage=Usage(
                requests=1,
                input_tokens=usage.input_tokens if usage else 0,
                output_tokens=usage.output_tokens if usage else 0,
                total_tokens=usage.total_tokens if usage else 0,
            ),
            response_id=completed.response.id,
        )

    async def stream_response(
        self,
        system_instructions: str | None,
        input: str | list[TResponseInputItem],  # noqa: A002
        model_settings: ModelSettings,
        tools: list[Tool],
        output_schema: AgentOutputSchemaBase | None,
        handoffs: list[Handoff],
        tracing: ModelTracing,
        *,
        previous_response_id: str | None,
        conversation_id: str | None,
        prompt: ResponsePromptParam | None,
    ) -> AsyncIterator[TResponseStreamEvent]:
        output, asked = await self._answer(input, tools)
        for event in events_of(output, asked):
            yield event

    async def _answer(
        self, items: str | Sequence[Any], tools: Sequence[Tool]
    ) -> tuple[list[ResponseOutputItem], int]:
        """What to say or call next, and how many words were asked."""
        transcript = read_transcript(items)
        question = await self._question(transcript.messages)
        question = all_kinds()[question.kind].point(question, transcript.answer)
        step = next_step(question, transcript.done)
        known = {tool.name for tool in tools}
        if not isinstance(step, str) and any(call.tool not in known for call in step):
            step = CANNOT_YET
        if question.several and isinstance(step, str):
            step = f"{step}\n\n{ONE_AT_A_TIME}"
        asked = sum(len(message.split()) for message in transcript.messages)
        if isinstance(step, str):
            return [message_of(step)], asked
        return list(calls_of(step)), asked

    async def _question(self, messages: tuple[str, ...]) -> Question:
        if self._read is None or self._read[0] != messages:
            names = known(await self._own_names(), ordinary_words())
            self._read = messages, read_thread(messages, names)
        return self._read[1]


def next_step(question: Question, done: Sequence[tuple[Call, AnyEnvelope]]) -> list[Call] | str:
    """The calls still to be made, or the answer: the plan played with what was done so far."""
    plan = _played(question)
    waiting = [envelope for _, envelope in done]
    try:
        wanted = next(plan)
        while True:
            if len(waiting) < len(wanted):
                return wanted[len(waiting) :]
            received, waiting = waiting[: len(wanted)], waiting[len(wanted) :]
            wanted = plan.send(received)
    except StopIteration as end:
        return str(end.value)
    except AnswerNowError as end:
        return end.text


def _played(question: Question) -> Plan:
    """The plan of its kind, or of what it asks instead if its names are of something else."""
    wanted, other = all_kinds()[question.kind].names_of, question.instead
    if wanted and other is not None and (named := question.names or other.names):
        changed = yield from are_other(named, wanted)
        question = other if changed else question
    text = yield from all_kinds()[question.kind].answer(question)
    return text
