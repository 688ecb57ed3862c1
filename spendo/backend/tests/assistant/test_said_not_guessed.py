"""A time, a currency or a name that cannot be looked up is said: the figure of another one would be
an answer to a question that nobody asked."""

import pytest
from asgiref.sync import sync_to_async

from spendo.users.models import User
from tests.assistant.analyst.test_kind_answers import write
from tests.assistant.asking import ask

pytestmark = pytest.mark.django_db(transaction=True)

SAID = {
    "how much did I spend in 1850?": "1850",
    "how much did I spend in 3026": "3026",
    "did I spend more in 1850 than in 1851": "not what with what",
    "how much do I spend per year on average": "on average",
    "what do I spend on average per year": "on average",
    "average groceries a year": "on average",
    "how much did I spend in week 45": "45",
    "how many months until I reach 1000000": "1000000",
    "forecast for 2035": "a year ahead",
    "what will my balance be in 2035": "a year ahead",
    "how much can I safely spend until 2030?": "a year ahead",
    "which bills are due before 2031?": "a year ahead",
    "what will my balance be on 1 January 2020?": "is over",
    "what will my balance be on 31 February?": "31 February",
    "what was my balance on 5 December 2027?": "not come yet",
    "what is left in my budget over the last 3 months?": "one month at a time",
    "am I over budget this year?": "one month at a time",
    "suggest a budget for uncategorised": "no category",
    "what is left in my uncategorised budget?": "no category",
    "convert 100 XYZ to USD": "No currency has that code",
}


@pytest.mark.parametrize("question", SAID)
async def test_what_cannot_be_looked_up_is_said_and_no_figure_given(
    ann: User, question: str
) -> None:
    await sync_to_async(write)(ann)
    result = await ask(ann, question)
    assert SAID[question] in result.answer
    assert not result.figures
    assert "$" not in result.answer


ANSWERED = {
    # so many days are the last ones, or those to come
    "forecast my balance for 30 days": "22 December 2026",
    "what can I spend for 2 weeks": "22 November – 6 December 2026",
    "spending for 3 months": "1 August – 31 October 2026",
    "how much did I spend for 45 days": "9 October – 22 November 2026",
    "what will my balance be at the end of the quarter": "31 December 2026",
    "what will my balance be at the end of next quarter": "31 March 2027",
    # an amount that the answer is held beside
    "did I pay 800 for rent": "$800.00",
    "will I have 3000 in checking by christmas": "25 December 2026",
    # what a debt stands at
    "how much is my loan": "$4,650.00",
    "how big is my loan": "$4,650.00",
}


@pytest.mark.parametrize("question", ANSWERED)
async def test_what_can_be_looked_up_is_answered_for_what_was_said(
    ann: User, question: str
) -> None:
    await sync_to_async(write)(ann)
    result = await ask(ann, question)
    assert ANSWERED[question] in result.answer
