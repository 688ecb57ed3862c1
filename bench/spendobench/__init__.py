"""SpendoBench: does an assistant answer questions about a realistic ledger exactly?

`events` and `world` say what happened to somebody's money; `oracle` works the answers out from that
alone; `loader` writes the same events into Spendo's ledger; the arms answer, and `scoring` reads
what they wrote. See README.md.
"""
