"""The first word of a message that the reading chosen for it has nothing to do with.

Likeness looks at the words it knows and passes over the others. What it passes over may be what
the question is about ("largest payment to the landlord"), so each word that carries a meaning has
to stand in the reading: in its names, in the words of its kind, or in a wording of its block.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cache
from itertools import pairwise

from spendo.assistant.analyst.kind import Family, Kind
from spendo.assistant.analyst.question import Question
from spendo.assistant.analyst.understanding.common_words import COMMON_WORDS
from spendo.assistant.analyst.understanding.heard import Heard
from spendo.assistant.analyst.understanding.lexicon import (
    CLASSES,
    FUNCTION_WORDS,
    USUAL_CATEGORIES,
    word_set,
)
from spendo.assistant.analyst.understanding.likeness import (
    meanings,
    stem,
    usual_names,
    wordings,
)
from spendo.assistant.analyst.understanding.reworded import Reworded
from spendo.assistant.analyst.understanding.spoken_words import SPOKEN_WORDS
from spendo.assistant.analyst.understanding.words import MARKS, NAME, Word

_CARRIES = word_set(
    """
    before after until since over under least left out most owe owed same above below between half
    """
)
"""Words without a content of their own that turn what is asked into something else."""
_KINDS_OF_INCOME = word_set("gross pretax side passive unexpected extra bonus bonuses")
"""What a ledger does not tell of what came in, unless a category of it is called so."""
_OF_DAYS = word_set(
    """
    weekday weekdays weekend weekends mondays tuesdays wednesdays thursdays fridays saturdays
    sundays
    """
)
"""Days that nothing is added up for; never a name that may be passed over."""
FREE = (FUNCTION_WORDS | SPOKEN_WORDS | COMMON_WORDS | word_set("money calendar")) - _CARRIES
_OUT_AFTER = word_set(
    "meal meals eat eats ate eaten eating dine dining go going goes went find work figure"
)
_PAID_BY = word_set("in with by")
_UNITS = word_set(
    "day days daily week weeks weekly month months monthly year years yearly transaction visit each"
)
_GROUPS = _UNITS | word_set(
    """
    category categories merchant merchants store stores shop shops place places account accounts
    tag tags
    """
)
_ALSO = {
    "accounts": word_set("least most lowest highest biggest smallest fullest"),
    "subscriptions": word_set("cheapest dearest priciest monthly yearly each"),
    "bills": word_set("fixed monthly regular each"),
    "cancel": word_set("left save"),
    "listing": word_set("visit visits visited spend spent spending"),
    "income": word_set("sources source combined"),
    "counting": word_set("visit visits visited"),
}
"""Words that the answer of a kind takes up by what it lists."""
_RECEIVED = CLASSES["earn"] | CLASSES["salary"] | word_set("home paid received take taking")
_LEAVES_OUT = word_set("apart aside leaving out other")
_OF_ALL_ROWS = frozenset({"spending", "average", "compare", "listing", "counting", "peak"})
_BY_STRUCTURE = frozenset({"beside", "compare", "crossed"})
"""Kinds that are read from how a message is built, with words of many other kinds in it."""
_LEADS_TO_A_TIME = word_set(
    """
    in since until till before after during from than week weeks year years month quarter reach
    for
    """
)
"""What stands before a figure that says when, or how far: "in 1850", "in week 45". Another one may
be an amount, which the answer is held beside: "did I pay 800"."""
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)")
_NO_FIGURES = frozenset({"unclear", "credit_score", "unused"})


def unexplained(
    question: Question, kind: Kind, heard: Heard, said: Reworded | None, cues: frozenset[int]
) -> str | None:
    """`said` is the likeness that led to the question, `cues` the places of its kind's words."""
    if kind.talk or kind.name in _NO_FIGURES:
        return None
    words = heard.words
    figure = _figure(question, heard.line.words)
    if figure is not None or kind.name in _BY_STRUCTURE:
        return figure
    means = _meant(kind.vocabulary) | _meant(words[number] for number in cues)
    if said is not None:
        means |= _taught(said.plain)
    named = _named(question) | _ALSO.get(kind.name, frozenset())
    named |= _GROUPS if question.group_by else _UNITS if question.per else frozenset()
    named |= frozenset((question.horizon or "").split())
    if question.without:
        named |= _LEAVES_OUT
    if question.direction == "in":
        named |= _RECEIVED
    of_all_rows = kind.name in _OF_ALL_ROWS and not (question.names or question.perhaps)
    for number, word in enumerate(words):
        if word in MARKS or word == NAME or word in named or word.isdigit():
            continue
        if word in CLASSES["average"] and kind.family is Family.BALANCES:
            return heard.line.words[number].raw
        if word in _KINDS_OF_INCOME and kind.name == "income":
            return heard.line.words[number].raw
        if word in FREE:
            continue
        if word in USUAL_CATEGORIES and of_all_rows:
            return heard.line.words[number].raw
        if word == "out" and words[number - 1] in _OUT_AFTER:
            continue
        before = words[number - 1] if number else ""
        in_cash = word == "cash" and before in _PAID_BY and kind.family is Family.SPENDING
        if in_cash or word[0].isdigit() or not _meant((word,)) & means:
            return heard.line.words[number].raw
    return None


def _figure(question: Question, words: Sequence[Word]) -> str | None:
    """The first figure that says when, or how far, and is nothing the question has."""
    bounds = question.bounds
    known = {question.amount, question.limit, *((bounds.low, bounds.high) if bounds else ())}
    named = _named(question) | frozenset((question.horizon or "").split())
    for before, each in pairwise(words):
        figure = each.raw if each.raw.isdigit() and each.word not in named else None
        if figure and before.word in _LEADS_TO_A_TIME and Decimal(figure) not in known:
            return figure
    return None


def _named(question: Question) -> frozenset[str]:
    """The words of its names. What is only perhaps one counts unless other questions ask it."""
    names = (*question.names, *question.without)
    sure = frozenset(part for name in names for part in name.text.casefold().split())
    perhaps = {part for name in question.perhaps for part in name.text.casefold().split()}
    return frozenset(w for w in sure | (perhaps - _asked() - _OF_DAYS) if not _ORDINAL.fullmatch(w))


@cache
def _asked() -> frozenset[str]:
    return (
        frozenset(word for listed in wordings().values() for words in listed for word in words)
        - usual_names()
    )


def _meant(words: Iterable[str]) -> frozenset[str]:
    return frozenset(each for word in words for each in (stem(word), *meanings().get(word, ())))


@cache
def _taught(plain: str) -> frozenset[str]:
    return _meant(word for words in wordings()[plain] for word in words)
