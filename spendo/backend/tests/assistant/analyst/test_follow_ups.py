"""Messages that lean on earlier ones, or that ask more than one thing."""

from decimal import Decimal

import pytest

from spendo.assistant.analyst.question import Bounds, Move, When
from spendo.assistant.analyst.understanding.thread import read_message, read_thread

LAST_MONTH = When("last month")
GROCERIES = "How much did I spend on groceries last month?"


@pytest.mark.parametrize(
    ("messages", "kind", "names", "when"),
    [
        (
            [GROCERIES, "and the month before?"],
            "spending",
            ["groceries"],
            When("last month", (Move(-1, "month"),)),
        ),
        (
            [GROCERIES, "and the month before?", "and the one before that?"],
            "spending",
            ["groceries"],
            When("last month", (Move(-1, "month"), Move(-1, "same"))),
        ),
        ([GROCERIES, "and in May?"], "spending", ["groceries"], When("in May")),
        ([GROCERIES, "what about restaurants?"], "spending", ["restaurants"], LAST_MONTH),
        ([GROCERIES, "how about this year"], "spending", ["groceries"], When("this year")),
        ([GROCERIES, "and at Costco?"], "spending", ["Costco"], LAST_MONTH),
        ([GROCERIES, "by merchant?"], "spending", ["groceries"], LAST_MONTH),
        ([GROCERIES, "and what about income?"], "income", [], LAST_MONTH),
        ([GROCERIES, "show me those transactions"], "listing", ["groceries"], LAST_MONTH),
        ([GROCERIES, "how many transactions was that?"], "counting", ["groceries"], LAST_MONTH),
        ([GROCERIES, "thanks", "and in May?"], "spending", ["groceries"], When("in May")),
        ([GROCERIES, "tell me a joke", "and in May?"], "spending", ["groceries"],
         When("in May")),
        (["last month?", "spending"], "spending", [], LAST_MONTH),
        (["last month?", "groceries"], "spending", ["groceries"], LAST_MONTH),
        (["What's my net worth?", "and in May?"], "net_worth", [], When("in May")),
        (["what accounts do I have", "and savings?"], "balance", ["savings"], None),
        (["how much did I make last month", "and the year before?"], "income", [],
         When("last month", (Move(-1, "year"),))),
        # A question of its own takes nothing over.
        ([GROCERIES, "how much did I spend?"], "spending", [], None),
        ([GROCERIES, "what is my net worth"], "net_worth", [], None),
        (["median restaurant bill", "net of refunds in clothing?"], "spending", ["clothing"], None),
        (["credit utilisation", "which rate did you use?"], "rates", [], None),
        # With nothing before it, a follow-up is asked back.
        (["and the month before?"], "unclear", [], When("this month", (Move(-1, "month"),))),
    ],
)  # fmt: skip
def test_a_follow_up_takes_over_what_it_leaves_out(
    messages: list[str], kind: str, names: list[str], when: When | None
) -> None:
    question = read_thread(messages)
    assert (question.kind, [name.text for name in question.names], question.when) == (
        kind,
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
        ("am I better or worse off than this time last year", When("today", (Move(-1, "year"),))),
        ("how did my net worth change last year", When("last year")),
        ("I was in Rome in May. How much did I spend?", When("in May")),
        ("what is in Savings 15 March", When("15 March")),
        ("what did I spend in May the year before", When("in May", (Move(-1, "year"),))),
    ],
)
def test_steps_back_in_time_are_counted(wording: str, when: When) -> None:
    assert read_message(wording).when == when


@pytest.mark.parametrize(
    ("messages", "names", "other"),
    [
        (["and in June?", "compare with last year"], ["groceries"],
         When("in June", (Move(-1, "year"),))),
        (["compared to the month before"], ["groceries"], When("last month", (Move(-1, "month"),))),
        (["vs May 2026"], ["groceries"], When("May 2026")),
        (["how about this year", "vs last year"], ["groceries"], When("last year")),
    ],
)  # fmt: skip
def test_what_was_asked_is_compared_with_another_time(
    messages: list[str], names: list[str], other: When
) -> None:
    question = read_thread([GROCERIES, *messages])
    assert (question.kind, question.other) == ("compare", other)
    assert [name.text for name in question.names] == names


def test_why_after_a_name_is_no_name() -> None:
    question = read_thread([GROCERIES, "why?"])
    assert (question.kind, question.when) == ("why", LAST_MONTH)


