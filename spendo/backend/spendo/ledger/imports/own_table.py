"""The table that Spendo writes itself, and reads back without loss."""

from spendo.ledger.imports.columns import ColumnMapping
from spendo.ledger.imports.profiles import Profile

COLUMNS = (
    "date",
    "description",
    "amount",
    "currency",
    "account",
    "category",
    "merchant",
    "note",
    "tags",
    "status",
    "hidden",
    "value_date",
    "external_id",
    "category_kind",
    "account_kind",
    "institution",
    "transfer",
    "split",
    "split_description",
)

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_ESCAPED = (*_FORMULA, "'")

OWN = Profile(
    "spendo",
    "Spendo's own export",
    COLUMNS,
    ColumnMapping(
        date="date",
        amount="amount",
        description=("description",),
        merchant=("merchant",),
        category=("category",),
        currency="currency",
        account="account",
        external_id="external_id",
        value_date="value_date",
        note="note",
        tags="tags",
        status="status",
        pending_words=("pending",),
        decimal_mark=".",
        date_order="ymd",
    ),
)


def escaped(text: str) -> str:
    """A cell that a spreadsheet takes for text, whatever it begins with."""
    return f"'{text}" if text.startswith(_ESCAPED) else text


def unescaped(text: str) -> str:
    """What `escaped` was given."""
    return text[1:] if text.startswith("'") and text[1:].startswith(_ESCAPED) else text
