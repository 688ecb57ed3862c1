"""Asking a set of questions about many worlds, and what came of it."""

import sys
import time
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path

from bench.spendobench.arms import make_arm
from bench.spendobench.breakage import broken
from bench.spendobench.canary import WATCHED, canary_world
from bench.spendobench.database import standing_at
from bench.spendobench.events import World
from bench.spendobench.expected import Question
from bench.spendobench.generator import PERSONAS, make_world
from bench.spendobench.loader import load
from bench.spendobench.oracle import Judge
from bench.spendobench.questions import QuestionSet, questions
from bench.spendobench.scoring import Score, score

SEEDS: dict[QuestionSet, int] = {"dev": 1, "heldout": 2026}


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be asked of whom. `broken` names a way in which the ledger is broken first;
    `worded` is a file of wordings other than the set's; with `small` all is typed in small
    letters, names too."""

    arm: str = "analyst"
    which: QuestionSet = "dev"
    personas: tuple[str, ...] = tuple(PERSONAS)
    sizes: tuple[int, ...] = (300, 3_000)
    per_template: int | None = None
    seed: int | None = None
    templates: frozenset[str] = frozenset()
    broken: str | None = None
    worded: Path | None = None
    small: bool = False


@dataclass(frozen=True, slots=True)
class Scored:
    """A score, and which world it is of."""

    world: str
    persona: str
    size: int
    score: Score


_loads = 0


def run(plan: Plan) -> Iterator[Scored]:
    """Each world is written for a user of its own, all of them into one database, together with
    somebody else's, and asked at its own time."""
    with standing_at(canary_world().now):
        load(canary_world(), username("canary"))
    for size in plan.sizes:
        for persona in plan.personas:
            yield from _ask(plan, make_world(persona, size, plan.seed or SEEDS[plan.which]))


def _ask(plan: Plan, world: World) -> Iterator[Scored]:
    started = time.monotonic()
    asked = [
        typed_small(question) if plan.small else question
        for question in questions(
            Judge(world), plan.which, per_template=plan.per_template, worded=plan.worded
        )
        if not plan.templates or question.template in plan.templates
    ]
    with standing_at(world.now), broken(plan.broken) if plan.broken else nullcontext():
        # The origin's arm has a prompt instead of a ledger.
        loaded = None if plan.arm == "origin" else load(world, username(world.name))
        wrote = time.monotonic()
        arm = make_arm(plan.arm, world, loaded)
        asked = [question for question in asked if arm.knows(question)]
        answers = arm.answer_all(asked)
    ended = time.monotonic()
    print(
        f"  {plan.arm}, {plan.which}, {world.name}: written in {wrote - started:.1f} s, "
        f"{len(asked)} questions in {ended - wrote:.1f} s",
        file=sys.stderr,
        flush=True,
    )
    for question, answer in zip(asked, answers, strict=True):
        scored = score(question, answer, WATCHED)
        yield Scored(world.name, world.persona, world.size, scored)


def typed_small(question: Question) -> Question:
    return replace(question, messages=tuple(message.lower() for message in question.messages))


def username(name: str) -> str:
    global _loads
    _loads += 1
    return f"{name.replace(' ', '-')}-{_loads}"
