"""Fragments about money, other languages, and what is too long: said to somebody who just came."""

import pytest

from spendo.assistant.analyst.kinds.unclear import TOO_LONG
from spendo.assistant.analyst.understanding.thread import read_thread
from spendo.ledger.services import tag_transactions
from spendo.users.models import User
from tests.assistant.asking import Chat, ask
from tests.ledger.book import Book


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("left in groceries?", "budget_left"),
        ("left in checking?", "budget_left"),  # its plan tells an account's balance
        ("which am I over?", "budgets_over"),
        ("which do I not use?", "unused"),
        ("no category?", "listing"),
        ("How has it changed over 12 months?", "unclear"),
        ("wie viel habe ich ausgegeben?", "not_words"),
        ("combien ai-je d\u00e9pens\u00e9 le mois dernier ?", "not_words"),
        ("cu\u00e1nto gast\u00e9 en julio", "not_words"),
    ],
)
def test_a_fragment_is_read(said: str, kind: str) -> None:
    assert read_thread([said]).kind == kind
    after = read_thread(["what can I safely spend until pay day?", said])
    assert after.kind == kind or kind == "unclear"


@pytest.mark.parametrize("said", ["at Amazon this year?", "from Uber"])
async def test_a_shop_that_is_not_there_is_said_not_to_be(
    ann: User, ledger: Book, said: str
) -> None:
    answer = (await ask(ann, said)).answer
    assert answer.startswith("Nothing in your own records is called")


async def test_what_is_too_long_is_said_to_be(ann: User, ledger: Book) -> None:
    assert (await ask(ann, "x" * 5000)).answer == TOO_LONG


@pytest.fixture
def trip(ann: User, ledger: Book) -> None:
    dinner = ledger.add("-40.00", "Restaurants", account="Blue Card")
    tag_transactions(ann, [dinner.pk], "Japan 2026")


async def test_a_trip_is_found_by_a_tag_that_says_more(ann: User, trip: None) -> None:
    answer = (await ask(ann, "cost of the Japan trip in dollars")).answer
    assert "$40.00" in answer
    assert "Japan 2026" in answer


async def test_that_number_is_the_one_that_was_said(ann: User, ledger: Book) -> None:
    """Not the first one that its tool returned, which is the total."""
    chat = Chat(ann)
    said = await chat.answer("How much do I spend on coffee per day on average in October 2026?")
    assert said.startswith("On average you spent **$0.29** per day")  # 9.00 over 31 days
    assert (await chat.answer("how did you get that number?")).startswith("**$0.29** is")
