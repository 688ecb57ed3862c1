"""Messages that lean on earlier ones, or that ask more than one thing."""

from decimal import Decimal

import pytest

from spendo.assistant.analyst.question import Bounds, Move, Topic, When
from spendo.assistant.analyst.reading.thread import read_message, read_thread

LAST_MONTH = When("last month")
GROCERIES = "How much did I spend on groceries last month?"


@pytest.mark.parametrize(
    ("messages", "topic", "names", "when"),
    [
        (
            [GROCERIES, "and the month before?"],
            Topic.SPENDING,
            ["groceries"],
            When("last month", (Move(-1, "month"),)),
        ),
        (
            [GROCERIES, "and the month before?", "and the one before that?"],
            Topic.SPENDING,
            ["groceries"],
            When("last month", (Move(-1, "month"), Move(-1, "same"))),
        ),
        ([GROCERIES, "and in May?"], Topic.SPENDING, ["groceries"], When("in May")),
        ([GROCERIES, "what about restaurants?"], Topic.SPENDING, ["restaurants"], LAST_MONTH),
        ([GROCERIES, "how about this year"], Topic.SPENDING, ["groceries"], When("this year")),
        ([GROCERIES, "and at Costco?"], Topic.SPENDING, ["Costco"], LAST_MONTH),
        ([GROCERIES, "by merchant?"], Topic.SPENDING, ["groceries"], LAST_MONTH),
        ([GROCERIES, "and what about income?"], Topic.INCOME, [], LAST_MONTH),
        ([GROCERIES, "show me those transactions"], Topic.LIST, ["groceries"], LAST_MONTH),
        ([GROCERIES, "how many transactions was that?"], Topic.COUNT, ["groceries"], LAST_MONTH),
        ([GROCERIES, "thanks", "and in May?"], Topic.SPENDING, ["groceries"], When("in May")),
        ([GROCERIES, "tell me a joke", "and in May?"], Topic.SPENDING, ["groceries"],
         When("in May")),
        (["last month?", "spending"], Topic.SPENDING, [], LAST_MONTH),
        (["last month?", "groceries"], Topic.SPENDING, ["groceries"], LAST_MONTH),
        (["What's my net worth?", "and in May?"], Topic.NET_WORTH, [], When("in May")),
        (["what accounts do I have", "and savings?"], Topic.BALANCE, ["savings"], None),
        (["how much did I make last month", "and the year before?"], Topic.INCOME, [],
         When("last month", (Move(-1, "year"),))),
        # A question of its own takes nothing over.
        ([GROCERIES, "how much did I spend?"], Topic.SPENDING, [], None),
        ([GROCERIES, "what is my net worth"], Topic.NET_WORTH, [], None),
        # With nothing before it, a follow-up is asked back.
        (["and the month before?"], Topic.UNCLEAR, [], When("this month", (Move(-1, "month"),))),
    ],
)  # fmt: skip
def test_a_follow_up_takes_over_what_it_leaves_out(
    messages: list[str], topic: Topic, names: list[str], when: When | None
) -> None:
    question = read_thread(messages)
    assert (question.topic, [name.text for name in question.names], question.when) == (
        topic,
        names,
        when,
    )


@pytest.mark.parametrize(
    ("wording", "when"),
    [
        ("my spending the month before last", When("this month", (Move(-2, "month"),))),
        ("what did I spend 3 months ago", When("this month", (Move(-3, "month"),))),
        ("what did I spend two weeks ago", When("this week", (Move(-2, "week"),))),
        ("net worth two years ago", When("today", (Move(-2, "year"),))),
        ("what did I spend in May the year before", When("in May", (Move(-1, "year"),))),
    ],
)
def test_steps_back_in_time_are_counted(wording: str, when: When) -> None:
    assert read_message(wording).when == when


def test_by_merchant_changes_only_the_grouping() -> None:
    question = read_thread([GROCERIES, "by merchant?"])
    assert question.group_by == "merchant"


def test_more_rows_of_a_list_are_the_same_list_with_a_higher_limit() -> None:
    question = read_thread(["transactions over $100 last month", "show me more"])
    assert (question.topic, question.limit) == (Topic.LIST, 50)
    assert question.bounds == Bounds(low=Decimal(100), over=True)


@pytest.mark.parametrize(
    ("message", "topic", "several"),
    [
        ("I got paid yesterday. How much did I spend last month?", Topic.SPENDING, False),
        ("How much did I spend last month? I fear it was a lot.", Topic.SPENDING, False),
        ("Hi! What's my net worth?", Topic.NET_WORTH, False),
        ("What did I spend last month? And what did I earn?", Topic.INCOME, True),
        ("How much did I spend?\n\n?", Topic.SPENDING, False),
    ],
)
def test_of_several_sentences_the_last_question_is_answered(
    message: str, topic: Topic, several: bool
) -> None:
    question = read_message(message)
    assert (question.topic, question.several) == (topic, several)


def test_a_second_question_in_one_message_continues_the_first() -> None:
    question = read_message("What did I spend last month? And what did I earn?")
    assert question.when == LAST_MONTH
