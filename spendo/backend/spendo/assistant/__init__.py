"""The assistant: one agent, its tools over the ledger, and the model that speaks for it."""
