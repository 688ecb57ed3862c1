"""A message of a model on its way to the reader: its words are let out once they were checked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property, lru_cache
from typing import Any
from uuid import uuid4

from agents.items import TResponseStreamEvent
from openai.types.responses import (
    ResponseContentPartAddedEvent,
    ResponseContentPartDoneEvent,
    ResponseOutputItemAddedEvent,
    ResponseOutputItemDoneEvent,
    ResponseOutputMessage,
    ResponseOutputText,
    ResponseTextDeltaEvent,
    ResponseTextDoneEvent,
)

from spendo.assistant.guard import Evidence, Untraced, Verdict, check

GIVEAWAY = 48
"""Letters of a line of the instructions by which it is known again."""
LONGEST = 12_000
"""Characters of an answer. No answer about anybody's money needs more; a longer one is not read."""

STEPS = 12
"""A part is let out once it is a twelfth of what is shown: each check reads from the beginning."""

_ENDS = re.compile(r"[.!?…][\"'”’)*_]*(?=\s)|\n")
_WORD = re.compile(r"\s*\S+\s*|\s+")


class WrongFiguresError(Exception):
    """The answer states figures that no tool returned. Its words go no further."""

    def __init__(self, untraced: tuple[Untraced, ...]) -> None:
        super().__init__(f"{len(untraced)} figures come from nowhere")
        self.untraced = untraced


class Allowed:
    """What an answer may say: the figures of the evidence, and not what is in the instructions.

    Both are read when there are words to be checked: a response that only calls tools has none.
    """

    def __init__(self, evidence: Callable[[], Evidence], instructions: str | None) -> None:
        self._make_evidence = evidence
        self._instructions = instructions or ""

    @cached_property
    def evidence(self) -> Evidence:
        return self._make_evidence()

    @cached_property
    def private(self) -> tuple[str, ...]:
        return _private(self._instructions)


@lru_cache(maxsize=8)
def _private(instructions: str) -> tuple[str, ...]:
    lines = (_folded(line) for line in instructions.splitlines())
    return tuple(line[:GIVEAWAY] for line in lines if len(line) >= GIVEAWAY)


def refuse_unless_allowed(text: str, allowed: Allowed) -> Verdict:
    """Where the figures of the text come from. Raises WrongFiguresError if one comes from nowhere,
    or if the text is too long or repeats the instructions; then without figures."""
    if len(text) > LONGEST:
        raise WrongFiguresError(())
    folded = _folded(text) if allowed.private else ""
    if any(line in folded for line in allowed.private):
        raise WrongFiguresError(())
    evidence = allowed.evidence
    verdict = check(text, evidence)
    if not verdict.passes:
        raise WrongFiguresError(verdict.untraced)
    return verdict


def _folded(text: str) -> str:
    return " ".join(re.sub(r"[^\w\s]", "", text.casefold()).split())


def message_of(text: str, item_id: str = "") -> ResponseOutputMessage:
    return ResponseOutputMessage(
        id=item_id or f"msg_{uuid4().hex}",
        type="message",
        role="assistant",
        status="completed",
        content=[ResponseOutputText(type="output_text", text=text, annotations=[])],
    )


def text_of(message: ResponseOutputMessage) -> str:
    """All words of the message, those of a refusal too."""
    parts = (part.text if part.type == "output_text" else part.refusal for part in message.content)
    return "\n\n".join(part for part in parts if part)


class HeldMessage:
    """The events of one message. A sentence or a row of a table is let out as soon as every figure
    up to its end was traced; with `whole`, all of it at the end."""

    def __init__(self, allowed: Allowed, index: int, *, whole: bool) -> None:
        self._allowed = allowed
        self._index = index
        self._whole = whole
        self._text = ""
        self._shown = 0
        self._part = 0
        self.id = f"msg_{uuid4().hex}"
        self.done: ResponseOutputMessage | None = None

    @property
    def is_begun(self) -> bool:
        """Whether the reader has seen words of it."""
        return self._shown > 0

    def add(self, delta: str, part: int) -> Iterator[TResponseStreamEvent]:
        """Take words of the model; the events of those that may be seen now."""
        if part != self._part:
            delta, self._part = f"\n\n{delta}", part
        self._text += delta
        if len(self._text) > LONGEST:
            raise WrongFiguresError(())
        ends = [match.end() for match in _ENDS.finditer(self._text, self._shown)]
        if self._whole or not ends or ends[-1] - self._shown < self._shown // STEPS:
            return
        refuse_unless_allowed(self._text[: ends[-1]], self._allowed)
        yield from self._let_out(ends[-1])

    def finish(self, text: str) -> Iterator[TResponseStreamEvent]:
        """The rest of the message. `text` is the whole of it as the model gave it at the end."""
        if text.startswith(self._text[: self._shown]):
            self._text = text
        refuse_unless_allowed(self._text, self._allowed)
        yield from self.finish_as(self._text)

    def finish_as(self, text: str) -> Iterator[TResponseStreamEvent]:
        """The message ends with this text, which needs no check."""
        self._text = text
        yield from self._let_out(len(text))
        done = message_of(text, self.id)
        place: dict[str, Any] = {
            "item_id": self.id,
            "output_index": self._index,
            "content_index": 0,
        }
        yield ResponseTextDoneEvent(
            type="response.output_text.done", text=text, logprobs=[], sequence_number=0, **place
        )
        yield ResponseContentPartDoneEvent(
            type="response.content_part.done", part=done.content[0], sequence_number=0, **place
        )
        yield ResponseOutputItemDoneEvent(
            type="response.output_item.done", item=done, output_index=self._index, sequence_number=0
        )
        self.done = done

    def _let_out(self, end: int) -> Iterator[TResponseStreamEvent]:
        """The words up to `end`, one at a time."""
        place: dict[str, Any] = {
            "item_id": self.id,
            "output_index": self._index,
            "content_index": 0,
        }
        if not self._shown:
            opened = message_of("", self.id).model_copy(
                update={"content": [], "status": "in_progress"}
            )
            yield ResponseOutputItemAddedEvent(
                type="response.output_item.added",
                item=opened,
                output_index=self._index,
                sequence_number=0,
            )
            yield ResponseContentPartAddedEvent(
                type="response.content_part.added",
                part=ResponseOutputText(type="output_text", text="", annotations=[]),
                sequence_number=0,
                **place,
            )
        for word in _WORD.findall(self._text[self._shown : end]):
            self._shown += len(word)
            yield ResponseTextDeltaEvent(
                type="response.output_text.delta",
                delta=word,
                logprobs=[],
                sequence_number=0,
                **place,
            )
