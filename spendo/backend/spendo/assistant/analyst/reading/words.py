"""Words out of a message: contractions opened, key words spelled right, the rest left as typed."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from spendo.assistant.analyst.reading.lexicon import (
    ASKING_WORDS,
    CONTRACTIONS,
    FUNCTION_WORDS,
    KEY_WORDS,
    NOT_MISSPELLED,
)

MARK = "§"
_QUOTES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": " "})
_BEFORE = "\"'([{<*_`¿¡-"
_AFTER = "\"')]}>?!,;:.*_`…-"


@dataclass(frozen=True)
class Word:
    """`raw` as typed (without punctuation around it), `word` in lower case and spelled right."""

    raw: str
    word: str


@dataclass(frozen=True)
class Line:
    """The words of a message; `text` joins them by single spaces."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        return " ".join(word.word for word in self.words)

    @property
    def cased_text(self) -> str:
        """`text` with the capitals as typed: "May" is a month sooner than "may" is."""
        return " ".join(
            word.raw if word.raw.lower() == word.word else word.word for word in self.words
        )

    def without(self, start: int, end: int) -> Line:
        """The line with a mark in place of the words that `text[start:end]` touches."""
        kept: list[Word] = []
        position = 0
        for word in self.words:
            inside = position < end and position + len(word.word) > start
            position += len(word.word) + 1
            if not inside:
                kept.append(word)
            elif not kept or kept[-1].word != MARK:
                kept.append(Word(MARK, MARK))
        return Line(tuple(kept))


def read_line(message: str) -> Line:
    words: list[Word] = []
    text = unicodedata.normalize("NFKC", message).translate(_QUOTES).replace(MARK, " ")
    for token in text.split():
        raw = token.strip(_BEFORE).rstrip(_AFTER)
        if not raw:
            continue
        lower = raw.lower()
        if len(lower) != len(raw):  # a letter without a capital of its own length
            raw = lower
        if lower in CONTRACTIONS:
            words.extend(Word(part, part) for part in CONTRACTIONS[lower].split())
        else:
            words.append(Word(raw, _spelled(lower)))
    return Line(tuple(words))


@lru_cache(maxsize=4096)
def _spelled(word: str) -> str:
    """The key word that `word` misspells, or `word`."""
    known = (
        word in KEY_WORDS
        or word in NOT_MISSPELLED
        or word in FUNCTION_WORDS
        or word in ASKING_WORDS
        or len(word) < 4
        or not word.isalpha()
        or not word.isascii()
    )
    if known:
        return word
    allowed = 2 if len(word) >= 8 else 1
    best = min(
        ((_distance(word, key, allowed), key) for key in KEY_WORDS),
        key=lambda pair: (pair[0], -len(pair[1]), pair[1]),
    )
    return best[1] if best[0] <= allowed else word


def _distance(left: str, right: str, allowed: int) -> int:
    """Edits between two words: insert, delete, replace, or swap two neighbours."""
    if abs(len(left) - len(right)) > allowed or left[0] != right[0]:
        return allowed + 1
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, start=1):
        previous, before = before, row
        row = [i]
        for j, b in enumerate(right, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                cost = min(cost, previous[j - 2] + 1)
            row.append(cost)
    return row[-1]
