"""The gate: a message that is not about the user's money is said to be so, and nothing is read."""

from __future__ import annotations

from typing import Annotated, Literal

from agents import RunContextWrapper, function_tool
from pydantic import Field

from spendo.assistant.tools.calling import answer_call, refuse_arguments
from spendo.assistant.tools.envelope import SetAsideEnvelope
from spendo.assistant.turn import Turn

OFF_TOPIC = (
    "That is not about your finances, so I cannot help with it. I answer questions about your own "
    "accounts, spending, income and transactions."
)
SMALL_TALK = "Ask me about your accounts, spending, income or transactions."


@function_tool(failure_error_function=refuse_arguments)
async def not_about_finances(
    context: RunContextWrapper[Turn],
    reason: Annotated[
        Literal["off_topic", "small_talk"],
        Field(description="small_talk: a greeting or thanks. off_topic: anything else."),
    ],
) -> str:
    """Call this first, and no other tool, when the message is not about the user's own money.
    Then answer with the sentence it returns and nothing more."""

    def work() -> SetAsideEnvelope:
        return SetAsideEnvelope(
            reason=reason, say=OFF_TOPIC if reason == "off_topic" else SMALL_TALK
        )

    return await answer_call(context.context, "not_about_finances", "", work)
