"""The providers against aimock: what our own fake gets wrong, another's mock may get right."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from spendo.assistant.fallback import SAID
from spendo.assistant.providers import BUSY, NO_ANSWER
from spendo.users.models import User
from tests.assistant.aimock import calls, fails, running, when
from tests.assistant.asking import Chat, ask, final_text, streamed_text
from tests.ledger.book import Book

RIGHT = "You spent **$100.00** on groceries. That was in 2 payments."
WRONG = "You spent **$110.00** on groceries."


def spent(category: str) -> tuple[str, dict[str, object]]:
    return (
        "sum_transactions",
        {"measure": "spending", "period": "last month", "categories": [category]},
    )


FIXTURES = [
    when("groceries?", calls(spent("groceries")), hasToolResult=False),
    when("groceries?", {"content": RIGHT}, hasToolResult=True, chunkSize=7),
    when("both?", calls(spent("groceries"), spent("coffee")), hasToolResult=False),
    when("both?", {"content": "Groceries $100.00, coffee $9.00."}, hasToolResult=True),
    when("corrected?", calls(spent("groceries")), hasToolResult=False),
    when("corrected?", {"content": RIGHT}, hasToolResult=True, systemMessage="Correction"),
    when("corrected?", {"content": WRONG}, hasToolResult=True),
    when("stubborn?", calls(spent("groceries")), hasToolResult=False),
    when("stubborn?", {"content": WRONG}, hasToolResult=True),
    when("busy?", fails(429)),
    when("broken?", fails(500)),
    when("cut?", {"content": "It was a lot. " * 20}, truncateAfterChunks=4, chunkSize=10),
]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running(FIXTURES, tmp_path_factory.mktemp("aimock")) as address:
        yield address


@pytest.fixture(params=["openai", "compatible", "anthropic"], autouse=True)
def provider(request: pytest.FixtureRequest, address: str, monkeypatch: pytest.MonkeyPatch) -> str:
    settings = {
        "openai": {"OPENAI_API_KEY": "sk-aimock-secret", "OPENAI_BASE_URL": f"{address}/v1"},
        "compatible": {"SPENDO_COMPATIBLE_URL": f"{address}/v1"},
        "anthropic": {"ANTHROPIC_API_KEY": "sk-aimock-secret", "ANTHROPIC_BASE_URL": address},
    }
    for name, value in settings[request.param].items():
        monkeypatch.setenv(name, value)
    model = "claude-sonnet-4-5" if request.param == "anthropic" else "gpt-4.1-mini"
    monkeypatch.setenv("SPENDO_MODELS", f"{request.param}:{model}")
    return str(request.param)


async def test_a_tool_call_goes_round_and_the_answer_streams(ann: User, ledger: Book) -> None:
    events = await Chat(ann).say("groceries?")
    assert final_text(events).startswith(RIGHT)
    assert streamed_text(events) == final_text(events)


async def test_calls_at_once_are_all_answered(ann: User, ledger: Book) -> None:
    assert (await Chat(ann).answer("both?")).startswith("Groceries $100.00, coffee $9.00.")


async def test_a_wrong_figure_is_corrected_or_replaced(ann: User, ledger: Book) -> None:
    events = await Chat(ann).say("corrected?")
    assert final_text(events).startswith(RIGHT)
    assert "110.00" not in json.dumps(events)
    assert (await ask(ann, "stubborn?")).answer.startswith(SAID)


@pytest.mark.parametrize(
    ("provider", "said", "sentence"),
    [("anthropic", "busy?", BUSY), ("openai", "broken?", NO_ANSWER)],
    indirect=["provider"],
)
async def test_a_failure_is_one_sentence(ann: User, said: str, sentence: str) -> None:
    events = await Chat(ann).say(said)
    assert (events[-1]["type"], events[-1]["message"]) == ("error", sentence)
    assert "sk-aimock" not in json.dumps(events)


async def test_a_cut_ends_in_an_error_after_whole_sentences(ann: User) -> None:
    chat = Chat(ann)
    events = await chat.say("cut?")
    assert events[-1]["type"] == "error"
    shown = streamed_text(events)
    assert shown == "" or shown.endswith(".")
