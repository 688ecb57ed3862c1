"""Sums of figures that no other tool gives."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from spendo.assistant.tools.envelope.base import Envelope
from spendo.assistant.tools.envelope.part import Figure, Number


class CalcEnvelope(Envelope):
    """`operands` are the numbers in `expression`, in their order. `exact` is false when `result`
    was cut after 28 digits."""

    tool: Literal["calc"] = "calc"
    expression: str
    result: Number
    exact: bool
    operands: tuple[str, ...]

    def figures(self) -> Iterator[Figure]:
        yield Figure(self.tool, self.expression, self.result, "number")
