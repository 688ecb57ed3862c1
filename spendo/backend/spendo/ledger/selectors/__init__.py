"""Reading the ledger: the only way in for pages, tools and exports.

Every selector takes the user first and sees only that user's rows. Sums are made in SQL over
all rows. Hidden accounts and transactions never appear. What is in another currency is converted
at the rate of its day, or left out and said; never taken one to one.
"""

from spendo.ledger.selectors.accounts import (
    account_balance,
    account_totals,
    list_accounts,
    net_worth,
)
from spendo.ledger.selectors.changes import ChangeEntry, ChangePage, list_changes
from spendo.ledger.selectors.extremes import largest, median, smallest
from spendo.ledger.selectors.histories import (
    balance_history,
    lowest_balance,
    net_worth_history,
)
from spendo.ledger.selectors.names import match_names
from spendo.ledger.selectors.query_string import BadQuery, RowsQuery, query_string, read_query
from spendo.ledger.selectors.rates import Rate, Rates, rate_on, rates_into
from spendo.ledger.selectors.sums import sum_transactions
from spendo.ledger.selectors.tags import tag_names
from spendo.ledger.selectors.totals import FilterTotals, filter_totals
from spendo.ledger.selectors.transactions import (
    UnknownCursor,
    count_transactions,
    data_range,
    search_transactions,
)
from spendo.ledger.selectors.transfers import suggest_transfers
from spendo.ledger.selectors.types import (
    AccountBalance,
    AccountGroup,
    AccountHistory,
    AccountRef,
    AccountTotals,
    BalanceHistory,
    BalancePoint,
    CategoryRef,
    ConvertedCurrency,
    DataRange,
    Direction,
    Excluded,
    GroupBy,
    LeftOutCurrency,
    LowestBalance,
    Measure,
    Median,
    NameMatches,
    NetWorth,
    NetWorthHistory,
    PendingChoice,
    PendingPart,
    Sort,
    Step,
    SumGroup,
    SumResult,
    TransactionFilter,
    TransactionPage,
    TransactionRow,
)

__all__ = [
    "AccountBalance",
    "AccountGroup",
    "AccountHistory",
    "AccountRef",
    "AccountTotals",
    "BadQuery",
    "BalanceHistory",
    "BalancePoint",
    "CategoryRef",
    "ChangeEntry",
    "ChangePage",
    "ConvertedCurrency",
    "DataRange",
    "Direction",
    "Excluded",
    "FilterTotals",
    "GroupBy",
    "LeftOutCurrency",
    "LowestBalance",
    "Measure",
    "Median",
    "NameMatches",
    "NetWorth",
    "NetWorthHistory",
    "PendingChoice",
    "PendingPart",
    "Rate",
    "Rates",
    "RowsQuery",
    "Sort",
    "Step",
    "SumGroup",
    "SumResult",
    "TransactionFilter",
    "TransactionPage",
    "TransactionRow",
    "UnknownCursor",
    "account_balance",
    "account_totals",
    "balance_history",
    "count_transactions",
    "data_range",
    "filter_totals",
    "largest",
    "list_accounts",
    "list_changes",
    "lowest_balance",
    "match_names",
    "median",
    "net_worth",
    "net_worth_history",
    "query_string",
    "rate_on",
    "rates_into",
    "read_query",
    "search_transactions",
    "smallest",
    "suggest_transfers",
    "sum_transactions",
    "tag_names",
]
