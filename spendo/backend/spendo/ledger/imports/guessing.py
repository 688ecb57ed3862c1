"""What the columns of an unknown table mean: by what they are commonly called, and where a name
can mean two things by what stands in them."""

import re
from collections.abc import Callable, Sequence

from spendo.ledger.imports.amounts import is_negative
from spendo.ledger.imports.columns import ColumnMapping
from spendo.ledger.imports.csv_records import Record
from spendo.ledger.imports.dates import looks_like_date
from spendo.users.fields import fold

_BRACKETS = re.compile(r"\s*[([][^)\]]*[)\]]\s*$")
_CURRENCY_BEHIND = re.compile(r"\s+(?:[A-Z]{3}|euros?)$")
_CODE = re.compile(r"[A-Z]{3}")
_WORDS: dict[str, tuple[str, ...]] = {
    "date": (
        "transaction date",
        "date",
        "posting date",
        "posted date",
        "post date",
        "booking date",
        "trans date",
        "date posted",
        "completed date",
        "buchungstag",
        "buchungsdatum",
        "buchung",
        "datum",
        "fecha",
        "fecha operación",
        "data",
        "dato",
        "date opération",
        "date operation",
        "date de comptabilisation",
        "value date",
        "valuta",
        "wertstellung",
        "txn date",
        "tran date",
        "timestamp",
        "date and time",
        "bokföringsdag",
        "bokforingsdag",
        "data operacji",
        "data transakcji",
        "data księgowania",
        "data operazione",
        "data contabile",
        "datum van transactie",
        "fecha valor",
    ),
    "amount": (
        "amount",
        "transaction amount",
        "betrag",
        "umsatz",
        "montant",
        "importe",
        "importo",
        "bedrag",
        "valor",
        "beløb",
        "belopp",
        "kwota",
        "value",
        "net",
        "belopp",
        "importo (eur)",
        "summa",
        "suma",
        "wartość",
        "amount in account currency",
        "transaction value",
    ),
    "debit": (
        "debit",
        "debit amount",
        "withdrawal",
        "withdrawals",
        "paid out",
        "money out",
        "soll",
        "débit",
        "outflow",
        "cargo",
        "lastschrift",
        "withdrawal amt",
        "debit amt",
        "withdrawal amount",
        "débit",
        "soll",
        "dare",
        "uscite",
        "ut",
        "saída",
        "obciążenia",
        "belastung",
        "spent",
    ),
    "credit": (
        "credit",
        "credit amount",
        "deposit",
        "deposits",
        "paid in",
        "money in",
        "haben",
        "crédit",
        "inflow",
        "abono",
        "gutschrift",
        "deposit amt",
        "credit amt",
        "deposit amount",
        "avere",
        "entrate",
        "in",
        "entrada",
        "uznania",
        "received",
    ),
    "description": (
        "description",
        "transaction description",
        "details",
        "narrative",
        "memo",
        "payee",
        "name",
        "merchant",
        "text",
        "beschreibung",
        "verwendungszweck",
        "buchungstext",
        "libellé",
        "libelle",
        "concepto",
        "descrizione",
        "omschrijving",
        "descrição",
        "tekst",
        "reference",
        "narration",
        "particulars",
        "merchant name",
        "transaction details",
        "rubrik",
        "specifikation",
        "opis",
        "opis operacji",
        "historico",
        "histórico",
        "descricao",
        "causale",
        "mededelingen",
        "forklaring",
        "avisering text",
    ),
    "currency": (
        "currency",
        "währung",
        "waehrung",
        "devise",
        "moneda",
        "divisa",
        "munt",
        "valuta",
        "waluta",
        "moeda",
        "munteenheid",
        "ccy",
        "currency code",
    ),
    "account": ("account", "account name", "konto", "compte", "cuenta", "conto"),
    "category": ("category", "kategorie", "catégorie", "categoría", "categoria", "categorie"),
    "merchant": (
        "merchant",
        "payee",
        "counterparty",
        "merchant name",
    ),
    "external_id": ("transaction id", "fitid"),
    "note": ("note", "notes"),
    "tags": ("tags", "labels"),
}
_VALUE_DATES = (
    "value date",
    "valuta",
    "valutadatum",
    "wertstellung",
    "posting date",
    "posted date",
    "post date",
    "date valeur",
    "fecha valor",
)
_SIGNS = (
    "type",
    "transaction type",
    "debit/credit",
    "credit/debit",
    "dr/cr",
    "cr/dr",
    "debit or credit",
    "credit debit indicator",
    "credit or debit",
    "indicator",
    "direction",
    "soll/haben",
    "s/h",
    "af bij",
)
_OUT = frozenset(
    {"debit", "dr", "d", "out", "withdrawal", "expense", "soll", "s", "lastschrift", "débit", "af"}
)
_IN = frozenset({"credit", "cr", "c", "in", "deposit", "income", "haben", "h", "gutschrift", "bij"})
_STATES = ("status", "state", "transaction status")
_PENDING = ("pending", "authorised", "authorized", "processing", "ausstehend", "vorgemerkt")
_NOT_CARRIED_OUT = ("declined", "failed", "cancelled", "canceled", "rejected", "abgelehnt")


