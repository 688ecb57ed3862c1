"""How many, how often."""

from __future__ import annotations

from dataclasses import replace

from spendo.assistant.analyst.kind import Family, Kind
from spendo.assistant.analyst.kinds.listing import direction_of
from spendo.assistant.analyst.lookup import look_up
from spendo.assistant.analyst.plan import Call, Plan, ask, period_text
from spendo.assistant.analyst.question import Question
from spendo.assistant.analyst.rows import (
    bounds_words,
    none_found,
    one_of,
    places_of,
    what_of,
    where_of,
)
from spendo.assistant.analyst.understanding.heard import Heard
from spendo.assistant.analyst.wording import during
from spendo.assistant.tools.envelope import CountEnvelope

_OF_WHAT = (
    "where/which/who/whom ... most often/frequently",
    "how many times did/do/have ~i go/visit/use/take/have/order",
)
"""What was done so often has a name, which is not read."""


def read(question: Question, heard: Heard) -> Question | None:
    if not question.names and heard.says_own(*_OF_WHAT):
        return None
    sure = heard.first_person or heard.says("~rows", "times")
    return replace(question, direction=direction_of(heard), group_by=None, sure=sure)


def answer(question: Question) -> Plan:
    chosen = yield from look_up(question)
    period = yield from period_text(question.when, "all time")
    found = yield from ask(
        CountEnvelope, Call("count_transactions", where_of(question, chosen, period))
    )
    what = what_of(question)
    suffix = f"{places_of(chosen)}{bounds_words(question.bounds)}{during(found.period)}"
    if not found.count:
        text = yield from none_found(f"no {what}{suffix}")
        return text
    return f"**{found.count:,}** {one_of(what) if found.count == 1 else what}{suffix}."


KINDS = (
    Kind(
        name="counting",
        family=Family.SPENDING,
        title="How many and how often",
        cues="""
            58 how many
            58 how often/frequently
            58 number of
            58 count
        """,
        never="""
            how many .. days/weeks/months/years/people/hours/minutes/miles/categories
            how many yen/euro/euros/dollar/dollars/pounds/francs/dinars/usd/eur/jpy/gbp/chf/kwd
        """,
        read=read,
        answer=answer,
        examples=(
            "How many transactions do I have?",
            "how many coffees did I buy in June?",
            "how often did I go to Bluebell Coffee last month",
            "number of transactions this year",
            "how many times did I shop at Corner Pantry",
            "count my transactions in May",
            "how many purchases over $50 last month",
            "how mnay coffees did I buy last month",
            ("How much did I spend on groceries last month?", "how many transactions was that?"),
            ("How much did I spend on groceries last month?", "how often?"),
        ),
        shown=("how many coffees did I buy in June?",),
    ),
)
