"""A thread's messages in order: the last one, completed with what earlier ones left standing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from spendo.assistant.analyst.question import TALK, Question, Topic, When
from spendo.assistant.analyst.reading.data import read_data
from spendo.assistant.analyst.reading.lexicon import MONEY_WORDS, word_set
from spendo.assistant.analyst.reading.money import MONEY_READERS, when_of
from spendo.assistant.analyst.reading.sentence import LONGEST, Sentence, read_sentence
from spendo.assistant.analyst.reading.talk import read_talk
from spendo.assistant.analyst.reading.words import MARK

REMEMBERED = 12
"""How many earlier messages can still complete a follow-up."""

_LEAD = re.compile(
    r"(?:and|so|ok|okay|now|every|each|any|then|but|or|also|just|only|sorry|no|yes|please|instead|again|"
    r"what about|how about|what of|same for|same|for|show me|show|list|tell me about|i mean|"
    r"i meant|make it|do|the|my|on|at|in|from|by|to|of|about|all|that|it|me|per|with|was|were|is|"
    r"too|well|as|during|over|last|top)\b"
)
_CONTINUES = re.compile(r"^(?:and|but|or|also|so|what about|how about|same|ok and|what if)\b")
_REFERS = re.compile(r"\b(?:that|those|them|these|it|there|of this)\b")
_MORE = re.compile(r"(?:show |list |see |give )?(?:me )?(?:some |the )?(?:more|rest|all|next)"
                   r"(?: of (?:them|those|it))?")  # fmt: skip
_LOOKS = re.compile(r"^(?:please |can you |could you )?(?:show|list|find|search|see)\b")

_SENTENCE_END = re.compile(r"(?<=[.?!])\s+|\n+")
# Said to an assistant for money, this is about money.
_AMOUNT_OF_NOTHING = re.compile(
    r"(?:(?:so|and|ok|but|then) )*how (?:much|many)(?: (?:is|was) (?:it|that))?"
)
_TOO_WIDE = word_set("budget budgets finance finances financial money")


def read_thread(messages: Sequence[str]) -> Question:
    """The question of the last message. Earlier ones only fill what it leaves out."""
    earlier: Question | None = None
    question = Question(Topic.GREETING)
    for message in messages[-REMEMBERED:]:
        question = read_message(message, earlier)
        if question.topic not in TALK:
            earlier = question
    return question


def read_message(message: str, earlier: Question | None = None) -> Question:
    """One message. Of several sentences the questions count, and the last of them is answered."""
    if len(message) > LONGEST:
        return Question(Topic.UNCLEAR)
    asked = [part for part in _SENTENCE_END.split(message) if part.strip().endswith("?")]
    asked = [part for part in asked if any(letter.isalnum() for letter in part)]
    if not asked:
        return _read_sentence(message, earlier)
    for part in asked[:-1]:
        before = _read_sentence(part, earlier)
        earlier = before if before.topic not in TALK else earlier
    last = _read_sentence(asked[-1], earlier)
    return replace(last, several=len(asked) > 1)


def _read_sentence(message: str, earlier: Question | None) -> Question:
    s = read_sentence(message)
    if talk := read_talk(s):
        return talk
    if s.bad_period:
        return Question(Topic.BAD_PERIOD)
    question = read_data(s) or next(
        (found for reader in MONEY_READERS if (found := reader(s)) is not None), None
    )
    if question is not None:
        return _completed(s, question, earlier)
    if earlier is not None and (follow_up := _follow_up(s, earlier)):
        return follow_up
    return _bare(s) or _gate(s)


def _completed(s: Sentence, question: Question, earlier: Question | None) -> Question:
    """A question of its own, with the period (and names) of the one it continues."""
    if question.topic in TALK or question.topic is Topic.DATA:
        return question
    if earlier is None:
        if s.move is None or s.when is not None:
            return question
        return replace(question, when=_moved_from(s, None))
    waiting = earlier.topic is Topic.UNCLEAR
    refers = _REFERS.search(s.plain) is not None
    again = question.topic is Topic.COUNT and not question.names and s.has("times|how many|often")
    if not (waiting or refers or again or s.move or _CONTINUES.search(s.whole)):
        return question
    when = question.when
    if when is None:
        when = _moved_from(s, earlier) if s.move else earlier.when
    names = question.names
    if not names and (waiting or refers or again or s.move):
        names = earlier.names
    elif refers and names and s.has("of that|of those|of these|of it"):
        names = (*earlier.names, *names)
    if question.topic in (Topic.NET_WORTH, Topic.ACCOUNTS, Topic.SAVED):
        names = question.names
    return replace(question, when=when, names=names)


def _follow_up(s: Sentence, earlier: Question) -> Question | None:
    """Only the parts that change: "and in May?", "what about restaurants?", "by merchant?"."""
    if earlier.topic is Topic.LIST and _MORE.fullmatch(s.plain):
        return replace(earlier, limit=50)
    if not _is_elliptic(s):
        return None
    changed = earlier
    when = when_of(s) or (_moved_from(s, earlier) if s.move else None)
    if when is not None:
        changed = replace(changed, when=when)
    if s.names:
        changed = replace(changed, names=s.names, group_by=None)
        if earlier.topic is Topic.UNCLEAR:
            changed = replace(changed, topic=Topic.SPENDING, sure=False)
        elif earlier.topic in (Topic.ACCOUNTS, Topic.NET_WORTH):
            changed = replace(changed, topic=Topic.BALANCE, sure=False)
        elif earlier.topic in (Topic.SAVED, Topic.LAST_PAID):
            changed = replace(changed, topic=Topic.SPENDING, sure=False)
    if s.group_by is not None:
        summed = earlier.topic in (Topic.SPENDING, Topic.INCOME)
        topic = earlier.topic if summed else Topic.SPENDING
        changed = replace(changed, group_by=s.group_by, topic=topic)
    if s.limit is not None:
        changed = replace(changed, limit=s.limit)
    if s.bounds is not None:
        changed = replace(changed, bounds=s.bounds, topic=Topic.LIST)
    return changed if changed is not earlier else None


def _moved_from(s: Sentence, earlier: Question | None) -> When | None:
    if s.move is None:
        return None
    unit = "month" if s.move.unit == "same" else s.move.unit
    base = earlier.when if earlier and earlier.when else When(f"this {unit}")
    return When(base.text, (*base.moves, s.move))


def _is_elliptic(s: Sentence) -> bool:
    """Whether nothing is left of the sentence beside names, time and words that lead to them."""
    rest = s.plain
    for name in s.names:
        rest = rest.replace(" ".join(name.text.casefold().split()), MARK, 1)
    rest = re.sub(r"\b(?:category|categories|merchants?|stores?|months?|monthly|accounts?|shops?|"
                  r"each|every|which|what)\b", MARK, rest) if s.group_by else rest  # fmt: skip
    rest = _LEAD.sub(" ", rest)
    return not rest.replace(MARK, " ").split()


def _bare(s: Sentence) -> Question | None:
    """A name alone is taken for spending if the ledger knows it; a period alone is asked about."""
    if not _is_elliptic(s):
        return None
    when = when_of(s) or _moved_from(s, None)
    if s.names and not set(s.plain.split()) & _TOO_WIDE:
        topic = Topic.LIST if _LOOKS.search(s.whole) else Topic.SPENDING
        return Question(topic, names=s.names, when=when, group_by=s.group_by, sure=False)
    if when or s.names or s.group_by or s.limit or s.bounds:
        return Question(Topic.UNCLEAR, when=when, group_by=s.group_by)
    return None


def _gate(s: Sentence) -> Question:
    """About money, but not read: asked back. About anything else: said so."""
    if _AMOUNT_OF_NOTHING.fullmatch(s.whole):
        return Question(Topic.UNCLEAR)
    own = s.first_person or not s.names
    if own and set(s.whole.split()) & MONEY_WORDS:
        return Question(Topic.UNCLEAR, when=when_of(s))
    return Question(Topic.OFF_TOPIC)
