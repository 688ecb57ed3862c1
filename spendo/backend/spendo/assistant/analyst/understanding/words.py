"""Words out of a message: contractions opened, key words spelled right, the rest left as typed."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from rapidfuzz.distance import OSA
from text_to_num import text2num

from spendo.assistant.analyst.understanding.common_words import COMMON_WORDS
from spendo.assistant.analyst.understanding.lexicon import (
    ASKING_WORDS,
    CONTRACTIONS,
    FUNCTION_WORDS,
    KEY_WORDS,
    NOT_MISSPELLED,
    NUMBER_WORDS,
    OPENING_WORDS,
    USUAL_CATEGORIES,
    word_set,
)
from spendo.assistant.analyst.understanding.spoken_words import SPOKEN_WORDS

TIME, AMOUNT, NUMBER, NAME = "§time", "§amount", "§number", "§name"
OPENED, CLOSED, SPACE = "«", "»", "␣"
"""Around a name that is known to be one, and between its words: see `known_names`."""
NOTHING = "§"
"""What stands in a line for the words that were taken out of it."""
MARKS = frozenset({TIME, AMOUNT, NUMBER, NOTHING})
"""Without NAME, which is part of what is left."""
_SIGN = NOTHING
_QUOTES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": " "})
_SIDE_BY_SIDE = re.compile(r"(?<![^\W_])([^\W\d_]{3,})/(?=[^\W\d_]{3,}(?![^\W_/]))")
""" "October/November", of words alone."""
_CALLED = re.compile(r"(?<=[a-z])\(([a-z]+)\)|(?<=[a-z])_(?=[a-z])")
""" "sum(spend)" and "net_worth", as some people write."""
_OF_THE_LAST = re.compile(
    r"\b(?P<unit>day|week|month|quarter|year) (?:of|in|over) (?:the|my) (?:last|past|previous) \d+"
    r"(?= *(?:[,.?!;]|$| (?!day|week|month|quarter|year)))",
    re.IGNORECASE,
)
""" "In a typical week of the last 8": weeks."""
_OF_A_BANK = re.compile(r"\b[^\W\d_]{2,8} ?\*[a-z]\w*", re.IGNORECASE)
""" "sq *blubttl": how banks write who was paid, in capitals."""
_FIELD = re.compile(r"\b(?:account|category|merchant|date|period) = ", re.IGNORECASE)
_SIGNS = tuple(
    (re.compile(rf"(?:{signs})\s*(?=[$€£¥]?\d)"), f" {words} ")
    for signs, words in (
        (">=|=>|≥", "at least"),
        ("<=|=<|≤", "at most"),
        (">", "over"),
        ("<", "under"),
    )
)
"""Signs before an amount, in words."""
_SAID_OFTEN = (
    *("the", "you", "what", "have", "how", "much", "which", "when", "that", "this", "with", "from"),
    *("does", "tell", "show", "still", "data", "would", "could", "your", "between", "since"),
)
_BEFORE = "\"'([{<*_`¿¡-"
_ENDS = frozenset(".?!:;")
_AFTER = "\"')]}>?!,;:.*_`…-"


@dataclass(frozen=True, slots=True)
class Word:
    """`raw` as typed (without punctuation around it), `word` in lower case and spelled right;
    `ends`: a full stop or the like came after it, `pause`: a comma."""

    raw: str
    word: str
    ends: bool = False
    pause: bool = False


@dataclass(frozen=True, slots=True)
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

    def without(self, start: int, end: int, mark: str) -> Line:
        """The line with a mark in place of the words that `text[start:end]` touches."""
        kept: list[Word] = []
        position = 0
        marked = False
        for word in self.words:
            inside = position < end and position + len(word.word) > start
            position += len(word.word) + 1
            if not inside:
                kept.append(word)
            elif not marked:
                kept.append(Word(mark, mark))
                marked = True
        return Line(tuple(kept))


_KNOWN = re.compile(rf"{OPENED}([^{CLOSED}]*){CLOSED}\S*")
_QUOTED = re.compile(r'(?<=[a-z] )"[^"\s][^"]{0,80}"(?!\w)')
_LEADS = re.compile(r"\b(?:at|on|from|to|in|by|for|with|called|named) $", re.IGNORECASE)


def _tokens(text: str) -> list[str]:
    """The words; a known name is one, and so is what stands in quotes after "at"."""
    tokens: list[str] = []
    start = 0
    for name in _KNOWN.finditer(text):
        tokens += [*_quoted(text[start : name.start()]), name.group()]
        start = name.end()
    return [*tokens, *_quoted(text[start:])]


def _quoted(text: str) -> list[str]:
    tokens: list[str] = []
    start = 0
    for quoted in _QUOTED.finditer(text):
        if _LEADS.search(text, max(0, quoted.start() - 8), quoted.start()):
            tokens += [*_apart(text[start : quoted.start()]), quoted.group()]
            start = quoted.end()
    return [*tokens, *_apart(text[start:])]


def _apart(text: str) -> list[str]:
    """What is joined by "/" or, of words that are all known, by "-": "year-on-year"."""
    tokens = _SIDE_BY_SIDE.sub(r"\1 and ", text).split()
    return [part for token in tokens for part in _without_hyphens(token)]


def _without_hyphens(token: str) -> list[str]:
    parts = token.strip(_BEFORE + _AFTER).split("-")
    joined = len(parts) > 1 and all(part.lower() in _JOINED for part in parts)
    return token.replace("-", " ").split() if joined else [token]


def read_line(message: str, vocabulary: frozenset[str] = KEY_WORDS) -> Line:
    """`vocabulary`: the words that a misspelling is put right to."""
    words: list[Word] = []
    text = unicodedata.normalize("NFKC", message).translate(_QUOTES).replace(_SIGN, " ")
    text = "".join(letter if letter.isprintable() else " " for letter in text)
    text = _OF_THE_LAST.sub(r"\g<0> \g<unit>s", text)
    text = text.replace("->", " as ").replace("→", " as ")
    text = _OF_A_BANK.sub(lambda found: found.group().upper(), text)
    text = _FIELD.sub("", _CALLED.sub(r" \1", text))
    for sign, said in _SIGNS:
        text = sign.sub(said, text)
    for token in _tokens(text):
        if name := _KNOWN.match(token):
            words.append(
                Word(name[1].replace(SPACE, " "), NAME, token[-1] in _ENDS, token[-1] == ",")
            )
            continue
        if len(token) > 1 and token[0] == token[-1] == '"':
            words.append(Word(token.strip('" '), NAME))
            continue
        raw = _bare(token)
        if not raw:
            continue
        lower = raw.lower()
        if lower.endswith("'s") and lower[:-2] in _TIMES_OWN:
            raw, lower = raw[:-2], lower[:-2]
        if len(lower) != len(raw):  # a letter without a capital of its own length
            raw = lower
        if lower in CONTRACTIONS:
            words.extend(Word(part, part) for part in CONTRACTIONS[lower].split())
        else:
            named = bool(words) and raw[0].isupper() and not raw.isupper()
            word = _month_or(lower) if named else spelled(lower, vocabulary)
            words.append(Word(raw, word, token[-1] in _ENDS, token[-1] == ","))
    return Line(tuple(_with_numbers(_with_capitals(_with_one_each(words)))))


def _with_one_each(words: list[Word]) -> list[Word]:
    """ "Last months spending" is that of last month: an apostrophe is often left out."""
    done = list(words)
    for at, (before, word) in enumerate(pairwise(words), 1):
        one = word.word in _UNITS and before.word in ("this", "last")
        of_many = any(word.word == "of" for word in words[at + 1 : at + 2])
        if one and not of_many and not any(word.word == "the" for word in words[at - 2 : at - 1]):
            done[at] = Word(word.raw[:-1], word.word[:-1], word.ends, word.pause)
    return done


def _with_capitals(words: list[Word]) -> list[Word]:
    """Runs of words with capitals inside a sentence as one name each: "Gas & Go". Nothing is known
    from capitals where most words have them."""
    capitals = [_is_capital(word) for word in words]
    if sum(capitals) * 2 > len(words) and len(words) > 6:
        return words
    done: list[Word] = []
    index = 0
    while index < len(words):
        end = index
        if capitals[index] and not (index == 0 and _opens(words, capitals)):
            end = _end_of_capitals(words, capitals, index)
        if sum(word.raw.isupper() and len(word.raw) > 2 for word in words[index:end]) > 2:
            end = _end_of_shout(words, end)
        run = words[index:end]
        if run and (len(run) > 1 or run[0].word not in ASKING_WORDS | FUNCTION_WORDS):
            done.append(Word(" ".join(word.raw for word in run), NAME, pause=run[-1].pause))
            index = end
        else:
            done.append(words[index])
            index += 1
    return done


def _end_of_shout(words: list[Word], start: int) -> int:
    """A name that a stranger chose may go on as a sentence: up to a time or what is asked for."""
    for number in range(start, len(words)):
        if words[number].word in _AFTER_SHOUT:
            return number
    return len(words)


_AFTER_SHOUT = word_set(
    "this last in since during between from on over yesterday today transactions transaction "
    "payments purchases cost altogether got are spending"
)


def _bare(token: str) -> str:
    """Without punctuation around it; a sign before a word that is a bank's own stays ("*BLUB")."""
    bare = token.rstrip(_AFTER).lstrip(_BEFORE)
    starred = token[:1] == "*" and token.count("*") == 1 and bare[:1].isalnum()
    return f"*{bare}" if starred else bare


