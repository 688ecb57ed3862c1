"""What came back."""

from __future__ import annotations

from dataclasses import replace

from spendo.assistant.analyst.kind import Family, Kind
from spendo.assistant.analyst.lookup import look_up
from spendo.assistant.analyst.plan import Call, Plan, ask, period_text
from spendo.assistant.analyst.question import Name, Question
from spendo.assistant.analyst.understanding.heard import Heard
from spendo.assistant.analyst.wording import counted, during, plain, row_table
from spendo.assistant.tools.envelope import SumEnvelope


def read(question: Question, heard: Heard) -> Question | None:
    """Work is looked for by that name: nothing else says who pays."""
    work = (Name("work"),) if heard.says_own(*_WORK) and not question.names else question.names
    return replace(question, names=work, direction="in", group_by=None, limit=None)


_WORK = (
    "from/by my? work/job/employer/boss/company/office",
    "my? work/job/employer/boss/company/office ... me back",
)


def answer(question: Question) -> Plan:
    """Money back in categories of spending: it is counted against them."""
    chosen = yield from look_up(question)
    period = yield from period_text(question.when, "this year")
    found = yield from ask(
        SumEnvelope,
        Call(
            "sum_transactions",
            {
                "measure": "spending",
                "direction": "in",
                "period": period,
                **chosen.arguments(),
            },
        ),
    )
    who = chosen.words().replace(" at ", " from ").replace(" on ", " for ")
    if not found.count:
        return f"There are no refunds{who}{during(found.period)}."
    text = (
        f"**{plain(found.total)}** came back{who}{during(found.period)}, in "
        f"{counted(found.count, 'refund')}:\n\n{row_table(found.rows)}"
    )
    if found.count > len(found.rows):
        text += f"\n\nThe newest {len(found.rows)} of {found.count:,}."
    return text + "\n\nSpending is already less these refunds."


KINDS = (
    Kind(
        name="refunds",
        family=Family.TRANSFERS,
        title="Refunds",
        cues="""
            72 ~pay me/us back
            72 give/gives/gave/sent/send me/us .. money back
            72 return/returns credited
            72 pay/paid/gave/give it? back to me/us
            72 ~refund
            72 money back
            72 get/got/gotten/receive/received back
            72 give/gave/given/paid me back
        """,
        never="""
            net of
            net/less/after/minus/excluding/without/including refunds/refund
        """,
        read=read,
        answer=answer,
        examples=(
            "any refunds?",
            "what did work pay me back",
            "money back from shops this year",
            "what refunds did I get this year",
            "How much was I refunded by Northpeak Outfitters this year?",
            "refunds from Volt Electronics",
            "did Northpeak Outfitters refund me this year?",
            "what did I get back from Volt Electronics this year",
            "refnds this year",
        ),
    ),
)
