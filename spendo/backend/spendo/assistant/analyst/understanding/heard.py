"""A message taken apart: its time, amounts and number, and the words that are left."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from spendo.assistant.analyst.question import (
    UNCATEGORISED,
    Bounds,
    GroupBy,
    Name,
    Per,
    When,
)
from spendo.assistant.analyst.understanding.amounts import (
    currency_in,
    take_amount,
    take_bounds,
    take_limit,
)
from spendo.assistant.analyst.understanding.lexicon import FIRST_PERSON, word_set
from spendo.assistant.analyst.understanding.names import find_names
from spendo.assistant.analyst.understanding.order import asked_first
from spendo.assistant.analyst.understanding.phrases import find, match_at, phrase
from spendo.assistant.analyst.understanding.plain import in_plain_words
from spendo.assistant.analyst.understanding.times import Times, take_times, take_years
from spendo.assistant.analyst.understanding.words import MARKS, NAME, NOTHING, Line, Word, read_line

LONGEST = 600
"""Characters of a sentence that is still read as a question."""

_GROUPS: tuple[tuple[GroupBy, tuple[str, ...]], ...] = (
    ("category", ("by/per/each/every/which/what/top/my/~large .. ~category",)),
    ("merchant", ("by/per/each/every/which/what/top/~large .. ~shop",)),
    ("month", ("by/per/each/every calendar? month", "monthly", "month by/over/to month")),
    ("week", ("by/each/every calendar? week", "weekly", "week by/over week", "per week")),
    ("day", ("by/each/every day", "daily", "day by day", "per day")),
    ("account", ("by/per/each/every/which ~account",)),
    ("tag", ("by/per/each/every/which/what tag/tags/label/labels",)),
)
_PER: tuple[tuple[Per, str], ...] = (
    ("month", "month/months/monthly"),
    ("week", "week/weeks/weekly"),
    ("day", "day/days/daily"),
    (
        "transaction",
        "transaction/transactions/purchase/purchases/bill/bills/visit/visits/trip/time/times/each",
    ),
)
_EACH: tuple[tuple[Per, tuple[str, ...]], ...] = (
    ("day", ("daily", "per/a/each/every day")),
    ("week", ("weekly", "per/a/each/every week")),
    ("month", ("monthly", "per/a/each/every month")),
)
_CONTINUES = ("^ and/but/or/also/so", "^ what/how about", "^ same", "^ ok/okay and", "^ what if")
_ASIDES = (
    "net of any? refunds",
    "after/less/minus/without/including the/any? refunds/refunded",
    "less/minus/without anything/everything/whatever/what refunded",
    "less/minus/without what was/is/came/got refunded/returned back?",
    "if/even? weeks/months/days/ones without/where ... bought/spent counted/included/too",
    "if/even? weeks/months/days/ones without/where ... spending/payments counted/included/too",
    "if/even? weeks/months/days/ones without/where ... spending/payments also/too? count/counted",
    "do? not leave/drop/skip out? weeks/months/days/ones where/without ... spending/bought/spent",
    "knock/take/leave the/any? refunds off/out",
    "with? the/any? refunds knocked/taken off/out",
    "including all? subcategories/everything",
    "including foreign? currencies",
    "including foreign currency",
    "in? all currencies",
    "for/over/in? the? same period/time/dates $",
    "with everything converted",
    "everything converted",
    "tbh/btw/honestly/basically/lol/ta/cheers/fyi",
    "any chance you/u can/could work/find? out?",
    "any idea/clue",
    "do you happen to know",
    "^ ok/okay/no/oh/ah? thanks/thank you? so/very/a? lot/much/million/bunch? for? that?",
    "^ that is grand/great/lovely/fine/helpful/good/perfect",
    "^ hiya/grand/lovely/brilliant/cheers",
    "and/or the lot",
    "all up/told",
    "^ ok/okay/oh/ah? great/cool/nice/perfect/alright/fine/sorry/wait/hang on?",
    "^ ok/okay/oh/ah? sorry",
    "i was? just? wondering if?",
    "i am just? curious",
    "just out? of? curious/curiosity",
    "quick question/one",
    "is it true/right/correct that?",
    "am i right that/in? thinking?",
    "can/could/would you/u please? tell/remind me",
    "i would like/love to know",
    "i need/want to know",
    "^ please? remind me",
    "with? the/any? empty/blank/zero weeks/months/days/ones too/included/counted/in",
    "counting/count/including/include/and? the/any? empty/blank/zero weeks/months/days/ones",
    "do? not skip/drop/ignore the/any? empty/blank/zero weeks/months/days/ones",
    "as well as/plus/and the? difference/amount $",
    "as/in a? table/tables",
    "with the foreign stuff/money/currencies/payments too/included?",
    "with all? currencies included/counted/converted",
    "foreign payments/money/currencies/ones included/counted too?",
)
_SOUNDS = word_set("hm hmm hmmm mm mmm uh uhm um erm er oh ooh ah aha huh")
_EXCEPT = (
    "except/excluding/exclude/excludes/besides/ignoring/without/minus/leaving",
    "apart/aside from",
    "leave/leaving out",
    "do/did/should not count/include/consider",
    "other than",
    "not including/counting",
    "everything/all/anything but",
    "but not",
)
_ENDS_EXCEPTION = MARKS | {"on", "at", "in", "by", "per"}
_NO_CATEGORY = (
    "uncategorised/uncategorized",
    "without/no a/any? category/categories",
    "not in a/any? category/categories",
    "not yet? categorised/categorized",
    "have/has/having no category/categories",
    "missing a? category/categories",
    "^ no category/categories",
)


OWN_WORDS = frozenset(
    word
    for wordings in (_ASIDES, _EXCEPT, _CONTINUES, _NO_CATEGORY, *(texts for _, texts in _GROUPS))
    for wording in wordings
    for word in phrase(wording).words
)
"""The words of the phrases above."""


@dataclass(frozen=True)
class Heard:
    """`line` is the sentence without its time, amounts and number (a mark stands for each),
    `whole` the words of all of it. `named` and `excepted` are its names and those to be left out,
    where they were taken from other words than these, `own` then the words of the message,
    both without and with its time and amounts;
    `perhaps` are names if the ledger has them."""

    line: Line
    whole: tuple[str, ...]
    times: Times
    bounds: Bounds | None = None
    amount: Decimal | None = None
    limit: int | None = None
    group_by: GroupBy | None = None
    per: Per | None = None
    currency: str | None = None
    named: tuple[Name, ...] | None = None
    excepted: tuple[Name, ...] | None = None
    perhaps: tuple[Name, ...] = ()
    own: tuple[str, ...] = ()

    @cached_property
    def words(self) -> tuple[str, ...]:
        return tuple(word.word for word in self.line.words)

    @property
    def when(self) -> When | None:
        """The sentence's own period, or None; "the month before" alone has none to start from."""
        times = self.times
        if times.ago is not None:
            unit = times.ago.unit
            return When("today" if unit == "day" else f"this {unit}", (times.ago,))
        if times.when is not None and times.move is not None:
            return When(times.when.text, (times.move,))
        return times.when

    @cached_property
    def each_unit(self) -> Per | None:
        """The unit of an average that is asked for: "per day", "daily", "a week on average"."""
        for unit, words in _EACH:
            if self.says_beside_names(*words):
                return unit
        return self.per if self.says_own("~average") else None

    @property
    def first_person(self) -> bool:
        return any(word in FIRST_PERSON for word in self.words)

    @property
    def continues(self) -> bool:
        """Whether it begins like something said on: "and", "what about"."""
        return self.says(*_CONTINUES)

    def says(self, *wordings: str) -> bool:
        """Whether one of the phrases stands in the sentence without its time and amounts."""
        words = self.words
        return any(find(phrase(wording), words) is not None for wording in wordings)

    def says_whole(self, *wordings: str) -> bool:
        """Whether one of them stands in the whole sentence, time and amounts as words."""
        return any(find(phrase(wording), self.whole) is not None for wording in wordings)

    def says_own(self, *wordings: str) -> bool:
        """Whether one of them stands in the message itself, whatever it was reworded to."""
        words = self.own or (*self.words, NOTHING, *self.whole)
        return any(find(phrase(wording), words) is not None for wording in wordings)

    def says_beside_names(self, *wordings: str) -> bool:
        """As `says_own`, but not by a word of a name: "Daily Market" is every day of the month."""
        named = {part for word in self.line.words if word.word == NAME for part in _said(word)}
        words = self.own or (*self.words, NOTHING, *self.whole)
        said = tuple(NAME if word in named else word for word in words)
        return any(find(phrase(wording), said) is not None for wording in wordings)

    def names(self, explained: frozenset[int] = frozenset()) -> tuple[Name, ...]:
        """The names; words that a phrase has `explained` are in none."""
        uncategorised = (Name(UNCATEGORISED),) if self.says(*_NO_CATEGORY) else ()
        if self.named is not None:
            return (*self.named, *uncategorised)
        names = find_names(self._words_without(explained, until=self._exception[0]))
        rest = find_names(self._words_without(explained, start=self._exception[1]))
        return (*names, *rest, *uncategorised)

    @property
    def without(self) -> tuple[Name, ...]:
        """The names that are to be left out: "without rent", "except travel"."""
        return self.left_out()

    def left_out(self, explained: frozenset[int] = frozenset()) -> tuple[Name, ...]:
        if self.excepted is not None:
            return self.excepted
        first, end = self._exception
        return find_names(self._words_without(explained, start=first + 1, until=end))

    @property
    def excepts(self) -> bool:
        """Whether something is to be left out, even if what it is was not understood."""
        return self._exception[0] < len(self.words) and not self.says(*_NO_CATEGORY)

    @cached_property
    def _exception(self) -> tuple[int, int]:
        """The words of what is to be left out: from its "without" up to a time or the end."""
        words = self.words
        if self.says(*_NO_CATEGORY):
            return len(words), len(words)
        for number in range(len(words)):
            if any(match_at(phrase(text), words, number) for text in _EXCEPT):
                ends = [n for n in range(number, len(words)) if words[n] in _ENDS_EXCEPTION]
                return number, min(ends, default=len(words))
        return len(words), len(words)

    def _words_without(
        self, explained: frozenset[int], *, start: int = 0, until: int | None = None
    ) -> list[Word]:
        blank = Word(NOTHING, NOTHING)
        numbered = list(enumerate(self.line.words))[start:until]
        return [blank if number in explained else word for number, word in numbered]


