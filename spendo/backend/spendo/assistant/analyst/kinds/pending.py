"""What is seen by the bank but not yet booked."""

from __future__ import annotations

from spendo.assistant.analyst.fixed import cannot_yet
from spendo.assistant.analyst.kind import Family, Kind

KINDS = (
    Kind(
        name="pending",
        family=Family.SEARCH,
        title="What is pending",
        cues="""
            80 pending
            80 not yet/been? booked/posted/cleared/settled
            80 has/have not posted/cleared/settled
            80 still to clear/post
            80 on hold
        """,
        answer=cannot_yet,
        examples=(
            "What is still pending?",
            "pending transactions",
            "how much is pending right now?",
            "which payments are pending",
            "show pending charges",
            "what has not posted yet",
            "pendng transactions",
        ),
    ),
)
