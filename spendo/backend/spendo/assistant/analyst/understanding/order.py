"""A question put the usual way round: what it asks for first, then what it is about.

"Groceries was how much last month" is "how much was groceries last month". Kinds and wordings then
need to know one order of words only.
"""

from __future__ import annotations

from collections.abc import Sequence

from spendo.assistant.analyst.understanding.lexicon import word_set
from spendo.assistant.analyst.understanding.words import MARKS, TIME, Line, Word

_LONGEST = 6
"""Words that what is asked about has at most."""
_ROUND = {
    "was": ("was", ""),
    "were": ("were", ""),
    "is": ("is", ""),
    "are": ("are", ""),
    "cost": ("did", "cost"),
    "costs": ("does", "cost"),
    "came": ("did", "come"),
    "comes": ("does", "come"),
    "averaged": ("did", "average"),
    "averages": ("does", "average"),
    "got": ("did", "get"),
    "took": ("did", "take"),
}
"""Verbs before "how much": how a question with them begins, and what is left of them in it."""
_LINKS = word_set("at to out me us")
"""Words between the verb and what is asked: "came to what"."""
_GOES_ON = MARKS | word_set("in on per a each every for since over from out of off me us last this")
"""What may follow: "what" before other words begins something else."""
_AROUND = word_set("know tell me if that and but so please need to hey show give see hear then")
_NO_SUBJECT = word_set(
    "i we you they he she it this these those there how what which when where why who"
)


def asked_first(line: Line) -> Line:
    """The line with "how much" or "what" in front, where it stands behind what it asks about."""
    words = line.words
    for at in range(2, len(words)):
        length = _asks(words, at)
        verb = _verb(words, at) if length else 0
        begin = _subject(words, verb) if verb else verb
        if begin < verb:
            asks, rest = words[at : at + length], words[at + length :]
            first, left = (Word(each, each) for each in _ROUND[words[verb].word])
            subject = (*words[begin:verb], *([left] if left.word else []), *words[verb + 1 : at])
            before = words[:begin]
            if all(word.word == TIME for word in before):
                return Line((*asks, first, *subject, *before, *rest))
            return Line((*before, *asks, first, *subject, *rest))
    return line


def _asks(words: Sequence[Word], at: int) -> int:
    """How many words ask there for an amount, with nothing after them that they could begin."""
    said = [word.word for word in words[at : at + 3]]
    length = 2 if said[:2] == ["how", "much"] else 1 if said[0] == "what" else 0
    return length if all(word in _GOES_ON for word in said[length : length + 1]) else 0


def _verb(words: Sequence[Word], at: int) -> int:
    """Where the verb before `at` stands, or 0."""
    at -= 1
    while at > 0 and words[at].word in _LINKS:
        at -= 1
    return at if words[at].word in _ROUND else 0


def _subject(words: Sequence[Word], end: int) -> int:
    """Where what is asked about begins, or `end` if there is nothing that could be."""
    begin = end
    while begin and not words[begin - 1].pause and words[begin - 1].word not in _AROUND | MARKS:
        begin -= 1
    subject = {word.word for word in words[begin:end]}
    return end if subject & _NO_SUBJECT or end - begin > _LONGEST else begin
