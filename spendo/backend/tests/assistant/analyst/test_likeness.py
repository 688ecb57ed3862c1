"""Recognising by likeness, alone: what is near, by how much, and when nothing is."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from spendo.assistant import checks
from spendo.assistant.analyst.question import When
from spendo.assistant.analyst.registry import chooser
from spendo.assistant.analyst.understanding import fitting
from spendo.assistant.analyst.understanding.fitting import weights
from spendo.assistant.analyst.understanding.heard import hear
from spendo.assistant.analyst.understanding.likeness import features, fit, wordings
from spendo.assistant.analyst.understanding.recognise import like
from spendo.assistant.analyst.understanding.reworded import FOLLOWS, in_words, reworded
from spendo.assistant.analyst.understanding.thread import read_thread
from spendo.assistant.checks import check_analyst

TOY = {
    "how much did i spend": [["what", "did", "i", "spend"], ["my", "spending", "§time"]],
    "what are my accounts": [["list", "my", "accounts"], ["accounts", "i", "have"]],
}


def test_the_block_whose_words_are_said_comes_first_and_the_margin_says_by_how_much() -> None:
    model = fit(TOY)
    clear = model.rank(["all", "accounts", "i", "have"])
    assert clear[0].plain == "what are my accounts"
    unclear = model.rank(["my"])
    assert clear[0].score - clear[1].score > abs(unclear[0].score - unclear[1].score)


def test_nothing_known_is_like_nothing() -> None:
    assert fit(TOY).rank(["blorf", "snark"]) == []
    assert like(hear("glorp the zindle upon mmf", chooser().vocabulary), follows=False) is None


def test_words_that_mean_alike_are_one_feature() -> None:
    assert features(["dearest", "buy"]) & features(["priciest", "purchase"]) >= {"~buy&~large"}


def test_the_work_for_a_long_message_is_bounded() -> None:
    assert len(features([f"word{n}" for n in range(10_000)])) < 2_500


def test_the_weights_are_those_of_the_material(monkeypatch: pytest.MonkeyPatch) -> None:
    assert check_analyst() == []
    monkeypatch.setattr(checks, "digest", lambda: "that of other wordings")
    assert [message.id for message in check_analyst()] == ["assistant.E002"]


def test_who_has_not_learned_yet_is_told_how(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(fitting, "MATERIAL", tmp_path)
    (message,) = check_analyst()
    assert "understanding.fitting" in str(message.hint)


def test_wordings_that_were_left_out_are_recognised() -> None:
    """Learned from all but every twelfth wording of the smaller blocks, tried with those."""
    material = {plain: said for plain, said in wordings().items() if 36 <= len(said) <= 52}
    learned = {
        plain: [words for number, words in enumerate(said) if number % 12]
        for plain, said in material.items()
    }
    model = fit(learned, rounds=2)
    left_out = [(plain, words) for plain, said in material.items() for words in said[::12]]
    right = sum(model.rank(words)[:1] != [] and model.rank(words)[0].plain == plain
                for plain, words in left_out)  # fmt: skip
    assert len(left_out) > 50
    assert right / len(left_out) > 0.8


@pytest.mark.parametrize("plain", [p for p in wordings() if not p.startswith(FOLLOWS)])
def test_a_block_is_known_by_its_own_wordings(plain: str) -> None:
    known = [weights().rank(words)[0].plain == plain for words in wordings()[plain]]
    assert sum(known) / len(known) > 0.7


@pytest.mark.parametrize(
    ("said", "kind", "names"),
    [
        ("how come June was so much pricier", "why", []),
        ("of everything that went out in May, what slice was Groceries?", "spending_share",
         ["Groceries"]),
        ("which of the bills I normally get never showed up", "missed", []),
        ("tell me the one in the middle of my Rent bills this year, the median", "average",
         ["Rent"]),
        ("how much has been knocked off the principal this year", "loan_principal", []),
        ("most expensive thing I bought with the rewards card in May", "listing",
         ["rewards card"]),
        ("does Alice have more money than I do", "other_person", []),
        ("recommend a good film for tonight", "off_topic", []),
    ],
)  # fmt: skip
def test_what_no_cue_knows_is_read(said: str, kind: str, names: list[str]) -> None:
    question = read_thread([said])
    assert (question.kind, [name.text for name in question.names]) == (kind, names)


def test_the_largest_deposit_came_in() -> None:
    question = read_thread(["largest deposit this year"])
    assert (question.kind, question.sort, question.direction) == ("listing", "largest", "in")


def test_its_own_names_amounts_and_times_go_into_the_plain_wording() -> None:
    heard = hear("with $250 each month when am I rid of Visa Gold", chooser().vocabulary)
    said = reworded(heard, follows=False)
    assert said is not None
    assert said.plain == "when is {name} paid off at {amount} a month"
    assert [name.text for name in said.heard.names()] == ["Visa Gold"]
    assert said.heard.amount == Decimal(250)


def test_a_word_that_may_be_a_name_is_left_to_the_ledger() -> None:
    heard = hear("money handed over to Lidl zibbles this year", chooser().vocabulary)
    said = reworded(heard, follows=False)
    assert said is not None
    assert "Lidl" in said.heard.names()[0].text
    named = " ".join(name.text for name in (*said.heard.names(), *said.heard.perhaps))
    assert "zibbles" in named


def test_an_account_stays_where_the_plain_wording_has_no_place_for_one() -> None:
    said = reworded(
        hear("biggest buy on the rewards card in May", chooser().vocabulary), follows=False
    )
    assert said is not None
    assert in_words(said) == "What was my largest purchase on my rewards card in May?"


def test_what_may_be_two_questions_is_asked_back_with_both() -> None:
    """Each is a question in plain words, with the message's own name and time."""
    question = read_thread(["what took place in Savings last month"])
    assert question.kind == "unclear"
    assert len(question.choices) == 2
    chosen = [read_thread([choice]) for choice in question.choices]
    assert len({each.kind for each in chosen}) == 2
    assert all(each.when == When("last month") for each in chosen)
    assert all("Savings last month" in choice for choice in question.choices)
