"""Charges that may have been made twice."""

from __future__ import annotations

from spendo.assistant.analyst.fixed import cannot_yet
from spendo.assistant.analyst.kind import Family, Kind

KINDS = (
    Kind(
        name="twice",
        family=Family.SEARCH,
        title="Charged twice",
        cues="""
            80 charged/billed/paid/charge/debited ... twice/double
            80 duplicate/duplicates/duplicated
            80 double charge/charges/charged/payment/payments/billed/billing
            80 two/2 times
            80 charged/billed/paid ... two/2 times
            80 same charge/amount/payment twice
        """,
        answer=cannot_yet,
        examples=(
            "Was I charged twice by anyone?",
            "any duplicate charges last month?",
            "did anybody charge me twice this year",
            "double charges this month",
            "was anything charged two times last month?",
            "duplicate payments",
            "was I chraged twice",
        ),
    ),
)
