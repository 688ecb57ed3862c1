"""The reference page of the tools is what the registry says, and its examples are answers."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import pytest
import time_machine

from spendo.assistant.guard import Evidence, check
from spendo.assistant.provenance import provenance
from spendo.assistant.tools import api
from spendo.assistant.tools.envelope import AnyEnvelope, Envelope
from spendo.assistant.tools.made_of import formula_of
from spendo.assistant.tools.reference import EXAMPLES, reference
from spendo.assistant.tools.registry import TOOLS
from spendo.users.models import User
from tests.ledger.book import Book

PAGE = Path(__file__).resolve().parents[4] / "docs" / "reference" / "tools.md"
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def answers(ann: User, ledger: Book) -> dict[str, Envelope]:
    found: dict[str, Envelope] = {}
    with time_machine.travel(NOON, tick=False):
        for tool in TOOLS:
            try:
                arguments = EXAMPLES.get(tool.name, {})
                found[tool.name] = api.call_tool_now(ann, tool.name, **arguments)
            except (api.InvalidArguments, api.ToolRefused):  # it has no example
                continue
    return found


def test_the_page_is_as_the_tools_are(answers: dict[str, Envelope]) -> None:
    page = reference(answers)
    if os.environ.get("SPENDO_WRITE_DOCS"):
        PAGE.write_text(page)
    assert PAGE.read_text() == page, "SPENDO_WRITE_DOCS=1 writes it anew; see reference.py"
    assert set(EXAMPLES) <= set(answers)
    assert all(answer.tool == name for name, answer in answers.items())


def test_what_tools_say_of_themselves_may_be_quoted(answers: dict[str, Envelope]) -> None:
    """Definitions, the ways figures are put together, and the lines of sources pass the guard."""
    refused = []
    answers.pop("calc")  # its formula is what somebody asked, with figures that others returned
    for name, envelope in answers.items():
        said = {getattr(envelope, "definition", ""), (provenance([envelope]) or "").strip("*")}
        said |= {formula_of(cast(AnyEnvelope, envelope), figure) for figure in envelope.figures()}
        evidence = Evidence.of([envelope], today=NOON.date())
        refused += [(name, each, text) for text in said for each in check(text, evidence).untraced]
    assert refused == [], "\n".join(map(str, refused))
    assert sum(hasattr(envelope, "definition") for envelope in answers.values()) == 3
