"""A small language for wordings, matched against words one at a time.

    how much ... ~spend         words in this order; "..." skips up to three, ".." up to one
    last/latest paycheck?       alternatives; "?" marks a word that may be missing
    ^ balance $                 the message begins, or ends, here
    over {amount} {time}        what was taken out of the sentence: time, amount, number

`~spend` is a class of words from the lexicon. Matching looks at each word a bounded number of
times, whatever the text: there is no pattern that a hostile message could make slow.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import takewhile

from spendo.assistant.analyst.understanding.lexicon import CLASSES
from spendo.assistant.analyst.understanding.words import AMOUNT, NAME, NUMBER, TIME

_GAPS = {"..": 1, "...": 3}
_MARKS = {"{time}": TIME, "{amount}": AMOUNT, "{number}": NUMBER, "{name}": NAME}


@dataclass(frozen=True, slots=True)
class _Part:
    """One place of a phrase: the words that may stand there; none of them for a gap."""

    words: frozenset[str]
    optional: bool = False
    gap: int = 0


@dataclass(frozen=True)
class Phrase:
    """`starts` are the words with which it can begin."""

    text: str
    parts: tuple[_Part, ...]
    at_start: bool
    at_end: bool

    @cached_property
    def words(self) -> frozenset[str]:
        return frozenset(word for part in self.parts for word in part.words)

    @cached_property
    def starts(self) -> frozenset[str]:
        words: frozenset[str] = frozenset()
        for part in self.parts:
            words |= part.words
            if not part.optional:
                break
        return words


@dataclass(frozen=True, slots=True)
class Found:
    """The numbers of the words that a phrase accounts for, gaps left out."""

    words: frozenset[int]


@lru_cache(maxsize=4096)
def phrase(text: str) -> Phrase:
    """Read one phrase; ValueError when it is not one."""
    pieces = text.split()
    at_start, at_end = pieces[:1] == ["^"], pieces[-1:] == ["$"]
    parts = tuple(_part(piece) for piece in pieces[at_start : len(pieces) - at_end])
    begins = list(takewhile(lambda part: part.optional, parts))
    if begins == list(parts) or parts[len(begins)].gap or parts[-1].gap:
        raise ValueError(f"Not a phrase: {text!r}")
    return Phrase(text, parts, at_start, at_end)


def _part(piece: str) -> _Part:
    if piece in _GAPS:
        return _Part(frozenset(), gap=_GAPS[piece])
    optional = piece.endswith("?")
    words: set[str] = set()
    for word in piece.removesuffix("?").split("/"):
        if word.startswith("~"):
            words |= CLASSES[word[1:]]
        else:
            words.add(_MARKS.get(word, word))
    return _Part(frozenset(words), optional)


def phrases(block: str) -> tuple[Phrase, ...]:
    """One phrase a line."""
    return tuple(phrase(line.strip()) for line in block.splitlines() if line.strip())


def find(wanted: Phrase, words: Sequence[str]) -> Found | None:
    """Where the phrase stands first."""
    for start in [0] if wanted.at_start else range(len(words)):
        if (found := match_at(wanted, words, start)) is not None:
            return found
    return None


def match_at(wanted: Phrase, words: Sequence[str], start: int) -> Found | None:
    if (wanted.at_start and start) or start >= len(words) or words[start] not in wanted.starts:
        return None
    for taken in _ways(wanted, words, start):
        return Found(frozenset(taken))
    return None


def _ways(wanted: Phrase, words: Sequence[str], start: int) -> Iterator[tuple[int, ...]]:
    """The ways in which the phrase matches from `start`, each as the words it takes.

    No pair of a place in the phrase and a word is tried twice, so that the work is bounded by
    their product.
    """
    tried: set[tuple[int, int]] = set()
    waiting: list[tuple[int, int, tuple[int, ...]]] = [(0, start, ())]
    while waiting:
        place, at, taken = waiting.pop()
        if (place, at) in tried:
            continue
        tried.add((place, at))
        if place == len(wanted.parts):
            if not wanted.at_end or at == len(words):
                yield taken
            continue
        part = wanted.parts[place]
        if part.gap:
            longest = min(part.gap, len(words) - at)
            waiting.extend((place + 1, at + skipped, taken) for skipped in range(longest, -1, -1))
            continue
        if part.optional:
            waiting.append((place + 1, at, taken))
        if at < len(words) and words[at] in part.words:
            waiting.append((place + 1, at + 1, (*taken, at)))
