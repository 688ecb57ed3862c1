"""Names of the ledger in a message, marked as what they are.

Most people type in small letters, where "reise mastercard" and "yen wallet" are words like others.
A category or merchant whose words all mean something to the analyst is left as it is typed: "loan
interest", "target". So a name on a payment, "how much did I spend", takes no question away.
What the user has named is marked then, too ("home mortgage"), unless it is of one such word, or of
words for accounts alone ("savings account").
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from spendo.assistant.analyst.understanding.lexicon import word_set
from spendo.assistant.analyst.understanding.words import CLOSED, OPENED, SPACE

Known = Mapping[str, Sequence[Sequence[str]]]
"""By first word, in small letters: the names that begin with it as their words, longest first. Not
to be changed: it is shared."""
NO_NAMES: Known = {}

_OF_ACCOUNTS = word_set(
    "my our joint savings saving checking current account accounts credit debit card cash loan"
)
_WORD = re.compile(r"\S+")
_BEFORE = "\"'([{<_`“‘¿¡-"
_AFTER = "\"')]}>?!,;:.…_`”’-"
_POSSESSIVE = re.compile(r"['’]s$", re.IGNORECASE)
_KEPT = 128
_MARKS = str.maketrans({OPENED: '"', CLOSED: '"', SPACE: " "})


@dataclass(frozen=True, slots=True)
class OwnNames:
    """`own`: accounts, goals and tags, which the user has named."""

    categories: tuple[str, ...] = ()
    merchants: tuple[str, ...] = ()
    own: tuple[str, ...] = ()


@lru_cache(maxsize=_KEPT)  # the user's next question comes with the same names
def known(names: OwnNames, ordinary: frozenset[str]) -> Known:
    """`ordinary`: the words, in small letters, that mean something by themselves."""
    by_first: dict[str, list[Sequence[str]]] = {}
    own = frozenset(names.own)
    for name in (*names.categories, *names.merchants, *own):
        words = name.translate(_MARKS).split()
        usual = _OF_ACCOUNTS if name in own and len(words) > 1 else ordinary
        if len(name) > 3 and not all(word.casefold() in usual for word in words):
            by_first.setdefault(words[0].casefold(), []).append(words)
    for spellings in by_first.values():
        spellings.sort(key=len, reverse=True)
    return by_first


def with_known_names(message: str, names: Known) -> str:
    """`message` with each of the names in it, however it is typed, as one marked word."""
    message = message.translate(_MARKS)
    found = list(_WORD.finditer(message))
    typed = [each.group() for each in found]
    parts: list[str] = []
    done = at = 0
    while at < len(found):
        if words := _name_at(typed, at, names):
            first, last = found[at], found[at + len(words) - 1]
            before = len(first.group()) - len(first.group().lstrip(_BEFORE))
            parts += [message[done : first.start() + before], _marked(words)]
            done = last.start() + len(_ended(last.group(), words[-1]))
        at += len(words) or 1
    return "".join(parts) + message[done:]


def _name_at(typed: Sequence[str], at: int, names: Known) -> Sequence[str]:
    for words in names.get(typed[at].lstrip(_BEFORE).casefold(), ()):
        here = typed[at : at + len(words)]
        if len(here) == len(words) and _same(here, words):
            return words
    return ()


def _same(typed: Sequence[str], words: Sequence[str]) -> bool:
    """Punctuation may stand before the first word and behind the last one."""
    said = list(typed)
    said[0] = said[0].lstrip(_BEFORE)
    said[-1] = _ended(said[-1], words[-1])
    return [word.casefold() for word in said] == [word.casefold() for word in words]


def _ended(typed: str, word: str) -> str:
    """What is typed up to the end of the name: without punctuation that is not the name's own."""
    if typed.casefold() == word.casefold():
        return typed
    return _POSSESSIVE.sub("", typed.rstrip(_AFTER))


def _marked(words: Sequence[str]) -> str:
    return f"{OPENED}{SPACE.join(words)}{CLOSED}"
