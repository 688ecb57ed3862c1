"""Goals, and how long savings last."""

from __future__ import annotations

from spendo.assistant.analyst.fixed import cannot_yet
from spendo.assistant.analyst.kind import Family, Kind

KINDS = (
    Kind(
        name="goals",
        family=Family.PLANS,
        title="How far a goal is",
        cues="""
            81 ~goal
            81 saved for
            81 how far am/are ~i with/from/to
            81 how close am/are ~i to
            81 progress
            81 saving/savings for {name}
        """,
        never="""
            budget
        """,
        answer=cannot_yet,
        examples=(
            "How is my vacation goal going?",
            "progress of my vacation goal",
            "how much have I saved for the vacation?",
            "how far am I with my vacation goal",
            "my goals",
            "vacation goal",
            "will I reach my vacation goal",
            "how is my vacation gaol going?",
        ),
        looks_ahead=True,
    ),
    Kind(
        name="months_covered",
        family=Family.PLANS,
        title="How long savings last",
        cues="""
            86 how many months/weeks/years ... savings
            86 how many months/weeks/years ... live
            86 how many months/weeks/years ... cover
            86 savings ... last
            86 how long ... savings
            86 how long could/can/would/will ~i live
            86 how long could/can/would/will ... money last
            86 runway
            86 emergency fund
            86 months of expenses/spending
        """,
        never="""
            last month/year/week/quarter
        """,
        answer=cannot_yet,
        examples=(
            "How many months do my savings cover?",
            "how many months could I live on my savings",
            "how long would my savings last?",
            "how many months of spending do my savings cover",
            "for how many months would my savings be enough",
            "what is my runway",
            "how long wuold my savings last",
        ),
        looks_ahead=True,
    ),
)