def _is_capital(word: Word) -> bool:
    return word.raw.lstrip("*#")[:1].isupper() and word.word not in _NEVER_NAMES


def _opens(words: list[Word], capitals: list[bool]) -> bool:
    """Whether the first capital is only that of a sentence."""
    return words[0].word in FUNCTION_WORDS | OPENING_WORDS or not any(capitals[1:2])


def _end_of_capitals(words: list[Word], capitals: list[bool], start: int) -> int:
    end = start + 1
    while end < len(words) and not words[end - 1].pause:
        if words[end - 1].ends and words[end].word in ASKING_WORDS | FUNCTION_WORDS:
            break
        numbered = words[end].raw[:1].isdigit() and capitals[end - 1]
        if capitals[end] or (numbered and not _is_date(words, end)):
            end += 1
        elif words[end].word in _JOINTS and any(capitals[end + 1 : end + 2]):
            end += 2
        else:
            break
    return end


def _is_date(words: list[Word], at: int) -> bool:
    """Whether a number after a name is the day of a date: "Savings 15 March"."""
    return any(word.word in MONTHS for word in words[at + 1 : at + 2])


def _with_numbers(words: list[Word]) -> list[Word]:
    """Numbers in words as digits ("twenty five" → 25); capitals inside a sentence are a name."""
    done: list[Word] = []
    index = 0
    while index < len(words):
        end = index
        while end < len(words) and _counts(words, end, index):
            end += 1
        run = words[index:end]
        while run and run[-1].word in ("and", "a"):
            run = run[:-1]
        number = _number(run)
        if number is None:
            done.append(words[index])
            index += 1
        else:
            done.append(Word(" ".join(word.raw for word in run), number))
            index += len(run)
    return done


