"""A question after reading: what is asked for, about which names, over which time."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Literal

Direction = Literal["out", "in"]
GroupBy = Literal["category", "merchant", "month", "account"]
NameHint = Literal["at", "on", "in", "none"]
Per = Literal["transaction", "day", "week", "month"]
Unit = Literal["same", "day", "week", "month", "quarter", "year"]


class Topic(StrEnum):
    ACCOUNTS = "accounts"
    BALANCE = "balance"
    NET_WORTH = "net worth"
    SPENDING = "spending"
    INCOME = "income"
    SAVED = "saved"
    COMPARE = "compare"
    AVERAGE = "average"
    LIST = "list"
    COUNT = "count"
    LAST_PAID = "last paid"
    DATA = "data"
    HELP = "help"
    EXPLAIN = "explain"
    GREETING = "greeting"
    THANKS = "thanks"
    OFF_TOPIC = "off topic"
    ADVICE = "advice"
    FORECAST = "forecast"
    OTHER_PERSON = "other person"
    CHANGE = "change"
    REFUNDS = "refunds"
    NOT_YET = "not yet"
    BAD_PERIOD = "bad period"
    UNCLEAR = "unclear"


TALK = frozenset(
    {
        Topic.HELP,
        Topic.EXPLAIN,
        Topic.GREETING,
        Topic.THANKS,
        Topic.OFF_TOPIC,
        Topic.ADVICE,
        Topic.FORECAST,
        Topic.OTHER_PERSON,
        Topic.CHANGE,
        Topic.BAD_PERIOD,
        Topic.REFUNDS,
        Topic.NOT_YET,
    }
)
"""Answers that look nothing up and leave the thread's earlier question as it was."""


UNCATEGORISED = "uncategorised"
"""The name that stands for transactions without a category."""


@dataclass(frozen=True)
class Name:
    """A name as the user wrote it; the hint is the preposition it followed ("at" a shop)."""

    text: str
    hint: NameHint = "none"


@dataclass(frozen=True)
class Move:
    """A step from a period: the month before (-1, "month")."""

    by: int
    unit: Unit


@dataclass(frozen=True)
class When:
    """A period in the user's words, and the steps asked for from there."""

    text: str
    moves: tuple[Move, ...] = ()


@dataclass(frozen=True)
class Bounds:
    """Amounts between which the user looks; `over` and `under` leave the bound itself out."""

    low: Decimal | None = None
    high: Decimal | None = None
    over: bool = False
    under: bool = False


@dataclass(frozen=True)
class Question:
    """`sure` is false for words that are only about money if they name something in the ledger;
    `several`: the message asked more than this one.

    `group_by`, `limit`, `sort` and the rest are None or empty when the user did not say.
    """

    topic: Topic
    names: tuple[Name, ...] = ()
    when: When | None = None
    other: When | None = None
    group_by: GroupBy | None = None
    limit: int | None = None
    sort: Literal["newest", "oldest", "largest"] | None = None
    direction: Direction | None = None
    bounds: Bounds | None = None
    per: Per | None = None
    sure: bool = True
    several: bool = False
