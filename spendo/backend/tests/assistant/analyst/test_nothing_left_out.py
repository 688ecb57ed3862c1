"""A figure that answers half of a question is no answer: it is read whole, or asked back."""

import pytest

from spendo.assistant.analyst.kinds.unclear import HALF_READ
from spendo.assistant.analyst.question import Move, Question, When
from spendo.assistant.analyst.understanding.taken import Left
from spendo.assistant.analyst.understanding.thread import read_message

BESIDE = {
    "do I spend more at Bluebell or Third Cup": ["Bluebell", "Third Cup"],
    "coffee or restaurants, what eats more of my money": ["coffee", "restaurants"],
    "compare my food spending with my housing spending in october": ["food", "housing"],
    "rank groceries, transport and entertainment for this year": [
        "groceries", "transport", "entertainment",
    ],
    "Oakstead Wholesale versus Hearth & Home": ["Oakstead Wholesale", "Hearth & Home"],
    "between the copper spoon and saffron table where do i spend more": [
        "copper spoon", "saffron table",
    ],
    "how much bigger is rent than groceries": ["rent", "groceries"],
}  # fmt: skip


@pytest.mark.parametrize("wording", BESIDE)
def test_names_are_put_beside_each_other_and_not_added_up(wording: str) -> None:
    question = read_message(wording)
    assert question.kind == "beside"
    assert [name.text for name in question.names] == BESIDE[wording]


PERIODS = {
    "income this year vs last year": ["this year", "last year"],
    "did I earn more in October than in September?": ["in October", "in September"],
    "did groceries fall this year": ["this year", "last year"],
    "groceries last fall vs last spring": ["last fall", "last spring"],
    "spending in 2025 and 2026": ["in 2025", "in 2026"],
    "gifts 2025 vs 2026": ["in 2025", "in 2026"],
    "march vs april but without rent": ["March", "april"],
    "how does june stack up against may": ["june", "May"],
    "last 3 months vs previous 3 months": ["last 3 months", "last 3 months"],
    "january to march vs april to june": ["from january to march", "from april to june"],
    "restaurant spend oct/nov": ["oct", "nov"],
    "compare june and july 2025": ["june 2025", "july 2025"],
    "gifts in november and december last year": ["in november last year", "december last year"],
    "my spending at Bluebell this year compared to last": ["this year", "last year"],
    "this week vs last for coffee": ["this week", "last week"],
    "was november cheaper than october": ["november", "october"],
    "coffee nov v oct": ["nov", "oct"],
    "compare august, september and october": ["august", "september", "october"],
    "year to date vs last year to date": ["year to date", "last year to date"],
}


@pytest.mark.parametrize("wording", PERIODS)
def test_periods_are_compared_in_the_order_they_are_said(wording: str) -> None:
    question = read_message(wording)
    assert question.kind == "compare"
    assert [when.text for when in _whens(question)] == PERIODS[wording]


def _whens(question: Question) -> list[When]:
    return [when for when in (question.when, question.other, *question.more) if when]


STEPS = {
    "what's the difference between my net worth today and this time last year": [
        When("today", (Move(-1, "year"),)),
    ],
    "did my net worth rise this past year": [When("today", (Move(-1, "year"),))],
    "what grew most last quarter compared to the one before": [
        When("last quarter"), When("last quarter", (Move(-1, "same"),)),
    ],
    "what went up the most since september": [When("this month"), When("september")],
    "which category grew most from last year": [When("this year")],
    "which shops did I spend more at in october than september": [
        When("in october"), When("september"),
    ],
    "fuel this month versus same month last year": [
        When("this month"), When("this month", (Move(-1, "year"),)),
    ],
    "has shopping gone down compared with the previous month": [
        When("this month"), When("last month"),
    ],
    "which shop fell most from september to october": [When("october"), When("september")],
    "compare two weeks ago with last week": [
        When("this week", (Move(-2, "week"),)), When("last week"),
    ],
}  # fmt: skip


