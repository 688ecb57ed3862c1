"""Names in a sentence: the words that are neither grammar nor the question itself."""

from __future__ import annotations

import re
from collections.abc import Sequence

from spendo.assistant.analyst.question import Name, NameHint
from spendo.assistant.analyst.understanding.lexicon import ASKING_WORDS, FUNCTION_WORDS, word_set
from spendo.assistant.analyst.understanding.words import MARKS, Word

_HINTS: dict[str, NameHint] = {
    "at": "at",
    "from": "at",
    "with": "at",
    "to": "none",
    "on": "on",
    "for": "on",
    "in": "in",
    "about": "none",
    "called": "none",
    "named": "none",
    "like": "none",
}
_CONNECTORS = frozenset({"of", "and", "&", "the", "or", "n", "+"})
_STOPS = word_set(
    """
    i we you did do does have has had was were is are am will would should can could what how
    which who where when than per if because this that these those more less it me by over under
    during ago each every including using
    """
) | set(_HINTS)
_LEADING = word_set("my the a an all any some our your their only just also too then maybe")
_TRAILING = word_set(
    """
    purchases purchase transactions transaction payments payment charges charge account accounts
    category categories merchant total please overall altogether compared comparison vs versus
    spending expenses expense stuff things only now exactly right again too though ever and or &
    the so far instead then balance rows entries items history activity thanks costs alone
    """
)
_NO_NAMES = word_set(
    """
    rundown tally rank sitting paying fixed log loans cards doing better doing
    without except excluding exclude excludes besides ignoring minus leaving including using than
    counting apart aside percent percentage percents share proportion ratio
    refund refunds times visits visit trip trips orders rate flow cashflow surplus deficit red black
    home rent's wise terms detail details full regular everything anything something nothing
    payday idea clue looking status gone close extra yet
    whatever else graph chart table half deposited coming minus paid mostly lot lots
    """
)
"""Words that are no name by themselves, whichever preposition they follow."""
_SAID_ALONG = word_set(
    """
    idea looking heavy main single grand outstanding overview habit bad exact entire whole overall
    part back close away manage deep add keep please debt debts signed
    """
)
"""Words that are no name where no preposition leads to one, at the ends of a run."""
_NUMBER = re.compile(r"(?!401k$)[$€£]?\d[\d.,]*k?")


def find_names(words: Sequence[Word]) -> tuple[Name, ...]:
    """The names in the order they stand, each with the preposition before it as a hint."""
    names: list[Name] = []
    index = 0
    while index < len(words):
        hint = _HINTS.get(words[index].word)
        if hint is not None:
            end = index + 1
            while end < len(words) and words[end].word not in _STOPS | MARKS:
                end += 1
                if words[end - 1].pause:
                    break
            span = _trimmed(words[index + 1 : end])
            if any(_is_content(word) for word in span):
                names.append(Name(_joined(span), hint))
                index = end
                continue
            index += 1
        elif _is_content(words[index]):
            end = _end_of_run(words, index)
            if span := _without_said_along(words[index:end]):
                names.append(Name(_joined(span)))
            index = end
        else:
            index += 1
    return tuple(name for name in names if name.text.casefold() not in _NO_NAMES)


def _is_content(word: Word) -> bool:
    return (
        word.word not in FUNCTION_WORDS
        and word.word not in ASKING_WORDS
        and word.word != "one"
        and word.word not in MARKS
        and word.word not in {"&", "+", "-"}
        and not _NUMBER.fullmatch(word.word)
    )


def _end_of_run(words: Sequence[Word], start: int) -> int:
    """Past the content words from `start`, over connectors that lead to another one."""
    end = start + 1
    while end < len(words) and not words[end - 1].pause:
        if _is_content(words[end]):
            end += 1
        elif (
            words[end].word in _CONNECTORS and end + 1 < len(words) and _is_content(words[end + 1])
        ):
            end += 2
        elif (
            words[end].word in ("and", "or")
            and end + 2 < len(words)
            and words[end + 1].word in ("the", "my")
            and _is_content(words[end + 2])
        ):
            end += 3
        else:
            break
    return end


def _trimmed(span: Sequence[Word]) -> Sequence[Word]:
    start, end = 0, len(span)
    while start < end and span[start].word in _LEADING:
        start += 1
    while end > start and span[end - 1].word in _TRAILING:
        end -= 1
    return span[start:end]


def _without_said_along(span: Sequence[Word]) -> Sequence[Word]:
    start, end = 0, len(span)
    while start < end and span[start].word in _SAID_ALONG:
        start += 1
    while end > start and span[end - 1].word in _SAID_ALONG:
        end -= 1
    return span[start:end]


def _joined(span: Sequence[Word]) -> str:
    return " ".join(word.raw for word in span)