def _said(word: Word) -> list[str]:
    return word.raw.casefold().split() if word.word == NAME else [word.word]


def _without_asides(line: Line) -> Line:
    """Without words that say what every answer does anyway: "net of refunds", "all currencies"."""
    words = tuple(word.word for word in line.words)
    gone: set[int] = set()
    for wording in _ASIDES:
        if (found := find(phrase(wording), words)) is not None:
            gone |= found.words
    kept = [
        word
        for number, word in enumerate(line.words)
        if number not in gone and word.word not in _SOUNDS
    ]
    return Line(tuple(kept)) if kept else line


def hear(message: str, vocabulary: frozenset[str]) -> Heard:
    line = in_plain_words(_without_asides(read_line(message[:LONGEST], vocabulary)))
    whole = tuple(part for word in line.words for part in _said(word))
    line, times = take_times(line)
    line, bounds = take_bounds(line)
    amount: Decimal | None = None
    if bounds is None:
        line, amount = take_amount(line)
    line, limit = take_limit(line)
    line, times = take_years(line, times)
    return asked_of(Heard(asked_first(line), whole, times, bounds, amount, limit))


def asked_of(heard: Heard) -> Heard:
    """With what its words say about groups, units and currencies."""
    return replace(
        heard,
        group_by=next((group for group, texts in _GROUPS if heard.says(*texts)), None),
        per=next((unit for unit, text in _PER if heard.says(text)), None),
        currency=currency_in(heard.words),
    )


__all__ = ["LONGEST", "Heard", "asked_of", "hear"]
