"""Which known wording a sentence is like: a linear model over its words, their meanings and pairs.

The material is data: wordings/*.txt has blocks of wordings under the plain wording that means the
same, wordings/meanings.txt the words that mean alike. `fit` learns from it which words speak for
which block; the weights it found are kept in wordings/weights.json (see fitting.py), so that a
process only reads them.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import combinations, pairwise
from random import Random

from spendo.assistant.analyst.understanding.amounts import CURRENCIES
from spendo.assistant.analyst.understanding.lexicon import word_set
from spendo.assistant.analyst.understanding.words import NAME, NUMBER, TIME

MATERIAL = files("spendo.assistant.analyst") / "wordings"
MOST_WORDS = 40
"""Words of a sentence that are looked at, its first ones."""

_SAID_AROUND = word_set(
    """
    a an the so please could you can tell me i want to know see wondering would like need my our we
    is are was were do did does have has had am be of that this it what for in on and uh um just ok
    right hey hi let give show
    """
)
"""Words that pairs skip: they stand around what is asked, whatever it is."""
_ENDINGS = ("ing", "ed", "es", "s")
_DOUBLED = frozenset("bdgmnpt")
CURRENCY = "§currency"
_SLOTS = {f"{{{mark[1:]}}}": mark for mark in ("§name", "§time", "§amount", "§number", CURRENCY)}

Features = frozenset[str]


@dataclass(frozen=True, slots=True)
class Ranked:
    """A block, by its plain wording, and how much speaks for it."""

    plain: str
    score: float


@dataclass(frozen=True, slots=True)
class Weights:
    """By feature: how rare it is, and what it says for and against blocks."""

    rarity: Mapping[str, float]
    votes: Mapping[str, Mapping[str, float]]

    def rank(self, words: Sequence[str]) -> list[Ranked]:
        """The blocks that anything speaks for or against, the likeliest first."""
        scores: dict[str, float] = defaultdict(float)
        for feature, weight in _vector(features(words), self.rarity).items():
            for plain, vote in self.votes.get(feature, {}).items():
                scores[plain] += weight * vote
        ranked = (Ranked(plain, score) for plain, score in scores.items())
        return sorted(ranked, key=lambda each: (-each.score, each.plain))


def features(words: Sequence[str]) -> Features:
    """What the model sees of a sentence: stems, meanings, neighbours and pairs of them."""
    words = [NAME if word in spoken_names() else word for word in words[:MOST_WORDS]]
    meant = [meaning(word) for word in words]
    twice = (f"two {mark}" for mark in (NAME, TIME) if words.count(mark) > 1)
    told = sorted({each for each, word in zip(meant, words, strict=True)
                   if word not in _SAID_AROUND})  # fmt: skip
    return frozenset(
        (
            *map(stem, words),
            *(each for word in words for each in meanings().get(word, ())),
            *twice,
            *(f"{first} {second}" for first, second in pairwise(("^", *meant, "$"))),
            *(f"{first}&{second}" for first, second in combinations(told, 2)),
        )
    )


def stem(word: str) -> str:
    if word in CURRENCIES:
        return CURRENCY
    if word[:1].isdigit():
        return NUMBER
    if word.startswith("§"):
        return word
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) > 2:
            word = word.removesuffix(ending)
            if len(word) > 3 and word[-1] == word[-2] and word[-1] in _DOUBLED:
                return word[:-1]  # "sitting" as "sit"
            break
    return word[:-1] if word.endswith("e") and len(word) > 3 else word


def meaning(word: str) -> str:
    """The first meaning of a word, or its stem."""
    return next(iter(meanings().get(word, ())), None) or stem(word)


@cache
def meanings() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for line in (MATERIAL / "meanings.txt").read_text(encoding="utf-8").splitlines():
        name, _, words = line.partition(":")
        if not line.startswith("#"):
            for word in words.split():
                found[word].append(f"~{name}")
    return {word: tuple(names) for word, names in found.items()}


@cache
def spoken_names() -> frozenset[str]:
    """Those of them that say nothing else: "rent", but not "savings"."""
    return frozenset(word for word in usual_names() if word not in meanings())


@cache
def _blocks_files() -> tuple[str, ...]:
    files_ = sorted(MATERIAL.iterdir(), key=lambda each: each.name)
    return tuple(
        file.read_text(encoding="utf-8")
        for file in files_
        if file.name.endswith(".txt") and file.name != "meanings.txt"
    )


@cache
def wordings() -> dict[str, tuple[tuple[str, ...], ...]]:
    """By the plain wording of a block: its wordings, each as its words."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for text in _blocks_files():
        for line in map(str.strip, text.splitlines()):
            if line.startswith("["):
                block = found.setdefault(line.strip("[]"), [])
            elif line and not line.startswith("#"):
                block.append(tuple(marked(line)))
    return {plain: tuple(listed) for plain, listed in found.items()}


