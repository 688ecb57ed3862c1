"""Answers that are the same for everybody."""

from __future__ import annotations

from collections.abc import Callable, Generator

from spendo.assistant.analyst.plan import Call, Plan, ask
from spendo.assistant.analyst.question import Question
from spendo.assistant.tools.envelope import AnyEnvelope, SetAsideEnvelope


def says(text: str) -> Callable[[Question], Plan]:
    """A plan that looks nothing up."""

    def plan(question: Question) -> Plan:
        yield from ()
        return text

    return plan


CANNOT_YET = "I cannot work that out yet."
"""Said when a plan needs a tool that the agent does not have."""


def set_aside() -> Generator[list[Call], list[AnyEnvelope], str]:
    """Off topic: recorded as such, and said with the gate's own words."""
    answer = yield from ask(SetAsideEnvelope, Call("not_about_finances", {"reason": "off_topic"}))
    return answer.say


NOT_READ = (
    "I do not know what “{}” asks for here, and a figure without it could be another one than you "
    "want. Could you put it in other words?"
)