@pytest.mark.parametrize("wording", STEPS)
def test_each_time_that_is_compared_is_the_one_that_is_said(wording: str) -> None:
    assert _whens(read_message(wording)) == STEPS[wording]


@pytest.mark.parametrize(
    ("wording", "kind", "aspect"),
    [
        ("is my balance higher than last month", "half_read", "compared"),
        ("cash withdrawals", "half_read", "moved"),
        ("spent less on clothes this year?", "compare", "same point"),
        ("cut back on coffee since september?", "compare", ""),
        ("what did I cut back on in october", "growth", "fell"),
        ("how has my spending changed since january", "compare", ""),
        ("percent change in restaurants from september to october", "compare", ""),
        ("how much did groceries drop in july", "compare", ""),
        ("did my spending drop in october", "compare", ""),
        ("average grocery shop this year vs last year", "half_read", "per"),
        ("which of groceries or restaurants went up more this month", "half_read", "changed"),
        ("5 biggest transport payments this year", "listing", ""),
        ("what was my most expensive meal out this year", "listing", ""),
        ("where am i spending more than last month", "growth", "grew"),
        ("which category shrank the most this month", "growth", "fell"),
        ("when is metro transit pass due", "bills", ""),
        ("by how much did my shopping fall from september to october", "compare", ""),
        ("is rent due next week", "bills", ""),
        ("what goes out tomorrow", "bills", ""),
        ("did my utility costs beat last month's", "compare", ""),
        ("most visited shop this year", "half_read", "often"),
        ("average number of coffees a week", "half_read", "often"),
        ("month with the most transactions", "half_read", "often"),
        ("top category in october vs september", "half_read", "times"),
        ("biggest drop in spending since last month", "growth", "fell"),
        ("when did I spend the most on coffee", "peak", "most"),
        ("all my regular bills", "subscriptions", "regular"),
        ("how much are my bills this month", "half_read", "bills"),
        ("did my groceries go up in october", "compare", ""),
        ("are my utilities creeping up", "compare", "same point"),
        ("what proportion of my income do i spend on groceries", "savings_rate", "spent"),
        ("rent as % of income last month", "savings_rate", "spent"),
        ("mean spend per transaction at Redline Fuel", "average", ""),
        ("how much do i pay for the gym each month", "average", ""),
        ("what's still to come out this month", "bills", ""),
        ("bills next week", "bills", ""),
        ("what bills did I have in october", "half_read", "bills"),
        ("which is my most expensive subscription", "subscriptions", "subscription"),
        ("how much did I spend abroad this year", "half_read", "abroad"),
        ("how much yen do I have", "half_read", "held"),
        ("mtd spending compared with previous month mtd", "compare", "same point"),
        ("month to date spending against the month before", "compare", "same point"),
        ("how much was my salary the last time and on what day did it arrive", "last_paid", ""),
        ("how much money did Thread Loft give me back in June", "half_read", "back"),
        ("how much did I spend at Daily Market last quarter", "spending", ""),
        ("how much did I spend at Daily Market a day this month", "average", ""),
        ("how much is all my money together, minus the debts?", "net_worth", ""),
        ("spending on my card without subscriptions", "spending", ""),
        ("was october above my average", "half_read", "compared"),
        ("how much less did I put into savings in october than in september", "half_read", "times"),
        ("total of all my accounts except the cabin", "half_read", "without"),
        ("did my savings rate improve compared with last year", "half_read", "compared"),
        ("how much per day did I spend on food in october", "average", ""),
        ("is rent more than half of my spending", "spending_share", ""),
        ("why was october more expensive than september", "why", ""),
        ("is my grocery bill getting bigger", "compare", "same point"),
        ("did I spend more than I earned last month?", "saved", ""),
        ("what did I spend on gifts around christmas", "bad_period", ""),
        ("do i spend more on weekends than weekdays", "bad_period", ""),
        ("payments more than 1,200 dollars", "listing", ""),
        ("which month was the cheapest", "peak", "least"),
        ("did I get paid more in march than in april", "compare", ""),
        ("wieviel habe ich im Oktober für Lebensmittel ausgegeben", "not_words", ""),
        ("which weekday do I spend the most", "peak", "weekday"),
        ("what day of the week do I spend most", "peak", "weekday"),
        ("how much did I take out in cash this year", "half_read", "moved"),
        ("how much did I earn besides my salary this year", "income", ""),
        ("bills due before the 10th", "bills", ""),
        ("foreign spending in april", "half_read", "abroad"),
        ("what did i receive from harborline since july", "income", ""),
        ("total money in for may", "income", ""),
        ("how much is my 401k up since january", "balance_history", "lowest"),
        ("what did I spend on Loan interest in July 2026", "spending", ""),
        ("my three biggest paychecks", "paydays", "largest"),
        ("net worth since last summer", "net_worth_history", ""),
        ("expected balance on friday", "forecast", ""),
        ("lowest interest rate debt", "debt_terms", "rate"),
        ("my total pay for 2025", "income", "pay"),
        ("any money come in since monday", "income", ""),
        ("usd to jpy", "rates", ""),
        ("which was my best paid month", "peak", "most"),
        ("minimum due on rewards card", "debt_terms", "minimum"),
        ("do I have enough to last until the end of the month", "forecast", ""),
        ("average balance of my checking", "half_read", "word"),
        ("checking on 1 september", "balance", ""),
        ("money in last week", "income", ""),
        ("how much did the bank pay me in interest this year", "income", ""),
        ("rank my debts by interest rate", "debt_terms", "rate"),
        ("what left my savings account this year", "transfers", ""),
        ("lowest balance in the next 30 days", "worry", ""),
        ("what will my savings be in 6 months", "forecast", ""),
        ("forecast for december", "forecast", ""),
        ("how much money will I have on 15 december", "forecast", ""),
        ("how much did my brokerage go up this quarter", "balance_history", "lowest"),
        ("restaurants budget this month", "budget_left", ""),
        ("what do I own", "net_worth", ""),
        ("how much interest would I save by paying 100 extra on the car loan", "payoff", "extra"),
        ("minimum payment on the card", "debt_terms", "minimum"),
        ("credit card balance a month ago", "balance", ""),
        ("when did I get paid in june", "paydays", "list"),
        ("gross income this year", "half_read", "word"),
        ("pay from Harborline excluding last month", "half_read", "without"),
        ("what will the car loan cost me in total interest", "payoff", ""),
        ("how much did I put in my 401k each month", "transfers", ""),
        ("how much have I put in the 401k this year", "transfers", ""),
        ("budget for coffee next month", "half_read", "ahead"),
        ("subscriptions over 20 dollars", "half_read", "amount"),
        ("charged twice by Streamhouse?", "twice", ""),
        ("when is netflix due next", "bills", ""),
        ("which category fell most since last year", "growth", "fell"),
    ],
)
def test_what_is_asked_is_taken_or_asked_back(wording: str, kind: str, aspect: str) -> None:
    question = read_message(wording)
    assert (question.kind, question.aspect) == (kind, aspect)


UNREAD = {
    "groceries budget vs actual": "vs",
    "half of what I spent in october": "half",
    "how much did I spend in cash last month": "cash",
    "income before tax this year": "before",
    "how far is my net worth from 50k": "50k",
    "what is my balance after rent": "after",
}
"""By message: its first word that no reading has anything to do with."""


@pytest.mark.parametrize("wording", UNREAD)
def test_a_word_that_no_reading_explains_is_asked_back(wording: str) -> None:
    question = read_message(wording)
    assert (question.kind, question.choices) == ("half_read", (UNREAD[wording],))


def test_whatever_is_left_out_has_its_words() -> None:
    """A single word that is not understood is named instead."""
    assert set(HALF_READ) == set(Left) - {Left.WORD}
