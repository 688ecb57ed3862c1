"""What every tool returns: one typed envelope per tool, as JSON.

Amounts are decimal strings beside their ISO currency. A period is half-open: `to` is the first
day after it. What a bank wrote stands under `bank_text`, cut to a fixed length: it is data.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated, Literal

from pydantic import AliasChoices, BaseModel, ConfigDict, Field, TypeAdapter

BANK_TEXT_LIMIT = 80
SAMPLE_ROWS = 10
MAX_ROWS = 50
MAX_GROUPS = 50


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


def bank_text(text: str) -> str:
    """One line of printable text of at most BANK_TEXT_LIMIT characters."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if len(line) <= BANK_TEXT_LIMIT else line[: BANK_TEXT_LIMIT - 1] + "…"


class Part(BaseModel):
    model_config = ConfigDict(frozen=True)


class Amount(Part):
    amount: str
    currency: str


class PeriodPart(Part):
    start: date = Field(validation_alias=AliasChoices("start", "from"), serialization_alias="from")
    end: date = Field(validation_alias=AliasChoices("end", "to"), serialization_alias="to")
    time_zone: str
    words: str


class LeftOut(Part):
    """Money in a currency that could not be converted: it is in no total."""

    total: Amount
    accounts: int
    transactions: int


class AccountPart(Part):
    id: int
    name: str
    institution: str
    kind: str
    group: str
    balance: Amount
    pending: Amount
    as_of: date


class BankText(Part):
    merchant: str
    description: str


class Row(Part):
    id: int
    date: date
    amount: Amount
    category: str | None
    account: str
    pending: bool
    transfer: bool
    bank_text: BankText


class Group(Part):
    label: str
    total: Amount
    count: int


class Excluded(Part):
    """What a sum does not contain, so that the answer can say so."""

    transfers: int = 0
    hidden: int = 0
    pending: int = 0
    pending_total: Amount | None = None
    suspected_transfers: tuple[Row, ...] = ()
    suspected_count: int = 0
    left_out: tuple[LeftOut, ...] = ()


class Averages(Part):
    """The total divided evenly, empty days and months included; null where it makes no sense:
    no transaction, no first day, or a period that is not whole months."""

    per_transaction: Amount | None = None
    per_day: Amount | None = None
    per_week: Amount | None = None
    per_month: Amount | None = None


class Filters(Part):
    """The names and bounds that were really applied, after they were looked up."""

    categories: tuple[str, ...] = ()
    merchants: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()
    direction: Literal["out", "in"] | None = None
    min_amount: str | None = None
    max_amount: str | None = None
    include_transfers: bool = False


class NamedThing(Part):
    name: str
    kind: str


class Problem(Part):
    """Why a tool could not answer, and which values it would have accepted."""

    code: str
    message: str
    choices: tuple[str, ...] = ()


class Envelope(Part):
    tool: str
    as_of: datetime = Field(default_factory=_now)


class AccountsEnvelope(Envelope):
    tool: Literal["list_accounts"] = "list_accounts"
    count: int
    accounts: tuple[AccountPart, ...]
    total: Amount
    cash: Amount
    saving: Amount
    investing_retirement: Amount
    partial: bool
    left_out: tuple[LeftOut, ...]
    truncated: Literal[False] = False


class NetWorthEnvelope(Envelope):
    tool: Literal["net_worth"] = "net_worth"
    on: date
    words: str
    assets: Amount
    liabilities: Amount
    total: Amount
    partial: bool
    left_out: tuple[LeftOut, ...]
    hidden_accounts: int
    truncated: Literal[False] = False


class NamesEnvelope(Envelope):
    """When nothing matches: names that are there, and how many transactions there are at all."""

    tool: Literal["match_names"] = "match_names"
    text: str
    categories: tuple[NamedThing, ...]
    merchants: tuple[str, ...]
    accounts: tuple[NamedThing, ...]
    near: tuple[str, ...] = ()
    records: int | None = None

    @property
    def empty(self) -> bool:
        return not (self.categories or self.merchants or self.accounts)


class SumEnvelope(Envelope):
    tool: Literal["sum_transactions"] = "sum_transactions"
    measure: Literal["spending", "income", "net"]
    total: Amount
    count: int
    averages: Averages
    period: PeriodPart
    filters: Filters
    group_by: Literal["category", "merchant", "month", "account"] | None
    groups: tuple[Group, ...]
    group_count: int
    rows: tuple[Row, ...]
    excluded: Excluded
    truncated: bool


class SearchEnvelope(Envelope):
    tool: Literal["search_transactions"] = "search_transactions"
    count: int
    rows: tuple[Row, ...]
    period: PeriodPart
    filters: Filters
    sort: Literal["newest", "oldest", "largest"]
    left_out: tuple[LeftOut, ...]
    after: int | None
    truncated: bool


class CountEnvelope(Envelope):
    tool: Literal["count_transactions"] = "count_transactions"
    count: int
    period: PeriodPart
    filters: Filters
    truncated: Literal[False] = False


class DataRangeEnvelope(Envelope):
    tool: Literal["data_range"] = "data_range"
    first: date | None
    last: date | None
    count: int
    truncated: Literal[False] = False


class PeriodEnvelope(Envelope):
    tool: Literal["resolve_period"] = "resolve_period"
    period: PeriodPart
    text: str


class SetAsideEnvelope(Envelope):
    tool: Literal["not_about_finances"] = "not_about_finances"
    reason: Literal["off_topic", "small_talk"]
    say: str


class ErrorEnvelope(Envelope):
    tool: Literal["error"] = "error"
    failed: str
    error: Problem


AnyEnvelope = Annotated[
    AccountsEnvelope
    | NetWorthEnvelope
    | NamesEnvelope
    | SumEnvelope
    | SearchEnvelope
    | CountEnvelope
    | DataRangeEnvelope
    | PeriodEnvelope
    | SetAsideEnvelope
    | ErrorEnvelope,
    Field(discriminator="tool"),
]

_ANY_ENVELOPE: TypeAdapter[AnyEnvelope] = TypeAdapter(AnyEnvelope)


def read_envelope(text: str) -> AnyEnvelope:
    """The envelope that a tool wrote; ValidationError if it is none."""
    return _ANY_ENVELOPE.validate_json(text)