def test_the_last_of_several_names_counts_too() -> None:
    question = read_message("if I cancel Streamhouse, Tunely and the gym")
    assert [name.text for name in question.names] == ["Streamhouse", "Tunely and the gym"]


def test_what_is_cancelled_is_named_without_the_cancelling() -> None:
    question = read_message("how much would I save by cancelling the gym")
    assert (question.kind, [name.text for name in question.names]) == ("cancel", ["gym"])


def test_what_is_a_months_own_is_in_it() -> None:
    question = read_message("Break September's spending down by category")
    assert (question.when, question.group_by, question.names) == (When("September"), "category", ())


def test_by_merchant_changes_only_the_grouping() -> None:
    question = read_thread([GROCERIES, "by merchant?"])
    assert question.group_by == "merchant"


def test_more_rows_of_a_list_are_the_same_list_with_a_higher_limit() -> None:
    question = read_thread(["transactions over $100 last month", "show me more"])
    assert (question.kind, question.limit) == ("listing", 50)
    assert question.bounds == Bounds(low=Decimal(100), over=True)


@pytest.mark.parametrize(
    ("message", "kind", "several"),
    [
        ("I got paid yesterday. How much did I spend last month?", "spending", False),
        ("How much did I spend last month? I fear it was a lot.", "spending", False),
        ("Hi! What's my net worth?", "net_worth", False),
        ("What did I spend last month? And what did I earn?", "income", True),
        ("How much did I spend?\n\n?", "spending", False),
    ],
)
def test_of_several_sentences_the_last_question_is_answered(
    message: str, kind: str, several: bool
) -> None:
    question = read_message(message)
    assert (question.kind, question.several) == (kind, several)


def test_a_second_question_in_one_message_continues_the_first() -> None:
    question = read_message("What did I spend last month? And what did I earn?")
    assert question.when == LAST_MONTH


RESTAURANTS = "What did I spend on restaurants in October?"
BY_CATEGORY = "spending by category last month"
SUBSCRIPTIONS = "what are my subscriptions"
SAVED = "how much did I save this year"
CAR_LOAN = "when is my car loan paid off"


