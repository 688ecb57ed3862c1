"""Why spending changed: contributions that add up to the change."""

from __future__ import annotations

from dataclasses import replace

from spendo.assistant.analyst.fixed import cannot_yet
from spendo.assistant.analyst.kind import Family, Kind
from spendo.assistant.analyst.question import Question
from spendo.assistant.analyst.understanding.heard import Heard


def read(question: Question, heard: Heard) -> Question | None:
    """ "Than the month before" is what it is compared to anyway."""
    when = heard.times.when or question.when
    return replace(question, when=when, group_by=None, limit=None, bounds=None)


KINDS = (
    Kind(
        name="why",
        family=Family.COMPARISON,
        title="Why spending changed",
        cues="""
            86 why ... ~spend
            86 why ... ~spend ... ~change/~more
            86 why ... so? much/high/low/more/less
            86 what drove/caused/explains/made/drives/pushed/raised
            86 what is behind
            86 what was behind
            86 reason/reasons for/why/behind
            85 ^ why $
            85 ^ and? but? why is/was that/it? $
            85 ^ but/and why $
            86 explain ... increase/decrease/jump/rise/drop/change/difference
        """,
        read=read,
        leans=True,
        answer=cannot_yet,
        examples=(
            "Why did my spending jump in March?",
            "why did I spend more in March?",
            "what made my spending go up in July",
            "why was spending higher in March than the month before?",
            "what drove the increase of spending in July",
            "what explains the drop in spending last month",
            ("How much did I spend last month?", "why?"),
            ("did I spend more this month than last month?", "but why"),
            "why did my spendng jump in March",
        ),
    ),
)
