"""How net worth has changed over time."""

from __future__ import annotations

from spendo.assistant.analyst.fixed import cannot_yet
from spendo.assistant.analyst.kind import Family, Kind

KINDS = (
    Kind(
        name="net_worth_history",
        family=Family.BALANCES,
        title="How net worth has changed",
        cues="""
            80 net worth ... ~change
            80 ~change ... net worth
            80 net worth over time/months/years
            80 net worth history/graph/chart/curve
            80 net worth by/per/each/every month/year/quarter/week
            80 net worth month by/over month
            80 compare/compared ... net worth
            80 net worth ... compare/compared
            80 how has/have/did/is ... net worth ... over/since/in
            80 net worth went/go/gone up/down
            80 did my net worth
        """,
        answer=cannot_yet,
        examples=(
            "How has my net worth changed over 12 months?",
            "net worth change in the last year",
            "how much did my net worth grow over the last 12 months",
            "my net worth by month this year",
            "compare my net worth now with a year ago",
            "change in networth since a year ago",
            "net wroth over time",
            ("What's my net worth?", "and how has it changed over the last 6 months?"),
        ),
    ),
)
