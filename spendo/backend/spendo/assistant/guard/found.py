"""The figures that stand in a text, as they are read there."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

FoundKind = Literal["money", "percent", "number", "ratio", "ordinal", "date", "odd"]
Noun = Literal["transactions", "accounts", "time", "things", ""]
"""What is counted: "" where nothing is said to be, "things" for what the guard has no word for."""


@dataclass(frozen=True, slots=True)
class DayWords:
    """A date or a part of one: "31 October" has no year, "October 2026" no day.

    A quarter has its first month and `months` 3. `other` is the second way to read "10/9/2026".
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    months: int = 1
    other: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """One figure at `text[start:end]` of the visible text.

    `values` are all ways to read its digits, without sign ("1.234" may be 1234); `sign` is 0 where
    none is written. `step` is the place of the last digit that is shown: 0.1 for "1.2", 100 for
    "1.2k". `currencies` are those that its sign or code can mean, None without one.
    """

    kind: FoundKind
    start: int
    end: int
    values: tuple[Decimal, ...] = ()
    sign: Literal[-1, 0, 1] = 0
    step: Decimal = Decimal(1)
    currencies: tuple[str, ...] | None = None
    scaled: bool = False
    noun: Noun = ""
    day: DayWords | None = None
