"""What every tool's answer has, and the parts that several of them share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import ClassVar, Literal

from pydantic import AliasChoices, Field

from spendo.assistant.tools.envelope.part import Amount, Count, Figure, Part, Rate

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


def day_words(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"


class PeriodPart(Part):
    """The days from `from` up to, not including, `to`, in the user's time zone."""

    start: date = Field(validation_alias=AliasChoices("start", "from"), serialization_alias="from")
    end: date = Field(validation_alias=AliasChoices("end", "to"), serialization_alias="to")
    time_zone: str
    words: str

    def figures_within(self, tool: str, period: str | None) -> Iterator[Figure]:
        """The first and the last day, which are the two that `words` has."""
        last = self.end - timedelta(days=1)
        yield Figure(tool, "first day", self.start.isoformat(), "date", None, self.words)
        yield Figure(tool, "last day", last.isoformat(), "date", None, self.words)


class LeftOut(Part):
    """Money in a currency that could not be converted: it is in no total."""

    total: Amount
    accounts: Count
    transactions: Count

    def title(self) -> str:
        return f"left out in {self.total.currency}"


def currencies(left_out: Iterable[LeftOut]) -> list[str]:
    return [part.total.currency for part in left_out]


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

    def title(self) -> str:
        return self.bank_text.merchant or self.bank_text.description


class Excluded(Part):
    """What a total does not contain, so that the answer can say so."""

    transfers: Count = 0
    hidden: Count = 0
    pending: Count = 0
    pending_total: Amount | None = None
    suspected_transfers: tuple[Row, ...] = ()
    suspected_count: Count = 0
    left_out: tuple[LeftOut, ...] = ()

    def words(self) -> list[str]:
        parts = []
        if self.transfers or self.suspected_count:
            parts.append("transfers")
        if self.pending:
            parts.append(f"{self.pending} pending")
        if self.hidden:
            parts.append(f"{self.hidden} hidden")
        return [*parts, *currencies(self.left_out)]

    def label_of(self, field: str) -> str:
        return "pending" if field == "pending_total" else super().label_of(field)


class RatePart(Part):
    """One unit of `base` was `rate` units of `quote`; `date` is the day it was written down for."""

    base: str
    quote: str
    rate: Rate
    date: date

    def title(self) -> str:
        return f"{self.base} in {self.quote}"


class Converted(Part):
    """What of a total was in another currency: `total` there is `converted` here, each row at the
    rate of its own day; of these rates the first and the last."""

    total: Amount
    converted: Amount
    count: Count
    first_rate: RatePart
    last_rate: RatePart

    def title(self) -> str:
        return self.total.currency


class Averages(Part):
    """The total divided evenly, empty days and months included; null where it makes no sense:
    no transaction, no first day, or a period that is not whole months."""

    per_transaction: Amount | None = None
    per_day: Amount | None = None
    per_week: Amount | None = None
    per_month: Amount | None = None

    def label_of(self, field: str) -> str:
        return f"average {super().label_of(field)}"


class Filters(Part):
    """The names and bounds that were really applied, after they were looked up."""

    categories: tuple[str, ...] = ()
    merchants: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    text: str | None = None
    direction: Literal["out", "in"] | None = None
    min_amount: str | None = None
    max_amount: str | None = None
    include_subcategories: bool = True
    include_transfers: bool = False
    pending: Literal["only", "without"] | None = None


class Problem(Part):
    """Why a tool could not answer, and which values it would have accepted."""

    code: str
    message: str
    choices: tuple[str, ...] = ()


class Envelope(Part):
    """What one call of a tool returned. `tool` tells the kinds apart."""

    tool: str
    as_of: datetime = Field(default_factory=_now)

    def period_words(self) -> str | None:
        """The time that the figures are about, in words."""
        return None

    def figures(self) -> Iterator[Figure]:
        """Every figure that a person may be told from this result, the main one first."""
        return self.figures_within(self.tool, self.period_words())


class LedgerEnvelope(Envelope):
    """A result that rests on records of the ledger: on which, and on which not.

    `link` opens those transactions in the web app (docs/reference/transactions-link.md).

    `count` is how many records there are of the kind `counted`; `rows` are at most SAMPLE_ROWS of
    them (a page, where the tool lists). When `truncated`, there is more: `after` is where the next
    page begins, for a tool that has pages.
    """

    counted: ClassVar[str] = "transactions"

    period: PeriodPart | None = None
    filters: Filters = Filters()
    count: Count
    rows: tuple[Row, ...] = ()
    excluded: Excluded = Excluded()
    truncated: bool = False
    after: int | None = None
    link: str | None = None

    def period_words(self) -> str | None:
        return self.period.words if self.period else None

    def records(self) -> str:
        """How many records it rests on, in words: "23 transactions". Nothing to say of none but
        transactions: that there is no goal is the answer itself."""
        if not self.count:
            return "no transactions" if self.counted == "transactions" else ""
        one = self.counted if self.counted == "series" else self.counted.removesuffix("s")
        return f"{self.count:,} {one if self.count == 1 else self.counted}"

    def leaves_out(self) -> list[str]:
        """What it does not contain, each in a word or two: "transfers", "2 pending", "EUR"."""
        return self.excluded.words()

    def label_of(self, field: str) -> str:
        return self.counted if field == "count" else super().label_of(field)


class ErrorEnvelope(Envelope):
    tool: Literal["error"] = "error"
    failed: str
    error: Problem
