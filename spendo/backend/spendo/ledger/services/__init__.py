"""Changing the ledger. Every change checks that what it touches is the user's own, is recorded,
and can be undone."""

from spendo.ledger.errors import ChangeConflict, LedgerError, UnknownRow
from spendo.ledger.services.accounts import (
    add_account,
    add_institution,
    delete_account,
    edit_account,
)
from spendo.ledger.services.categories import (
    add_categories,
    add_category,
    delete_category,
    edit_category,
)
from spendo.ledger.services.edits import (
    categorise_transactions,
    delete_transactions,
    edit_transaction,
    hide_transactions,
)
from spendo.ledger.services.pending import (
    Settled,
    settle_pending,
)
from spendo.ledger.services.rates import (
    NewRate,
    add_rates,
    delete_rate,
    set_rate,
)
from spendo.ledger.services.recurring import (
    NewSeries,
    confirm_series,
    dismiss_series,
    end_series,
    forget_series,
)
from spendo.ledger.services.refunds import (
    link_refund,
    unlink_refund,
)
from spendo.ledger.services.rules import (
    RuleEffect,
    add_rule,
    apply_rules,
    delete_rule,
    edit_rule,
    preview_rules,
    with_rules,
)
from spendo.ledger.services.splits import (
    NewPart,
    join_parts,
    split_loan_payment,
    split_transaction,
)
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
from spendo.ledger.services.transfers import (
    Matched,
    match_transfers,
    pair_transfers,
    unpair_transfer,
)
from spendo.ledger.services.valuations import (
    delete_valuation,
    set_valuation,
)

__all__ = [
    "ChangeConflict",
    "LedgerError",
    "Matched",
    "NewPart",
    "NewRate",
    "NewSeries",
    "NewTransaction",
    "RuleEffect",
    "Settled",
    "UnknownRow",
    "add_account",
    "add_categories",
    "add_category",
    "add_institution",
    "add_rates",
    "add_rule",
    "add_tag",
    "add_transactions",
    "apply_rules",
    "categorise_transactions",
    "confirm_series",
    "delete_account",
    "delete_category",
    "delete_rate",
    "delete_rule",
    "delete_tag",
    "delete_transactions",
    "delete_valuation",
    "dismiss_series",
    "edit_account",
    "edit_category",
    "edit_rule",
    "edit_transaction",
    "end_series",
    "forget_series",
    "hide_transactions",
    "join_parts",
    "link_refund",
    "make_transactions",
    "match_transfers",
    "pair_transfers",
    "post_pending",
    "preview_rules",
    "rename_tag",
    "set_rate",
    "set_valuation",
    "settle_pending",
    "split_loan_payment",
    "split_transaction",
    "tag_transactions",
    "unlink_refund",
    "unpair_transfer",
    "untag_transactions",
    "with_rules",
]
