"""What the records cover."""

from __future__ import annotations

from spendo.assistant.analyst.kind import Family, Kind
from spendo.assistant.analyst.plan import Call, Plan, ask
from spendo.assistant.analyst.question import Question
from spendo.assistant.analyst.understanding.heard import Heard
from spendo.assistant.analyst.wording import EMPTY_LEDGER, day
from spendo.assistant.tools.envelope import DataRangeEnvelope


def read(question: Question, heard: Heard) -> Question | None:
    return Question("data")


def answer(question: Question) -> Plan:
    records = yield from ask(DataRangeEnvelope, Call("data_range"))
    if not records.count or records.first is None or records.last is None:
        return EMPTY_LEDGER
    return (
        f"Your records hold **{records.count:,}** transactions, from {day(records.first)} to "
        f"{day(records.last)}. What an account did before it was added here is not known, nor are "
        "exchange rates."
    )


KINDS = (
    Kind(
        name="data",
        family=Family.TRUST,
        title="What the records cover",
        cues="""
            80 what/which .. data/history/records
            80 how much/many data/history/records
            80 how far back
            80 date range
            80 data do you
            80 data range/cover/covers/is
            80 since when
            80 what .. period/dates/months do/does/are/can
            80 record/records/data/history/transactions go/goes/start/starts
            80 record/records/data/history/transactions begin/begins/cover/covers
            80 what do you know about me
            80 first/last .. date/day .. in my data/records
            80 up to date
        """,
        read=read,
        answer=answer,
        examples=(
            "What data do you have?",
            "how far back do my records go",
            "which dates do you cover, what is the date range",
            "since when do you have my transactions",
            "what do you know about me",
            "waht data do you have",
        ),
    ),
)
