"""The language of wordings, and that no text makes it do more than its share of work."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

from spendo.assistant.analyst.registry import all_kinds, chooser
from spendo.assistant.analyst.understanding.heard import LONGEST, hear
from spendo.assistant.analyst.understanding.phrases import find, phrase
from spendo.assistant.analyst.understanding.thread import read_message, read_thread


@pytest.mark.parametrize(
    ("wording", "sentence", "taken"),
    [
        ("net worth", "what is my net worth", {3, 4}),
        ("how much ... ~spend", "how much did i ever spend", {0, 1, 5}),
        ("how much ... ~spend", "how much did i really ever once spend", None),
        ("what .. balance", "what balance", {0, 1}),
        ("what .. balance", "what is my balance", None),
        ("last/latest paycheck", "my latest paycheck", {1, 2}),
        ("left in the? bank", "left in bank", {0, 1, 2}),
        ("^ hello $", "hello", {0}),
        ("^ hello $", "hello there", None),
        ("^ hello", "say hello", None),
        ("over {amount} {time}", "over §amount §time", {0, 1, 2}),
    ],
)
def test_a_phrase_takes_the_words_it_names(
    wording: str, sentence: str, taken: set[int] | None
) -> None:
    found = find(phrase(wording), sentence.split())
    assert (set(found.words) if found else None) == taken


@pytest.mark.parametrize("wording", ["", "... spend", "spend ..", "the? a?", "^ $"])
def test_what_would_match_everything_is_no_phrase(wording: str) -> None:
    with pytest.raises(ValueError, match="Not a phrase"):
        phrase(wording)


HOSTILE: dict[str, Callable[[int], str]] = {
    "one word": lambda n: "x" * n,
    "one question": lambda n: ("how much did I spend " * n)[:n],
    "gaps": lambda n: ("how much " * n)[:n],
    "digits": lambda n: "1" * n,
    "amounts": lambda n: ("over $1,1" * n)[:n],
    "commas": lambda n: "over $1" + ",1" * (n // 2),
    "dates": lambda n: ("from 1 May to " * n)[:n],
    "months": lambda n: ("may " * n)[:n],
    "spaces": lambda n: "how" + " " * n + "much",
    "quotes": lambda n: "'\"" * (n // 2),
    "controls": lambda n: "\x00\x1b[31m\u202e\u200b" * (n // 7),
    "marks": lambda n: ("§time §amount " * n)[:n],
    "emoji": lambda n: "🍕" * n,
    "other script": lambda n: ("сколько я потратил " * n)[:n],
    "combining": lambda n: "a" + "\u0301" * n,
    "capitals": lambda n: ("Ab And Of The " * n)[:n],
    "numbers in words": lambda n: ("one hundred and " * n)[:n],
    "sentences": lambda n: ("a? " * n)[:n],
    "near typos": lambda n: ("spnedd grocceries " * n)[:n],
    "excepts": lambda n: ("without rent except " * n)[:n],
}


def steps_of(work: Callable[[], object]) -> int:
    """How many lines of Python the work runs: the same on every machine, unlike a clock."""
    steps = 0

    def trace(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal steps
        if event == "line":
            steps += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return steps


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hundred_kilobytes_are_refused_at_once(kind: str) -> None:
    text = HOSTILE[kind](100_000)
    read_message("warm up")
    assert steps_of(lambda: read_message(text)) < 200
    assert read_message(text).kind == "too_long"


@pytest.mark.parametrize("kind", HOSTILE)
def test_the_work_grows_no_faster_than_the_text(kind: str) -> None:
    read_message("warm up")
    half, whole = (
        steps_of(lambda size=size: read_message(HOSTILE[kind](size)))  # type: ignore[misc]
        for size in (LONGEST // 2, LONGEST)
    )
    assert whole < 3 * half + 2_000
    assert whole < 600_000


def test_gaps_are_not_tried_again_and_again() -> None:
    """Eight gaps of up to three words could be filled in sixty thousand ways."""
    wanted = phrase("a ... " * 8 + "b")
    words = ["a"] * 60
    assert steps_of(lambda: find(wanted, words)) < 1_000_000


def test_a_thread_of_them_is_read() -> None:
    assert read_thread([make(LONGEST) for make in HOSTILE.values()]).kind in all_kinds()


WORDLESS = (
    *("🙂🙂🙂", "🍕?", "…", "?!", "Ω≈ç√∫", "我花了多少钱", "كم أنفقت", "\x00", "\ud83d", "12"),
)


@pytest.mark.parametrize("message", WORDLESS)
def test_a_text_without_english_words_is_answered_shortly(message: str) -> None:
    kind = all_kinds()[read_message(message).kind]
    assert kind.name in ("not_words", "greeting", "off_topic", "unclear")


def test_control_characters_are_no_part_of_a_name() -> None:
    heard = hear("how much at Corner\x00\x1b Pan\u202etry last month", chooser().vocabulary)
    assert all(part.isprintable() for name in heard.names() for part in name.text)
