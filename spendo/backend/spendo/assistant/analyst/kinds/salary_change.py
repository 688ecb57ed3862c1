"""Whether regular income changed, when, and by how much."""

from __future__ import annotations

from spendo.assistant.analyst.fixed import cannot_yet
from spendo.assistant.analyst.kind import Family, Kind

KINDS = (
    Kind(
        name="salary_change",
        family=Family.INCOME,
        title="Whether pay changed",
        cues="""
            78 ~change ... salary/pay/paycheck/wages/wage/income
            78 salary/pay/paycheck/wages/wage ... ~change
            78 get/got/getting/had a? raise
            78 pay raise/rise
            78 salary raise/rise/increase
            78 is my salary higher/lower
            78 salary/pay/paycheck ... higher/lower/bigger/smaller
            78 salary/pay/paycheck go/went/gone up/down
            78 earn/earning more/less than before
        """,
        never="""
            pay ... bill/bills/for
            net worth
        """,
        answer=cannot_yet,
        examples=(
            "Did my salary change?",
            "has my salary changed",
            "did I get a raise?",
            "when did my pay change and by how much",
            "is my salary higher this year",
            "did my pay go up",
            "did my slary change",
        ),
    ),
)
