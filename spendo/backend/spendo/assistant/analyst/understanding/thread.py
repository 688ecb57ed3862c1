"""A thread's messages in order: the last one, completed with what earlier ones left standing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from spendo.assistant.analyst.question import Question
from spendo.assistant.analyst.registry import chooser
from spendo.assistant.analyst.understanding.clauses import read_clauses, with_said_before
from spendo.assistant.analyst.understanding.following import follow_up, is_talk
from spendo.assistant.analyst.understanding.heard import LONGEST, hear
from spendo.assistant.analyst.understanding.known_names import NO_NAMES, Known, with_known_names
from spendo.assistant.analyst.understanding.lexicon import word_set
from spendo.assistant.analyst.understanding.recognise import ordinary_words
from spendo.assistant.analyst.understanding.reworded import seen
from spendo.assistant.analyst.understanding.sentence import read_sentence
from spendo.assistant.analyst.understanding.turned import of_both
from spendo.assistant.analyst.understanding.words import NAME

REMEMBERED = 12
"""How many earlier messages can still complete a follow-up."""
MOST_SENTENCES = 4
"""Questions of one message that are read, its last ones."""
LONGEST_MESSAGE = 4_000
"""Characters of a message in which sentences are still looked for."""

_SENTENCE_END = re.compile(r"(?<=[.?!])\s+|\n+")
_ADDENDUM = word_set(
    "by how much and exactly in total when was that it more less or many then altogether is now "
    "on what which day date"
)
_SHORT = 4
"""Words of a question that may only complete the one before it."""


def read_thread(messages: Sequence[str], names: Known = NO_NAMES) -> Question:
    """The question of the last message. Earlier ones only fill what it leaves out. `names` are
    those of the ledger."""
    earlier: Question | None = None
    before: Question | None = None
    question = Question("greeting")
    for typed in messages[-REMEMBERED:]:
        message = typed if len(typed) > LONGEST_MESSAGE else with_known_names(typed, names)
        question = of_both(message, earlier, before) or read_message(message, earlier)
        if not is_talk(question):
            earlier, before = question, earlier
    said = (part for name in question.perhaps for part in name.text.casefold().split())
    return replace(question, unread=frozenset(said) - ordinary_words())


def read_message(message: str, earlier: Question | None = None) -> Question:
    """One message. Of several sentences the questions count, and the last of them is answered."""
    if len(message) > LONGEST_MESSAGE:
        return Question("too_long")
    asked = [part for part in _SENTENCE_END.split(message) if part.strip().endswith("?")]
    asked = [part for part in asked if any(letter.isalnum() for letter in part)]
    if not asked:
        return read_clauses(message, earlier)
    asked = asked[-MOST_SENTENCES:]
    asked = [part for part in asked if not _is_addendum(part)] or asked[:1]
    if len(asked) > 1 and (joined := _joined(asked[-2], asked[-1], earlier)):
        return joined
    for part in asked[:-1]:
        before = read_sentence(part, earlier)
        earlier = earlier if is_talk(before) else before
    last = read_clauses(asked[-1], earlier)
    last = _with_rest(last, message.rpartition("?")[2])
    last = with_said_before(last, message.partition(asked[0])[0], asked[-1], earlier)
    return replace(last, several=len(asked) > 1)


def _is_addendum(part: str) -> bool:
    """ "By how much?", after a question whose answer says so anyway."""
    return set(hear(part, chooser().vocabulary).whole) <= _ADDENDUM


def _joined(first: str, last: str, earlier: Question | None) -> Question | None:
    """Both as one question, if the last says nothing by itself: "how did you convert it? which
    rate?"."""
    heard = hear(last, chooser().vocabulary)
    if len(heard.words) > _SHORT or heard.when or heard.times.move or NAME in seen(heard):
        return None
    before = read_sentence(first, earlier)
    both = read_sentence(f"{first} {last}", earlier)
    return both if both.kind == before.kind and not is_talk(both) else None


def _with_rest(question: Question, rest: str) -> Question:
    """What stands after the question mark changes the question if it is no sentence by itself, and
    says its time if that does not: "where did I spend most? top five shops"."""
    if is_talk(question) or not rest.strip() or len(rest) > LONGEST:
        return question
    heard = hear(rest, chooser().vocabulary)
    changed = follow_up(heard, question) if heard.limit or heard.group_by else None
    changed = changed or question
    return changed if heard.first_person else replace(changed, when=changed.when or heard.when)
