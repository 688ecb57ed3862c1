"""The design this product began with: no tools, a prompt with some rows, and no user in it.

Its workflow was given the text of one message; what it knew of the ledger had to stand in the
prompt. There is no model here, so this arm reads such a prompt better than any model would: it
understands every question and adds up without an error. What it gets wrong is what the prompt does
not have: rows beyond the newest `SHOWN`, which of them are transfers, parts, pending or excluded,
in which currency an amount is, and what a rate was.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from bench.spendobench.events import World
from bench.spendobench.expected import Answer, Question
from bench.spendobench.oracle import Fact, facts_of

SHOWN = 100
"""Rows in the prompt, the newest ones."""

_EVERYTHING = (date.min, date.max)
Rows = list[Fact]


class OriginArm:
    def __init__(self, world: World) -> None:
        self._currency = world.currency
        self._today = world.today
        rows = [fact for fact in facts_of(world) if fact.whole]
        self._prompt: Rows = rows[-SHOWN:]

    def knows(self, question: Question) -> bool:
        return question.template in ANSWERS and len(question.messages) == 1

    def answer_all(self, questions: list[Question]) -> list[Answer]:
        return [Answer(ANSWERS[each.template](self, each)) for each in questions]

    def rows(self, question: Question) -> Rows:
        slots = question.slots
        start, end = _EVERYTHING
        if "start" in slots:
            start, end = date.fromisoformat(slots["start"]), date.fromisoformat(slots["end"])
        return [
            row
            for row in self._prompt
            if start <= row.on < end
            and slots.get("category") in (None, row.category)
            and slots.get("merchant", row.merchant).casefold() == row.merchant.casefold()
            and slots.get("account") in (None, row.account)
        ]

    def money(self, amount: Decimal) -> str:
        return f"{self._currency} {amount:,.2f}"

    def spent(self, question: Question) -> str:
        total = -sum((row.amount for row in self.rows(question) if row.amount < 0), Decimal(0))
        return f"You spent {self.money(total)}."

    def earned(self, question: Question) -> str:
        total = sum((row.amount for row in self.rows(question) if row.amount > 0), Decimal(0))
        return f"You received {self.money(total)}."

    def saved(self, question: Question) -> str:
        total = sum((row.amount for row in self.rows(question)), Decimal(0))
        return f"You saved {self.money(total)}."

    def counted(self, question: Question) -> str:
        return f"{sum(row.amount < 0 for row in self.rows(question))} payments."

    def largest(self, question: Question) -> str:
        rows = self.rows(question)
        if not rows:
            return "There is nothing in the records."
        row = min(rows, key=lambda row: row.amount)
        return f"{self.money(-row.amount)} at {row.merchant}."

    def last_paid(self, question: Question) -> str:
        rows = [row for row in self._prompt if row.amount > 0]
        row = rows[-1]
        return f"{self.money(row.amount)} on {row.on.isoformat()}."

    def unknown(self, question: Question) -> str:
        return "The records I was given have no balances."


Say = Callable[[OriginArm, Question], str]


def _by(key: Callable[[Fact], str]) -> Say:
    def say(arm: OriginArm, question: Question) -> str:
        groups: dict[str, Decimal] = {}
        for row in arm.rows(question):
            if row.amount < 0:
                groups[key(row)] = groups.get(key(row), Decimal(0)) - row.amount
        lines = [f"| {name} | {arm.money(total)} |" for name, total in groups.items()]
        return "| What | Amount |\n|---|---:|\n" + "\n".join(lines)

    return say


ANSWERS: dict[str, Say] = {
    **dict.fromkeys(
        (
            "spent_period", "spent_category", "renamed_category", "category_tree",
            "spent_merchant", "spent_two_spellings", "spent_account", "partial_total",
            "injection_merchant", "net_refunds", "spent_on_day",
        ),
        OriginArm.spent,
    ),
    "income_period": OriginArm.earned,
    "saved_period": OriginArm.saved,
    "count_category": OriginArm.counted,
    "largest_purchase": OriginArm.largest,
    "last_paid": OriginArm.last_paid,
    "by_category": _by(lambda row: row.category or "Other"),
    "top_merchants": _by(lambda row: row.merchant),
    "net_worth": OriginArm.unknown,
    "accounts_list": OriginArm.unknown,
    "account_balance": OriginArm.unknown,
}  # fmt: skip
