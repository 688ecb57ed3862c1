"""What all tools share: how a call is announced, run, recorded and how its refusal is put."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from dataclasses import replace
from typing import Any, Literal, TypeVar

from agents import FunctionTool, RunContextWrapper
from agents.exceptions import ModelBehaviorError
from agents.tool_context import ToolContext
from asgiref.sync import sync_to_async

from chatkit_django import database
from spendo.assistant.tools.envelope import Envelope, ErrorEnvelope, Problem
from spendo.assistant.turn import Called, Turn

E = TypeVar("E", bound=Envelope)

Access = Literal["read", "propose"]
"""What a tool may do: read the ledger, or propose a change that only the user's own hand makes."""
_FIRST_WORD: dict[Access, str] = {"read": "Reads.", "propose": "Proposes."}

_arguments: ContextVar[str] = ContextVar("arguments of the call", default="{}")


def marked(access: Access, tool: FunctionTool) -> FunctionTool:
    """The tool as a model gets it: its description begins with what it may do, and what it is
    called with is kept with what it returns."""
    invoke: Callable[[ToolContext[Any], str], Awaitable[Any]] = tool.on_invoke_tool

    async def invoke_and_keep(context: ToolContext[Any], arguments: str) -> Any:
        _arguments.set(arguments)
        return await invoke(context, arguments)

    return replace(
        tool,
        description=f"{_FIRST_WORD[access]} {tool.description}",
        on_invoke_tool=invoke_and_keep,
    )


class ToolProblemError(Exception):
    """The call cannot be answered as it was made; the model is told why and what would do."""

    def __init__(self, code: str, message: str, choices: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.problem = Problem(code=code, message=message, choices=choices)


async def answer_call(turn: Turn, tool: str, progress: str, work: Callable[[], E]) -> str:
    """Run `work` for the turn and return its envelope (or the problem's) as JSON.

    A turn whose reader has left runs nothing more.
    """
    if turn.stopped:
        raise asyncio.CancelledError
    slot = turn.open_slot()
    if progress:
        await turn.progress(progress)
    envelope: Envelope
    try:
        if turn.in_callers_thread:
            envelope = await sync_to_async(work)()
        else:
            envelope = await database.run(work)
    except ToolProblemError as error:
        envelope = ErrorEnvelope(failed=tool, error=error.problem)
    turn.fill_slot(slot, Called(tool, _arguments.get(), envelope))
    return envelope.model_dump_json(by_alias=True)


def refuse_arguments(context: RunContextWrapper[Turn], error: Exception) -> str:
    """What a model reads after arguments that do not fit the schema; anything else is a fault."""
    if not isinstance(error, ModelBehaviorError):
        raise error
    problem = Problem(
        code="invalid_arguments",
        message="The arguments do not fit this tool's schema. Read it and call again.",
    )
    return ErrorEnvelope(failed="unknown", error=problem).model_dump_json(by_alias=True)
