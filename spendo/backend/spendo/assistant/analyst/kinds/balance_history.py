"""The balance of an account over time: its lowest and highest, and how it went."""

from __future__ import annotations

from spendo.assistant.analyst.fixed import cannot_yet
from spendo.assistant.analyst.kind import Family, Kind

KINDS = (
    Kind(
        name="balance_lowest",
        family=Family.BALANCES,
        title="The lowest or highest balance, and when",
        cues="""
            80 lowest/minimum/least/min/low ... balance/balances
            80 balance/balances ... lowest/minimum/min/low
            80 highest/maximum/max/peak/most/high ... balance/balances
            80 balance/balances ... highest/maximum/max/peak
            80 how low/high did
            80 how low/high was/has/did
            80 when was ... lowest/highest
            80 lowest/highest {name}
            80 lowest/highest point
        """,
        never="""
            will
            coming/next/upcoming
            be lowest
            purchase/purchases/transaction/transactions/payment/payments/bill/bills/charge/charges
        """,
        answer=cannot_yet,
        examples=(
            "What was my lowest balance last month, and when?",
            "lowest balance of Everyday Checking last month",
            "how low did my checking go last month?",
            "when was my checking account lowest this year",
            "highest balance in savings this year",
            "minimum balance in checking last month",
            "lowset balance last month",
        ),
    ),
    Kind(
        name="balance_history",
        family=Family.BALANCES,
        title="How a balance went",
        cues="""
            78 balance/balances ... ~change
            78 ~change ... balance/balances
            78 balance/balances over time
            78 balance history/graph/chart
            78 history of ... balance/balances
            78 balance/balances by/per/each/every day/week/month
            78 weekly/monthly/daily balance/balances
        """,
        never="""
            will
            lowest/highest
            dangerously
        """,
        answer=cannot_yet,
        examples=(
            "How has my checking balance changed this year?",
            "balance history of savings",
            "my savings balance by month this year",
            "monthly balance of Everyday Checking",
            "balance over time",
            "how did my balance develop over the last 6 months",
            "blance history of checking",
        ),
    ),
)
