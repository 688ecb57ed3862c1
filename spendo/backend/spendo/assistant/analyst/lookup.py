"""Names of a question, looked up in the ledger before anything is filtered by them."""

from __future__ import annotations

import re
from collections.abc import Generator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from spendo.assistant.analyst.fixed import NOT_READ, set_aside
from spendo.assistant.analyst.plan import AnswerNowError, Call, ask_all
from spendo.assistant.analyst.question import UNCATEGORISED, Name, NameHint, Question
from spendo.assistant.analyst.wording import EMPTY_LEDGER
from spendo.assistant.analyst.wording import name as worded
from spendo.assistant.analyst.wording import names as listed
from spendo.assistant.tools.envelope import AnyEnvelope, NamesEnvelope

MOST_INCLUDED = 4
"""More things of one name than this are asked back instead of added up together."""

CANNOT_LEAVE_OUT = (
    "I can leave something out of a total of spending or income only. Ask for the total without it."
)
_FILLERS = frozenset({"the", "a", "my", "and", "or", "of", "at", "in", "on", "for", "from", "s"})


@dataclass(frozen=True)
class Filter:
    """The names to filter by, exactly as the ledger has them."""

    categories: tuple[str, ...] = ()
    merchants: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()

    def arguments(self) -> dict[str, object]:
        return {
            key: list(values)
            for key, values in (
                ("categories", self.categories),
                ("merchants", self.merchants),
                ("accounts", self.accounts),
                ("tags", self.tags),
            )
            if values
        }

    def all(self) -> tuple[str, ...]:
        return (*self.categories, *self.merchants, *self.accounts, *self.tags)

    def narrowed(self, by: Filter) -> Filter:
        """What both name: of the fields that only one has, that one's."""
        return Filter(
            categories=by.categories or self.categories,
            merchants=by.merchants or self.merchants,
            accounts=by.accounts or self.accounts,
            tags=by.tags or self.tags,
        )

    def has(self, field: str) -> bool:
        return bool(getattr(self, field))

    def words(self, account_joint: str = "in") -> str:
        """As it follows "you spent $12": " on Groceries at Costco in Checking"."""
        parts = (
            ("on", self.categories),
            ("at", self.merchants),
            (account_joint, self.accounts),
            ("tagged", self.tags),
        )
        return "".join(f" {joint} {listed(values)}" for joint, values in parts if values)


@dataclass
class _Chosen:
    categories: list[str] = field(default_factory=list)
    merchants: list[str] = field(default_factory=list)
    accounts: list[str] = field(default_factory=list)


def look_up(
    question: Question, first: NameHint | None = None
) -> Generator[list[Call], list[AnyEnvelope], Filter]:
    """Ends the plan when a name means nothing, too much, or is not about money at all.

    `first` says which kind of thing a name rather is, whatever stands before it ("in": an account).
    """
    if question.without and question.kind not in ("spending", "compare"):
        raise AnswerNowError(CANNOT_LEAVE_OUT)
    named = [name for name in question.names if name.text != UNCATEGORISED]
    if first is not None:
        named = [replace(name, hint=first) for name in named]
    found = yield from match_all(named)
    perhaps = yield from match_all(question.perhaps)
    known = [each for each in zip(question.perhaps, perhaps, strict=True) if _exact(*each)]
    for name, match in zip(question.perhaps, perhaps, strict=True):
        if not _exact(name, match) and question.unread & set(name.text.casefold().split()):
            raise AnswerNowError(NOT_READ.format(worded(name.text)))
    if not question.sure and not all(map(_covered, named, found)):
        text = yield from set_aside()
        raise AnswerNowError(text)
    chosen = _Chosen()
    if len(named) < len(question.names):
        chosen.categories.append(UNCATEGORISED)
    for name, match in (*zip(named, found, strict=True), *known):
        parts = _parts(name)
        if len(parts) < 2 or _exact(name, match):
            _choose(name, match, chosen)
        else:
            matches = yield from match_all(parts)
            _choose_each(parts, matches, chosen)
    return Filter(
        categories=tuple(dict.fromkeys(chosen.categories)),
        merchants=tuple(dict.fromkeys(chosen.merchants)),
        accounts=tuple(dict.fromkeys(chosen.accounts)),
    )


def choose_one(name: Name, found: NamesEnvelope) -> Filter:
    """What one name means; ends the plan when that is nothing or too much."""
    chosen = _Chosen()
    _choose(name, found, chosen)
    return Filter(tuple(chosen.categories), tuple(chosen.merchants), tuple(chosen.accounts))


