"""Write docs/reference/questions.md: ``python -m tests.assistant.analyst.questions_page``, from
spendo/backend.

The page's first words are written by hand; under ``<!-- kinds -->`` stands every kind of question
with its wordings and, for some of them, what the analyst answers about the demo ledger on one day.
"""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import patch

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
PAGE = Path(__file__).parents[5] / "docs" / "reference" / "questions.md"
MARKED = re.compile(r"(<!-- kinds -->\n).*?(<!-- end -->)", re.DOTALL)
LINK = re.compile(r"\[([^\]]+)\]\((?:/|chatkit-link:)[^)]*\)")
BEFORE = "…"
"""What stands for the answers before the last one of an example of several messages."""


@contextmanager
def at_noon() -> Iterator[None]:
    """The day of the page, for the demo ledger and for what is asked about it."""
    with patch("django.utils.timezone.now", return_value=NOON):
        yield


def load() -> None:
    from spendo.ledger.demo import load_demo

    with at_noon():
        load_demo()


async def answer(messages: tuple[str, ...]) -> str:
    """What is answered to the last of them, without the addresses of its links: they have ids."""
    from agents import Runner
    from asgiref.sync import sync_to_async

    from spendo.assistant.agent import build_agent
    from spendo.assistant.provenance import provenance
    from spendo.assistant.providers import pick_provider, run_config
    from spendo.assistant.turn import Turn
    from spendo.users.models import User

    user = await sync_to_async(User.objects.get)(username="demo")
    turn = Turn.begin(user)
    said = [{"role": "user", "content": messages[0]}]
    for message in messages[1:]:
        said += [{"role": "assistant", "content": BEFORE}, {"role": "user", "content": message}]
    result = await Runner.run(
        build_agent(pick_provider(), turn),
        said,  # type: ignore[arg-type]
        context=turn,
        max_turns=12,
        run_config=run_config(),
    )
    line = provenance(turn.envelopes)
    text = f"{result.final_output}\n\n{line}" if line else str(result.final_output)
    return LINK.sub(r"\1", text)


async def kinds() -> str:
    from spendo.assistant.analyst.kind import Family
    from spendo.assistant.analyst.registry import all_kinds

    parts: list[str] = []
    for family in Family:
        listed = [kind for kind in all_kinds().values() if kind.family is family and kind.examples]
        if not listed:
            continue
        parts.append(f"## {family}\n")
        for kind in listed:
            wordings = "\n".join(f"- {_shown(example)}" for example in kind.examples)
            parts.append(f"### {kind.title}\n\n{wordings}\n")
            for example in kind.shown or kind.examples[:1]:
                messages = (example,) if isinstance(example, str) else example
                parts.append(f"{_quoted(_shown(example), await answer(messages))}\n")
    return "\n".join(parts)


def _shown(example: str | tuple[str, ...]) -> str:
    messages = (example,) if isinstance(example, str) else example
    return " → ".join(message.replace("*", r"\*") for message in messages)


def _quoted(question: str, text: str) -> str:
    lines = [f"**{question}**", "", *text.split("\n")]
    return "\n".join(f"> {line}".rstrip() for line in lines)


async def page() -> str:
    """The page as it should be. The demo ledger has to be loaded."""
    with at_noon():
        body = await kinds()
    return MARKED.sub(lambda mark: f"{mark[1]}\n{body}\n{mark[2]}", PAGE.read_text())


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ["SPENDO_ANALYST_PACE_MS"] = "0"
    os.environ.pop("OPENAI_API_KEY", None)
    import django

    django.setup()
    from django.test.utils import setup_databases, teardown_databases

    made = setup_databases(verbosity=0, interactive=False)
    try:
        load()
        PAGE.write_text(asyncio.run(page()))
    finally:
        teardown_databases(made, verbosity=0)


if __name__ == "__main__":
    main()
