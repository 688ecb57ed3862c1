"""What the records lack."""

from __future__ import annotations

from spendo.assistant.analyst.fixed import cannot_yet
from spendo.assistant.analyst.kind import Family, Kind

KINDS = (
    Kind(
        name="missing_data",
        family=Family.TRUST,
        title="What data is missing",
        cues="""
            84 missing data/transactions/information/records/rates
            84 data ... missing/incomplete/complete/gaps
            87 you ... missing
            84 what do not you know
            84 what do you not know
            84 what do not you have
            84 data/records/transactions complete/incomplete
            84 gaps/gap in
            84 data quality/health/problems
            84 how complete/good/reliable ... data/records
            84 problems with my data/records
        """,
        answer=cannot_yet,
        examples=(
            "What data are you missing?",
            "what data is missing",
            "what don't you know about my money?",
            "is my data complete",
            "what are you missing about my finances",
            "are there gaps in my records",
            "what data are you mising",
        ),
    ),
)