def are_other(
    named: Sequence[Name], wanted: Literal["anything", "account", "nobody"]
) -> Generator[list[Call], list[AnyEnvelope], bool]:
    """Whether none of the names is what is wanted: for all but anything, something else is."""
    matches = yield from match_all(named)
    known = [_exact(name, match) for name, match in zip(named, matches, strict=True)]
    if wanted == "anything":
        return not any(known)
    return all(known) and not (wanted == "account" and any(match.accounts for match in matches))


def match_all(
    names: Sequence[Name],
) -> Generator[list[Call], list[AnyEnvelope], list[NamesEnvelope]]:
    if not names:
        return []
    calls = [Call("match_names", {"text": name.text}) for name in names]
    return (yield from ask_all(NamesEnvelope, calls))


def _parts(name: Name) -> list[Name]:
    """ "groceries and coffee" as two names."""
    parts = re.split(r"\s+(?:and|or|&|\+)\s+|,\s*", name.text)
    return [replace(name, text=part) for part in parts if part.strip()]


def _is_elsewhere(name: Name, match: NamesEnvelope) -> bool:
    """Whether "Globex" found an account with a name somewhat like it, "Globe Card"."""
    written = name.hint == "at" or name.text[:1].isupper()
    if not written or match.categories or match.merchants:
        return False
    return not any(_stems(name.text) & _stems(account.name) for account in match.accounts)


def _choose(name: Name, match: NamesEnvelope, chosen: _Chosen) -> None:
    if match.empty or _is_elsewhere(name, match):
        raise AnswerNowError(nothing_called(name, match))
    kinds: dict[str, tuple[list[str], list[str]]] = {
        "categories": ([each.name for each in match.categories], chosen.categories),
        "merchants": (list(match.merchants), chosen.merchants),
        "accounts": ([each.name for each in match.accounts], chosen.accounts),
    }
    order = {
        "at": ("merchants", "categories", "accounts"),
        "in": ("accounts", "categories", "merchants"),
    }.get(name.hint, ("categories", "merchants", "accounts"))
    for kind in order:
        options, into = kinds[kind]
        exact = [option for option in options if _stems(option) == _stems(name.text)]
        if exact:
            into.append(exact[0])
            return
    options, into = next(kinds[kind] for kind in order if kinds[kind][0])
    if len(options) > MOST_INCLUDED:
        raise AnswerNowError(
            f"“{worded(name.text)}” can mean {listed(options, 'or')}. Which one do you want?"
        )
    into.extend(options)


def _choose_each(parts: Sequence[Name], matches: Sequence[NamesEnvelope], chosen: _Chosen) -> None:
    """Alternatives of one kind add up; a category and a shop do not make one total."""
    either = _Chosen()
    for name, match in zip(parts, matches, strict=True):
        _choose(name, match, either)
    if sum(map(bool, (either.categories, either.merchants, either.accounts))) > 1:
        everything = (*either.categories, *either.merchants, *either.accounts)
        raise AnswerNowError(
            f"{listed(everything)} are of different kinds, so I cannot give them as one total. "
            "Ask about one of them."
        )
    chosen.categories.extend(either.categories)
    chosen.merchants.extend(either.merchants)
    chosen.accounts.extend(either.accounts)


def _exact(name: Name, match: NamesEnvelope) -> bool:
    labels = (
        *(each.name for each in (*match.categories, *match.accounts)),
        *match.merchants,
    )
    return any(_stems(label) == _stems(name.text) for label in labels)


def nothing_called(name: Name, match: NamesEnvelope) -> str:
    if match.records == 0:  # None where something else was found
        return EMPTY_LEDGER
    text = f"Nothing in your own records is called “{worded(name.text)}”."
    if match.near:
        text += f" Names that are there: {listed(match.near)}. Which one do you mean?"
    return text


def _covered(name: Name, match: NamesEnvelope) -> bool:
    """Whether the match explains the whole name and not just one word of it: "amazon" in "amazon
    rainforest" does not. A match that shares no word is a synonym and explains it."""
    if match.empty:
        return False
    labels = frozenset[str]().union(
        *map(_stems, [each.name for each in (*match.categories, *match.accounts)]),
        *map(_stems, match.merchants),
    )
    asked = _stems(name.text)
    missing = {word for word in asked if not any(_alike(word, label) for label in labels)}
    return not missing or missing == asked


def _alike(word: str, label: str) -> bool:
    shortest = min(len(word), len(label))
    return word == label or (shortest >= 4 and word[:shortest] == label[:shortest])


def _stems(text: str) -> frozenset[str]:
    words = re.findall(r"[^\W_]+", text.casefold().replace("'", ""))
    return frozenset(_stem(word) for word in words if word not in _FILLERS)


def _stem(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word.endswith("s") else word
