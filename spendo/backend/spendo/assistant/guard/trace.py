"""Where a figure of an answer comes from: the value of a tool, a rounding of it, or nowhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import Literal

from spendo.assistant.guard.evidence import ALL_TIME, Evidence, Fact
from spendo.assistant.guard.found import DayWords, Found, Noun
from spendo.assistant.guard.layout import Layout
from spendo.assistant.guard.nouns import counted_noun, heads_counts
from spendo.assistant.guard.numbers import place
from spendo.assistant.guard.signs import Mark, direction, is_bound, mark, reads_negative
from spendo.assistant.tools.envelope import Figure

How = Literal["exact", "rounded", "date", "length", "bound", "asked", "example"]
ROUGHEST = Decimal("0.05")
"""The largest error, relative to the value, of a figure that is marked as rounded."""

_CONTEXT = Context(prec=60, rounding=ROUND_HALF_EVEN)
_EXAMPLE = re.compile(
    r"\b(?:such as|for example|for instance|e\.g\.|try|like|zum Beispiel|z\.B\.)[^\n]*$",
    re.IGNORECASE,
)
_LIMIT_AFTER = re.compile(
    r"[ \u00a0*]*(?:biggest|largest|smallest|newest|latest|oldest|most|least|highest|lowest|last|"
    r"recent|top|first|next|cheapest|days?|weeks?|months?|quarters?|years?|größten|letzten)\b",
    re.IGNORECASE,
)
_LIMIT_BEFORE = re.compile(
    r"\b(?:top|last|past|first|next|previous|largest|biggest|newest|oldest|smallest|letzten|"
    r"nächsten)[ \u00a0*]*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Source:
    """`figure` is the tool's figure, None for a length, a date or the user's own figure."""

    how: How
    figure: Figure | None = None


class Tracer:
    def __init__(self, layout: Layout, evidence: Evidence) -> None:
        self._layout = layout
        self._evidence = evidence
        self._marks: dict[int, Mark] = {}

    def source(self, found: Found) -> Source | None:
        """Where the figure comes from; None if it comes from nowhere."""
        ways: dict[str, tuple[Callable[[Found], Source | None], ...]] = {
            "odd": (),
            "date": (self._date,),
            "money": (self._money, self._rate, self._asked),
            "percent": (self._percent, self._asked),
            "number": (self._count, self._bare, self._asked, self._example),
            "ordinal": (self._ordinal, self._asked, self._example),
            "ratio": (self._ratio,),
        }
        sources = (way(found) for way in ways[found.kind])
        return next((source for source in sources if source), None)

    def _mark(self, found: Found) -> Mark:
        """How the figure is marked; it is compared with many facts, and read once."""
        if found.start not in self._marks:
            self._marks[found.start] = mark(found, self._layout)
        return self._marks[found.start]

    # Amounts and percentages

    def _money(self, found: Found) -> Source | None:
        currency = self._currency(found)
        facts = [
            fact
            for fact in self._evidence.facts
            if (fact.calculated and (currency is None or currency in fact.currencies))
            or (fact.figure.kind == "money" and currency in (None, fact.figure.currency))
        ]
        return self._by_value(found, facts)

    def _currency(self, found: Found) -> str | None:
        """The currency of the amount: None if it names none, "" if there is no such money here.

        A sign that several currencies share means the one it has in English, unless the turn holds
        money of exactly one of the others.
        """
        if found.currencies is None:
            return None
        here = [code for code in found.currencies if code in self._evidence.currencies]
        if found.currencies[0] in here:
            return found.currencies[0]
        return here[0] if len(here) == 1 else ""

    def _percent(self, found: Found) -> Source | None:
        facts = [each for each in self._evidence.facts if each.figure.kind in ("percent", "number")]
        shares = [
            Fact(each.figure, each.value * 100, calculated=True)
            for each in facts
            if each.calculated
        ]
        return self._by_value(found, [*facts, *shares], always_rounds=True)

    def _by_value(
        self, found: Found, facts: list[Fact], *, always_rounds: bool = False
    ) -> Source | None:
        way = direction(found, self._layout)
        for fact in facts:
            if abs(fact.value) in found.values and self._same_sign(found, fact, way):
                return Source("exact", fact.figure)
        for fact in facts:
            if self._rounds(found, fact, always=always_rounds) and self._same_sign(
                found, fact, way
            ):
                return Source("rounded", fact.figure)
        return None

    def _same_sign(self, found: Found, fact: Fact, way: int) -> bool:
        if fact.calculated or not fact.value:
            return True
        value = 1 if fact.value > 0 else -1
        if found.sign:
            return found.sign == value
        if way:  # "$50 more", "down 12%": only a figure that is a change can be that
            return fact.directed and way == value
        return value > 0 or reads_negative(found, self._layout)

    def _rounds(self, found: Found, fact: Fact, *, always: bool) -> bool:
        marked = self._mark(found)
        value = abs(fact.value)
        if not value or not (marked or always):
            return False
        for shown in found.values:
            step = _step(found, shown)
            if always and _rounded(value, min(step, Decimal(1))) == shown:
                return True
            if not marked or abs(shown - value) > value * ROUGHEST:
                continue
            if marked == "over" and shown <= value:
                return True
            if marked == "under" and shown >= value:
                return True
            if marked == "about" and _rounded(value, step) == shown:
                return True
        return False

    def _rate(self, found: Found) -> Source | None:
        """ "1 EUR = 1.0842 USD": the one unit, and what it is worth."""
        for fact in self._evidence.facts:
            if fact.figure.kind == "rate" and not found.sign:
                if Decimal(1) in found.values:
                    return Source("exact", fact.figure)
                if any(_rounded(fact.value, found.step) == shown for shown in found.values):
                    return Source("exact" if fact.value in found.values else "rounded", fact.figure)
        return None

    # Counts and bare numbers

    def _count(self, found: Found) -> Source | None:
        if found.sign:
            return None
        noun = counted_noun(self._layout.text, found.end)
        cell = self._layout.cell(found.start)
        counts_only = bool(cell and heads_counts(cell.title)) or noun not in ("", "things")
        if cell and not counts_only and cell.column:
            return None  # an amount without its sign: `_bare`
        for fact in self._evidence.counted(noun):
            is_whole = fact.counts == noun and len(fact.figure.label.split()) == 1
            if Decimal(0) in found.values and not is_whole:
                continue  # that nothing is hidden does not say that there is nothing
            if fact.value in found.values:
                return Source("exact", fact.figure)
            if self._mark(found) and self._rounds(found, fact, always=False):
                return Source("rounded", fact.figure)
        if noun != "time" and self._is_length(found, noun):
            return Source("length")
        if noun == "time" and self._spans(found):
            return Source("date")
        return None

    def _is_length(self, found: Found, noun: Noun) -> bool:
        return any(
            length in found.values and (noun in ("", "things", kind) or kind == "things")
            for length, kind in (*self._evidence.lengths, *self._layout.lengths)
        )

    def _spans(self, found: Found) -> bool:
        """Whether a period of the turn is as many days, weeks, months or years long."""
        for start, last in self._evidence.periods:
            days = (last - start).days + 1
            months = (last.year - start.year) * 12 + last.month - start.month + 1
            lengths = {Decimal(days), Decimal(months)}
            lengths |= {Decimal(days) / 7, Decimal(months) / 12, Decimal(months) / 3}
            if start > ALL_TIME and lengths & set(found.values):
                return True
        return False

    def _bare(self, found: Found) -> Source | None:
        """A number without sign or noun can be an amount, a rate or a result."""
        noun = counted_noun(self._layout.text, found.end)
        cell = self._layout.cell(found.start)
        if noun in ("transactions", "accounts", "time") or (cell and heads_counts(cell.title)):
            return None
        whole = all(value == value.to_integral_value() for value in found.values)
        if noun == "things" and whole and found.step >= 1:
            return None
        return self._money(found) or self._rate(found)

    def _ordinal(self, found: Found) -> Source | None:
        number = found.values[0]
        longest = max((length for length, _ in self._evidence.lengths), default=0)
        if number <= max(longest, 1):
            return Source("length")
        if any(day.day == number for day in self._evidence.days):
            return Source("date")
        return None

    def _ratio(self, found: Found) -> Source | None:
        """A share or a multiple: a calculated value, or a percentage that says the same."""
        ratio = found.values[0]
        for fact in self._evidence.facts:
            if fact.figure.kind not in ("number", "percent"):
                continue
            same: list[Decimal] = [fact.value] if fact.calculated else []
            same += [fact.value / 100, 1 + fact.value / 100] if not fact.calculated else []
            if any(_rounded(abs(value), Decimal("0.01")) == _rounded(ratio, Decimal("0.01"))
                   for value in same):  # fmt: skip
                return Source("exact", fact.figure)
            if self._mark(found) and any(
                abs(abs(value) - ratio) <= ratio * ROUGHEST for value in same
            ):
                return Source("rounded", fact.figure)
        return self._count(found) if ratio == 2 and found.end - found.start < 4 else None

    # The user's own figures

    def _asked(self, found: Found) -> Source | None:
        """A bound or a limit that the user gave; never their figure as an answer."""
        if found.sign:
            return None
        bounded = is_bound(found, self._layout)
        is_given = bool(self._evidence.bounds & set(found.values))
        if bounded and is_given and found.kind in ("money", "number"):
            return Source("bound")
        mine = [
            each
            for each in self._evidence.asked
            if each.kind in ("money", "number", "percent", "ordinal")
            and set(each.values) & set(found.values)
        ]
        if not mine:
            return None
        if found.kind in ("money", "percent"):
            return Source("asked") if bounded or self._is_question(found) else None
        text = self._layout.text
        limit = _LIMIT_AFTER.match(text, found.end) or _LIMIT_BEFORE.search(
            text, max(0, found.start - 20), found.start
        )
        return Source("asked") if limit or bounded or self._is_question(found) else None

    def _example(self, found: Found) -> Source | None:
        """A count in an example of what to ask, or in a question back, claims nothing."""
        start, _ = self._layout.sentence(found.start)
        if _EXAMPLE.search(self._layout.text[start : found.start]) or self._is_question(found):
            noun = counted_noun(self._layout.text, found.end)
            if noun in ("time", "things", "") and not found.sign and found.step >= 1:
                return Source("example")
        return None

    def _is_question(self, found: Found) -> bool:
        start, end = self._layout.sentence(found.start)
        return self._layout.text[start:end].rstrip(" \u00a0\n*_\"”'").endswith("?")

    # Dates

    def _date(self, found: Found) -> Source | None:
        day = found.day or DayWords()
        if any(self._fits(each) for each in _ways(day)):
            return Source("date")
        asked = any(_says(day, each.day) for each in self._evidence.asked if each.day)
        if asked and (self._evidence.looked_up or self._is_question(found)):
            return Source("asked")
        start, _ = self._layout.sentence(found.start)
        if _EXAMPLE.search(self._layout.text[start : found.start]) or self._is_question(found):
            return Source("example")
        return None

    def _fits(self, day: DayWords) -> bool:
        """Whether a day of the turn is what these words say: the day itself, or one in the month,
        quarter or year. A period is known by its first and last day."""
        if day.day is not None:
            return any(
                (each.day, each.month) == (day.day, day.month) and day.year in (None, each.year)
                for each in self._evidence.days
            )
        if day.month is not None:
            inside = range(day.month, day.month + day.months)
            return any(
                month in inside and day.year in (None, year)
                for year, month in self._evidence.months
                if year > ALL_TIME.year
            )
        return any(day.year == year for year, _ in self._evidence.months) or any(
            start.year <= (day.year or 0) <= last.year
            for start, last in self._evidence.periods
            if start > ALL_TIME
        )


def _ways(day: DayWords) -> Iterator[DayWords]:
    yield day
    if day.other:
        yield DayWords(year=day.year, month=day.other[0], day=day.other[1])


def _says(day: DayWords, asked: DayWords | None) -> bool:
    """Whether the user named the same date, or a fuller one."""
    return asked is not None and all(
        mine in (None, theirs)
        for mine, theirs in ((day.day, asked.day), (day.month, asked.month), (day.year, asked.year))
    )


def _step(found: Found, shown: Decimal) -> Decimal:
    """The place of the last digit of this reading: of "1,300" it is 100, or 0.001."""
    if len(found.values) < 2 or shown != shown.to_integral_value():
        return found.step
    return place(str(int(shown)))


def _rounded(value: Decimal, step: Decimal) -> Decimal:
    """Half-even at the place of `step`: 412.50 at 1 is 412, at 100 is 400."""
    return (value / step).quantize(Decimal(1), context=_CONTEXT) * step
