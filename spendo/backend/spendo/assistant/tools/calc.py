"""Arithmetic for a model, which must not do any by itself."""

from __future__ import annotations

from typing import Annotated

from agents import RunContextWrapper, function_tool
from pydantic import Field

from spendo.assistant.tools.arithmetic import ArithmeticProblem, evaluate
from spendo.assistant.tools.calling import ToolProblemError, answer_call, refuse_arguments
from spendo.assistant.tools.envelope.calc import CalcEnvelope
from spendo.assistant.turn import Turn


@function_tool(failure_error_function=refuse_arguments)
async def calc(
    context: RunContextWrapper[Turn],
    expression: Annotated[
        str,
        Field(
            description="Plain decimals with + - * / %, parentheses, min(a, b), max(a, b), abs(a) "
            "and round(a, places), e.g. 'round((412.30 - 380.10) / 380.10 * 100, 1)'."
        ),
    ],
) -> str:
    """Work out an expression exactly. Use it for every figure that no other tool returned: a
    difference, a share, a percentage. Take the numbers from tool results or from the user, without
    currency signs and thousands commas, all of one currency. `%` divides by 100 and nothing else.
    Say that it is rounded when `exact` is false."""

    def work() -> CalcEnvelope:
        try:
            found = evaluate(expression)
        except ArithmeticProblem as problem:
            raise ToolProblemError("invalid_expression", str(problem)) from None
        return CalcEnvelope(
            expression=" ".join(expression.split()),
            result=found.value,
            exact=found.exact,
            operands=found.operands,
        )

    return await answer_call(context.context, "calc", "", work)
