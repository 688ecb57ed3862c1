"""Reading the ledger over time: cash flow, what comes again, what is to come. No writing."""

Nothing is written here.
"""
