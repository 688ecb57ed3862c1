"""How figures, names and tables are put into words. No figure is made here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from urllib.parse import urlencode

from spendo.assistant.tools.envelope import (
    Amount,
    ErrorEnvelope,
    Excluded,
    LeftOut,
    PeriodPart,
    Row,
)
from spendo.assistant.tools.envelope.calc import CalcEnvelope
from spendo.ledger.money import MINUS, Money, format_money, round_money

NO_ACCOUNTS = "You have no accounts yet. Add one, then ask again."
EMPTY_LEDGER = (
    "Your ledger has no transactions yet. Add an account with its transactions, then ask again."
)
# An address or the name of a mailbox would become a link by itself.
_MARKDOWN = re.compile(r"([\\`*_\[\]<>|~@]|&(?=#?\w+;)|:(?=//)|(?<=www)\.)", re.IGNORECASE)


def money(amount: Amount) -> str:
    return format_money(Money(Decimal(amount.amount), amount.currency))


def plain(amount: Amount) -> str:
    """The amount without its sign, for "you owe $12"."""
    return format_money(abs(Money(Decimal(amount.amount), amount.currency)))


def bold(amount: Amount) -> str:
    return f"**{money(amount)}**"


def of_calc(found: CalcEnvelope, currency: str) -> Amount:
    """A result of `calc` as an amount, rounded once at the currency's exponent."""
    exact = round_money(Decimal(found.result), currency)
    return Amount(amount=str(exact), currency=currency)


def percent(found: CalcEnvelope) -> str:
    """A result of `calc` as a percentage: "12.5%", "−3%"."""
    return f"{found.result.replace('-', MINUS)}%"


def percent_text(percent: str) -> str:
    """A percentage of a tool: "12.5%"."""
    return f"{percent.replace('-', MINUS)}%"


def is_zero(amount: Amount) -> bool:
    return not Decimal(amount.amount)


def name(text: str) -> str:
    """A name from the ledger or the user as plain text: no markdown of its own takes effect."""
    return _MARKDOWN.sub(r"\\\1", " ".join(text.split()))


def names(texts: Iterable[str], joint: str = "and") -> str:
    """ "A", "A and B", "A, B and C"."""
    listed = [name(text) for text in texts]
    if len(listed) < 2:
        return "".join(listed)
    return f"{', '.join(listed[:-1])} {joint} {listed[-1]}"


def to_ask(text: str, label: str = "") -> str:
    """A link with which the page asks it."""
    return f"[{name(label or text)}](chatkit-link://ask?{urlencode({'text': text})})"


def day(value: date) -> str:
    return f"{value.day} {value:%B} {value.year}"


def short_day(value: date, *, with_year: bool) -> str:
    """ "22 Nov", kept on one line."""
    return f"{value.day}\N{NO-BREAK SPACE}{value:%b}" + (
        f"\N{NO-BREAK SPACE}{value.year}" if with_year else ""
    )


def counted(count: int, one: str, many: str | None = None) -> str:
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def during(period: PeriodPart) -> str:
    """The period as it follows a sentence: " (1–31 October 2026)"."""
    return f" ({period.words})"


def table(head: Sequence[str], rows: Iterable[Sequence[str]], right: Sequence[int]) -> str:
    """A markdown table; the columns numbered in `right` are aligned to the right."""
    lines = [
        "| " + " | ".join(head) + " |",
        "| " + " | ".join("---:" if i in right else ":---" for i in range(len(head))) + " |",
    ]
    lines.extend("| " + " | ".join(row) + " |" for row in rows)
    return "\n".join(lines)


def row_table(rows: Iterable[Row]) -> str:
    """The rows as a table that fits a phone: the year only where the rows have several."""
    listed = list(rows)
    one_year = len({row.date.year for row in listed}) == 1
    return table(
        ("Date", "Where", "Category", "Amount"),
        (
            (
                short_day(row.date, with_year=not one_year),
                where(row) + (" (pending)" if row.pending else ""),
                name(row.category or "—"),
                money(row.amount),
            )
            for row in listed
        ),
        right=(3,),
    )


def where(row: Row) -> str:
    return name(row.bank_text.merchant or row.bank_text.description or "—")


def notes(excluded: Excluded) -> str:
    """What a reader must know about a total besides its provenance; empty if nothing."""
    lines = []
    if excluded.suspected_count:
        lines.append(
            f"{counted(excluded.suspected_count, 'payment')} that may be a transfer to an account "
            "not listed here is left out."
            if excluded.suspected_count == 1
            else f"{counted(excluded.suspected_count, 'payment')} that may be transfers to "
            "accounts not listed here are left out."
        )
    lines.extend(left_out(excluded.left_out))
    return "".join(f"\n\n{line}" for line in lines)


def left_out(parts: Iterable[LeftOut]) -> list[str]:
    return [
        f"{money(part.total)} in {part.total.currency} is not included: no exchange rate is known."
        for part in parts
    ]


_REFUSALS = {
    "unknown_period": (
        "I cannot tell which dates you mean. Try a period such as last month, May 2026, or the "
        "last 30 days."
    ),
    "future_date": (
        "That time has not come yet. Ask for a day or a period that has begun, or what your "
        "balance will be then."
    ),
    "past_date": "That day is over. Name one that is to come, such as the end of next month.",
    "too_far": "I look a year ahead at most. Name an earlier day.",
    "not_a_month": (
        "Budgets are for one month at a time. Name one, such as this month or May 2026."
    ),
    "unknown_currency": "No currency has that code. Name one such as euros or JPY.",
    "too_fine": "That amount has more decimals than its currency is counted with.",
    "no_category": (
        "What has no category has no budget. Name a category, or give those transactions one first."
    ),
}


def problem(envelope: ErrorEnvelope) -> str:
    """A refusal of a tool in the user's words."""
    code = envelope.error.code
    if code in _REFUSALS:
        return _REFUSALS[code]
    if code.startswith(("unknown_", "ambiguous_")) and envelope.error.choices:
        return f"Which one do you mean: {names(envelope.error.choices, 'or')}?"
    return "I could not look that up as you put it. Try naming one category, shop or account."