def guess(names: Sequence[str], rows: Sequence[Record]) -> ColumnMapping | None:
    """How a table with these names is read, of which `rows` are the first; None if that is not
    enough to tell."""
    table = _Table(names, rows)
    amount, debit, credit = (table.find(_WORDS[name]) for name in ("amount", "debit", "credit"))
    date, description = table.date(), table.find(_WORDS["description"])
    if not date or not description or not (amount or (debit and credit)):
        return None
    merchant, category = table.find(_WORDS["merchant"]), table.find(_WORDS["category"])
    value_date = table.find(_VALUE_DATES, looks_like_date)
    sign = table.sign_of(amount) if amount else ""
    status = table.find(_STATES)
    return ColumnMapping(
        date=date,
        amount=amount,
        debit="" if amount else debit,
        credit="" if amount else credit,
        sign=sign,
        out_words=tuple(sorted(_OUT)) if sign else (),
        in_words=tuple(sorted(_IN)) if sign else (),
        description=(description,),
        merchant=(merchant,) if merchant else (),
        category=(category,) if category else (),
        currency=table.find(_WORDS["currency"], _is_code),
        account=table.find(_WORDS["account"]),
        external_id=table.find(_WORDS["external_id"]),
        value_date=value_date if value_date != date else "",
        note=table.find(_WORDS["note"]),
        tags=table.find(_WORDS["tags"]),
        status=status,
        pending_words=_PENDING if status else (),
        skip_words=_NOT_CARRIED_OUT if status else (),
    )


class _Table:
    """The first rows of a table, by the names of its columns."""

    def __init__(self, names: Sequence[str], rows: Sequence[Record]) -> None:
        self._rows = rows
        self._places = {name: place for place, name in enumerate(names)}
        self._plain = {_plain(name): name for name in reversed(names)}

    def find(self, words: Sequence[str], fits: Callable[[str], bool] | None = None) -> str:
        """The column of the first word that is a name; with `fits` one that has only such cells."""
        found = (self._plain[word] for word in words if word in self._plain)
        return next((name for name in found if fits is None or self._all(name, fits)), "")

    def date(self) -> str:
        """The first column of days, where there are any."""
        words = _WORDS["date"]
        found = (self._plain[word] for word in words if word in self._plain)
        dated = (name for name in found if any(map(looks_like_date, self._cells(name))))
        return next(dated, "") or self.find(words)

    def sign_of(self, amount: str) -> str:
        """The column whose words say the direction of amounts that have no sign themselves."""
        if any(map(is_negative, self._cells(amount))):
            return ""
        for word in _SIGNS:
            name = self._plain.get(word, "")
            if name and any(fold(cell) in _OUT | _IN for cell in self._cells(name)):
                return name
        return ""

    def _all(self, name: str, fits: Callable[[str], bool]) -> bool:
        return all(map(fits, self._cells(name)))

    def _cells(self, name: str) -> list[str]:
        place = self._places[name]
        cells = (row.cells[place] for row in self._rows if place < len(row.cells))
        return [cell.strip() for cell in cells if cell.strip()]


def _plain(name: str) -> str:
    return fold(_CURRENCY_BEHIND.sub("", _BRACKETS.sub("", name)) or name).rstrip(".")


def _is_code(cell: str) -> bool:
    return _CODE.fullmatch(cell.upper()) is not None
