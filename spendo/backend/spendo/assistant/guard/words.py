"""Figures written in words: "three", "twice", "a dozen", "four hundred dollars", "三百"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from text_to_num import find_numbers as find_spoken

from spendo.assistant.guard.found import Found
from spendo.assistant.guard.nouns import counted_noun
from spendo.assistant.guard.numbers import PERCENT, money_after, sign_before
from spendo.assistant.guard.visible import CJK_NUMERALS

_TOKEN = re.compile(r"[^\W\d_]+|[\W\d_]")
_OTHERS = {
    "de": {"der", "die", "und", "ist", "nicht", "du", "ihr", "dein", "deine", "hast", "für"},
    "fr": {"le", "la", "les", "vous", "est", "vos", "votre", "dans", "avez", "pour", "des"},
    "es": {"el", "la", "los", "usted", "es", "su", "sus", "tus", "en", "para", "has"},
    "it": {"il", "lo", "gli", "hai", "è", "sono", "tuoi", "tue", "per", "nel", "del"},
    "pt": {"o", "os", "você", "é", "seus", "suas", "para", "no", "na", "em"},
    "nl": {"de", "het", "een", "je", "jouw", "is", "hebt", "voor", "van", "op"},
}
_ENGLISH = {"the", "you", "your", "is", "are", "in", "of", "and", "on", "from", "to", "no", "spent"}
_FIXED = (
    (re.compile(r"\b(?:(?P<many>two|three|four|five|2|3|4|5) )?dozen\b", re.IGNORECASE), 12),
    (re.compile(r"\btwice\b(?! as)", re.IGNORECASE), 2),
    (re.compile(r"\bthrice\b", re.IGNORECASE), 3),
)
_MANY = {"two": 2, "three": 3, "four": 4, "five": 5}
_RATIOS = (
    (re.compile(r"\btwice as|\bdouble[ds]?\b|\btwofold\b", re.IGNORECASE), "2"),
    (re.compile(r"\btripled?\b|\bthree times as\b|\bthreefold\b", re.IGNORECASE), "3"),
    (re.compile(r"\b(?:one |a )?half (?:of|your|as|the (?:total|amount|sum))\b|\bhalved\b",
                re.IGNORECASE), "0.5"),
    (re.compile(r"\b(?:a|one)[ -]third (?:of|more|less)\b", re.IGNORECASE), "1/3"),
    (re.compile(r"\btwo[ -]thirds\b", re.IGNORECASE), "2/3"),
    (re.compile(r"\b(?:a|one)[ -](?:quarter|fourth) (?:of (?!20|the year)|more|less)",
                re.IGNORECASE), "0.25"),
    (re.compile(r"\bthree[ -](?:quarters|fourths) of\b", re.IGNORECASE), "0.75"),
    (re.compile(r"\b(?:a|one)[ -]fifth of\b", re.IGNORECASE), "0.2"),
    (re.compile(r"\b(?:a|one)[ -]tenth of\b", re.IGNORECASE), "0.1"),
)  # fmt: skip
_CJK = re.compile(f"[{CJK_NUMERALS}]+")
_CJK_VALUES = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6,
               "七": 7, "八": 8, "九": 9}  # fmt: skip
_CJK_POWERS = {"十": 10, "百": 100, "千": 1000}
_CJK_MYRIADS = {"万": 10**4, "億": 10**8, "亿": 10**8}


@dataclass(frozen=True, slots=True)
class _Token:
    """A word or sign, as text2num asks for it."""

    word: str
    start: int
    end: int

    def text(self) -> str:
        return self.word

    def nt_separated(self, previous: object) -> bool:
        return False

    def not_a_number_part(self) -> bool:
        return self.word.isdigit()


def find_words(text: str, taken: Iterable[tuple[int, int]]) -> list[Found]:
    spans = list(taken)
    found: list[Found] = []
    for each in (*_fixed(text), *_spoken(text), *_cjk(text)):
        if not any(since < each.end and each.start < until for since, until in spans):
            found.append(each)
            spans.append((each.start, each.end))
    return sorted(found, key=lambda each: each.start)


def _fixed(text: str) -> Iterator[Found]:
    for pattern, ratio in _RATIOS:
        above, _, below = ratio.partition("/")
        value = Decimal(above) / Decimal(below or "1")
        for match in pattern.finditer(text):
            yield Found("ratio", match.start(), match.end(), (value,), step=Decimal("0.01"))
    for pattern, number in _FIXED:
        for match in pattern.finditer(text):
            many = match.groupdict().get("many") or "1"
            value = Decimal(number * (_MANY.get(many.casefold()) or int(many)))
            yield Found("number", match.start(), match.end(), (value,))


def _spoken(text: str) -> Iterator[Found]:
    tokens = [_Token(m.group(), m.start(), m.end()) for m in _TOKEN.finditer(text)]
    seen: set[int] = set()
    for language in _languages(tokens):
        numbers = [
            (tokens[each.start].start, tokens[each.end - 1].end, each.text, each.is_ordinal)
            for each in find_spoken(tokens, language, 0.0)
        ]
        for start, end, digits, is_ordinal in _with_scales(numbers, text):
            if start not in seen and not re.search(r"\d", text[start:end]):
                seen.add(start)
                figure = _spoken_figure(text, (start, end, digits, is_ordinal))
                if not _is_article(figure, text):
                    yield figure


def _is_article(figure: Found, text: str) -> bool:
    """ "one" as in "add one" and "one of them"; "one payment" is a count."""
    is_one = figure.kind == "number" and figure.values == (Decimal(1),)
    return is_one and counted_noun(text, figure.end) not in ("transactions", "accounts")


def _languages(tokens: list[_Token]) -> list[str]:
    """English, and any other language whose small words stand here more often."""
    said = Counter(token.word.casefold() for token in tokens)

    def count(small: set[str]) -> int:
        return sum(said[word] for word in small & said.keys())

    english = count(_ENGLISH)
    others = {name: count(small) for name, small in _OTHERS.items()}
    return ["en", *(name for name, number in others.items() if number >= 2 and number > english)]


def _with_scales(
    numbers: list[tuple[int, int, str, bool]], text: str
) -> Iterator[tuple[int, int, Decimal, bool]]:
    """ "two point five" and "million" as one figure."""
    pending: tuple[int, int, Decimal, bool] | None = None
    for start, end, digits, is_ordinal in numbers:
        value = Decimal(re.sub(r"[^\d.]", "", digits) or "0")
        joined = pending and not text[pending[1] : start].strip()
        if pending and joined and value in (10**3, 10**6, 10**9):
            pending = (pending[0], end, pending[2] * value, False)
            continue
        if pending:
            yield pending
        pending = (start, end, value, is_ordinal)
    if pending:
        yield pending


def _spoken_figure(text: str, number: tuple[int, int, Decimal, bool]) -> Found:
    start, end, value, is_ordinal = number
    if is_ordinal:
        return Found("ordinal", start, end, (value,))
    step = Decimal(1)
    if value >= 100 and value == value.to_integral_value():
        digits = str(int(value))
        step = Decimal(10) ** (len(digits) - len(digits.rstrip("0")))
    money, percent = money_after(text, end), PERCENT.match(text, end)
    if money:
        sign, start = sign_before(text, start)
        value, step = value / money[1], step / money[1]
        return Found("money", start, money[2], (value,), sign, step, money[0])
    if percent:
        sign, start = sign_before(text, start)
        return Found("percent", start, percent.end(), (value,), sign, step)
    return Found("number", start, end, (value,), step=step)


def _cjk(text: str) -> Iterator[Found]:
    """Numerals of Chinese and Japanese, but for the single "一", which is a word like "a"."""
    for match in _CJK.finditer(text):
        written = match.group()
        if written not in ("一", "万", "千", "百"):
            yield Found("number", match.start(), match.end(), (Decimal(_cjk_value(written)),))


def _cjk_value(written: str) -> int:
    total = section = digit = 0
    for character in written:
        if character in _CJK_VALUES:
            digit = digit * 10 + _CJK_VALUES[character]
        elif character in _CJK_POWERS:
            section += (digit or 1) * _CJK_POWERS[character]
            digit = 0
        else:
            total += (section + digit) * _CJK_MYRIADS[character]
            section = digit = 0
    return total + section + digit
