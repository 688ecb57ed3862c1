"""What nobody knows: spending and income of days to come."""

from __future__ import annotations

from spendo.assistant.analyst.fixed import says
from spendo.assistant.analyst.kind import Family, Kind

FUTURE = (
    "I only know what has happened, so I cannot say what will. I can show past months for "
    "comparison: try your spending by month this year."
)

KINDS = (
    Kind(
        name="future",
        family=Family.FORECAST,
        title="What will be spent or earned",
        cues="""
            82 will ~i .. ~spend
            83 will ~i .. have spent/earned/paid/saved/bought/made
            82 will ~i .. earn/make/save/pay/buy
            82 am/are ~i going to spend/earn/make/save/pay
            82 going to spend/cost
            82 predict/forecast/estimate ... ~spend/income
        """,
        never="pace/rate/track/budget\ncan/could",
        answer=says(FUTURE),
        examples=(
            "how much will I spend next month",
            "how much will I earn next year",
            "what am I going to spend on groceries next month",
            "predict my spending",
            "forecast my expenses for December",
            "how mcuh will I spend next week",
        ),
        talk=True,
        looks_ahead=True,
    ),
)
