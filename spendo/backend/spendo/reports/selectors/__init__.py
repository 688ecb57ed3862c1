"""Reports: what the ledger comes to over time, what comes again, what is to come.

Every selector takes the user first, reads only, and has one definition, which is in its docstring
and in docs/reference/definitions.md. `as_of` is the day it is asked on (default: today).
"""

from spendo.reports.selectors.bills import (
    Bill,
    PayDay,
    UpcomingBills,
    next_pay_day,
    upcoming_bills,
)
from spendo.reports.selectors.cushion import MonthsCovered, months_covered
from spendo.reports.selectors.debts import (
    CreditUtilisation,
    DebtPlan,
    DebtPlanRefused,
    Strategy,
    credit_utilisation,
    debt_plan,
)
from spendo.reports.selectors.duplicates import (
    DuplicateCharge,
    DuplicatesFound,
    duplicate_charges,
)
from spendo.reports.selectors.forecast import Forecast, ForecastRefused, forecast_balance
from spendo.reports.selectors.health import AccountHealth, DataHealth, data_health
from spendo.reports.selectors.recurring import RecurringFound, Which, find_recurring
from spendo.reports.selectors.series_type import Kind, PriceChange, Series
from spendo.reports.selectors.spendable import SafeToSpend, SetAside, safe_to_spend
from spendo.reports.selectors.statements import (
    Comparison,
    Contribution,
    IncomeStatement,
    StatementLine,
    income_statement,
    same_point_before,
)

__all__ = [
    "AccountHealth",
    "Bill",
    "Comparison",
    "Contribution",
    "CreditUtilisation",
    "DataHealth",
    "DebtPlan",
    "DebtPlanRefused",
    "DuplicateCharge",
    "DuplicatesFound",
    "Forecast",
    "ForecastRefused",
    "IncomeStatement",
    "Kind",
    "MonthsCovered",
    "PayDay",
    "PriceChange",
    "RecurringFound",
    "SafeToSpend",
    "Series",
    "SetAside",
    "StatementLine",
    "Strategy",
    "UpcomingBills",
    "Which",
    "credit_utilisation",
    "data_health",
    "debt_plan",
    "duplicate_charges",
    "find_recurring",
    "forecast_balance",
    "income_statement",
    "months_covered",
    "next_pay_day",
    "safe_to_spend",
    "same_point_before",
    "upcoming_bills",
]
