"""What is not used: no ledger knows that."""

from __future__ import annotations

from spendo.assistant.analyst.fixed import says
from spendo.assistant.analyst.kind import Family, Kind

UNUSED = (
    "Payments say what is paid for, not what is used, so I cannot tell which subscriptions you do "
    "not use. I can list them with what each costs: ask for your subscriptions."
)


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
            88 which/what .. do/am ~i not use/using/need
            88 not using
            88 ~subscription ... never use/used
            88 ~subscription ... rarely/actually use/used
        """,
        answer=says(UNUSED),
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
