"""A kind of question: how it is recognised, which tools it asks, how it is worded, examples.

All of a kind stands in one file of kinds/. A new file there is all that a new kind needs: it is
found, tried against every message, listed in the catalogue and tested with its examples.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Literal

from spendo.assistant.analyst.plan import Plan
from spendo.assistant.analyst.question import Question
from spendo.assistant.analyst.understanding.heard import Heard
from spendo.assistant.analyst.understanding.phrases import Phrase, phrase


class Family(StrEnum):
    """The parts of the catalogue, in its order."""

    BALANCES = "Balances and net worth"
    SPENDING = "Spending"
    INCOME = "Income and saving"
    COMPARISON = "Comparison"
    SEARCH = "Search"
    TRANSFERS = "Transfers, loans and refunds"
    RECURRING = "Recurring payments"
    PLANS = "Budgets and goals"
    FORECAST = "Forecast"
    DEBT = "Debt"
    CURRENCIES = "Currencies"
    ACTIONS = "Changes"
    TRUST = "Where answers come from"
    TALK = "Everything else"


Follow = Callable[[Heard, Question], Question | None]
"""What a message that leans on a question of this kind asks, given both; None if nothing new."""

Reader = Callable[[Question, Heard], Question | None]
"""Completes a question that has the common parts of what was heard, or declines it."""


def take(question: Question, heard: Heard) -> Question | None:
    return question


def _as_it_is(question: Question) -> Question:
    return question


def _wherever(question: Question, said: str) -> Question:
    return question


@dataclass(frozen=True)
class Kind:
    """`cues` has a line per wording: a weight and a phrase (see understanding/phrases.py).

    The kind whose wording weighs most reads the message; of equal weights the wording that
    explains more words. Weights: 90 for words that say it all, 70 for words that are hardly said of
    anything else, 50 for usual wordings, 30 for words that other kinds may need more; what is not
    the user's money at all has more than 90. `never` are phrases with which it is not this kind.

    `examples` are messages; several in one tuple follow each other in a thread, and the last is
    the example. `talk`: it looks nothing up and leaves the thread's question as it was.
    `looks_ahead`: it is about days to come. `leans`: by itself it is about what was asked before.
    `becomes` names the kind that answers what this one reads, when it is another wording of it.
    """

    name: str
    family: Family
    title: str
    cues: str
    answer: Callable[[Question], Plan]
    examples: tuple[str | tuple[str, ...], ...]
    read: Reader = take
    never: str = ""
    talk: bool = False
    looks_ahead: bool = False
    follow: Follow | None = None
    settle: Callable[[Question], Question] = _as_it_is
    """What it is after an earlier question has filled in what this one left out."""
    point: Callable[[Question, str], Question] = _wherever
    """What it is about, given the answer that was given last."""
    leans: bool = False
    compares: Literal["", "times", "sums"] = ""
    """What it puts beside each other by itself: two times, or what came in and what went out."""
    becomes: str = ""
    names_of: Literal["", "anything", "account", "nobody"] = ""
    """What its names have to be in the ledger for it to be this and not what it may be instead."""
    weigh: Callable[[Heard], int] | None = None
    """A weight for what no phrase can say, such as a message of greetings only; else 0."""
    shown: tuple[str, ...] = field(default=())
    """Examples whose answers the catalogue shows; the first when it names none."""

    @cached_property
    def wordings(self) -> tuple[tuple[int, Phrase], ...]:
        listed = []
        for line in self.cues.splitlines():
            if line.strip():
                weight, _, text = line.strip().partition(" ")
                listed.append((int(weight), phrase(text.strip())))
        return tuple(listed)

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The words it is recognised by: none of them is a name when it is this kind."""
        return frozenset(word for _, wording in self.wordings for word in wording.words)

    @cached_property
    def excluded(self) -> tuple[Phrase, ...]:
        return tuple(phrase(line.strip()) for line in self.never.splitlines() if line.strip())
