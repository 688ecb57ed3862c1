"""How a figure of this conversation came about: which call gave it, and what it is made of."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any

from agents import RunContextWrapper, function_tool
from agents.tool_context import ToolContext
from pydantic import Field

from spendo.assistant.tools.calling import ToolProblemError, answer_call, refuse_arguments
from spendo.assistant.tools.envelope import (
    SAMPLE_ROWS,
    AnyEnvelope,
    ErrorEnvelope,
    ExplainEnvelope,
    Figure,
    LedgerEnvelope,
    read_envelope,
)
from spendo.assistant.tools.envelope.recurring import RecurringEnvelope
from spendo.assistant.tools.made_of import formula_of, parts_of
from spendo.assistant.tools.series_rows import rows_of, sample_rows, series_of
from spendo.assistant.turn import EarlierCall, Turn
from spendo.reports.selectors import find_recurring

MAX_VALUE = 40
_COMMON = ("period", "filters", "count", "rows", "excluded", "truncated", "link")
_UNTOLD = str.maketrans({"−": "-", ",": "", " ": "", "\u00a0": "", "\u202f": "", "*": "", "%": ""})


@dataclass(frozen=True)
class Given:
    """A figure and the call that returned it."""

    call: EarlierCall
    figure: Figure


@function_tool(failure_error_function=refuse_arguments)
async def explain_number(
    context: RunContextWrapper[Turn],
    value: Annotated[
        str | None,
        Field(
            description="The figure as a plain decimal, e.g. '1234.50'. null: the main figure of "
            "the newest answer."
        ),
    ] = None,
) -> str:
    """Tell where a figure of this conversation comes from: which tool call gave it, how it is put
    together, the parts that sum to it, and its rows. Use it for "how did you get that number?".
    `now` is there when the same call gives something else today."""
    turn = context.context
    try:
        given = _given(turn, value)
    except ToolProblemError as problem:
        return await answer_call(turn, "explain_number", "", _raising(problem))
    again = await _call_again(turn, given.call)

    def work() -> ExplainEnvelope:
        return _explained(turn, given, again)

    return await answer_call(turn, "explain_number", "Going back to that number", work)


def _raising(problem: ToolProblemError) -> Callable[[], ExplainEnvelope]:
    def work() -> ExplainEnvelope:
        raise problem

    return work


def _given(turn: Turn, value: str | None) -> Given:
    calls = [call for call in _calls(turn) if call.figures]
    if value is None:
        for call in calls:
            for figure in call.figures:
                if figure.kind != "date":
                    return Given(call, figure)
        raise ToolProblemError("unknown_number", "There is no figure in this conversation yet.")
    wanted = _decimal(value)
    if wanted is None:
        raise ToolProblemError("invalid_number", "Give the figure as a plain decimal: '1234.50'.")
    for matches in (_equals, _rounds_to):
        for call in calls:
            for figure in call.figures:
                if matches(figure, wanted):
                    return Given(call, figure)
    raise ToolProblemError(
        "unknown_number",
        "No tool of this conversation returned that figure. Figures that were returned: see "
        "choices.",
        tuple(_shown(call.figures[0]) for call in calls[:5]),
    )


def _calls(turn: Turn) -> Iterable[EarlierCall]:
    """Of this turn and of the answers before, the newest answer first."""
    for called in turn.calls:
        if called.tool != "explain_number":
            yield EarlierCall(called.tool, called.arguments, tuple(called.envelope.figures()))
    yield from (call for call in turn.earlier if call.tool != "explain_number")


def _decimal(text: str) -> Decimal | None:
    plain = text.translate(_UNTOLD).lstrip("$€£¥")
    plain = plain.replace("$", "", 1) if plain.startswith("-$") else plain
    try:
        number = Decimal(plain) if len(plain) <= MAX_VALUE else Decimal("NaN")
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _equals(figure: Figure, wanted: Decimal) -> bool:
    return figure.kind != "date" and abs(Decimal(figure.value)) == abs(wanted)


def _rounds_to(figure: Figure, wanted: Decimal) -> bool:
    exponent = wanted.as_tuple().exponent
    if figure.kind in ("date", "count") or not isinstance(exponent, int) or exponent < -12:
        return False
    return round(abs(Decimal(figure.value)), -exponent) == abs(wanted)


def _shown(figure: Figure) -> str:
    return " ".join(filter(None, (figure.value, figure.currency, f"({figure.label})")))


async def _call_again(turn: Turn, call: EarlierCall) -> AnyEnvelope:
    """What the call returns now. It is no call of this turn: only its explanation is."""
    from spendo.assistant.tools.registry import TOOLS  # which has this tool in it

    tool = next((tool for tool in TOOLS if tool.name == call.tool), None)
    if tool is None:
        return ErrorEnvelope.model_validate(
            {"failed": call.tool, "error": {"code": "unknown_tool", "message": "It is gone."}}
        )
    apart = ToolContext(
        context=replace(turn, tell=None, _slots=[]),
        tool_name=call.tool,
        tool_call_id="call_again",
        tool_arguments=call.arguments,
    )
    return read_envelope(await tool.on_invoke_tool(apart, call.arguments))


def _explained(turn: Turn, given: Given, again: AnyEnvelope) -> ExplainEnvelope:
    figure = given.figure
    now = _same_figure(figure, again.figures())
    arguments = _arguments(given.call)
    return ExplainEnvelope(
        value=figure.value,
        kind=figure.kind,
        currency=figure.currency,
        label=figure.label,
        source=given.call.tool,
        arguments=given.call.arguments,
        formula=formula_of(again, figure),
        parts=tuple(parts_of(turn, again, figure, arguments)) if now else (),
        now=now.value if now and now.value != figure.value else None,
        period_text=figure.period,
        **_rests_on(turn, again, figure, arguments),
    )


def _rests_on(
    turn: Turn, again: AnyEnvelope, figure: Figure, arguments: dict[str, Any]
) -> dict[str, Any]:
    """The records of the figure, how they are counted, and the way to them."""
    if not isinstance(again, LedgerEnvelope):
        return {"count": 0, "made_from": ""}
    common = {name: getattr(again, name) for name in _COMMON}
    if isinstance(again, RecurringEnvelope):
        kind: Any = arguments.get("kind")
        which: Any = arguments.get("status") or "active"
        found = find_recurring(turn.user, kind=kind, which=which, as_of=turn.today)
        rests = rows_of(turn, series_of(again, found.series, figure))
        return common | {
            "count": len(rests.ids),
            "rows": sample_rows(turn, rests.ids),
            "link": rests.link,
            "truncated": len(rests.ids) > SAMPLE_ROWS,
        }
    if again.counted != "transactions":
        common |= {"counted_as": again.counted, "made_from": again.records()}
    return common


def _same_figure(figure: Figure, figures: Iterable[Figure]) -> Figure | None:
    """The figure of the same meaning: equal, else under the same label."""
    alike = [
        each
        for each in figures
        if (each.label, each.kind, each.currency) == (figure.label, figure.kind, figure.currency)
    ]
    return next((each for each in alike if each.value == figure.value), alike[0] if alike else None)


def _arguments(call: EarlierCall) -> dict[str, Any]:
    arguments: dict[str, Any] = json.loads(call.arguments)
    return arguments
