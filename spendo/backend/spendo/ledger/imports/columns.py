"""Which column of a table means what."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, get_args

from spendo.ledger.imports.amounts import DecimalMark
from spendo.ledger.imports.dates import DateOrder
from spendo.ledger.imports.errors import ImportRefused
from spendo.ledger.money import MoneyError, exponent
from spendo.users.fields import fold, is_storable

_CURRENCY_IN_NAME = re.compile(r"[([]\s*([A-Z]{3}|[€£$])\s*[)\]]\s*\Z|\s([A-Z]{3}|euros?)\Z")
_SYMBOLS = {"€": "EUR", "£": "GBP", "$": "", "euro": "EUR", "euros": "EUR"}


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """Columns by their name in the header, in any case, or as "#3" by their place.

    The amount is in `amount`, or in `debit` and `credit`. Words in `sign` say its direction: those
    in `out_words` money out, all others (or those in `in_words`) money in. `fee` is taken off the
    amount. Several columns of `description` are joined. Rows whose `status` is in `pending_words`
    are pending, in `skip_words` no transactions.
    """

    date: str = ""
    amount: str = ""
    debit: str = ""
    credit: str = ""
    sign: str = ""
    out_words: tuple[str, ...] = ()
    in_words: tuple[str, ...] = ()
    fee: str = ""
    description: tuple[str, ...] = ()
    merchant: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    currency: str = ""
    account: str = ""
    external_id: str = ""
    value_date: str = ""
    note: str = ""
    tags: str = ""
    status: str = ""
    pending_words: tuple[str, ...] = ()
    skip_words: tuple[str, ...] = ()
    money_out_is_positive: bool = False
    date_order: DateOrder | None = None
    decimal_mark: DecimalMark | None = None
    default_currency: str = ""

    def check(self) -> None:
        """Raises ImportRefused unless a row can be made of it."""
        if not self.date:
            raise bad_mapping("Say which column has the date.")
        if not self.amount and not (self.debit and self.credit):
            raise bad_mapping(
                "Say which column has the amount, or which two have debit and credit."
            )
        if not self.description and not self.merchant:
            raise bad_mapping("Say which column has the description.")
        if self.sign and not self.out_words:
            raise bad_mapping("Say which words of the sign column mean money out.")


@dataclass(frozen=True, slots=True)
class Columns:
    """The mapping, resolved to the places of one header; -1 is not there."""

    names: tuple[str, ...]
    mapping: ColumnMapping
    date: int
    amount: int
    debit: int
    credit: int
    sign: int
    fee: int
    currency: int
    account: int
    external_id: int
    value_date: int
    note: int
    tags: int
    status: int
    description: tuple[int, ...]
    merchant: tuple[int, ...]
    category: tuple[int, ...]
    header_currency: str


_SINGLE = (
    "date",
    "amount",
    "debit",
    "credit",
    "sign",
    "fee",
    "currency",
    "account",
    "external_id",
    "value_date",
    "note",
    "tags",
    "status",
)


def column_names(cells: Sequence[str]) -> tuple[str, ...]:
    """The names of a header. A name that stands there again gets a number: "Währung (2)"."""
    names: dict[str, str] = {}
    for place, cell in enumerate(cells, start=1):
        name = first = " ".join(cell.split()) or f"#{place}"
        times = 1
        while (key := fold(name)) in names:
            times += 1
            name = f"{first} ({times})"
        names[key] = name
    return tuple(names.values())


def resolve(names: tuple[str, ...], mapping: ColumnMapping) -> Columns:
    """Raises ImportRefused where the header has no such column."""
    mapping.check()
    places = {fold(name): place for place, name in enumerate(names)}

    def place_of(name: str) -> int:
        if not name:
            return -1
        if (place := places.get(fold(name))) is not None:
            return place
        if name.startswith("#") and name[1:].isdecimal() and 1 <= int(name[1:]) <= len(names):
            return int(name[1:]) - 1
        raise bad_mapping(f"There is no column “{name[:60]}” in this file.", choices=names)

    single = {name: place_of(getattr(mapping, name)) for name in _SINGLE}
    money = max(single["amount"], single["debit"])
    return Columns(
        names=names,
        mapping=mapping,
        description=tuple(place_of(name) for name in mapping.description),
        merchant=tuple(place_of(name) for name in mapping.merchant),
        category=tuple(place_of(name) for name in mapping.category),
        header_currency=_currency_in(names[money]),
        **single,
    )


def _currency_in(name: str) -> str:
    """Of "Amount (EUR)" and "Betrag CHF"; none of "DEBIT AMT"."""
    found = _CURRENCY_IN_NAME.search(name)
    text = (found[1] or found[2]) if found else ""
    code = _SYMBOLS.get(text, text)
    try:
        return code if code and exponent(code) >= 0 else ""
    except MoneyError:
        return ""


def mapping_from(values: Mapping[str, Any]) -> ColumnMapping:
    """A mapping made by hand, from JSON. Raises ImportRefused for what is none."""
    known = {field.name: field.default for field in fields(ColumnMapping)}
    chosen: dict[str, Any] = {}
    for name, value in values.items():
        if name not in known:
            raise bad_mapping(
                f"There is nothing called “{name[:60]}” to map.", choices=tuple(known)
            )
        chosen[name] = _checked(name, value, known[name])
    mapping = replace(ColumnMapping(), **chosen)
    mapping.check()
    return mapping


def mapping_values(mapping: ColumnMapping) -> dict[str, Any]:
    """A mapping as JSON, without what it leaves open; `mapping_from` takes it back."""
    return {
        each.name: list(value) if isinstance(value, tuple) else value
        for each in fields(ColumnMapping)
        if (value := getattr(mapping, each.name)) != each.default
    }


def _checked(name: str, value: Any, default: Any) -> Any:
    if isinstance(default, bool):
        if isinstance(value, bool):
            return value
    elif isinstance(default, tuple):
        texts = [value] if isinstance(value, str) else value
        if isinstance(texts, list) and len(texts) <= 20 and all(map(_is_name, texts)):
            return tuple(texts)
    elif name in ("date_order", "decimal_mark"):
        allowed = get_args(DateOrder if name == "date_order" else DecimalMark)
        if value is None or value in allowed:
            return value
    elif _is_name(value):
        return value
    raise bad_mapping(f"The value of “{name}” cannot be used.")


def _is_name(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= 200 and is_storable(value)


def bad_mapping(
    message: str, *, choices: tuple[str, ...] = (), samples: tuple[str, ...] = ()
) -> ImportRefused:
    return ImportRefused(message, code="mapping", choices=choices, samples=samples)
