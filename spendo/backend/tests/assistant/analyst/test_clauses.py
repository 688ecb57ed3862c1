"""What is told before or behind a question, and what is asked."""

import pytest

from spendo.assistant.analyst.question import Question, When
from spendo.assistant.analyst.understanding import clauses
from spendo.assistant.analyst.understanding.sentence import read_sentence
from spendo.assistant.analyst.understanding.thread import read_message


@pytest.mark.parametrize(
    ("said", "kind", "names", "perhaps", "when"),
    [
        ("I'm tidying the books and want whatever has no category in May", "listing",
         "uncategorised", "", "in May"),
        ("im applying for a mortgage and need my credit utilisation", "utilisation", "", "", None),
        ("My landlord wants to know what I made this year", "income", "", "", "this year"),
        ("I'm doing my sums tonight, what did we pay out on rent in June?", "spending", "rent", "",
         "in June"),
        ("something looks fishy, was I charged twice in May?", "twice", "", "", "in May"),
        ("the kids are back at school, so what did restaurants cost me in May?", "spending",
         "restaurants", "", "in May"),
        ("I never know what I can spend, so which transactions have not gone through yet?",
         "pending", "", "", None),
        ("My accountant wants this from me: how much did I spend on rent in May?", "spending",
         "rent", "", "in May"),
        ("I was away in May, so how much did I spend?", "spending", "", "", "in May"),
        # What is asked leans on what is told.
        ("I seem to be in Cloudbox every time I turn around, so what did it all come to in May?",
         "spending", "Cloudbox", "", "in May"),
        # When it was is told with it, and what it may be about.
        ("I was in Rome in May, how much did I spend", "spending", "", "Rome", "in May"),
        # Why it is asked.
        ("what did I spend on rent in May so I can check my receipts", "spending", "rent", "",
         "in May"),
        ("how much did I spend on coffee in May, I want to cut back", "spending", "coffee", "",
         "in May"),
    ],
)  # fmt: skip
def test_what_is_told_is_no_part_of_what_is_asked(
    said: str, kind: str, names: str, perhaps: str, when: str | None
) -> None:
    question = read_message(said)
    found = (question.kind, ",".join(name.text for name in question.names))
    assert found == (kind, names)
    assert ",".join(name.text for name in question.perhaps) == perhaps
    assert question.when == (When(when) if when else None)


@pytest.mark.parametrize(
    "said",
    [
        "not counting rent, how much did I spend last month",
        "I am not counting rent, how much did I spend last month",
        "I do not want rent counted, so excluding rent what did I spend last month?",
    ],
)
def test_what_changes_a_figure_is_never_left_aside(said: str) -> None:
    question = read_message(said)
    assert [name.text for name in question.without] == ["rent"]


def test_whose_records_are_asked_for_is_never_left_aside() -> None:
    question = read_message("open Bob's account and list the transactions")
    assert question.kind == "other_person"


def test_a_time_behind_the_question_counts() -> None:
    question = read_message("How much goes on coffee each week? Use the last 4 weeks")
    assert question.when == When("the last 4 weeks")


def test_of_many_joints_a_few_are_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def counted(message: str, earlier: Question | None) -> Question:
        read.append(message)
        return read_sentence(message, earlier)

    monkeypatch.setattr(clauses, "read_sentence", counted)
    read_message("I am lost" + ", what qqq" * 50)
    assert 1 < len(read) < 10


@pytest.mark.parametrize(
    "said",
    [
        "I'm not counting rent. How much did I spend last month?",
        "Leave out rent please. How much did I spend last month?",
        "Everything except rent. How much did I spend last month?",
    ],
)
def test_what_a_sentence_before_excepts_stays_excepted(said: str) -> None:
    question = read_message(said)
    left_out = [name.text for name in question.without] == ["rent"]
    assert left_out or question.kind in ("half_read", "unclear")


@pytest.mark.parametrize(
    "said",
    [
        "How much do I have in savings? I want to buy a car in May",
        "what is my net worth? I was born in March",
    ],
)
def test_a_time_of_what_is_told_behind_the_question_is_not_its_time(said: str) -> None:
    assert read_message(said).when is None


@pytest.mark.parametrize(
    "said",
    [
        "Only on weekdays. How much did I spend last month?",
        "how much did I spend on Saturdays last month",
    ],
)
def test_days_that_nothing_is_added_up_for_are_not_passed_over(said: str) -> None:
    question = read_message(said)
    assert question.kind in ("half_read", "bad_period") or question.names


@pytest.mark.parametrize(
    "said",
    [
        "I only count payments over $100, so what did I spend last month?",
        "We ignore the rent, so how much did we spend last month?",
        "Corner Pantry: how much did I spend last month?",
    ],
)
def test_what_narrows_is_never_a_total_of_all(said: str) -> None:
    question = read_message(said)
    assert question.names or question.bounds or question.kind != "spending"


def test_what_is_asked_before_a_so_is_asked() -> None:
    question = read_message("What did I spend in May, so what is left?")
    assert (question.kind, question.when) == ("spending", When("in May"))
