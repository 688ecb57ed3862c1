"""How long the analyst takes on a large ledger, in times of one aggregate over the same rows."""

import statistics
import time
from dataclasses import dataclass
from itertools import cycle

from bench.spendobench.arms.spendo import SpendoArm
from bench.spendobench.database import standing_at
from bench.spendobench.expected import Question
from bench.spendobench.generator import make_world
from bench.spendobench.loader import Loaded, load
from bench.spendobench.oracle import Judge
from bench.spendobench.questions import questions
from bench.spendobench.run import SEEDS, username
from django.db.models import Sum

from chatkit_django.lifespan import tune_gc
from spendo.ledger.models import Transaction

ROUNDS = 2


@dataclass(frozen=True, slots=True)
class Latency:
    """Seconds. `ratio` is the 95th percentile of answers over the median of aggregates."""

    rows: int
    answers: int
    median: float
    p95: float
    aggregate: float
    slowest: tuple[tuple[str, float], ...]

    @property
    def ratio(self) -> float:
        return self.p95 / self.aggregate


def measure(persona: str = "family", size: int = 100_000) -> Latency:
    """One question of each template, an aggregate after each of them, several rounds."""
    world = make_world(persona, size, SEEDS["dev"])
    asked = [
        question
        for question in questions(Judge(world), "dev", per_template=1)
        if len(question.messages) == 1
    ]
    with standing_at(world.now):
        loaded = load(world, username("latency"))
        tune_gc()  # as the server does: and the world itself is no part of the product
        return _interleaved(loaded, asked)


def _interleaved(loaded: Loaded, asked: list[Question]) -> Latency:
    arm = SpendoArm(loaded)
    rows = Transaction.objects.filter(user=loaded.user)
    answers: dict[str, list[float]] = {}
    aggregates: list[float] = []
    arm.answer_all(asked[:3])  # what is imported and opened once
    for question, _ in zip(cycle(asked), range(ROUNDS * len(asked)), strict=False):
        (answer,) = arm.answer_all([question])
        answers.setdefault(question.template, []).append(answer.seconds)
        started = time.perf_counter()
        rows.aggregate(total=Sum("amount_minor"))
        aggregates.append(time.perf_counter() - started)
    times = sorted(seconds for each in answers.values() for seconds in each)
    slowest = sorted(answers.items(), key=lambda pair: -statistics.median(pair[1]))[:8]
    return Latency(
        rows=rows.count(),
        answers=len(times),
        median=statistics.median(times),
        p95=times[int(len(times) * 0.95)],
        aggregate=statistics.median(aggregates),
        slowest=tuple((name, statistics.median(each)) for name, each in slowest),
    )
