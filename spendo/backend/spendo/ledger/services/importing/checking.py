"""Whether a row can be kept: its currency, its exponent, its lengths."""

from dataclasses import dataclass

from spendo.ledger.imports import StatementRow
from spendo.ledger.imports.errors import RowFault
from spendo.ledger.models import Category
from spendo.ledger.models.transactions import DESCRIPTION_LIMIT
from spendo.ledger.money import MAX_MINOR, Money, MoneyError, exponent, to_minor
from spendo.ledger.services.importing.accounts import Place
from spendo.users.fields import is_storable

_TAG_LIMIT = 60
_CATEGORY_LIMIT = 120
_MERCHANT_LIMIT = 200
_NOTE_LIMIT = 1000
_PARTS = range(2, 101)


@dataclass(frozen=True, slots=True)
class CheckedRow:
    """A row in the currency of its account."""

    row: StatementRow
    place: Place
    money: Money
    parts: tuple[Money, ...]

    @property
    def merchant(self) -> str:
        return self.row.merchant[:_MERCHANT_LIMIT]


def checked(row: StatementRow, place: Place) -> CheckedRow:
    """Raises RowFault, in the user's words."""
    currency = row.currency or place.currency
    if currency != place.currency:
        _require_currency(currency)
        raise RowFault(
            f"The row is in {currency}; the account {place.name} is in {place.currency}."
        )
    _require_lengths(row)
    parts = tuple(_money(part.amount, currency) for part in row.parts)
    money = _money(row.amount, currency)
    if parts and (len(parts) not in _PARTS or any(not part for part in parts)):
        raise RowFault("A row has 2 to 100 parts, and none of them is nothing.")
    return CheckedRow(row, place, money, parts)


def _require_currency(currency: str) -> None:
    try:
        exponent(currency)
    except MoneyError:
        raise RowFault(f"“{currency[:12]}” is no currency.") from None


def _money(amount: "object", currency: str) -> Money:
    try:
        money = Money(amount, currency)  # type: ignore[arg-type]
    except MoneyError:
        _require_currency(currency)
        raise RowFault(f"The amount {amount} is finer than {currency} counts.") from None
    if abs(to_minor(money)) > MAX_MINOR:
        raise RowFault("The amount is too large.")
    return money


def _require_lengths(row: StatementRow) -> None:
    texts = (
        ("description", row.description, DESCRIPTION_LIMIT),
        ("note", row.note, _NOTE_LIMIT),
        *(("tag", tag, _TAG_LIMIT) for tag in row.tags),
        *(("category", name, _CATEGORY_LIMIT) for name in row.category),
        *(("description", part.description, DESCRIPTION_LIMIT) for part in row.parts),
        *(("category", name, _CATEGORY_LIMIT) for part in row.parts for name in part.category),
    )
    for what, text, limit in texts:
        if len(text) > limit:
            raise RowFault(f"The {what} is longer than {limit:,} characters.")
        if not is_storable(text):
            raise RowFault(f"The {what} has characters that cannot be stored.")
    if row.category_kind and row.category_kind not in Category.Kind.values:
        raise RowFault(f"There is no such kind of category as “{row.category_kind[:20]}”.")
