"""The shape of an answer in the making: a generator of tool calls that returns its text.

A topic yields the calls it needs, is sent what the tools returned, and ends with the words. The
model keeps no state between two requests: it plays the generator again with the outputs so far.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, field
from typing import TypeVar

from spendo.assistant.analyst.question import When
from spendo.assistant.analyst.wording import problem
from spendo.assistant.tools.envelope import AnyEnvelope, ErrorEnvelope, PeriodEnvelope

E = TypeVar("E")


@dataclass(frozen=True)
class Call:
    tool: str
    arguments: dict[str, object] = field(default_factory=dict)


Plan = Generator[list[Call], list[AnyEnvelope], str]


class AnswerNowError(Exception):
    """Ends a plan early with the text it carries."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


def ask(kind: type[E], call: Call) -> Generator[list[Call], list[AnyEnvelope], E]:
    """One call; a tool that refuses ends the plan with the refusal in words."""
    answers = yield from ask_all(kind, [call])
    return answers[0]


def ask_all(kind: type[E], calls: list[Call]) -> Generator[list[Call], list[AnyEnvelope], list[E]]:
    """Several calls of one kind at once, answered in their order."""
    answers: list[E] = []
    for envelope in (yield calls):
        if isinstance(envelope, ErrorEnvelope):
            raise AnswerNowError(problem(envelope))
        if not isinstance(envelope, kind):
            raise TypeError(f"{envelope.tool} answered a call for {kind.__name__}")
        answers.append(envelope)
    return answers


def try_ask(
    kind: type[E], call: Call
) -> Generator[list[Call], list[AnyEnvelope], E | ErrorEnvelope]:
    """One call whose refusal is an answer, too."""
    [envelope] = yield [call]
    if not isinstance(envelope, kind | ErrorEnvelope):
        raise TypeError(f"{envelope.tool} answered a call for {kind.__name__}")
    return envelope


def period_text(when: When | None, default: str) -> Generator[list[Call], list[AnyEnvelope], str]:
    """The words of the period for a tool, after the steps from it were resolved."""
    if when is None:
        return default
    text = when.text
    for move in when.moves:
        moved = yield from ask(
            PeriodEnvelope,
            Call("resolve_period", {"text": text, "move": move.by, "unit": move.unit}),
        )
        text = moved.text
    return text
