"""What came back."""

from __future__ import annotations

from spendo.assistant.analyst.fixed import cannot_yet
from spendo.assistant.analyst.kind import Family, Kind

KINDS = (
    Kind(
        name="refunds",
        family=Family.TRANSFERS,
        title="Refunds",
        cues="""
            72 ~refund
            72 money back
            72 get/got/gotten/receive/received back
            72 give/gave/given/paid me back
        """,
        never="""
            net of
            net/less/after/minus/excluding/without/including refunds/refund
        """,
        answer=cannot_yet,
        examples=(
            "any refunds?",
            "what refunds did I get this year",
            "How much was I refunded by Northpeak Outfitters this year?",
            "refunds from Volt Electronics",
            "did Northpeak Outfitters refund me this year?",
            "what did I get back from Volt Electronics this year",
            "refnds this year",
        ),
    ),
)
