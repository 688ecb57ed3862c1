"""The workflow for callers without a chat."""

from __future__ import annotations

import pytest
from agents import Runner

from spendo.assistant.agent import build_agent
from spendo.assistant.providers import MAX_TURNS, pick_provider, run_config
from spendo.assistant.tools.envelope import Figure
from spendo.assistant.turn import Turn
from spendo.users.models import User
from tests.assistant.asking import ask
from tests.ledger.book import Book


async def test_the_result_has_the_answer_its_kind_and_the_figures_it_uses(
    ann: User, ledger: Book
) -> None:
    result = await ask(ann, "How much did I spend on groceries last month?")
    assert result.answer == (
        "You spent **$100.00** on Groceries (1–31 October 2026).\n\n"
        "*from 2 transactions · 1–31 October 2026*"
    )
    assert result.is_finance_question
    assert result.figures[0] == Figure(
        "sum_transactions", "spending", "100.00", "money", "USD", "1–31 October 2026"
    )


@pytest.mark.parametrize(
    ("question", "finance"),
    [
        ("what is my net worth", True),
        ("should I buy Nvidia?", True),
        ("last month?", True),
        ("what can you do", True),
        ("hello", False),
        ("thanks", False),
        ("what's the weather in Paris", False),
        ("how much is a banana", False),
    ],
)
async def test_whether_it_is_about_the_users_money(
    ann: User, ledger: Book, question: str, finance: bool
) -> None:
    assert (await ask(ann, question)).is_finance_question is finance


async def test_an_answer_without_figures_has_none_and_no_line_of_sources(
    ann: User, ledger: Book
) -> None:
    result = await ask(ann, "last month?")
    assert result.figures == ()
    assert "*from" not in result.answer


async def test_streaming_and_not_streaming_say_the_same(ann: User, ledger: Book) -> None:
    question = "spending by category last month"
    turn, other = Turn.begin(ann), Turn.begin(ann)
    whole = await Runner.run(
        build_agent(pick_provider(), turn), question, context=turn, run_config=run_config()
    )
    streamed = Runner.run_streamed(
        build_agent(pick_provider(), other), question, context=other, run_config=run_config()
    )
    kinds = [
        event.data.type
        async for event in streamed.stream_events()
        if event.type == "raw_response_event"
    ]
    assert streamed.final_output == whole.final_output
    assert kinds[0] == "response.created"
    assert kinds[-1] == "response.completed"
    assert kinds.count("response.output_text.delta") == len(str(whole.final_output).split())
    usage = streamed.context_wrapper.usage
    assert (usage.requests, usage.output_tokens > 10) == (2, True)


async def test_a_question_needs_few_requests(ann: User, ledger: Book) -> None:
    turn = Turn.begin(ann)
    result = await Runner.run(
        build_agent(pick_provider(), turn),
        [
            {"role": "user", "content": "How much did I spend on groceries last month?"},
            {"role": "assistant", "content": "…"},
            {"role": "user", "content": "and the month before? "},
        ],
        context=turn,
        run_config=run_config(),
    )
    assert len(result.raw_responses) == 4 <= MAX_TURNS
    assert str(result.final_output).startswith("You spent **$45.25** on Groceries")


async def test_a_tool_that_is_not_there_is_said_kindly(ann: User, ledger: Book) -> None:
    turn = Turn.begin(ann)
    agent = build_agent(pick_provider(), turn)
    agent.tools = [tool for tool in agent.tools if tool.name != "recurring"]
    result = await Runner.run(agent, "my subscriptions", context=turn, run_config=run_config())
    assert result.final_output == "I cannot work that out yet."