@pytest.mark.parametrize(
    ("messages", "kind", "changed"),
    [
        ([RESTAURANTS, "where?"], "spending", {"group_by": "merchant"}),
        ([RESTAURANTS, "at which places"], "spending", {"group_by": "merchant"}),
        ([RESTAURANTS, "on what"], "listing", {"sort": "newest"}),
        ([RESTAURANTS, "show me"], "listing", {"sort": "newest"}),
        ([RESTAURANTS, "how many times?"], "counting", {"names": ["restaurants"]}),
        ([RESTAURANTS, "on average?"], "average", {"per": "transaction"}),
        ([RESTAURANTS, "per visit"], "average", {"per": "transaction"}),
        ([RESTAURANTS, "is that more than usual?"], "average", {"per": "month", "when": None}),
        ([RESTAURANTS, "the biggest one"], "listing", {"sort": "largest", "limit": 1}),
        ([RESTAURANTS, "which was the most expensive?"], "listing", {"sort": "largest"}),
        ([RESTAURANTS, "the cheapest"], "smallest", {"limit": 1}),
        ([RESTAURANTS, "when was the last one"], "listing", {"sort": "newest", "limit": 1}),
        ([RESTAURANTS, "the biggest one", "when was that?"], "listing", {"sort": "largest"}),
        ([RESTAURANTS, "show me", "and in total?"], "spending", {"names": ["restaurants"]}),
        ([RESTAURANTS, "why did it go up?"], "why", {"names": ["restaurants"]}),
        ([RESTAURANTS, "how come?"], "why", {"names": ["restaurants"]}),
        ([RESTAURANTS, "what share is that"], "spending_share", {"names": ["restaurants"]}),
        ([RESTAURANTS, "what share of my income is that?"], "savings_rate", {"aspect": "spent"}),
        ([RESTAURANTS, "more than on groceries?"], "beside",
         {"names": ["restaurants", "groceries"]}),
        ([RESTAURANTS, "average", "compared to September"], "compare",
         {"other": When("September")}),
        ([RESTAURANTS, "and groceries", "compare them"], "beside",
         {"names": ["restaurants", "groceries"]}),
        ([RESTAURANTS, "and groceries", "both together"], "spending",
         {"names": ["restaurants", "groceries"]}),
        ([BY_CATEGORY, "what's in Other?"], "listing", {"names": ["Other"]}),
        ([RESTAURANTS, "break it down"], "spending", {"group_by": "merchant"}),
        ([RESTAURANTS, "by month", "which month was highest?"], "spending",
         {"group_by": "month", "names": ["restaurants"]}),
        ([RESTAURANTS, "average", "more than in September?"], "compare",
         {"other": When("in September"), "names": ["restaurants"]}),
        ([RESTAURANTS, "and in September?", "difference?"], "compare",
         {"when": When("in September"), "other": When("in October")}),
        (["transactions over $100", "last month only", "just the expenses", "sort by amount"],
         "listing", {"when": When("last month"), "direction": "out", "sort": "largest",
                     "bounds": Bounds(low=Decimal(100), over=True)}),
        (["how much did I transfer to savings", "in total this year"], "transfers",
         {"names": ["savings"], "when": When("this year")}),
        (["any refunds this year?", "the largest"], "refunds", {"when": When("this year")}),
        (["what was my pay in October?", "in total"], "income", {"aspect": "pay"}),
        (["income last month", "where from?"], "income", {"group_by": "merchant"}),
        (["more in October than in September?", "on what?"], "why",
         {"other": When("in September")}),
        ([SUBSCRIPTIONS, "which is the cheapest"], "subscriptions", {"sort": "smallest"}),
        ([SUBSCRIPTIONS, "which costs the most?"], "subscriptions", {"sort": "largest"}),
        ([SUBSCRIPTIONS, "when is the next one due"], "bills", {}),
        ([SAVED, "per month"], "saved", {"group_by": "month"}),
        ([SAVED, "in percent?"], "savings_rate", {"aspect": "saved"}),
        (["groceries budget", "how much is left?", "and restaurants"], "budget_left",
         {"names": ["restaurants"]}),
        ([CAR_LOAN, "what if I pay 100 more?"], "payoff",
         {"amount": Decimal(100), "aspect": "extra"}),
        ([CAR_LOAN, "and with 500"], "payoff", {"amount": Decimal(500), "aspect": ""}),
        (["what's my net worth", "by month"], "net_worth_history", {}),
        (["checking balance", "and savings", "total of both"], "balance",
         {"names": ["checking", "savings"]}),
        (["compare my checking and savings balance", "in total"], "balance",
         {"names": ["checking", "savings"]}),
    ],
)  # fmt: skip
def test_a_few_words_turn_the_question_before_them(
    messages: list[str], kind: str, changed: dict[str, object]
) -> None:
    question = read_thread(messages)
    found = {field: getattr(question, field) for field in changed}
    if "names" in found:
        found["names"] = [name.text for name in question.names]
    assert (question.kind, found) == (kind, changed)


@pytest.mark.parametrize(
    "messages",
    [
        ["show my accounts", "how much is in the first one?"],
        ["what bills are due next week", "which one is the cheapest?"],
        ["what's my net worth", "without the loan"],
        [BY_CATEGORY, "as a percentage"],
        [RESTAURANTS, "both together"],
        ["what was my pay in October?", "the biggest one"],
    ],
)
def test_what_leans_on_the_words_of_an_answer_is_asked_back(messages: list[str]) -> None:
    question = read_thread(messages)
    assert (question.kind, question.aspect) == ("half_read", "before")


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("where did I spend most this year", "spending"),
        ("what bills are coming up", "bills"),
        ("why is my net worth lower than in May", "net_worth_history"),
        ("how many accounts do I have", "accounts"),
        ("tell me a joke", "off_topic"),
    ],
)
def test_a_question_with_words_of_its_own_is_not_turned(message: str, kind: str) -> None:
    alone = read_message(message)
    after = read_thread([RESTAURANTS, message])
    assert (after.kind, alone.kind) == (kind, kind)
    assert after.names == alone.names


def test_a_word_for_the_analyst_is_a_category_after_another_one() -> None:
    question = read_thread(["what did I spend on fitness in July 2026", "software?"])
    assert (question.kind, question.when) == ("spending", When("in July 2026"))
    assert [name.text for name in question.names] == ["software"]


def test_what_may_be_a_name_goes_with_the_names_it_stood_beside() -> None:
    question = read_thread(["cost of the Japan trip in dollars", "software in march"])
    assert [name.text for name in question.names] == ["software"]
    assert (question.perhaps, question.unread) == ((), frozenset())
