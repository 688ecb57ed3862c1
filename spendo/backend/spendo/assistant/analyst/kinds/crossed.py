"""Two names, each in a time of its own: "groceries in June against restaurants in July"."""

from __future__ import annotations

from dataclasses import replace

from spendo.assistant.analyst.kind import Family, Kind
from spendo.assistant.analyst.kinds.beside import names_beside
from spendo.assistant.analyst.lookup import look_up
from spendo.assistant.analyst.plan import Plan, ask_all, period_text
from spendo.assistant.analyst.question import Question
from spendo.assistant.analyst.side_by_side import Column, beside, two
from spendo.assistant.analyst.sums import SO_FAR, nothing_found, sum_of
from spendo.assistant.analyst.understanding.heard import Heard
from spendo.assistant.analyst.understanding.words import NAME, TIME
from spendo.assistant.analyst.wording import during, names, notes
from spendo.assistant.tools.envelope import SumEnvelope

_COMPARED = (
    "compare/compared/comparing/comparison/vs/versus/against/difference",
    "~more ... than",
    "~more ... ... than",
)
_IN_TURN = ("ntnt", "tntn")


def weigh(heard: Heard) -> int:
    """Certain where the names and the times stand in turn beside a word that compares them."""
    plain = not (heard.times.move or heard.times.ago or heard.times.horizon or heard.without)
    if len(heard.times.whens) != 2 or not plain or not heard.says(*_COMPARED):
        return 0
    return 94 if _order(heard) in _IN_TURN else 0


def _order(heard: Heard) -> str:
    """Names and times as they stand, a letter for each."""
    named = names_beside(heard)
    first = {each.text.split()[0].casefold() for each in named}
    order = ""
    for word in heard.line.words:
        if word.word == TIME:
            order += "t"
        elif word.word == NAME or word.raw.casefold() in first:
            order += "n"
    return order if len(named) == 2 else ""


def read(question: Question, heard: Heard) -> Question | None:
    return replace(question, names=names_beside(heard), group_by=None, direction="out")


def answer(question: Question) -> Plan:
    calls, places = [], []
    for each, when in zip(question.names, (question.when, question.other), strict=True):
        chosen = yield from look_up(replace(question, names=(each,)))
        period = yield from period_text(when, SO_FAR)
        calls.append(sum_of("spending", period, chosen))
        places.append(chosen)
    sums = yield from ask_all(SumEnvelope, calls)
    if not any(each.count for each in sums):
        text = yield from nothing_found(f"no spending{places[0].words()}", sums[0])
        return text
    first, second = (
        f"{chosen.words().strip()}{during(each.period)}"
        for chosen, each in zip(places, sums, strict=True)
    )
    columns = [
        Column(f"{names(chosen.all())}, {each.period.words}", each)
        for chosen, each in zip(places, sums, strict=True)
    ]
    lead = yield from two(question, "", columns, f"{first} than {second}", f"{first} and {second}")
    return f"{lead}\n\n{beside(question, 'What', columns)}{notes(sums[0].excluded)}"


KINDS = (
    Kind(
        name="crossed",
        family=Family.COMPARISON,
        title="Two names, each in its own time",
        cues="",
        compares="times",
        weigh=weigh,
        read=read,
        answer=answer,
        examples=(
            "compare groceries in October with restaurants in September",
            "groceries in June vs rent in July",
            "Bluebell Coffee in May against Corner Pantry in June",
            "did I spend more on coffee in June than on restaurants in July",
            "restaurants last month vs groceries this month",
            "cmpare groceries in October with restaurants in September",
        ),
    ),
)
