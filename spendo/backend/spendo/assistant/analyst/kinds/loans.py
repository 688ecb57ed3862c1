"""What was paid on a loan: interest is spending, principal is not."""

from __future__ import annotations

from spendo.assistant.analyst.fixed import cannot_yet
from spendo.assistant.analyst.kind import Family, Kind

KINDS = (
    Kind(
        name="loan_interest",
        family=Family.TRANSFERS,
        title="Interest paid on loans",
        cues="""
            74 interest ... loan/loans/mortgage/debt/debts
            74 loan/loans/mortgage/debt ... interest
            74 interest did ~i pay
            74 interest ~i paid
            74 interest charges/paid/payments/costs
            74 pay/paid/paying .. .. in/of? interest
        """,
        never="""
            principal
            without interest
            rate/rates
            will/would
        """,
        answer=cannot_yet,
        examples=(
            "How much loan interest did I pay this year?",
            "interest on my loan last month",
            "what did I pay in loan interest this year",
            "loan interest last year",
            "how much interest did the mortgage cost me this year?",
            "how much interest did I pay last month",
            "loan intrest this year",
        ),
    ),
    Kind(
        name="loan_principal",
        family=Family.TRANSFERS,
        title="What payments took off a loan",
        cues="""
            75 principal
            75 pay/paid/paying down
            75 repay/repaid/repayment ... loan/mortgage
            75 ~loan ... repay/repaid
            75 ~loan ... pay/paid down
            75 paid/pay off .. of my/the ~loan
            75 without interest
        """,
        never="""
            {amount}
            will/would
        """,
        answer=cannot_yet,
        examples=(
            "How much principal did I pay off this year?",
            "principal paid on my loan last month",
            "how much of the loan did I pay down this year",
            "loan principal last year",
            "how much did I repay of the loan this year, without interest?",
            "mortgage principal this year",
            "loan princpal last month",
        ),
    ),
)
