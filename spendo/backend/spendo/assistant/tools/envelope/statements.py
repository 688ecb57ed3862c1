"""Income, spending and what is left; what changed since another period, and why."""

from __future__ import annotations

from typing import Literal

from spendo.assistant.tools.envelope.base import LedgerEnvelope, PeriodPart
from spendo.assistant.tools.envelope.part import Amount, Count, Part, Percent


class StatementLinePart(Part):
    """A category or merchant. `own` is booked on it alone; `total` has what is below it, too, and
    is in the total of the line above with a smaller `depth`."""

    label: str
    depth: int
    total: Amount
    own: Amount
    count: Count
    share: Percent | None

    def title(self) -> str:
        return self.label


class ContributionPart(Part):
    label: str
    change: Amount
    now: Amount
    before: Amount

    def title(self) -> str:
        return self.label


class ComparisonPart(Part):
    """What it was in `period`, and by how much it is more (or less) now. All contributions sum to
    the change; `contribution_count` is how many there are."""

    period: PeriodPart
    spending_change: Amount
    income_change: Amount
    net_change: Amount
    spending_change_percent: Percent | None
    income_change_percent: Percent | None
    spending: Amount
    income: Amount
    net: Amount
    contributions: tuple[ContributionPart, ...]
    contribution_count: int
    income_contributions: tuple[ContributionPart, ...]

    def label_of(self, field: str) -> str:
        is_before = field in ("spending", "income", "net")
        return f"{field} before" if is_before else super().label_of(field)


class IncomeStatementEnvelope(LedgerEnvelope):
    """`savings_rate` is net ÷ income, in percent; null without income."""

    tool: Literal["income_statement"] = "income_statement"
    period: PeriodPart
    net: Amount
    income: Amount
    spending: Amount
    savings_rate: Percent | None
    group_by: Literal["category", "merchant"]
    spending_lines: tuple[StatementLinePart, ...]
    income_lines: tuple[StatementLinePart, ...]
    line_count: int
    comparison: ComparisonPart | None
