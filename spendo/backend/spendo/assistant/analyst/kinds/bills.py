"""Bills to come, and the next pay."""

from __future__ import annotations

from spendo.assistant.analyst.fixed import cannot_yet
from spendo.assistant.analyst.kind import Family, Kind

KINDS = (
    Kind(
        name="bills",
        family=Family.RECURRING,
        title="Bills before the next pay",
        cues="""
            84 bill/bills/payments/payment ... before/until/till/by ... pay/payday
            84 bill/bills/payments/payment ... before/until/till/by ... paycheck/paid/salary
            84 upcoming/coming bill/bills/payments/charges/expenses
            84 bill/bills/payments ... due
            84 due before/until/till/this/next/soon/tomorrow
            84 what .. ~i ... to pay
            84 bill/bills ... coming up
            84 bill/bills come/coming
            84 next bill/bills
            84 have to pay
            84 what is due
        """,
        never="""
            left to spend
        """,
        answer=cannot_yet,
        examples=(
            "What bills come before my next pay day?",
            "bills before next pay day",
            "which bills are due before I get paid",
            "what do I have to pay until pay day?",
            "upcoming bills until my next paycheck",
            "what bills are due next week",
            "which blils are due before pay day",
        ),
        looks_ahead=True,
    ),
    Kind(
        name="next_pay",
        family=Family.RECURRING,
        title="When the next pay comes",
        cues="""
            83 when do/will/am/is ~i .. get/getting paid
            83 when do/will/am/is ~i .. paid next
            83 paid next
            83 when is .. .. next? pay/payday/paycheck/salary
            83 next pay/paycheck/payday/salary
            83 next pay day
            83 how long until pay/payday/paycheck
        """,
        never="""
            bill/bills
            spend/spending
            safe/safely
            to pay
            before/until/till .. next pay/paycheck/payday
        """,
        answer=cannot_yet,
        examples=(
            "when do I get paid next?",
            "when is my next pay day",
            "when is payday",
            "next paycheck?",
            "when will I get paid",
            "my next salary",
            "when do i get payed next",
        ),
        looks_ahead=True,
    ),
)
