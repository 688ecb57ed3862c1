"""Which transactions a tool is about: the arguments for it, and what they mean in the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Annotated, Literal

from pydantic import Field

from spendo.assistant.tools.calling import ToolProblemError
from spendo.assistant.tools.envelope import Filters, bank_text
from spendo.assistant.tools.names import ChosenNames, choose_names
from spendo.assistant.tools.periods import PERIOD_HELP, period_of
from spendo.assistant.turn import Turn
from spendo.ledger import selectors
from spendo.ledger.periods import Period

Direction = Literal["out", "in"]
PendingChoice = Literal["only", "without"]

MAX_NAMES = 20
MAX_TEXT = 200

PeriodWords = Annotated[str | None, Field(description=PERIOD_HELP + " null: all time.")]
Categories = Annotated[
    list[str] | None,
    Field(description="Category names; 'uncategorised' for rows without one. null: all."),
]
Merchants = Annotated[
    list[str] | None, Field(description="Merchant names as match_names gave them. null: all.")
]
Accounts = Annotated[
    list[str] | None, Field(description="Account names as list_accounts gave them. null: all.")
]
Tags = Annotated[
    list[str] | None, Field(description="Tags that the user put on transactions. null: all.")
]
Text = Annotated[
    str | None,
    Field(
        description="Words that stand in the merchant, the bank's description or the note, for "
        "what has no name of its own ('late fee'). null: any."
    ),
]
Bound = Annotated[
    str | None,
    Field(description="A decimal such as '100' or '12.50', compared without sign. null: none."),
]
DirectionWord = Annotated[
    Direction | None, Field(description="'out': money spent; 'in': money received. null: both.")
]
Subcategories = Annotated[
    bool, Field(description="Whether a category has the ones below it in it, too.")
]
WithTransfers = Annotated[
    bool, Field(description="Whether moves between the user's own accounts are in it, too.")
]
Pending = Annotated[
    PendingChoice | None,
    Field(description="'only' or 'without' what the bank has not booked yet. null: both."),
]


@dataclass(frozen=True)
class Asked:
    """A filter in words, as a model writes it."""

    period: str | None = None
    categories: list[str] | None = None
    merchants: list[str] | None = None
    accounts: list[str] | None = None
    tags: list[str] | None = None
    text: str | None = None
    direction: Direction | None = None
    min_amount: str | None = None
    max_amount: str | None = None
    include_subcategories: bool = True
    include_transfers: bool = False
    pending: PendingChoice | None = None

    def names(self) -> str:
        """What a progress line calls it: the names asked for, or "transactions"."""
        named = (self.categories, self.merchants, self.accounts, self.tags)
        names = [name for each in named for name in each or ()]
        return bank_text(", ".join(names)) if names else "transactions"


@dataclass(frozen=True)
class Found:
    """The filter after every name and bound was looked up."""

    where: selectors.TransactionFilter
    period: Period
    filters: Filters


def find(turn: Turn, asked: Asked) -> Found:
    """What the arguments mean. Raises ToolProblemError for what means nothing."""
    check_size(asked.categories, asked.merchants, asked.accounts, asked.tags, text=asked.text)
    period = period_of(turn, asked.period)
    names = choose_names(turn.user, asked.categories, asked.merchants, asked.accounts, asked.tags)
    low, high = _bound(asked.min_amount), _bound(asked.max_amount)
    text = " ".join((asked.text or "").split())
    where = selectors.TransactionFilter(
        period=period if asked.period else None,
        category_ids=names.category_ids,
        uncategorised=names.uncategorised,
        merchants=names.merchants,
        account_ids=names.account_ids,
        direction=asked.direction,
        min_amount=low,
        max_amount=high,
        include_transfers=asked.include_transfers,
        include_descendants=asked.include_subcategories,
        tags=names.tags,
        text=text,
        pending=asked.pending,
    )
    return Found(where=where, period=period, filters=_filters(asked, names, low, high, text))


def _filters(
    asked: Asked, names: ChosenNames, low: Decimal | None, high: Decimal | None, text: str
) -> Filters:
    labels = (*names.categories, *(("uncategorised",) if names.uncategorised else ()))
    return Filters(
        categories=tuple(bank_text(name) for name in labels),
        merchants=tuple(bank_text(name) for name in names.merchants),
        accounts=tuple(bank_text(name) for name in names.accounts),
        tags=tuple(bank_text(name) for name in names.tags),
        text=bank_text(text) or None,
        direction=asked.direction,
        min_amount=None if low is None else str(low),
        max_amount=None if high is None else str(high),
        include_subcategories=asked.include_subcategories,
        include_transfers=asked.include_transfers,
        pending=asked.pending,
    )


def check_size(*lists: list[str] | None, text: str | None = None) -> None:
    """Raises ToolProblemError for more or longer names than anyone writes."""
    names = [name for each in lists for name in each or ()]
    if len(names) > MAX_NAMES or any(len(each) > MAX_TEXT for each in (*names, text or "")):
        raise ToolProblemError(
            "too_long", f"Give at most {MAX_NAMES} names of at most {MAX_TEXT} characters each."
        )


def _bound(text: str | None) -> Decimal | None:
    if text is None:
        return None
    try:
        bound = Decimal(text.strip()) if len(text) <= MAX_TEXT else Decimal("NaN")
    except InvalidOperation:
        bound = Decimal("NaN")
    if not bound.is_finite() or abs(bound) >= Decimal(10) ** 12:
        raise ToolProblemError("invalid_amount", "Give a plain decimal such as '12.50'.")
    return abs(bound)
