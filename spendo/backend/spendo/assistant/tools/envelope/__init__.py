"""What every tool returns: one typed envelope per tool, as JSON.

Amounts are decimal strings beside their ISO currency. A period is half-open: `to` is the first
day after it. What a bank wrote stands under `bank_text`, cut to a fixed length: it is data.

A group of tools has a file of its own here, whose union of envelopes is one line of `AnyEnvelope`.
"""

from __future__ import annotations

from typing import Annotated, get_args

from pydantic import Field, TypeAdapter

from spendo.assistant.tools.envelope.accounts import (
    AccountBalanceEnvelope,
    AccountEnvelopes,
    AccountPart,
    AccountsEnvelope,
    AccountSeries,
    BalanceHistoryEnvelope,
    BalancePoint,
    DataRangeEnvelope,
    NetWorthEnvelope,
    NetWorthPoint,
)
from spendo.assistant.tools.envelope.base import (
    BANK_TEXT_LIMIT,
    MAX_GROUPS,
    MAX_ROWS,
    SAMPLE_ROWS,
    Averages,
    BankText,
    Converted,
    Envelope,
    ErrorEnvelope,
    Excluded,
    Filters,
    LedgerEnvelope,
    LeftOut,
    PeriodPart,
    Problem,
    RatePart,
    Row,
    bank_text,
)
from spendo.assistant.tools.envelope.budgets import (
    BudgetEnvelopes,
    BudgetStatusEnvelope,
    GoalProgressEnvelope,
    SuggestBudgetsEnvelope,
)
from spendo.assistant.tools.envelope.calc import CalcEnvelope
from spendo.assistant.tools.envelope.debts import DebtPlanEnvelope
from spendo.assistant.tools.envelope.explain import ExplainedPart, ExplainEnvelope
from spendo.assistant.tools.envelope.forecast import (
    ForecastEnvelope,
    ForecastEnvelopes,
    SafeToSpendEnvelope,
)
from spendo.assistant.tools.envelope.health import DataHealthEnvelope
from spendo.assistant.tools.envelope.part import (
    Amount,
    Count,
    Figure,
    FigureKind,
    Number,
    Part,
    Percent,
    Rate,
)
from spendo.assistant.tools.envelope.rates import RateEnvelope
from spendo.assistant.tools.envelope.recurring import (
    RecurringEnvelope,
    RecurringEnvelopes,
    UpcomingBillsEnvelope,
)
from spendo.assistant.tools.envelope.statements import IncomeStatementEnvelope
from spendo.assistant.tools.envelope.transactions import (
    CountEnvelope,
    Group,
    SearchEnvelope,
    SumEnvelope,
    TransactionEnvelopes,
)
from spendo.assistant.tools.envelope.words import (
    NamedThing,
    NamesEnvelope,
    PeriodEnvelope,
    SetAsideEnvelope,
    WordEnvelopes,
)

AnyEnvelope = Annotated[
    AccountEnvelopes
    | TransactionEnvelopes
    | WordEnvelopes
    | CalcEnvelope
    | ExplainEnvelope
    | IncomeStatementEnvelope
    | BudgetEnvelopes
    | RecurringEnvelopes
    | ForecastEnvelopes
    | DebtPlanEnvelope
    | DataHealthEnvelope
    | RateEnvelope
    | ErrorEnvelope,
    Field(discriminator="tool"),
]  # fmt: skip

ENVELOPES: dict[str, type[Envelope]] = {
    kind.model_fields["tool"].default: kind for kind in get_args(get_args(AnyEnvelope)[0])
}
"""By the name of the tool."""

_ANY_ENVELOPE: TypeAdapter[AnyEnvelope] = TypeAdapter(AnyEnvelope)


def read_envelope(text: str) -> AnyEnvelope:
    """The envelope that a tool wrote; ValidationError if it is none."""
    return _ANY_ENVELOPE.validate_json(text)


__all__ = [
    "BANK_TEXT_LIMIT",
    "ENVELOPES",
    "MAX_GROUPS",
    "MAX_ROWS",
    "SAMPLE_ROWS",
    "AccountBalanceEnvelope",
    "AccountPart",
    "AccountSeries",
    "AccountsEnvelope",
    "Amount",
    "AnyEnvelope",
    "Averages",
    "BalanceHistoryEnvelope",
    "BalancePoint",
    "BankText",
    "BudgetStatusEnvelope",
    "CalcEnvelope",
    "Converted",
    "Count",
    "CountEnvelope",
    "DataHealthEnvelope",
    "DataRangeEnvelope",
    "DebtPlanEnvelope",
    "Envelope",
    "ErrorEnvelope",
    "Excluded",
    "ExplainEnvelope",
    "ExplainedPart",
    "Figure",
    "FigureKind",
    "Filters",
    "ForecastEnvelope",
    "GoalProgressEnvelope",
    "Group",
    "IncomeStatementEnvelope",
    "LedgerEnvelope",
    "LeftOut",
    "NamedThing",
    "NamesEnvelope",
    "NetWorthEnvelope",
    "NetWorthPoint",
    "Number",
    "Part",
    "Percent",
    "PeriodEnvelope",
    "PeriodPart",
    "Problem",
    "Rate",
    "RateEnvelope",
    "RatePart",
    "RecurringEnvelope",
    "Row",
    "SafeToSpendEnvelope",
    "SearchEnvelope",
    "SetAsideEnvelope",
    "SuggestBudgetsEnvelope",
    "SumEnvelope",
    "UpcomingBillsEnvelope",
    "bank_text",
    "read_envelope",
]
