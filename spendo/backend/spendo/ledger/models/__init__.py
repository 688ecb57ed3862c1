"""The ledger. Amounts are integers of the smallest unit of their currency."""

from spendo.ledger.models.accounts import Account, Institution, Valuation
from spendo.ledger.models.categories import Category, CategoryRule, Tag
from spendo.ledger.models.changes import Change, ChangedRow
from spendo.ledger.models.imports import ImportBatch, ImportDraft, ImportHeader
from spendo.ledger.models.rates import ExchangeRate
from spendo.ledger.models.recurring import RecurringSeries
from spendo.ledger.models.rollups import Rollup, SeriesLook, StaleMonth, Total, Twin
from spendo.ledger.models.transactions import EARLIEST_DATE, Transaction, Transfer

__all__ = [
    "EARLIEST_DATE",
    "Account",
    "Category",
    "CategoryRule",
    "Change",
    "ChangedRow",
    "ExchangeRate",
    "ImportBatch",
    "ImportDraft",
    "ImportHeader",
    "Institution",
    "RecurringSeries",
    "Rollup",
    "SeriesLook",
    "StaleMonth",
    "Tag",
    "Total",
    "Transaction",
    "Transfer",
    "Twin",
    "Valuation",
]
