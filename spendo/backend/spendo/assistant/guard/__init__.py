"""The number guard: every figure of an answer is traced to what tools returned in the same turn.

Pure: text and envelopes in, a verdict out. It knows nothing of models, threads or databases.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spendo.assistant.guard.evidence import Evidence, find_all
from spendo.assistant.guard.found import Found
from spendo.assistant.guard.layout import Layout, layout_of
from spendo.assistant.guard.names import quoted_from
from spendo.assistant.guard.nothing import find_nothing
from spendo.assistant.guard.trace import Source, Tracer
from spendo.assistant.guard.visible import Visible, visible

__all__ = ["Evidence", "Source", "Traced", "Untraced", "Verdict", "check"]


@dataclass(frozen=True, slots=True)
class Traced:
    """A figure as written at `answer[start:end]`, and where it comes from."""

    text: str
    start: int
    end: int
    source: Source


@dataclass(frozen=True, slots=True)
class Untraced:
    """A figure as written at `answer[start:end]` that no tool returned, and what it reads as."""

    text: str
    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Verdict:
    traced: tuple[Traced, ...]
    untraced: tuple[Untraced, ...]

    @property
    def passes(self) -> bool:
        return not self.untraced


def check(answer: str, evidence: Evidence) -> Verdict:
    """Trace every figure of the answer, a text in markdown without its line of sources."""
    shown = visible(answer)
    layout = layout_of(shown.text)
    tracer = Tracer(layout, evidence)
    traced: list[Traced] = []
    untraced: list[Untraced] = []
    for found in _claims(layout, evidence):
        start, end = shown.source(found.start, found.end)
        written = _as_written(shown, found)
        source = tracer.source(found)
        if source:
            traced.append(Traced(written, start, end, source))
        else:
            untraced.append(Untraced(written, start, end, found.kind))
    return Verdict(tuple(traced), tuple(untraced))


def _claims(layout: Layout, evidence: Evidence) -> Iterator[Found]:
    """The figures that say something: no numbering of a list, no part of a name, no quotation."""
    silent = [
        *layout.numbering,
        *evidence.names.spans(layout.text),
        *quoted_from(layout.text, evidence.asked_text),
    ]
    for found in (*find_all(layout.text), *find_nothing(layout.text)):
        if not any(start <= found.start and found.end <= end for start, end in silent):
            yield found


def _as_written(shown: Visible, found: Found) -> str:
    return shown.text[found.start : found.end].strip()
