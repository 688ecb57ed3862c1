"""Which kind of question a sentence is: the one whose wording weighs most and does not decline."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from spendo.assistant.analyst.kind import Kind
from spendo.assistant.analyst.question import UNCATEGORISED, Question
from spendo.assistant.analyst.understanding.heard import OWN_WORDS, Heard
from spendo.assistant.analyst.understanding.lexicon import FUNCTION_WORDS, KEY_WORDS
from spendo.assistant.analyst.understanding.likeness import usual_names, wordings
from spendo.assistant.analyst.understanding.phrases import Found, Phrase, find, match_at
from spendo.assistant.analyst.understanding.spoken_words import SPOKEN_WORDS
from spendo.assistant.analyst.understanding.words import NAME

_LONG = 7
"""Letters from which a word of wordings is put right: shorter ones are a slip from others."""


@cache
def _long_words() -> frozenset[str]:
    every = (word for listed in wordings().values() for words in listed for word in words)
    return frozenset(word for word in every if len(word) >= _LONG) - usual_names()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A kind, the weight of its best wording, and the words that it explains."""

    kind: Kind
    weight: int
    words: frozenset[int]


class Chooser:
    """All kinds, by the words with which their wordings begin."""

    def __init__(self, kinds: Sequence[Kind]) -> None:
        self._by_word: dict[str, list[tuple[int, int, Phrase]]] = defaultdict(list)
        self._kinds = tuple(kinds)
        said = (word for kind in kinds for _, wording in kind.wordings for word in wording.words)
        words = KEY_WORDS | OWN_WORDS | {*said, *_long_words()}
        self.vocabulary = frozenset(word for word in words if len(word) > 3 and word.isalpha())
        """The words that kinds are recognised by, for putting typos right."""
        for number, kind in enumerate(kinds):
            for weight, wording in kind.wordings:
                for word in wording.starts:
                    self._by_word[word].append((number, weight, wording))

    def candidates(self, heard: Heard) -> list[Candidate]:
        """The kinds that a wording speaks for, best first."""
        words = heard.words
        best: dict[int, tuple[int, int]] = {}
        explained: dict[int, frozenset[int]] = defaultdict(frozenset)
        for number, weight, found in self._found(words):
            rank = (weight, len(found.words))
            if rank > best.get(number, (0, 0)):
                best[number], explained[number] = rank, found.words
        for number, kind in enumerate(self._kinds):
            if kind.weigh is not None and (weight := kind.weigh(heard)):
                best[number] = max(best.get(number, (0, 0)), (weight, 0))
        order = sorted(best, key=lambda number: (*best[number], -number), reverse=True)
        return [
            Candidate(self._kinds[number], best[number][0], explained[number])
            for number in order
            if not any(find(text, words) for text in self._kinds[number].excluded)
        ]

    def _found(self, words: Sequence[str]) -> Iterator[tuple[int, int, Found]]:
        for start, word in enumerate(words):
            for number, weight, wording in self._by_word.get(word, ()):
                if (found := match_at(wording, words, start)) is not None:
                    yield number, weight, found

    def choose(self, heard: Heard) -> tuple[Kind, Question] | None:
        return self.first(self.candidates(heard), heard)

    def first(self, candidates: Sequence[Candidate], heard: Heard) -> tuple[Kind, Question] | None:
        """The best of them that does not decline."""
        for candidate in candidates:
            question = candidate.kind.read(common(candidate, heard), heard)
            if question is not None:
                return candidate.kind, question
        return None


def common(candidate: Candidate, heard: Heard) -> Question:
    """What is heard alike for every kind."""
    words = heard.words
    content = frozenset(n for n in candidate.words if words[n] not in FUNCTION_WORDS | {NAME})
    content |= frozenset(n for n, word in enumerate(words) if word in SPOKEN_WORDS)
    ahead = heard.times.lasts if candidate.kind.looks_ahead else None
    horizon = heard.times.horizon or ahead
    own = candidate.kind.vocabulary | set((horizon or "").split())
    own |= {word.raw for word in heard.line.words if word.word in own and word.word != NAME}
    names = (
        name
        for name in heard.names(content)
        if name.text == UNCATEGORISED or not set(name.text.split()) <= own
    )
    return Question(
        candidate.kind.becomes or candidate.kind.name,
        names=tuple(names),
        without=heard.without,
        perhaps=heard.perhaps,
        when=None if ahead else heard.when,
        other=heard.times.other,
        more=heard.times.whens[2:],
        horizon=horizon,
        group_by=heard.group_by,
        limit=heard.limit,
        bounds=heard.bounds,
        amount=heard.amount,
        currency=heard.currency,
    )
