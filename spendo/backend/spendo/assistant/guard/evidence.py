"""What an answer may state: the figures that tools returned in this turn, and their names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from spendo.assistant.guard.dates import find_dates
from spendo.assistant.guard.found import DayWords, Found, Noun
from spendo.assistant.guard.names import Names, names_in
from spendo.assistant.guard.nouns import kind_of
from spendo.assistant.guard.numbers import find_numbers, spans
from spendo.assistant.guard.visible import visible
from spendo.assistant.guard.words import find_words
from spendo.assistant.tools.envelope import Envelope, Figure, Part, PeriodPart

ALL_TIME = date(1900, 1, 1)
"""A period that begins here has no beginning that anybody named."""
LONGEST_QUESTION = 4_000
UNITS = frozenset(
    map(
        Decimal, (0, 1, 2, 3, 4, 5, 6, 7, 10, 12, 24, 26, 28, 29, 30, 31, 52, 60, 90, 100, 365, 366)
    )
)
"""Numbers that a calculation may use though no tool returned them: months of a year, percent."""

_LENGTHS: dict[str, Noun] = {"rows": "transactions", "accounts": "accounts"}
_AND = re.compile(r" (?:and|und|et|y) |, ?")
_DASH = re.compile(r"[ \u00a0]?[–—-][ \u00a0]?| to ")
_CHANGE = re.compile(
    r"\b(?:chang|differ|delta|growth|increas|decreas|versus|vs|compared|more|less)"
)


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure that a tool returned, ready to be compared.

    `directed`: the tool says by its sign whether it went up or down. `calculated`: a result of
    `calc`, which may be an amount, a percentage or a share, in any order of its operands; an amount
    in `currencies`, those of its operands.
    """

    figure: Figure
    value: Decimal
    currencies: frozenset[str] = frozenset()
    directed: bool = False
    calculated: bool = False
    counts: Noun = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """`asked` are the figures of the user's own messages; `looked_up` whether any tool answered
    from the ledger."""

    facts: tuple[Fact, ...] = ()
    days: frozenset[date] = frozenset()
    months: frozenset[tuple[int, int]] = frozenset()
    periods: frozenset[tuple[date, date]] = frozenset()
    bounds: frozenset[Decimal] = frozenset()
    currencies: frozenset[str] = frozenset()
    lengths: frozenset[tuple[int, Noun]] = frozenset()
    names: Names = field(default_factory=lambda: Names(()))
    asked: tuple[Found, ...] = ()
    asked_text: str = ""
    looked_up: bool = False

    @classmethod
    def of(
        cls, envelopes: Sequence[Envelope], asked: Sequence[str] = (), today: date | None = None
    ) -> Evidence:
        """What these results of one turn allow, after these messages of the user."""
        told = [tuple(envelope.figures()) for envelope in envelopes]
        figures = [figure for each in told for figure in each]
        words = visible("\n".join(asked)[-LONGEST_QUESTION:]).text
        mine = tuple(find_all(words))
        facts = [_fact(each) for each in figures if each.kind not in ("date", "number")]
        for envelope, results in zip(envelopes, told, strict=True):
            facts += _calculated(envelope, results, facts, mine)
        periods = [part for envelope in envelopes for part in _periods(envelope)]
        days = {date.fromisoformat(each.value) for each in figures if each.kind == "date"}
        days |= {today} if today else set()
        labels = " | ".join(dict.fromkeys(figure.label for figure in figures))
        return cls(
            facts=tuple(facts),
            days=frozenset(days),
            months=frozenset(_months(labels)) | {(day.year, day.month) for day in days},
            periods=frozenset((part.start, part.end - timedelta(days=1)) for part in periods),
            bounds=frozenset(bound for envelope in envelopes for bound in _bounds(envelope)),
            currencies=frozenset(each.currency for each in figures if each.currency),
            lengths=frozenset(_lengths(envelopes, len(periods))),
            names=Names(name for envelope in envelopes for name in names_in(envelope.model_dump())),
            asked=mine,
            asked_text=words,
            looked_up=any(each.tool != "not_about_finances" for each in envelopes),
        )

    def counted(self, noun: Noun) -> Iterator[Fact]:
        """Counts that can be of this noun. What tools count under a name of its own ("Groceries",
        "pending") can be any of them."""
        for fact in self.facts:
            if fact.figure.kind == "count" and (
                noun in ("", fact.counts) or not fact.counts or (noun == "things")
            ):
                yield fact


