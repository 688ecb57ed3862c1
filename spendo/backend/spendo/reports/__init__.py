"""Reading the ledger over time: cash flow, what comes again, what is to come.

Nothing is written here.
"""
