"""The agent's tools: the only door from a model to the ledger. All of them read.

Each takes the user from the run's context, calls selectors, and returns an envelope.
"""
