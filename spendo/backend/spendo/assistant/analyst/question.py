"""A question after reading: what is asked for, about which names, over which time."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Direction = Literal["out", "in"]
GroupBy = Literal["category", "merchant", "month", "account", "week", "day", "tag"]
NameHint = Literal["at", "on", "in", "none"]
Per = Literal["transaction", "day", "week", "month"]
Sort = Literal["newest", "oldest", "largest", "smallest"]
Unit = Literal["same", "day", "week", "month", "quarter", "year"]


UNCATEGORISED = "uncategorised"
"""The name that stands for transactions without a category."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name as the user wrote it; the hint is the preposition it followed ("at" a shop)."""

    text: str
    hint: NameHint = "none"


@dataclass(frozen=True, slots=True)
class Move:
    """A step from a period: the month before (-1, "month")."""

    by: int
    unit: Unit


@dataclass(frozen=True, slots=True)
class When:
    """A period in the user's words, and the steps asked for from there."""

    text: str
    moves: tuple[Move, ...] = ()


@dataclass(frozen=True, slots=True)
class Bounds:
    """Amounts between which the user looks; `over` and `under` leave the bound itself out."""

    low: Decimal | None = None
    high: Decimal | None = None
    over: bool = False
    under: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """`kind` is the name of the kind of question; `aspect` what of it, in the kind's own words.

    `without` are names to leave out; `perhaps` are words that are names if the ledger has them,
    and of those `unread` mean nothing else: without such a name the question is not understood;
    `more` are periods after `when` and `other`, where that many are compared;
    `measure` and `counts`: what of them is compared, if not what was spent or received;
    `horizon` is a day or a period to come, in the user's words.
    `sure` is false for words that are only about money if they name something in the ledger;
    `several`: the message asked more than this one; `instead` is what it may ask as well;
    `choices` are the questions it may be, each in plain words. What the user did not say is None or
    empty.
    """

    kind: str
    aspect: str = ""
    names: tuple[Name, ...] = ()
    without: tuple[Name, ...] = ()
    perhaps: tuple[Name, ...] = ()
    unread: frozenset[str] = frozenset()
    when: When | None = None
    other: When | None = None
    more: tuple[When, ...] = ()
    horizon: str | None = None
    group_by: GroupBy | None = None
    limit: int | None = None
    sort: Sort | None = None
    direction: Direction | None = None
    bounds: Bounds | None = None
    amount: Decimal | None = None
    currency: str | None = None
    per: Per | None = None
    measure: Literal["net"] | None = None
    counts: bool = False
    sure: bool = True
    several: bool = False
    instead: Question | None = None
    choices: tuple[str, ...] = ()
