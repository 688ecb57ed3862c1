"""Subscriptions: what they cost, which got dearer, which are not used."""

from __future__ import annotations

from spendo.assistant.analyst.fixed import cannot_yet
from spendo.assistant.analyst.kind import Family, Kind

KINDS = (
    Kind(
        name="subscriptions",
        family=Family.RECURRING,
        title="Subscriptions, per month and per year",
        cues="""
            70 ~subscription
            70 recurring payments/charges/costs/bills/expenses/transactions
            70 regular payments/costs/bills/expenses
            70 fixed costs/expenses/payments
            70 standing orders
            70 direct debits
        """,
        never="""
            last/first
            ~i .. spend/spent
            spending/transactions
        """,
        answer=cannot_yet,
        examples=(
            "What are my subscriptions, per month and per year?",
            "my subscriptions",
            "how much do I pay for subscriptions per month and per year",
            "list my subscriptions with the yearly cost",
            "what do my subscriptions cost me",
            "my recurring payments",
            "subscripions per month",
        ),
    ),
    Kind(
        name="price_rise",
        family=Family.RECURRING,
        title="Which got more expensive",
        cues="""
            82 ~subscription ... more expensive/dearer
            82 ~subscription ... ~change/up/raised/raise/costlier/pricier
            82 ~subscription ... raised ... price/prices
            82 ~subscription cost/costs more
            82 got/get/become/became/gotten more expensive
            82 price/prices went/go/gone/rise/rose/raised/increased/increase/increases
            82 raised .. price/prices
            82 price increase/increases/rise/rises/hike/hikes/change/changes
            82 got dearer/pricier
            82 costs/cost more than before/used/it/they
        """,
        answer=cannot_yet,
        examples=(
            "Which of my subscriptions got more expensive?",
            "which subscription got more expensive",
            "did any of my subscriptions go up in price?",
            "subscriptions that raised their price",
            "which subscriptions cost more than before",
            "price increases this year",
            "which subscripton got more expensive",
        ),
    ),
    Kind(
        name="missed",
        family=Family.RECURRING,
        title="Which expected payment did not come",
        cues="""
            82 expected payment/payments/bill/bills/income/transaction/charge
            82 recurring/regular/usual payment/payments/bill/bills .. .. missing/late/overdue
            82 payment/payments/bill/bills ... did not come/arrive/happen
            82 did not come/arrive
            82 overdue
            82 miss/missed/missing .. payment/payments/bill/bills/paycheck
            82 payment/payments/bill/bills ... missed
        """,
        answer=cannot_yet,
        examples=(
            "Which expected payment did not come?",
            "which recurring payment is missing",
            "did any expected payment not come?",
            "is any regular payment overdue",
            "which bill did not come this month as usual",
            "did I miss a payment",
            "which expcted payment did not come",
        ),
    ),
)
