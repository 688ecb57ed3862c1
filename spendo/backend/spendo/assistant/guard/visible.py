"""An answer as its reader sees it: without markdown's own signs, invisible characters and digits
in disguise. Every character knows where in the source it stands."""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass

ODD = "\ue000"
"""Stands for a sign that reads as a number but is none of the digits: ², ①, Ⅻ, ½, or that turns
the order of digits round. Nothing that a tool returned is written like that."""
CELL_BAR = "\ue001"
"""An escaped bar: a character of a cell, not the end of it."""

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_LINK_END = re.compile(r"\]\((?:[^()\s]|\([^()]*\))*(?:\s+\"[^\"]*\")?\)")
_FENCE = re.compile(r"(?m)^[ \t]{0,3}(?:`{3,}|~{3,})[^\n`]*$")
_LATEX_SPACE = re.compile(r"\\[,;:! ](?=\d)|\{,\}(?=\d)|\\(?:text|mathrm|mathbf|boxed)\{")
_SIMPLE = re.compile(r"[A-Za-z0-9 .,:;'()/%+-]*")
"""Nothing in it is a sign of markdown, or anything but what it looks like."""
_ESCAPABLE = frozenset("\\`*_{}[]()<>#+-.!|~$&'\"/:;=?@^,%")
_BLANK_LETTERS = frozenset("\u115f\u1160\u3164\uffa0\u2800\u17b4\u17b5")
_TURNS_ROUND = frozenset("\u202d\u202e")
_WIDE_SPACES = frozenset("\u00a0\u2007\u2009\u202f")
_SAME_AS = {
    **dict.fromkeys("−﹣－⁻", "−"),
    **dict.fromkeys("‐‑", "-"),
    **dict.fromkeys("٪﹪％", "%"),
    **dict.fromkeys("٫", "."),
    **dict.fromkeys("٬", ","),
    **dict.fromkeys("’‘ʼ＇", "'"),
    **dict.fromkeys("﹩＄", "$"),
    **dict.fromkeys("￥", "¥"),
    **dict.fromkeys("￡", "£"),
}
# A numeral of Chinese or Japanese is an everyday word there; `words` reads those.
CJK_NUMERALS = "零〇一二两三四五六七八九十百千万億亿"


@dataclass(frozen=True, slots=True)
class Visible:
    """`at[i]` is where the character `text[i]` stands in the source."""

    text: str
    at: tuple[int, ...]

    def source(self, start: int, end: int) -> tuple[int, int]:
        """The span of the source that shows as `text[start:end]`."""
        return self.at[start], self.at[end - 1] + 1


def visible(source: str) -> Visible:
    text: list[str] = []
    at: list[int] = []
    fences = {found.start(): found.end() for found in _FENCE.finditer(source)}
    i = 0
    while i < len(source):
        if not fences and (end := _SIMPLE.match(source, i).end()) > i:  # type: ignore[union-attr]
            text.append(source[i:end])
            at.extend(range(i, end))
            i = end
            continue
        shown, length = ("", fences[i] - i) if i in fences else _step(source, i)
        for character in shown:
            seen = _seen(character)
            text.append(seen)
            at.extend([i] * len(seen))
        i += length
    return Visible("".join(text), tuple(at))


def plain(source: str) -> str:
    """The visible text alone, on one line."""
    text = source if _SIMPLE.fullmatch(source) else visible(source).text
    return " ".join(text.split())


def _step(source: str, i: int) -> tuple[str, int]:
    """What is shown for the source at `i`, and how much of it that takes."""
    character = source[i]
    if character.isalnum() or character == " ":
        return character, 1
    if found := _LATEX_SPACE.match(source, i):
        return "", len(found.group())
    if character == "\\" and source[i + 1 : i + 2] in _ESCAPABLE and i + 1 < len(source):
        return (CELL_BAR if source[i + 1] == "|" else source[i + 1]), 2
    if character == "&" and (found := _ENTITY.match(source, i)):
        return html.unescape(found.group()), len(found.group())
    if character == "]" and (found := _LINK_END.match(source, i)):
        return "", len(found.group())
    if character == "!" and source[i + 1 : i + 2] == "[":
        return "", 1
    if character == "[" and _opens_link(source, i):
        return "", 1
    if character in "*~`" and not _stands_alone(source, i):
        return "", 1
    if character == "_" and not _within_word(source, i):
        return "", 1
    return character, 1


def _opens_link(source: str, i: int) -> bool:
    end = source.find("](", i, i + 400)
    return end > 0 and "\n\n" not in source[i:end]


def _stands_alone(source: str, i: int) -> bool:
    """A star or tilde with blanks around it, or a tilde before a figure ("~$400")."""
    before, after = source[i - 1 : i], source[i + 1 : i + 2]
    if source[i] == "~" and before != "~" and after != "~":
        return True
    return (not before or before.isspace()) and (not after or after.isspace())


def _within_word(source: str, i: int) -> bool:
    return source[i - 1 : i].isalnum() and source[i + 1 : i + 2].isalnum()


def _seen(character: str) -> str:
    """One character as it is read; empty for one that is not seen."""
    if character < "\x7f":
        return character
    if character in _TURNS_ROUND:
        return ODD
    if character in _WIDE_SPACES:
        return "\u00a0"
    if same := _SAME_AS.get(character):
        return same
    category = unicodedata.category(character)
    if category in ("Cf", "Mn", "Me") or character in _BLANK_LETTERS:
        return ""
    if category == "Nd":
        return str(unicodedata.decimal(character))
    if category == "Zs":
        return " "
    if unicodedata.numeric(character, None) is not None and character not in CJK_NUMERALS:
        return ODD
    return _folded(character)


def _folded(character: str) -> str:
    """A full-width or decorated letter as the letter itself: "Ｕ" is "U"."""
    folded = unicodedata.normalize("NFKC", character)
    return folded if len(folded) == 1 and folded.isascii() else character
