"""What is not used: no ledger knows that."""

from __future__ import annotations

from spendo.assistant.analyst.fixed import cannot_yet
from spendo.assistant.analyst.kind import Family, Kind

KINDS = (
    Kind(
        name="unused",
        family=Family.RECURRING,
        title="Which are not used",
        cues="""
            88 ~subscription ... not use/using/used/need
            88 ~subscription ... not .. use/using/used/need
            88 ~subscription ... unused/forgot/forgotten/unnecessary
            88 unused/unnecessary ~subscription
            88 forgot/forgotten ... ~subscription
            88 do not use/need
            88 not using
            88 ~subscription ... never use/used
            88 ~subscription ... rarely/actually use/used
        """,
        answer=cannot_yet,
        examples=(
            "Which subscriptions do I not use?",
            "which of my subscriptions don't I use",
            "what subscriptions am I not using?",
            "subscriptions I don't use",
            "which subscriptions are unused",
            "unused subscriptions",
            "which subscriptons do I never use",
        ),
    ),
)
