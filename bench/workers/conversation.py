"""What is said in the stored conversations, the same for everybody who stores them."""

import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

_BEGAN = datetime(2026, 1, 5, 8, tzinfo=UTC)
_TEXT = """
the account of last month shows what was spent on food and how much is left for the rest of it
because a transfer came late and two refunds were booked twice before someone noticed
"""
_WORDS = _TEXT.split()


@dataclass(frozen=True)
class Said:
    id: str
    by_user: bool
    text: str
    at: datetime


@dataclass(frozen=True)
class Conversation:
    id: str
    title: str
    began: datetime
    items: list[Said]


class Script:
    """Ids and words by a seed: the same seed, the same conversations."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)  # noqa: S311 (nothing is secret)
        self._made = 0

    def words(self, fewest: int, most: int) -> str:
        return " ".join(self._chance.choices(_WORDS, k=self._chance.randint(fewest, most)))

    def title(self) -> str:
        return self.words(3, 7)

    def question(self) -> str:
        return self.words(8, 40)

    def answer(self) -> str:
        return self.words(30, 120)

    def bits(self) -> int:
        """128 of them that sort by when they were asked for, like the ids of a real store."""
        self._made += 1
        return (0x19B8C0000000 + self._made) << 80 | self._chance.getrandbits(74)

    def conversations(self, count: int, length: int) -> Iterator[Conversation]:
        """The oldest first; none begins before the one before it has ended."""
        for number in range(count):
            began = moment(number * length)
            items = [self._said(number * length + place) for place in range(length)]
            yield Conversation(str(uuid.UUID(int=self.bits())), self.title(), began, items)

    def _said(self, number: int) -> Said:
        by_user = number % 2 == 0
        text = self.question() if by_user else self.answer()
        return Said(str(uuid.UUID(int=self.bits())), by_user, text, moment(number))


def moment(number: int) -> datetime:
    return _BEGAN + timedelta(seconds=7 * number)
