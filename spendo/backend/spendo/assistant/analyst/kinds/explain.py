"""How a figure came about: which transactions it is made of, and by which rule."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from spendo.assistant.analyst.kind import Family, Kind
from spendo.assistant.analyst.lookup import Filter
from spendo.assistant.analyst.plan import Call, Plan, try_ask
from spendo.assistant.analyst.question import Question
from spendo.assistant.analyst.wording import counted, money, name, percent_text, table
from spendo.assistant.tools.envelope import Amount, ErrorEnvelope, ExplainEnvelope

EXPLAIN = (
    "Every figure is added up from your own transactions, exactly and over all of them. The line "
    "under each answer says how many, over which dates, and what was left out. Transfers between "
    "your own accounts are not spending, refunds reduce it, and pending payments wait until they "
    "are booked."
)
SHOWN = 12
_STANDS_OUT = re.compile(r"\*\*[^*\d]{0,8}(\d[\d,]{0,20}(?:\.\d{1,6})?)[^*]{0,8}\*\*")
_OF_TRANSACTIONS = (
    "sum_transactions",
    "search_transactions",
    "count_transactions",
    "income_statement",
)


def pointed_at(question: Question, said: str) -> Question:
    """ "That number" is the first one that stands out in what was said before."""
    if question.amount is not None:
        return question
    found = _STANDS_OUT.search(said)
    return replace(question, amount=Decimal(found[1].replace(",", ""))) if found else question


def answer(question: Question) -> Plan:
    arguments: dict[str, object] = {"value": str(question.amount)} if question.amount else {}
    found = yield from try_ask(ExplainEnvelope, Call("explain_number", arguments))
    if isinstance(found, ErrorEnvelope):
        return EXPLAIN
    when = f" ({found.period.words})" if found.period else ""
    where = Filter(found.filters.categories, found.filters.merchants, found.filters.accounts)
    text = f"**{_value(found)}** is the {name(found.label)}{where.words()}{when}"
    if found.count and found.source in _OF_TRANSACTIONS:
        text += f", made of {counted(found.count, 'transaction')}"
    text += "."
    if found.source != "calc":
        text += f" {found.formula}"
    if found.parts and all(part.amount for part in found.parts):
        rows = (
            (name(part.label), money(part.amount), f"{part.count:,}" if part.count else "—")
            for part in found.parts[:SHOWN]
            if part.amount
        )
        text += "\n\n" + table(("Part", "Amount", "Transactions"), rows, right=(1, 2))
    if found.now is not None:
        text += f"\n\nThe same question gives {_shown(found, found.now)} now."
    return text


def _value(found: ExplainEnvelope) -> str:
    return _shown(found, found.value)


def _shown(found: ExplainEnvelope, value: str) -> str:
    if found.kind == "money" and found.currency:
        return money(Amount(amount=value, currency=found.currency))
    if found.kind == "percent":
        return percent_text(value)
    return f"{Decimal(value):,}"


KINDS = (
    Kind(
        name="explain",
        family=Family.TRUST,
        title="How a figure came about",
        cues="""
            85 how did/do/have you work/get/got/calculate/know/compute/arrive/come/figure/reach
            85 where did/do/does/is/are you get ... from
            85 where did/do/does/is/are that/this/these/those/the/it ... from
            85 explain that/this/the/how/your/it
            85 show me? your work/working/workings
            85 are you sure
            85 is that/this/it right/correct/accurate
            85 how is/was/were/are that/this/it/these/those calculated/computed/made/worked/derived
            85 what is that/this/it made of
            85 what is in that/this number/figure/total/amount
            85 break that/this/it number/figure/total down
            85 can i trust
        """,
        answer=answer,
        point=pointed_at,
        examples=(
            "how did you get that number?",
            "where does that number come from",
            "explain that",
            "are you sure?",
            "is that right?",
            "how was that calculated",
            "how did you calulate that",
            ("How much did I spend on groceries last month?", "How did you get that number?"),
        ),
        talk=True,
        shown=("how did you get that number?",),
    ),
)
