"""How a table is read, in a line for its user."""

from spendo.ledger.imports.columns import ColumnMapping
from spendo.ledger.imports.profiles import BY_NAME

_COLUMNS = (
    "date", "amount", "debit", "credit", "fee", "description", "merchant", "category", "currency",
    "account", "note", "tags",
)  # fmt: skip
_CALLED = {"debit": "money out", "credit": "money in"}
_ORDERS = {"dmy": "day month year", "mdy": "month day year", "ymd": "year month day"}
_MARKS = {".": "decimal point", ",": "decimal comma"}


def reading_words(
    mapping: ColumnMapping | None,
    *,
    profile: str = "",
    date_order: str = "",
    decimal_mark: str = "",
) -> str:
    """ "date from Tag, amount from Betrag, description from Text, day month year"."""
    said = []
    if mapping is not None:
        said += [_column(mapping, name) for name in _COLUMNS if getattr(mapping, name)]
    elif (known := BY_NAME.get(profile)) is not None:
        said.append(f"as a table of {known.title}")
    order = date_order or (mapping and mapping.date_order) or ""
    mark = decimal_mark or (mapping and mapping.decimal_mark) or ""
    said += [words for words in (_ORDERS.get(order), _MARKS.get(mark)) if words]
    return ", ".join(said) or "columns as they are called"


def _column(mapping: ColumnMapping, name: str) -> str:
    value = getattr(mapping, name)
    columns = " and ".join(value) if isinstance(value, tuple) else value
    words = f"{_CALLED.get(name, name)} from {columns}"
    if name == "amount" and mapping.sign:
        return f"{words} (its sign from {mapping.sign})"
    if name == "amount" and mapping.money_out_is_positive:
        return f"{words} (money out has no minus)"
    return words
