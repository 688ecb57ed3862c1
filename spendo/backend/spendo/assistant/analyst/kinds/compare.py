"""Two periods side by side."""

from __future__ import annotations

import re
from dataclasses import replace

from spendo.assistant.analyst.kind import Family, Kind
from spendo.assistant.analyst.lookup import look_up
from spendo.assistant.analyst.plan import Plan, ask_all, period_text
from spendo.assistant.analyst.question import Question, When
from spendo.assistant.analyst.sums import SO_FAR, sum_of
from spendo.assistant.analyst.understanding.heard import Heard
from spendo.assistant.analyst.wording import money, table
from spendo.assistant.tools.envelope import SumEnvelope

_LAST_UNIT = re.compile(r"(?:the )?last (week|month|quarter|year)")


def read(question: Question, heard: Heard) -> Question | None:
    about_income = heard.says("income", "~earn", "salary")
    about_spending = heard.says(
        "~spend/~pay/~buy/~cost", "charge/charges", "payment/payments", "bill/bills"
    )
    if not (
        about_income
        or about_spending
        or heard.says("compare/compared/comparing/comparison")
        or question.names
    ):
        return None
    when, other = question.when, question.other
    if when is None or (other is None and heard.says("and/or") and not heard.says(*_COMPARES)):
        return None
    if other is None:
        unit = _LAST_UNIT.fullmatch(when.text)
        if unit is None or when.moves:
            return None
        when, other = When(f"this {unit[1]}"), when
    return replace(
        question,
        when=when,
        other=other,
        direction="in" if about_income and not about_spending else "out",
        group_by=None,
        bounds=None,
    )


_COMPARES = (
    "more/less/higher/lower/up/down/fewer ... than",
    "compare/compared/comparing/comparison",
    "versus/vs/difference/against",
)


def answer(question: Question) -> Plan:
    chosen = yield from look_up(question)
    first = yield from period_text(question.when, SO_FAR)
    second = yield from period_text(question.other, "last month")
    measure = "income" if question.direction == "in" else "spending"
    found = yield from ask_all(
        SumEnvelope, [sum_of(measure, period, chosen) for period in (first, second)]
    )
    head = "Received" if measure == "income" else "Spent"
    rows = [(each.period.words, f"**{money(each.total)}**", f"{each.count:,}") for each in found]
    subject = f"{head}{chosen.words()} in the two periods:"
    return f"{subject}\n\n{table(('Period', head, 'Transactions'), rows, right=(1, 2))}"


KINDS = (
    Kind(
        name="compare",
        family=Family.COMPARISON,
        title="Two periods side by side",
        cues="""
            67 more/less/higher/lower/fewer ... than
            67 more/less/higher/lower/fewer ... ... than
            67 more/less/higher/lower/fewer ... {time} than
            67 up/down ... than
            67 compare/compared/comparing/comparison
            67 versus/vs/difference/against
            64 {time} and/or {time}
        """,
        never="""
            net worth
            more/less/higher/lower than ~i earn/earned/make/made
        """,
        read=read,
        answer=answer,
        examples=(
            "did I spend more on eating out than last month?",
            "Compare groceries in October to September",
            "compare October and September",
            "did i spend more this month than last month",
            "is my spending higher this month than last month",
            "spending this year versus last year",
            "did I earn more this month than last month",
            "comapre coffee this month with last month",
        ),
    ),
)
