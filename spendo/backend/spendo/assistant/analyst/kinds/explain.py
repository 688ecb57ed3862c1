"""How a figure came about."""

from __future__ import annotations

from spendo.assistant.analyst.fixed import says
from spendo.assistant.analyst.kind import Family, Kind

EXPLAIN = (
    "Every figure is added up from your own transactions, exactly and over all of them. The line "
    "under each answer says how many, over which dates, and what was left out. Transfers between "
    "your own accounts are not spending, refunds reduce it, and pending payments wait until they "
    "are booked."
)

KINDS = (
    Kind(
        name="explain",
        family=Family.TRUST,
        title="How a figure came about",
        cues="""
            85 how did/do/have you get/got/calculate/work/know/compute/arrive/come/figure/reach
            85 where did/do/does/is/are you get ... from
            85 where did/do/does/is/are that/this/these/those/the/it ... from
            85 explain that/this/the/how/your/it
            85 show me? your work/working/workings
            85 are you sure
            85 is that/this/it right/correct/accurate
            85 how is that/this/it calculated
            85 can i trust
        """,
        answer=says(EXPLAIN),
        examples=(
            "how did you get that number?",
            "where does that number come from",
            "explain that",
            "are you sure?",
            "is that right?",
            "how did you calulate that",
        ),
        talk=True,
    ),
)
