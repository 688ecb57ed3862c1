"""Money moved between one's own accounts, or to one that is not here."""

from __future__ import annotations

from spendo.assistant.analyst.fixed import cannot_yet
from spendo.assistant.analyst.kind import Family, Kind

KINDS = (
    Kind(
        name="transfers",
        family=Family.TRANSFERS,
        title="Moved between accounts",
        cues="""
            73 transfer/transfers/transferred/transferring
            73 did/have/has ~i ... move/moved
            73 money moved/transferred/put
            73 put/add/added/contribute/contributed/paid ... into
            73 put/add/added/contribute/contributed ... in/to/towards/toward
            73 moved ... to/into/from
        """,
        never="""
            one side
            unmatched/unpaired/counterpart/suspected
            may/might be transfers
            aside
        """,
        answer=cannot_yet,
        examples=(
            "How much did I move to savings last month?",
            "transfers to Rainy Day Savings this year",
            "what did I transfer to savings last month",
            "how much did I put into savings this year?",
            "money moved into the brokerage this year",
            "my transfers last month",
            "how much did i trasnfer to savings last month",
        ),
    ),
    Kind(
        name="card_payments",
        family=Family.TRANSFERS,
        title="Payments of a credit card",
        cues="""
            74 card payment/payments/bill/bills
            74 ~pay ... to/towards/toward/off/down .. credit? card/cards
            74 paid off .. credit? card
            74 went to .. credit card
            74 pay .. credit card .. off
        """,
        never="""
            if/when
            {amount}
            due
            until
        """,
        answer=cannot_yet,
        examples=(
            "How much did I pay towards my credit card last month?",
            "credit card payments this year",
            "what did I pay off my card last month",
            "how much went to the credit card last month?",
            "total card payments this year",
            "my card bill last month",
            "credit card paymnts last month",
        ),
    ),
    Kind(
        name="one_sided",
        family=Family.TRANSFERS,
        title="Transfers with one side",
        cues="""
            85 one side/sided
            85 only one side
            85 one-sided
            85 unmatched/unpaired/suspected
            85 counterpart
            85 other side
            85 may/might/could be transfers/transfer
            85 transfers .. half
        """,
        answer=cannot_yet,
        examples=(
            "Which transfers have only one side?",
            "transfers with one side missing",
            "any transfers without a counterpart?",
            "show unmatched transfers",
            "which payments may be transfers to accounts you don't know?",
            "one-sided transfers",
            "unmatched tranfers",
        ),
    ),
)