def marked(line: str) -> list[str]:
    """The words of a wording, with marks for its slots: "{time}" is "§time". Other words in braces
    are names as people say them: "{rent}"."""
    return [_SLOTS.get(word, word.strip("{}")) for word in line.lower().split()]


@cache
def usual_names() -> frozenset[str]:
    """The words that wordings have as names."""
    return frozenset(
        word.strip("{}")
        for text in _blocks_files()
        for line in text.splitlines()
        for word in line.split()
        if word.startswith("{") and not line.startswith("[") and word not in _SLOTS
    )


def fit(material: Mapping[str, Sequence[Sequence[str]]], rounds: int = 4) -> Weights:
    """Averaged passive-aggressive learning (Crammer et al. 2006): each wording that is not known
    for its block by a margin of one moves the weights by as much as it lacks."""
    seen = [(features(words), plain) for plain, listed in material.items() for words in listed]
    counts = Counter(feature for found, _ in seen for feature in found)
    rarity = {feature: math.log(1 + len(seen) / count) for feature, count in counts.items()}
    learner = _Learner()
    examples = [(_vector(found, rarity), plain) for found, plain in seen]
    random = Random(1)  # noqa: S311
    for _ in range(rounds):
        random.shuffle(examples)
        for vector, plain in examples:
            learner.learn(vector, plain)
    return Weights(rarity, learner.averaged())


class _Learner:
    _MOST = 0.5
    """How far one example moves the weights at most."""

    def __init__(self) -> None:
        self._votes: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        self._late: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        self._turn = 1

    def learn(self, vector: Mapping[str, float], plain: str) -> None:
        scores: dict[str, float] = defaultdict(float)
        for feature, weight in vector.items():
            for other, vote in self._votes[feature].items():
                scores[other] += weight * vote
        rival = max((other for other in scores if other != plain), key=scores.__getitem__,
                    default=None)  # fmt: skip
        lacking = 1 - scores[plain] + (scores[rival] if rival else 0.0)
        if lacking > 0:
            step = min(self._MOST, lacking / 2)
            self._move(vector, plain, step)
            if rival:
                self._move(vector, rival, -step)
        self._turn += 1

    def _move(self, vector: Mapping[str, float], plain: str, step: float) -> None:
        for feature, weight in vector.items():
            self._votes[feature][plain] += step * weight
            self._late[feature][plain] += step * weight * self._turn

    def averaged(self) -> dict[str, dict[str, float]]:
        return {
            feature: {
                plain: vote - self._late[feature][plain] / self._turn
                for plain, vote in votes.items()
            }
            for feature, votes in self._votes.items()
        }


def _vector(found: Features, rarity: Mapping[str, float]) -> dict[str, float]:
    """Rare features weigh more; a long sentence weighs no more than a short one."""
    known = sorted(feature for feature in found if feature in rarity)
    length = math.sqrt(sum(rarity[feature] ** 2 for feature in known)) or 1.0
    return {feature: rarity[feature] / length for feature in known}
