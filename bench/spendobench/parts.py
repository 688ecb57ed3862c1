"""The parts of the results, each measured in a process of its own, two at once."""

from __future__ import annotations

import logging
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from multiprocessing import get_context
from typing import TYPE_CHECKING

from bench.spendobench.database import throw_away

if TYPE_CHECKING:
    from bench.spendobench.questions import QuestionSet
    from bench.spendobench.run import Plan, Scored

AT_ONCE = 2
OF_LARGE_LEDGERS = ("family",)
PARTS = ("analyst", "analyst, held out", "scripted", "misstating", "origin")


def measure_parts(wordings: int | None) -> dict[str, list[Scored]]:
    """`wordings` is how many of each template are asked of a small ledger; None: all."""
    # A process sets Django up once, on one database: each part has its own.
    with ProcessPoolExecutor(AT_ONCE, get_context("spawn"), max_tasks_per_child=1) as pool:
        asked = pool.map(measured, PARTS, repeat(wordings))
        return dict(zip(PARTS, asked, strict=True))


def measured(part: str, wordings: int | None) -> list[Scored]:
    logging.disable(logging.CRITICAL)
    with throw_away():
        from bench.spendobench.run import Plan, run

        match part:
            case "analyst":
                plans = _of_analyst("dev", wordings)
            case "analyst, held out":
                plans = _of_analyst("heldout", wordings)
            case "origin":
                plans = [Plan(arm=part, per_template=1)]
            case _:
                plans = [Plan(arm=part, sizes=(300,), per_template=1)]
        return [scored for plan in plans for scored in run(plan)]


def _of_analyst(which: QuestionSet, wordings: int | None) -> list[Plan]:
    """Many wordings on small ledgers, one on larger ones: what differs there is the ledger."""
    from bench.spendobench.run import Plan

    return [
        Plan(which=which, sizes=(300,), per_template=wordings),
        Plan(which=which, sizes=(3_000,), per_template=1),
        Plan(which=which, sizes=(100_000,), per_template=1, personas=OF_LARGE_LEDGERS),
    ]
