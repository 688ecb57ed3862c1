"""What a question's answer has to say, and what it must not."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

Reason = Literal[
    "nothing there",
    "advice",
    "somebody else's",
    "off topic",
    "cannot be known",
    "the future",
    "no such time",
    "no limit known",
    "not understood",
    "small talk",
    "only in the settings",
    "needs the user's own button",
]


@dataclass(frozen=True, slots=True)
class Figure:
    """`unit` is an ISO currency, "%", "count" or "rate"."""

    value: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class Expected:
    """All of `values`, `dates`, `names` and `table` have to be in the answer. `also` are figures
    that may stand before them; with `only` no other figure of their units may stand in it at all.

    `says` are patterns of which each has to be found (that a total is partial, which currency is
    missing). With `rows` the answer rests on exactly these events. `signed`: a negative amount has
    to be told from a positive one. With `abstain` no money is named but that of `also`.
    `or_else` are other answers that are as right, where the written rules leave a choice.
    """

    values: tuple[Figure, ...] = ()
    also: tuple[Figure, ...] = ()
    dates: tuple[date, ...] = ()
    one_of_dates: tuple[date, ...] = ()
    names: tuple[str, ...] = ()
    table: dict[str, Figure] = field(default_factory=dict)
    says: tuple[str, ...] = ()
    rows: frozenset[str] | None = None
    signed: bool = False
    only: bool = False
    abstain: Reason | None = None
    or_else: "tuple[Expected, ...]" = ()


@dataclass(frozen=True, slots=True)
class Question:
    """`messages` are what the user writes, the last of them the one that is scored."""

    template: str
    kind: str
    world: str
    messages: tuple[str, ...]
    expected: Expected
    slots: dict[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return " >> ".join(self.messages)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the text, which events the returned rows are, and how long it took.

    `changed`: the question was followed by a change of the ledger, without anybody's button.
    """

    text: str
    refs: frozenset[str] | None = None
    seconds: float = 0.0
    failed: str = ""
    changed: bool = False