def _counts(words: list[Word], at: int, start: int) -> bool:
    word = words[at]
    if word.word == "and":
        return at > start and words[at - 1].word in ("hundred", "thousand")
    if word.word == "a":
        return at == start and at + 1 < len(words) and words[at + 1].word in ("hundred", "thousand")
    named = at > 0 and word.raw[:1].isupper()
    return not named and all(part in NUMBER_WORDS for part in word.word.split("-"))


def _number(run: list[Word]) -> str | None:
    if not run or [word.word for word in run] == ["one"]:  # "the one before"
        return None
    text = " ".join(word.word for word in run).replace("-", " ")
    if text == "dozen":
        return "12"
    for wording in (text.removeprefix("a "), text):
        try:
            return str(text2num(wording, "en"))
        except ValueError:
            continue
    return None


_JOINTS = frozenset({"&", "and", "of", "the", "n", "+"})
MONTHS = word_set(
    """
    january february march april may june july august september october november december jan feb
    mar apr jun jul aug sep sept oct nov dec
    """
)
_NEVER_NAMES = MONTHS | word_set(
    """
    i i'm i've i'd i'll a monday tuesday wednesday
    thursday friday saturday sunday q1 q2 q3 q4 h1 h2 ytd mtd usd eur gbp jpy chf kwd cad aud
    christmas easter ai chatgpt gpt claude gemini openai llm
    """
)


_JOINED = (FUNCTION_WORDS | ASKING_WORDS | word_set("value wise weather data long term")) - {
    "check"
}
"""Words that a hyphen only joins for the moment."""
_UNITS = word_set("weeks months quarters years")
_TIMES_OWN = MONTHS | word_set("today yesterday week month quarter year")
""" "September's spending" is that in September."""


def _slips_of_four(word: str, key: str) -> bool:
    """Four letters are too few for more than two swapped, or one lost from a key word."""
    return sorted(word) == sorted(key) or (len(key) == 5 and key in KEY_WORDS)


def _month_or(word: str) -> str:
    """The month that is typed with two letters swapped: "Feburary"."""
    swapped = (month for month in MONTHS if len(month) > 4 and sorted(month) == sorted(word))
    return next(swapped, word)


def _meant_often(word: str) -> str:
    """The word of a few, said all the time, that was typed with two letters swapped or one lost."""
    if not 2 < len(word) < 6 or word in FUNCTION_WORDS | COMMON_WORDS | ASKING_WORDS:
        return word
    for often in _SAID_OFTEN:
        swapped = len(word) == len(often) and OSA.distance(word, often) == 1
        lost = len(word) == len(often) - 1 and OSA.distance(word, often) == 1
        if word[0] == often[0] and (lost or (swapped and sorted(word) == sorted(often))):
            return often
    return word


@lru_cache(maxsize=4096)
def spelled(word: str, vocabulary: frozenset[str]) -> str:
    """The word of the vocabulary that `word` misspells, or `word`: two letters swapped, one slip
    from five letters on, two in a long key word."""
    known = (
        word in vocabulary
        or word in NOT_MISSPELLED
        or word in USUAL_CATEGORIES
        or word in COMMON_WORDS
        or word in SPOKEN_WORDS
        or word in FUNCTION_WORDS
        or word in ASKING_WORDS
        or not 4 <= len(word) <= 24
        or not word.isalpha()
        or not word.isascii()
    )
    if known:
        return _meant_often(word)
    long, short = len(word) >= 8, len(word) == 4
    near = [
        (distance, key not in KEY_WORDS, -len(key), key)
        for key in vocabulary
        if key[0] == word[0]
        and (allowed := 2 if long and (key in KEY_WORDS or min(len(word), len(key)) >= 9) else 1)
        and (distance := OSA.distance(word, key, score_cutoff=allowed)) <= allowed
        and not (short and not _slips_of_four(word, key))
    ]
    return min(near)[3] if near else _meant_often(word)
