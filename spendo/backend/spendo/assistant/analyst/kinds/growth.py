"""Which category changed most from one period to the other."""

from __future__ import annotations

from spendo.assistant.analyst.fixed import cannot_yet
from spendo.assistant.analyst.kind import Family, Kind

KINDS = (
    Kind(
        name="growth",
        family=Family.COMPARISON,
        title="Which category changed most",
        cues="""
            79 which/what .. category/categories ... ~change/up/down
            79 category/categories ... ~change ... most
            79 most ... ~change ... category/categories
            79 biggest/largest .. increase/increases/growth/jump/rise/change/decrease/drop
            79 biggest/largest category increase/growth/change
            79 what went up/down .. most
            79 what ~change .. most
            79 grew/increased/rose/grown/fell/dropped/decreased/changed .. most
            79 year on/over year
            79 yoy
            79 where did my spending ~change
        """,
        never="""
            net worth
            salary
        """,
        answer=cannot_yet,
        examples=(
            "Which category grew most year on year?",
            "which category grew the most compared to last year",
            "which spending category increased most this year compared with last year?",
            "what category went up most vs last year",
            "what grew the most this month compared to last month",
            "spending by category year over year",
            "which catgory grew most this year",
        ),
    ),
)
