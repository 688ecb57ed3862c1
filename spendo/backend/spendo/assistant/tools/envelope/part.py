"""What envelopes are made of, and the figures that a person may be told from them.

A field that holds an `Amount` or a `date` is a figure by its type; one that holds any other figure
says so with `Count`, `Percent`, `Rate` or `Number`. Other integers and strings are none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, ConfigDict

FigureKind = Literal["money", "count", "percent", "rate", "date", "number"]


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure that a tool returned.

    `value` is an exact decimal, for a date YYYY-MM-DD. A percentage is in percent ("12.5"), a rate
    is what one unit is worth, a number is a result of `calc` and may be meant as any of them.
    `currency` is that of money only; `period` is in words.
    """

    tool: str
    label: str
    value: str
    kind: FigureKind
    currency: str | None = None
    period: str | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """Marks a field as a figure of this kind."""

    kind: FigureKind


Count = Annotated[int, Told("count")]
Percent = Annotated[str, Told("percent")]
Rate = Annotated[str, Told("rate")]
Number = Annotated[str, Told("number")]

_NAMED_BY_THEIR_PART = frozenset({"amount", "balance", "count", "date", "total", "value"})


class Part(BaseModel):
    model_config = ConfigDict(frozen=True)

    def title(self) -> str:
        """What the figures of this part are called by: a group's label, an account's name."""
        return ""

    def label_of(self, field: str) -> str:
        """The label of the figure in `field`."""
        if field in _NAMED_BY_THEIR_PART and self.title():
            return self.title()
        return f"{self.title()} {field.replace('_', ' ')}".strip()

    def figures_within(self, tool: str, period: str | None) -> Iterator[Figure]:
        """Every figure of this part and of the parts in it, in the order of its fields."""
        for field, kind in _fields(type(self)).items():
            value = getattr(self, field)
            if value is None or (kind is None and isinstance(value, str | int)):
                continue  # most fields of a row: no figure, and a label takes longest
            yield from _figures(value, kind, tool, self.label_of(field), period)


class Amount(Part):
    amount: str
    currency: str


def _figures(
    value: Any, kind: FigureKind | None, tool: str, label: str, period: str | None
) -> Iterator[Figure]:
    match value:
        case Amount():
            yield Figure(tool, label, value.amount, "money", value.currency, period)
        case Part():
            yield from value.figures_within(tool, period)
        case tuple():
            for each in value:
                yield from _figures(each, kind, tool, label, period)
        case datetime():  # the moment of the answer, not a figure in it
            return
        case date():
            yield Figure(tool, label, value.isoformat(), "date", None, period)
        case str() | int() if kind is not None:
            yield Figure(tool, label, str(value), kind, None, period)


@cache
def _fields(part: type[Part]) -> dict[str, FigureKind | None]:
    """The fields with the kind they are marked as: first those that are the part's own."""
    common = {
        name
        for ancestor in part.__mro__[1:]
        if issubclass(ancestor, Part)
        for name in ancestor.model_fields
    }
    ordered = sorted(part.model_fields, key=lambda name: name in common)
    return {name: _kind(part.model_fields[name]) for name in ordered}


def _kind(field: Any) -> FigureKind | None:
    found = next((each for each in field.metadata if isinstance(each, Told)), None)
    return found.kind if found else _kind_in(field.annotation)


def _kind_in(annotation: Any) -> FigureKind | None:
    for inner in get_args(annotation):
        if isinstance(inner, Told):
            return inner.kind
        if found := _kind_in(inner):
            return found
    return None