def find_all(text: str) -> list[Found]:
    """Every figure of a visible text, in order."""
    dates = find_dates(text)
    numbers = find_numbers(text, spans(dates))
    words = find_words(text, spans((*dates, *numbers)))
    found = sorted((*dates, *numbers, *words), key=lambda each: each.start)
    return list(_joined(found, text))


def _joined(found: list[Found], text: str) -> Iterator[Found]:
    """ "12 dollars and 50 cents" as one amount; both ends of "10–20%" as percentages."""
    previous: Found | None = None
    for each in found:
        between = text[previous.end : each.start] if previous else ""
        if previous and _is_part(each) and previous.kind == "money" and _AND.fullmatch(between):
            value, part = previous.values[0], each.values[0]
            previous = replace(previous, end=each.end, values=(value + part,), step=Decimal("0.01"))
            continue
        if previous and previous.kind == "number" and _DASH.fullmatch(between):
            same = each.kind in ("money", "percent") and not each.sign
            if same:
                previous = replace(previous, kind=each.kind, currencies=each.currencies)
        if previous:
            yield previous
        previous = each
    if previous:
        yield previous


def _is_part(found: Found) -> bool:
    """Cents after the dollars."""
    return found.kind == "money" and found.values[0] < 1 and not found.sign


def _calculated(
    envelope: Envelope, figures: Sequence[Figure], facts: Sequence[Fact], asked: Sequence[Found]
) -> Iterator[Fact]:
    """The results of a calculation whose operands are known: figures of tools or of the user, and
    numbers that only convert units. A result of anything else proves nothing."""
    results = [each for each in figures if each.kind == "number"]
    if not results:
        return
    operands = [abs(Decimal(each)) for each in getattr(envelope, "operands", ())]
    mine = {value for each in asked for value in each.values}
    currencies: set[str] = set()
    rests_on_a_tool = not hasattr(envelope, "operands")
    for operand in operands:
        known = [fact for fact in facts if abs(fact.value) == operand]
        currencies.update(fact.figure.currency for fact in known if fact.figure.currency)
        currencies.update(*(fact.currencies for fact in known))
        rests_on_a_tool = rests_on_a_tool or bool(known)
        if not known and operand not in mine and operand not in UNITS:
            return
    if rests_on_a_tool:
        for each in results:
            yield Fact(each, Decimal(each.value), frozenset(currencies), calculated=True)


def _fact(figure: Figure) -> Fact:
    label = figure.label.casefold()
    return Fact(
        figure,
        Decimal(figure.value),
        directed=bool(_CHANGE.search(label)),
        counts=_counts(label) if figure.kind == "count" else "",
    )


def _counts(label: str) -> Noun:
    for word in re.findall(r"[^\W\d_]+", label):
        if kind := kind_of(word):
            return kind
    return ""


def _periods(part: Any) -> Iterator[PeriodPart]:
    """Every period in a result, also those in its parts."""
    if isinstance(part, PeriodPart):
        yield part
    elif isinstance(part, tuple):
        for each in part:
            yield from _periods(each)
    elif isinstance(part, Part):
        for name in type(part).model_fields:
            yield from _periods(getattr(part, name))


def _months(labels: str) -> Iterator[tuple[int, int]]:
    for found in find_dates(labels):
        day = found.day or DayWords()
        if day.year and day.month:
            yield day.year, day.month


def _bounds(envelope: Envelope) -> Iterator[Decimal]:
    filters = getattr(envelope, "filters", None)
    for name in ("min_amount", "max_amount"):
        if written := getattr(filters, name, None):
            yield abs(Decimal(written))


def _lengths(envelopes: Sequence[Envelope], periods: int) -> Iterator[tuple[int, Noun]]:
    """How many rows, groups, accounts and names there are to be shown."""
    if periods > 1:
        yield periods, "things"
    for envelope in envelopes:
        error = getattr(envelope, "error", None)
        for part in (envelope, error):
            for name in type(part).model_fields if part is not None else ():
                value = getattr(part, name)
                if isinstance(value, tuple) and value:
                    yield len(value), _LENGTHS.get(name, "things")
