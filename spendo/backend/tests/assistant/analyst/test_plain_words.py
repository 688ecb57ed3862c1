"""Sayings and small talk: what is meant is read, whatever words it is put in."""

import pytest

from spendo.assistant.analyst.understanding.plain import in_plain_words
from spendo.assistant.analyst.understanding.thread import read_thread
from spendo.assistant.analyst.understanding.words import read_line


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("what did I shell out for groceries", "what did i spend for groceries"),
        ("I'd like to know how much came in tbh", "how much came in"),
        ("balance on the first of October", "balance on 1 october"),
        ("tbh", "tbh"),
        ("how much did I spend at Fork Out", "how much did i spend at §name"),
    ],
)
def test_a_message_is_put_in_plain_words(said: str, plain: str) -> None:
    assert in_plain_words(read_line(said)).text == plain


@pytest.mark.parametrize(
    ("said", "kind", "names"),
    [
        ("every account I own and what sits in it", "accounts", ""),
        ("bank accounts, please", "accounts", ""),
        ("I'd like to see what each account holds", "accounts", ""),
        ("number of accounts I've got", "accounts", ""),
        ("how much have we got stashed in savings?", "balance", "savings"),
        ("what am I working with in checking right now", "balance", "checking"),
        ("how's my checking account looking", "balance", "checking"),
        ("how flush am I", "balance", ""),
        ("how much cash is available to me tbh", "balance", ""),
        ("savings as of the end of July", "balance", "savings"),
        ("how full was my checking account on 15 September 2026", "balance", "checking"),
        ("credit card balance at the close of October", "balance", "credit card"),
        ("how much money did I have at the start of the year", "balance", ""),
        ("rock bottom of my checking balance in October", "balance_lowest", "checking"),
        ("did my checking ever dip below zero this year?", "balance_lowest", "checking"),
        ("how close to empty did checking come last month", "balance_lowest", "checking"),
        ("worst checking balance since June", "balance_lowest", "checking"),
        ("could you work out my total wealth", "net_worth", ""),
        ("overall wealth figure", "net_worth", ""),
        ("has my wealth grown this year", "net_worth_history", ""),
        ("did we get wealthier over the last 6 months", "net_worth_history", ""),
        ("increase in wealth since January", "net_worth_history", ""),
        ("how much richer did I get this year", "net_worth_history", ""),
        ("is my net worth going in the right direction this year", "net_worth_history", ""),
        ("my outstanding debt", "net_worth", ""),
        ("how much am I in hock for", "net_worth", ""),
        ("any idea how much I still owe to everyone", "net_worth", ""),
        ("what did I fork out for rent in September", "spending", "rent"),
        ("total damage for last month", "spending", ""),
        (
            "so like how much do we usually blow on takeout... last month I mean",
            "average",
            "takeout",
        ),
        ("my coffee habit this year, how bad is it", "spending", "coffee"),
        ("how's my grocery spending looking this month", "spending", "grocery"),
        ("top five places I hand my money to this year", "spending", ""),
        ("where does my money disappear to each month", "spending", ""),
        ("what part of last month's outgoings was groceries", "spending_share", "groceries"),
        ("on average, what does a week of groceries run me?", "average", "groceries"),
        ("how much did I rake in this year", "income", ""),
        ("how much was I paid last month tbh", "income", ""),
        ("what have I pulled in since January?", "income", ""),
        ("how much pay hit my account last month", "income", ""),
        ("how much did I put away last month?", "saved", ""),
        ("how much did I manage to squirrel away in September", "saved", ""),
        ("what did I end up keeping of my pay in October", "saved", ""),
        ("money in minus money out last quarter", "saved", ""),
        ("how much of my pay do I keep, in percent, this year", "savings_rate", ""),
        ("savings ratio for this year", "savings_rate", ""),
        ("October next to September for groceries", "compare", "groceries"),
        ("how does this year's spending stack up against last year's", "compare", ""),
        ("is my coffee spending up on last month", "compare", "coffee"),
        ("could you put July and August spending side by side", "compare", ""),
        ("my single biggest purchase this year", "listing", ""),
        ("any purchase north of a hundred bucks this month", "listing", ""),
        ("list of every bank account on file", "accounts", ""),
        ("hi, wanna see my accounts, all of them", "accounts", ""),
        ("what do I have by way of accounts", "accounts", ""),
        ("so what's in checking these days", "balance", "checking"),
        ("what does my savings account hold", "balance", "savings"),
        ("how much did I have in checking at the beginning of October", "balance", "checking"),
        ("two months ago what was in checking", "balance", "checking"),
        ("did checking run dry in September", "balance_lowest", "checking"),
        ("sum total of what I've got minus what I owe", "net_worth", ""),
        ("assets minus liabilities", "net_worth", ""),
        ("how has my wealth developed since last year", "net_worth_history", ""),
        ("net worth gain over the last six months", "net_worth_history", ""),
        ("what's everything I owe added together", "net_worth", ""),
        ("size of my debt", "net_worth", ""),
        ("how much cash did we get through last month", "spending", ""),
        ("how much dough did I blow on restaurants this year", "spending", "restaurants"),
        ("September grocery total please", "spending", "grocery"),
        ("eating out in October - how much?", "spending", "eating"),
        ("where is most of my cash going", "spending", ""),
        ("what did my job pay me in October", "income", ""),
        ("pay received in September", "income", ""),
        ("what got saved in August", "saved", ""),
        ("am I spending less this month than last?", "compare", ""),
        ("let me see the last three things I paid for", "listing", ""),
        ("biggest five bills of 2026", "listing", ""),
    ],
)
def test_people_say_it_in_their_own_words(said: str, kind: str, names: str) -> None:
    question = read_thread([said])
    assert (question.kind, ",".join(name.text for name in question.names)) == (kind, names)


@pytest.mark.parametrize("first", ["Study", "Spark", "Shift", "Spin"])
def test_a_name_at_the_beginning_may_look_like_a_verb(first: str) -> None:
    question = read_thread([f"{first} Loan balance on 31 May"])
    assert [name.text for name in question.names] == [f"{first} Loan"]
