"""Changing the records, or moving money: how it is done, since the analyst does neither."""

from __future__ import annotations

from spendo.assistant.analyst.fixed import says
from spendo.assistant.analyst.kind import Family, Kind
from spendo.assistant.analyst.question import Question
from spendo.assistant.analyst.understanding.heard import Heard
from spendo.assistant.analyst.understanding.lexicon import MONEY_WORDS, word_set

CHANGE = (
    "I can read your records but not change them or move money. I can show what you want to change "
    "so that you find it."
)
_POLITE = word_set("please can could would will you i want to like help me go ahead and now just")
_VERBS = word_set(
    """
    delete remove erase mark categorise categorize recategorise recategorize rename transfer move
    send pay buy sell set create cancel undo add split import export hide change update edit invest
    close open withdraw deposit put wipe clear reset
    """
)
_ONLY_MONEY = word_set(
    "categorise categorize recategorise recategorize pay undo split transfer mark"
)


def verb_of(heard: Heard) -> str | None:
    """The verb that the message begins with, after words of politeness."""
    for number, word in enumerate(heard.whole):
        if word in _VERBS:
            following = heard.whole[number + 1 : number + 2]
            if (word == "add" and following == ("up",)) or (word == "set" and following == ("of",)):
                return None
            return word
        if word not in _POLITE:
            return None
    return None


def weigh(heard: Heard) -> int:
    return 83 if verb_of(heard) else 0


def read(question: Question, heard: Heard) -> Question | None:
    verb = verb_of(heard)
    about_money = set(heard.whole) & MONEY_WORDS or verb in _ONLY_MONEY
    if not (about_money or question.bounds or question.amount):
        return Question("off_topic")
    return Question("change")


KINDS = (
    Kind(
        name="change",
        family=Family.ACTIONS,
        title="Changes",
        cues="83 undo that/it/this",
        weigh=weigh,
        read=read,
        answer=says(CHANGE),
        examples=(
            "delete all my transactions",
            "transfer 100 dollars to savings",
            "pay my rent",
            "please mark all Lyft rides as Transport",
            "set a budget for groceries of $400",
            "undo that",
        ),
        talk=True,
    ),
)
