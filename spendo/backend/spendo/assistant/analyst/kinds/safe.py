"""What can be spent until the next pay."""

from __future__ import annotations

from spendo.assistant.analyst.fixed import cannot_yet
from spendo.assistant.analyst.kind import Family, Kind

KINDS = (
    Kind(
        name="safe_to_spend",
        family=Family.FORECAST,
        title="What can safely be spent",
        cues="""
            86 safely spend
            86 safe to spend
            86 can ~i .. spend
            86 left to spend
            86 spending money
            86 free to spend
            86 disposable
            86 how much .. can/could ~i .. spend
            86 how much can i .. afford to spend
        """,
        never="""
            still spend on
            left to spend on
            see/show/find/tell
        """,
        answer=cannot_yet,
        examples=(
            "What can I safely spend until pay day?",
            "how much can I safely spend before pay day",
            "safe to spend?",
            "what's safe to spend until I get paid",
            "how much can I spend until my next paycheck",
            "how much is left to spend this month",
            "what can I safley spend",
        ),
        looks_ahead=True,
    ),
)
