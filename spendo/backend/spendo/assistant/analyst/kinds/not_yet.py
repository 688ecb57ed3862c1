"""Asked often and not answered yet: said so, because the words around it read as a total."""

from __future__ import annotations

from spendo.assistant.analyst.fixed import says
from spendo.assistant.analyst.kind import Family, Kind
from spendo.assistant.analyst.question import Question
from spendo.assistant.analyst.understanding.heard import Heard

NOT_YET = (
    "I cannot work that out yet. I can give totals, averages, counts and lists of transactions for "
    "a period, by category, shop, account or month, and your balances and net worth."
)
FORECAST = (
    "I only know what has happened, so I cannot say what will. I can show past months for "
    "comparison: try your spending by month this year."
)
REFUNDS = (
    "Refunds are counted against the spending of their category, so every total is already net of "
    "them. I cannot list them on their own; I can list your deposits or a category's transactions."
)


def read(question: Question, heard: Heard) -> Question | None:
    if (
        heard.first_person
        or question.when
        or heard.says("~spend/~buy/~pay/~rows", "bill", "income")
    ):
        return Question("not_yet")
    return None


KINDS = (
    Kind(
        name="not_yet",
        family=Family.TALK,
        title="Not yet",
        cues="""
            71 except/excluding/exclude/excludes/besides/ignoring/without
            71 apart/aside from
            71 other than
            71 not including/counting
            71 percent/percentage/percents/proportion/ratio/median/smallest/cheapest/lowest
            71 ~change
            71 higher/lower
            71 ~budget
            71 ~goal
            71 credit score/limit/utilisation/utilization
            71 duplicate/duplicates/pending
            71 charged/billed/paid twice
            71 transfers/transferred
            71 put/add/added/contribute/contributed ... in/into/to/towards
            71 did/have ~i transfer/move/moved
        """,
        never="""
            without a/any? categor/category/categories
            higher/lower ... than/to/vs/versus
        """,
        read=read,
        answer=says(NOT_YET),
        examples=(
            "median restaurant bill",
            "my smallest transaction",
            "how has my net worth changed over 12 months",
            "what is my credit score",
            "am I over budget on groceries",
            "what did I spend without groceries in October",
        ),
        talk=True,
    ),
    Kind(
        name="forecast",
        family=Family.FORECAST,
        title="What is to come",
        cues="""
            82 will ~i/my/it/there
            82 am/are ~i going to
            82 going to be/have/spend/cost
            82 when do ~i get paid
            82 paid next
            82 next pay/paycheck/payday/salary
            82 forecast/forecasts/predict/projection/projected/upcoming
            82 run out
            82 safely spend
            82 can i spend
            82 left to spend
        """,
        answer=says(FORECAST),
        examples=(
            "how much will I spend next month",
            "will my savings last until June",
            "forecast my balance",
            "when do I get paid next?",
            "what can I safely spend",
            "how much is left to spend",
        ),
        talk=True,
        looks_ahead=True,
    ),
    Kind(
        name="refunds",
        family=Family.TRANSFERS,
        title="Refunds",
        cues="""
            72 ~refund
            72 money back
        """,
        never="net/less/after/minus of?",
        answer=says(REFUNDS),
        examples=(
            "any refunds?",
            "what refunds did I get this year",
            "my refunds last month",
            "was I refunded",
            "did I get money back",
            "refnds this year",
        ),
        talk=True,
    ),
)
