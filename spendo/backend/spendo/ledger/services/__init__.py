"""Changing the ledger. Every change checks that what it touches is the user's own, is recorded,
and can be undone."""

from spendo.ledger.errors import ChangeConflict, LedgerError, UnknownRow
from spendo.ledger.services.accounts import (
    add_account,
    add_institution,
    delete_account,
    edit_account,
)
from spendo.ledger.services.categories import add_categories
from spendo.ledger.services.tags import (
    add_tag,
    delete_tag,
    rename_tag,
    tag_transactions,
    untag_transactions,
)
from spendo.ledger.services.transactions import (
    NewTransaction,
    add_transactions,
    make_transactions,
    post_pending,
)
from spendo.ledger.services.transfers import pair_transfers

__all__ = [
    "ChangeConflict",
    "LedgerError",
    "NewTransaction",
    "UnknownRow",
    "add_account",
    "add_categories",
    "add_institution",
    "add_tag",
    "add_transactions",
    "delete_account",
    "delete_tag",
    "edit_account",
    "make_transactions",
    "pair_transfers",
    "post_pending",
    "rename_tag",
    "tag_transactions",
    "untag_transactions",
]
