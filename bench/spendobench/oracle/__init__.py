"""What the right answers are, worked out from the events alone in plain Decimal.

Nothing in this package imports Spendo, Django or a library; its rules are the ledger's written
ones, told again. Where it and the ledger differ, one of them is wrong.
"""

from bench.spendobench.oracle.facts import Fact, facts_of
from bench.spendobench.oracle.judge import Judge, Total, rounded

__all__ = ["Fact", "Judge", "Total", "facts_of", "rounded"]
