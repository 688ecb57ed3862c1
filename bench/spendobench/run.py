"""Asking a set of questions about many worlds, and what came of it."""

import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from bench.spendobench.arms.spendo import SpendoArm, ask_all
from bench.spendobench.canary import WATCHED, canary_world
from bench.spendobench.database import standing_at
from bench.spendobench.events import World
from bench.spendobench.generator import make_world
from bench.spendobench.loader import Loaded, load
from bench.spendobench.oracle import Judge
from bench.spendobench.questions import QuestionSet, questions
from bench.spendobench.scoring import Score, score


@dataclass(frozen=True, slots=True)
class Scored:
    """A score with the world it belongs to."""

    world: World
    score: Score


@contextmanager
def loaded_world(world: World, name: str) -> Iterator[Loaded]:
    """The world in the database, beside somebody else's, at its own time."""
    with ExitStack() as stack:
        stack.enter_context(standing_at(world.now))
        yield load(world, name)


def ask(
    world: World, loaded: Loaded, which: QuestionSet, per_template: int | None
) -> list[Score]:
    asked = list(questions(Judge(world), which, per_template=per_template))
    answers = ask_all(SpendoArm(loaded), asked)
    return [score(question, answer, WATCHED) for question, answer in zip(asked, answers, strict=True)]


def run(
    personas: list[str],
    sizes: list[int],
    which: QuestionSet,
    *,
    per_template: int | None,
    seed: int,
) -> Iterator[Scored]:
    with standing_at(canary_world().now):
        load(canary_world(), "canary")
    for size in sizes:
        for persona in personas:
            world = make_world(persona, size, seed)
            started = time.monotonic()
            with loaded_world(world, f"{world.name}-{which}".replace(" ", "-")) as loaded:
                wrote = time.monotonic() - started
                scores = ask(world, loaded, which, per_template)
            took = time.monotonic() - started - wrote
            print(
                f"  {world.name:<20} written in {wrote:5.1f} s, {len(scores)} questions in "
                f"{took:5.1f} s",
                file=sys.stderr,
                flush=True,
            )
            yield from (Scored(world, each) for each in scores)
