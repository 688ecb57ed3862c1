"""The questions of a set about a world: every template in every wording, with slots of its own."""

from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Literal

from bench.spendobench.expected import Question
from bench.spendobench.oracle import Judge
from bench.spendobench.questions import (
    balances,
    comparison,
    currencies,
    income,
    plans,
    search,
    spending,
    talk,
    traps,
)
from bench.spendobench.questions.draw import Draw
from bench.spendobench.questions.registry import TEMPLATES, Template

QuestionSet = Literal["dev", "heldout"]
WORDINGS = Path(__file__).resolve().parents[1] / "paraphrases"
_KINDS = (balances, comparison, currencies, income, plans, search, spending, talk, traps)


def wordings_of(which: QuestionSet) -> Path:
    return WORDINGS / f"{which}.txt"


def wordings(path: Path) -> dict[str, list[str]]:
    """By template: the wordings of a file, slots still in braces."""
    found: dict[str, list[str]] = {}
    name = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            name = line.strip("[]")
            found[name] = []
        elif line.strip() and not line.startswith("#"):
            found[name].append(line.strip())
    return found


def questions(
    judge: Judge,
    which: QuestionSet,
    *,
    per_template: int | None = None,
    worded: Path | None = None,
) -> Iterator[Question]:
    """`per_template` wordings of each, chosen by the world's seed; all of them if None. `worded`
    is a file of other wordings for the slots of the set."""
    world = judge.world
    for name, texts in wordings(worded or wordings_of(which)).items():
        template = TEMPLATES[name]
        random = Random(f"{which}/{world.seed}/{world.name}/{name}")  # noqa: S311
        chosen = list(texts)
        if per_template is not None and per_template < len(texts):
            chosen = random.sample(texts, per_template)
        for text in chosen:
            question = _ask(template, Draw(judge, random, which == "heldout"), text)
            if question is not None:
                yield question


def _ask(template: Template, draw: Draw, text: str) -> Question | None:
    try:
        made = template.make(draw)
    except LookupError:
        return None
    if made is None:
        return None
    slots, expected = made
    written = text.format(**slots).replace("on yesterday", "yesterday")
    messages = tuple(part.strip() for part in written.split(">>"))
    return Question(template.name, template.kind, draw.world.name, messages, expected, slots)


__all__ = ["TEMPLATES", "QuestionSet", "questions", "wordings", "wordings_of"]
