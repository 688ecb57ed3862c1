"""Every kind of question: its examples are read as it, and no two kinds want the same words."""

from __future__ import annotations

import pytest

from spendo.assistant.analyst.kind import Kind
from spendo.assistant.analyst.registry import all_kinds, chooser
from spendo.assistant.analyst.understanding.heard import hear
from spendo.assistant.analyst.understanding.thread import read_thread

EXAMPLES = [(kind, example) for kind in all_kinds().values() for example in kind.examples]


def _messages(example: str | tuple[str, ...]) -> tuple[str, ...]:
    return (example,) if isinstance(example, str) else example


def _id(value: object) -> str | None:
    return value.name if isinstance(value, Kind) else None


@pytest.mark.parametrize(("kind", "example"), EXAMPLES, ids=_id)
def test_an_example_is_read_as_its_kind(kind: Kind, example: str | tuple[str, ...]) -> None:
    assert read_thread(_messages(example)).kind == (kind.becomes or kind.name)


@pytest.mark.parametrize("kind", all_kinds().values(), ids=_id)
def test_a_kind_has_six_wordings_and_shows_its_own(kind: Kind) -> None:
    assert len(set(kind.examples)) >= 6 or kind.name == "too_long"
    assert set(kind.shown) <= set(kind.examples)
    assert not kind.becomes or kind.becomes in all_kinds()


@pytest.mark.parametrize(("kind", "example"), EXAMPLES, ids=_id)
def test_which_kind_reads_an_example_does_not_hang_on_the_order_of_files(
    kind: Kind, example: str | tuple[str, ...]
) -> None:
    heard = hear(_messages(example)[-1], chooser().vocabulary)
    ranked = chooser().candidates(heard)
    if len(ranked) < 2:
        return
    first, second = ranked[:2]
    same = (first.kind.becomes or first.kind.name) == (second.kind.becomes or second.kind.name)
    assert same or (first.weight, len(first.words)) != (second.weight, len(second.words))
