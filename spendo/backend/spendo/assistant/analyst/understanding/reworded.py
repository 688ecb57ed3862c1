"""A message in the plain wording that it is like, with its own names, time and amounts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cache

from spendo.assistant.analyst.question import Name, When
from spendo.assistant.analyst.understanding.amounts import CURRENCIES
from spendo.assistant.analyst.understanding.fitting import weights
from spendo.assistant.analyst.understanding.heard import Heard, asked_of
from spendo.assistant.analyst.understanding.lexicon import (
    ASKING_WORDS,
    CLASSES,
    FUNCTION_WORDS,
    USUAL_CATEGORIES,
    word_set,
)
from spendo.assistant.analyst.understanding.likeness import (
    Ranked,
    marked,
    meanings,
    spoken_names,
    stem,
    usual_names,
    wordings,
)
from spendo.assistant.analyst.understanding.spoken_words import SPOKEN_WORDS
from spendo.assistant.analyst.understanding.times import Times
from spendo.assistant.analyst.understanding.words import (
    MARKS,
    MONTHS,
    NAME,
    NOTHING,
    NUMBER,
    TIME,
    Line,
    Word,
)

FOLLOWS = "and "
"""How plain wordings begin that only mean something after an earlier question."""
_LEANING = 0.2
"""What speaks for a wording that follows, where there is something to follow."""
_LONG_NAME = 2
"""Words without capitals that can be a name which the model need not know."""
_TRIP = "{name} trip"
_SPAN = re.compile(r"\b\d{1,3} (?:days|weeks|months|years)\b")
_EVERYWHERE = 3
"""Words of so many blocks are words of questions, and no name whatever is asked."""
_IN_NAMES = frozenset(
    {"on", "at", "in", "from", "for", "with", "to", "about", "of", "and", "or", "the", "out", "&"}
)
"""Words that lead to a name, or join its parts."""
_ACCOUNTS = word_set("card account checking chequing savings wallet")
_ASKS = word_set("how what which when where why was did is should at")
_BEFORE_SLOT = frozenset({"on", "at", "of", "in", "from", "by", "for", "to", "under", "as", "than"})


@dataclass(frozen=True, slots=True)
class Reworded:
    """`margin`: by how much more speaks for this wording than for any other; `known`: the share of
    the words that the model knows; `common`: none of them is a word of questions only."""

    plain: str
    heard: Heard
    margin: float
    known: float
    common: bool

    @property
    def follows(self) -> bool:
        return self.plain.startswith(FOLLOWS)


def reworded(heard: Heard, *, follows: bool, without: Collection[str] = ()) -> Reworded | None:
    """`follows`: whether there is an earlier question that it can follow; `without`: plain wordings
    that it is not."""
    words = seen(heard)
    ranked = sorted(
        (
            Ranked(each.plain, each.score + _LEANING * each.plain.startswith(FOLLOWS))
            for each in weights().rank(words)
            if each.plain not in without
            and (follows or not each.plain.startswith(FOLLOWS))
            and _fits(each.plain, heard)
        ),
        key=lambda each: -each.score,
    )
    if not ranked or ranked[0].score <= 0:
        return None
    first = ranked[0]
    rival = max([0.0, *(each.score for each in ranked[1:2])])
    return Reworded(
        first.plain,
        _in_other_words(heard, first.plain),
        first.score - rival,
        _share_known(heard),
        common=not set(_content(heard)) & _words_of_questions() and NAME not in heard.words,
    )


def in_words(said: Reworded) -> str | None:
    """The plain wording as a question to ask, with what the message has for its slots."""
    heard = said.heard
    times = list(heard.times.whens)
    if heard.times.move or heard.times.ago or any(when.moves for when in times):
        return None
    if sum(word == TIME for word in marked(said.plain)) > len(times):
        return None  # "compare it in May and": with what?
    left = [name for name in heard.named or () if name.text not in _raw(heard.line)]
    if any(name.hint == "none" for name in left):
        return None
    aside = [part for name in left for part in _led_to(name)]
    parts: list[str] = []
    for word in heard.line.words:
        if word.word == TIME:
            parts += aside
            aside = []
        if word.word == TIME and times:
            parts.append(_as_said(times.pop(0).text))
        elif word.word == NUMBER and heard.limit:
            parts.append(str(heard.limit))
        elif word.word in MARKS:
            return None
        else:
            parts.append("I" if word.word == "i" else word.raw)
    text = " ".join([*parts, *aside])
    asks = heard.line.words[0].word in _ASKS
    return f"{text[:1].upper()}{text[1:]}{'?' if asks else ''}"


def _raw(line: Line) -> str:
    return " ".join(word.raw for word in line.words)


def _led_to(name: Name) -> list[str]:
    """ "on my credit card": a name for which the plain wording has no place."""
    whose = ["my"] if name.text.islower() else []
    return ["with" if name.hint == "at" else name.hint, *whose, name.text]


def _as_said(time: str) -> str:
    """ "in May" of a period that was said without the word before it."""
    bare = time[:1].isdigit() or time.split()[0].casefold() in MONTHS
    return f"{'on' if time[:1].isdigit() else 'in'} {time}" if bare else time


def seen(heard: Heard) -> list[str]:
    """The words as the model sees them: those it does not know that stand for a name are one."""
    names = heard.names(_explained(heard, _words_of_questions() | SPOKEN_WORDS))
    named = {part for name in names for part in name.text.casefold().split()}
    done: list[str] = []
    alone = not set(_content(heard)) - USUAL_CATEGORIES
    for word in heard.words:
        unknown = alone and word in USUAL_CATEGORIES
        unknown |= word in spoken_names() or (word in named and word not in _words_of_questions())
        mark = NAME if unknown else word
        if not (mark == NAME and done[-1:] == [NAME]):
            done.append(mark)
    return done


def _fits(plain: str, heard: Heard) -> bool:
    if "{amount}" in plain:
        return heard.amount is not None or heard.bounds is not None
    if "{currency}" in plain:
        return any(word in CURRENCIES for word in heard.words)
    return True


def _content(heard: Heard) -> list[str]:
    return [
        word
        for word in heard.words
        if word not in FUNCTION_WORDS | MARKS | {NAME}
        and not word.isdigit()
        and not (word in SPOKEN_WORDS and word not in _words_of_questions())
    ]


def _share_known(heard: Heard) -> float:
    content = _content(heard)
    named = {part for name in heard.names() for part in name.text.casefold().split()}
    if not content or (len(content) <= _LONG_NAME and set(content) <= named):
        return 1.0
    known = sum(stem(word) in weights().rarity or word in meanings() for word in content)
    return (1 + known) / (1 + len(content)) if known else 0.0


def _in_other_words(heard: Heard, plain: str) -> Heard:
    written = any(word == NAME for word in heard.words)
    known = _words_of(plain) | (_words_of_questions() if written else _words_everywhere())
    if "{name}" in plain:
        known -= usual_names()
    explained = _explained(heard, known - spoken_names() | SPOKEN_WORDS)
    names = [name for name in heard.names(explained) if name.text not in CURRENCIES]
    if "{name}" in plain and not names:  # one is asked for: not all, because its word is known
        names = [name for name in heard.names() if _is_said_as_name(name, heard)]
    certain = [name for name in names if _is_certain(name, heard, plain, written=written)]
    if not certain:
        certain = [name for name in heard.names() if _is_account(name, plain)]
    if _TRIP in plain:  # a trip is found by its tag, for which it has to be called one
        certain = [
            name
            if name.text.casefold().split()[-1] in _ACCOUNTS
            else replace(name, text=f"{name.text} trip")
            for name in certain
        ]
    line = Line(tuple(_filled(plain, heard, certain)))
    asked = asked_of(
        replace(
            heard,
            line=line,
            whole=(*(word.word for word in line.words), *heard.whole),
            limit=_limit(heard) if "{number}" in plain else heard.limit,
            times=_times(heard) if "{time}" in plain else heard.times,
            own=(*heard.words, NOTHING, *heard.whole),
            named=tuple(certain),
            excepted=heard.left_out(explained),
            perhaps=tuple(n for n in names if n not in certain) if "{name}" in plain else (),
        )
    )
    return replace(asked, group_by=heard.group_by) if _is_grouped(heard) else asked


def _is_grouped(heard: Heard) -> bool:
    """Whether it says itself by what its figure is broken down."""
    return heard.group_by is not None and heard.says("by ~category/~shop/month/week/day/tag/tags")


def _is_certain(name: Name, heard: Heard, plain: str, *, written: bool) -> bool:
    """Whether it is a name whatever the ledger has: written as one, or where one is asked for."""
    if any(word.word == NAME and word.raw in name.text for word in heard.line.words):
        return True
    if spoken_names() & set(name.text.casefold().split()):
        return True
    return "{name}" in plain and (not written or name.hint != "none")


def _is_said_as_name(name: Name, heard: Heard) -> bool:
    """By where it stands: "on travel", "travel spending", "what did travel cost"."""
    if name.hint == "on":
        return True
    words = tuple(name.text.casefold().split())
    said = tuple(word.raw.casefold() for word in heard.line.words)
    ends = [n + len(words) for n in range(len(said)) if said[n:][: len(words)] == words]
    return any(end < len(said) and heard.words[end] in _SPENT for end in ends)


_SPENT = CLASSES["spend"] | CLASSES["cost"]


def _is_account(name: Name, plain: str) -> bool:
    """ "with the rewards card", where the wording says of no card: the account that is meant."""
    words = name.text.casefold().split()
    led_to = name.hint != "none"
    return led_to and words[-1] in _ACCOUNTS and not set(words) & set(marked(plain))


def _limit(heard: Heard) -> int | None:
    """How many are asked for: in "which five shops" no word says so but the number."""
    numbers = [int(word) for word in heard.words if word.isdigit() and len(word) < 3]
    return heard.limit or (numbers[0] or None if numbers else None)


def _times(heard: Heard) -> Times:
    """ "Average, 6 weeks" is of the last ones."""
    bare = _SPAN.search(" ".join(heard.words))
    if heard.when is not None or heard.times.move is not None or bare is None:
        return heard.times
    return replace(heard.times, whens=(When(f"last {bare.group()}"),))


def _explained(heard: Heard, known: frozenset[str]) -> frozenset[int]:
    return frozenset(
        number
        for number, word in enumerate(heard.words)
        if word != NAME and (word in known or word in FUNCTION_WORDS) and word not in _IN_NAMES
    )


def _filled(plain: str, heard: Heard, names: Sequence[Name]) -> list[Word]:
    """The words of the plain wording with what the message has for its slots, and without the
    slots it has nothing for."""
    currency = next((word for word in heard.words if word in CURRENCIES), "")
    times = [word for word in heard.words if word == TIME] or ([TIME] if heard.when else [])
    waiting = [Word(name.text, NAME) for name in names]
    done: list[Word] = []
    for word in marked(plain):
        if word == NAME:
            if waiting:
                done.append(waiting.pop(0))
            elif done and done[-1].word in _BEFORE_SLOT:
                done.pop()
        elif word == "§currency":
            done.append(Word(currency, currency))
        elif word == TIME:
            if times:
                times.pop()
                done.append(Word(word, word))
        elif word != NUMBER or heard.limit:
            done.append(Word(word, word))
    return done


@cache
def _words_of(plain: str) -> frozenset[str]:
    return frozenset(word for words in wordings()[plain] for word in words if word not in MARKS)


@cache
def _words_everywhere() -> frozenset[str]:
    blocks = Counter(word for plain in wordings() for word in _words_of(plain))
    return (
        FUNCTION_WORDS | ASKING_WORDS | {w for w, count in blocks.items() if count >= _EVERYWHERE}
    )


@cache
def _words_of_questions() -> frozenset[str]:
    return frozenset(word for plain in wordings() for word in _words_of(plain)) - {NAME}
