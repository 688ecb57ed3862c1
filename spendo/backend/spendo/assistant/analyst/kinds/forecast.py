"""The balance of days to come, from what is known to come."""

from __future__ import annotations

from spendo.assistant.analyst.fixed import cannot_yet
from spendo.assistant.analyst.kind import Family, Kind

KINDS = (
    Kind(
        name="forecast",
        family=Family.FORECAST,
        title="What the balance will be",
        cues="""
            82 will .. .. balance/account/checking/savings
            82 will ~i .. have/be/run/go
            82 will there be
            82 balance ... be
            82 going to be/have/run
            82 forecast/forecasts/predict/projection/projected/prediction
            82 run out
            82 project
            82 overdraft/overdrawn/overdraw
            82 go/goes/be negative
            82 how much will ~i ... have
            82 expected balance
        """,
        never="""
            worry
            budget
            lowest/dangerously/lower
            spend
            savings last
        """,
        answer=cannot_yet,
        examples=(
            "what will my balance be at the end of the month",
            "forecast my balance",
            "how much will I have at the end of next month",
            "what will my checking balance be next week",
            "will I run out of money",
            "project my balance for the next 30 days",
            "what wil my balance be next month",
        ),
        looks_ahead=True,
    ),
    Kind(
        name="worry",
        family=Family.FORECAST,
        title="Which day to look at",
        cues="""
            85 worry/worried/worrying/concerned
            85 balance/account/money ... lowest ... coming/next/weeks/days/month
            85 will .. .. balance/account/money be lowest
            85 will .. .. .. be lowest/tightest
            85 balance/account/money ... dangerously
            85 gets/get dangerously/too/very low
            85 which/what date/day ... lowest/low/tight
            85 tight/tightest
            85 run low
            85 critical date/day
        """,
        answer=cannot_yet,
        examples=(
            "Which date should I worry about?",
            "when will my balance be lowest in the coming weeks",
            "which day should I worry about money",
            "is there a date my balance gets dangerously low?",
            "on which date will my account be lowest",
            "when will money be tight",
            "wich date should I worry about",
        ),
        looks_ahead=True,
    ),
    Kind(
        name="cancel",
        family=Family.FORECAST,
        title="What cancelling would change",
        cues="""
            87 if ~i cancel/cancelled/canceled/stop/stopped/drop/dropped/quit
            87 cancelling/canceling
            87 without my subscriptions
            87 save/saved if/by
        """,
        answer=cannot_yet,
        examples=(
            "what if I cancel Streamhouse Video?",
            "if I cancel Tunely Music and Cloudbox Storage, what do I save",
            "how much would I save by cancelling Streamhouse Video",
            "what happens if I cancel Ironleaf Gym",
            "if I cancel these three",
            "how much do I save if I stop Tunely Music",
            "what if I cancle Streamhouse Video",
        ),
        looks_ahead=True,
    ),
)
