"""Names that a tool returned, found again in an answer: "7-Eleven" and "401(k)" are no figures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from spendo.assistant.guard.numbers import find_numbers
from spendo.assistant.guard.visible import CJK_NUMERALS, ODD, plain
from spendo.assistant.guard.words import find_words

_NO_NAMES = frozenset({
    "tool", "currency", "amount", "value", "kind", "group", "code", "failed", "measure",
    "group_by", "sort", "direction", "time_zone", "text", "min_amount", "max_amount",
    "expression", "operands", "as_of", "reason", "date", "start", "end", "from", "to", "first",
    "last",
})  # fmt: skip
_SET_APART = re.compile(
    r"(?:\b(?:at|from|to|in|on|with|called|named|by|via|through|and)|[“\"'|*_`:,(•-]|^)[ \u00a0]*$"
)
_WORD = re.compile(r"[^\s|,;:!?“”\"]+")
_QUOTED = re.compile(r"[“\"„«]([^“”\"„«»\n]{1,200})[”\"“»]")
_MAY_BE_FIGURE = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+t(?:y|ies)|"
    r"\w*hundred|\w*thousand|million|billion|zero|dozen|twice|double[ds]?|triple|half|halved|third|"
    rf"thirds|\w+th|second|first)\b|[{CJK_NUMERALS}{ODD}]",
    re.IGNORECASE,
)
LONGEST = 200


def names_in(dumped: object, key: str = "") -> Iterator[str]:
    """Every name in a tool's result, as it reads once shown."""
    match dumped:
        case str() if key not in _NO_NAMES and dumped:
            # As markdown reads it, and as it reads where its signs were escaped: "SQ *BLUB 0417".
            for shown in dict.fromkeys((plain(dumped), " ".join(dumped.split()))):
                if shown:
                    yield shown[:LONGEST]
        case Mapping():
            for name, value in dumped.items():
                yield from names_in(value, str(name))
        case list() | tuple():
            for value in dumped:
                yield from names_in(value, key)


class Names:
    """The names of one turn, to be found in a text. Only those of which it has a word are read for
    figures: a tool may return hundreds."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = frozenset(names)

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        folded = text.casefold()
        said = {name for name in self._names if _has_word_of(folded, name) and _has_figure(name)}
        return _Said(said).spans(text)


class _Said:
    """Names with figures, as they are in the text."""

    def __init__(self, listed: set[str]) -> None:
        self._plain = {name for name in listed if not _is_only_figures(name)}
        self._bare = listed - self._plain
        self._mixed = {
            token.strip(".()").casefold()
            for name in listed
            for token in _WORD.findall(name)
            if re.search(r"\d", token) and re.search(r"[^\W\d_]", token) and not _money(token)
        }
        alternatives = sorted(map(_flexible, self._plain | self._bare), key=len, reverse=True)
        self._pattern = (
            re.compile(rf"(?<![^\W_])(?:{'|'.join(alternatives)})(?![^\W_])", re.IGNORECASE)
            if alternatives
            else None
        )

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """The names in the text. An amount within one is only part of it where the whole name is
        set apart, in quotes or as a cell: else a shop's name could say what was spent."""
        if self._pattern:
            for match in self._pattern.finditer(text):
                span = match.span()
                if _alone(text, *span) or (
                    not _money(match.group())
                    and (self._is_plain(match.group()) or _is_called(text, match))
                ):
                    yield span
        if self._mixed:
            for match in _WORD.finditer(text):
                token = match.group().strip(".()*_`").casefold()
                if token.removesuffix("'s").strip("()") in self._mixed:
                    yield match.span()

    def _is_plain(self, written: str) -> bool:
        folded = " ".join(written.casefold().split())
        return any(folded == " ".join(name.casefold().split()) for name in self._plain)


def _has_word_of(folded: str, name: str) -> bool:
    return any(word.strip(".()").casefold() in folded for word in _WORD.findall(name))


def quoted_from(text: str, asked: str) -> Iterator[tuple[int, int]]:
    """What stands in quotes and was said by the user in the same words; signs that were escaped in
    the answer are read as the user's were."""
    said = " ".join(asked.casefold().split())
    for match in _QUOTED.finditer(text):
        words = " ".join(plain(match[1]).casefold().split()).strip(" .,?!")
        if words and re.search(rf"(?<![^\W_]){re.escape(words)}(?![^\W_])", said):
            yield match.span()


def _has_figure(name: str) -> bool:
    return bool(_MAY_BE_FIGURE.search(name)) and bool(
        find_numbers(name, ()) or find_words(name, ())
    )


def _is_only_figures(name: str) -> bool:
    """A name that reads as a figure by itself: "Three", "1984", "100 Dollars"."""
    rest = name
    for each in reversed(find_numbers(name, ())):
        rest = rest[: each.start] + rest[each.end :]
    for word in find_words(rest, ()):
        rest = rest[: word.start] + " " * (word.end - word.start) + rest[word.end :]
    return len(re.findall(r"[^\W\d_]", rest)) < 3


def _money(text: str) -> bool:
    return any(each.kind == "money" for each in (*find_numbers(text, ()), *find_words(text, ())))


def _is_called(text: str, name: re.Match[str]) -> bool:
    """Whether a name that reads as a number stands where a name does: "at Three". One in digits
    ("1984") is only told from a figure in quotes or as a cell."""
    before = text[max(0, name.start() - 12) : name.start()]
    return not re.search(r"\d", name.group()) and bool(_SET_APART.search(before))


def _flexible(name: str) -> str:
    return r"[ \u00a0]+".join(re.escape(word) for word in name.split())


def _alone(text: str, start: int, end: int) -> bool:
    before, after = text[:start].rstrip(" \u00a0"), text[end:].lstrip(" \u00a0")
    quoted = before[-1:] in ("“", '"', "„") and after[:1] in ("”", '"', "“")
    cell = before[-1:] == "|" and after[:1] == "|"
    return quoted or cell
