"""The tools without an agent: what there is, and one call of one of them for one user.

    from spendo.assistant.tools import api

    envelope = api.call_tool_now(user, "sum_transactions", measure="spending", period="last month")
    envelope.total.amount  # "1234.50"

The envelopes are those of `spendo.assistant.tools.envelope`; docs/reference/tools.md has them all.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from agents import FunctionTool
from agents.function_schema import FuncSchema, function_schema
from agents.tool_context import ToolContext
from asgiref.sync import async_to_sync
from pydantic import ValidationError

from spendo.assistant.tools.calling import Access
from spendo.assistant.tools.envelope import (
    ENVELOPES,
    AnyEnvelope,
    ErrorEnvelope,
    Problem,
    read_envelope,
)
from spendo.assistant.tools.registry import ACCESS, PROPOSING, READING, TOOLS
from spendo.assistant.turn import Turn

if TYPE_CHECKING:
    from spendo.users.models import User


class UnknownTool(LookupError):  # noqa: N818
    """There is no tool of that name."""


class InvalidArguments(ValueError):  # noqa: N818
    """Arguments that the tool's schema does not allow: `fields` has the faults by argument."""

    def __init__(self, fields: dict[str, list[str]]) -> None:
        super().__init__("; ".join(f"{name}: {' '.join(texts)}" for name, texts in fields.items()))
        self.fields = fields


class ToolRefused(Exception):  # noqa: N818
    """The tool understood its arguments and cannot answer them: `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class ToolInfo:
    """`arguments` is a JSON schema of an object; `envelope` is the name of the class of the
    result, whose JSON schema `envelope_schema` gives."""

    name: str
    access: Access
    description: str
    arguments: dict[str, Any]
    envelope: str


def list_tools() -> tuple[ToolInfo, ...]:
    """All tools, in the order in which a model reads them."""
    return tuple(
        ToolInfo(
            name=tool.name,
            access=ACCESS[tool.name],
            description=tool.description,
            arguments={**_schema(tool.name).params_json_schema, "additionalProperties": False},
            envelope=ENVELOPES[tool.name].__name__,
        )
        for tool in TOOLS
    )


def envelope_schema(name: str) -> dict[str, Any]:
    """The JSON schema of what the tool returns."""
    return ENVELOPES[name].model_json_schema(mode="serialization", by_alias=True)


async def call_tool(user: User, name: str, /, **arguments: Any) -> AnyEnvelope:
    """Call the tool for the user; database work is done beside the event loop.

    Raises UnknownTool, InvalidArguments or ToolRefused.
    """
    return await _called(Turn.begin(user), name, arguments)


def call_tool_now(user: User, name: str, /, **arguments: Any) -> AnyEnvelope:
    """`call_tool` for code without an event loop: the work is done in the caller's own thread, in
    the transaction that it may be in."""
    return call_in_turn(Turn.begin(user), name, arguments)


def call_in_turn(turn: Turn, name: str, arguments: Mapping[str, Any]) -> AnyEnvelope:
    """`call_tool_now` as a part of a turn: after the calls that were made in it, or before it."""
    turn.in_callers_thread = True
    return async_to_sync(_called)(turn, name, arguments)


async def _called(turn: Turn, name: str, arguments: Mapping[str, Any]) -> AnyEnvelope:
    tool = _tools().get(name)
    if tool is None:
        raise UnknownTool(f"There is no tool called {name!r}.")
    _check(name, arguments)
    text = json.dumps(arguments)
    context = ToolContext(
        context=turn, tool_name=name, tool_call_id="call_by_name", tool_arguments=text
    )
    envelope = read_envelope(await tool.on_invoke_tool(context, text))
    if isinstance(envelope, ErrorEnvelope):
        raise ToolRefused(envelope.error)
    return envelope


def _check(name: str, arguments: Mapping[str, Any]) -> None:
    schema = _schema(name)
    unknown = set(arguments) - set(schema.params_json_schema["properties"])
    fields = {each: ["There is no such argument."] for each in sorted(unknown)}
    try:
        schema.params_pydantic_model.model_validate(dict(arguments), strict=True)
    except ValidationError as error:
        for fault in error.errors(include_url=False, include_input=False):
            fields.setdefault(str(fault["loc"][0]), []).append(f"{fault['msg']}.")
    if fields:
        raise InvalidArguments(fields)


@cache
def _tools() -> dict[str, FunctionTool]:
    return {tool.name: tool for tool in TOOLS}


@cache
def _schema(name: str) -> FuncSchema:
    """Of the function behind the tool: unlike a model, other callers may leave arguments out."""
    tool = next(tool for tool in (*READING, *PROPOSING) if tool.name == name)
    return function_schema(tool.__wrapped__, strict_json_schema=False)
