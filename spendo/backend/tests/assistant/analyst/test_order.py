"""A question is asked the other way round: what it is about first, "how much" behind it."""

import pytest

from spendo.assistant.analyst.question import When
from spendo.assistant.analyst.understanding.order import asked_first
from spendo.assistant.analyst.understanding.thread import read_thread
from spendo.assistant.analyst.understanding.words import read_line


@pytest.mark.parametrize(
    ("said", "put"),
    [
        ("groceries was how much", "how much was groceries"),
        ("coffee came to what in all", "what did coffee come to in all"),
        (
            "transport averages out to what per month",
            "what does transport average out to per month",
        ),
        ("aral got how much out of me", "how much did aral get out of me"),
        ("software cost me what", "what did software cost me"),
        ("tell me rent was how much", "tell me how much was rent"),
        # What nobody asks about, or asks about already, stays.
        ("it was how much", "it was how much"),
        ("I know what that was", "i know what that was"),
        ("how much was rent", "how much was rent"),
        ("the shop is what I like", "the shop is what i like"),
    ],
)
def test_what_is_asked_for_comes_first(said: str, put: str) -> None:
    assert asked_first(read_line(said)).text == put


@pytest.mark.parametrize(
    ("said", "kind", "name", "when"),
    [
        ("groceries was how much last month", "spending", "groceries", "last month"),
        ("in March Food came to what", "spending", "Food", "in March"),
        ("on 15 March my Everyday was at what", "balance", "Everyday", "on 15 March"),
        ("this months rent vs last months", "compare", "rent", "this month"),
        ("last months spending", "spending", "", "last month"),
    ],
)
def test_it_is_read_as_the_usual_question(said: str, kind: str, name: str, when: str) -> None:
    question = read_thread([said])
    names = ",".join(each.text for each in question.names)
    assert (question.kind, names, question.when) == (kind, name, When(when))
