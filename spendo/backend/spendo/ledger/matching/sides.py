"""What the matcher of transfers knows of a row and of an account."""

import re
from dataclasses import dataclass, field
from datetime import date

from spendo.users.fields import fold

_WORD = re.compile(r"[^\W_]+")


def words_of(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(fold(text)))


@dataclass(frozen=True, slots=True)
class OwnAccount:
    """`number` is what banks call it in their files."""

    id: int
    name: str
    institution: str
    kind: str
    currency: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class Movement:
    """A posted row that is no side yet, no row with parts and no linked refund."""

    id: int
    account_id: int
    day: date
    minor: int


@dataclass(frozen=True, slots=True)
class Side(Movement):
    """With what is said on it."""

    merchant: str
    description: str
    category_kind: str | None = None
    in_order: tuple[str, ...] = field(init=False)
    """The words of the bank's text."""
    words: frozenset[str] = field(init=False)
    """Those, and the merchant's."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "in_order", tuple(_WORD.findall(fold(self.description))))
        object.__setattr__(self, "words", words_of(self.merchant) | set(self.in_order))

    @property
    def likeness(self) -> tuple[object, ...]:
        """Two rows of the same likeness can stand for each other."""
        return self.account_id, self.day, self.minor, self.words, self.category_kind
