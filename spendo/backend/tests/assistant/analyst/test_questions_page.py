"""The catalogue says what the analyst really answers."""

from __future__ import annotations

import pytest
from asgiref.sync import sync_to_async

from spendo.assistant.analyst.registry import all_kinds
from spendo.assistant.fallback import NOTHING_FOUND, SAID
from tests.assistant.analyst import questions_page

ANEW = "run, in spendo/backend: ../../.venv/bin/python -m tests.assistant.analyst.questions_page"


async def test_the_page_is_what_is_answered(transactional_db: None, default_model: None) -> None:
    await sync_to_async(questions_page.load)()
    assert await questions_page.page() == questions_page.PAGE.read_text(), ANEW


def test_every_answer_of_the_page_has_traced_figures() -> None:
    text = questions_page.PAGE.read_text()
    assert SAID not in text
    assert NOTHING_FOUND not in text
    assert "cannot work that out yet" not in text


@pytest.mark.parametrize("kind", [kind for kind in all_kinds().values() if kind.examples])
def test_every_kind_is_on_the_page(kind: object) -> None:
    title = getattr(kind, "title")  # noqa: B009
    assert f"### {title}\n" in questions_page.PAGE.read_text()
