"""Does the benchmark notice? A small world, asked while the ledger is whole and while it is not.

    python -m bench.spendobench.red

Prints, as one line of JSON, the share of exact answers for each breakage; "" is the whole ledger.
"""

import json
import logging
import sys
from collections.abc import Iterator

from bench.spendobench.database import standing_at, throw_away
from bench.spendobench.generator import make_world
from bench.spendobench.oracle import Judge
from bench.spendobench.questions import questions

PERSONA, SIZE, SEED = "student", 300, 1
ASKED = frozenset(("partial_total", "spent_period"))

AT_WRITING = frozenset(("rates 1:1", "parent and parts", "twins dropped", "transfers counted"))
"""What goes wrong when rows are written, or when what they count as or were worth is."""


def shares() -> Iterator[tuple[str, float]]:
    """The scripted arm answers: its calls are always right, so what is wrong is the ledger."""
    from bench.spendobench.arms import make_arm
    from bench.spendobench.breakage import BREAKAGES, broken
    from bench.spendobench.canary import WATCHED
    from bench.spendobench.loader import load
    from bench.spendobench.scoring import score

    world = make_world(PERSONA, SIZE, SEED)
    asked = [question for question in questions(Judge(world), "dev") if question.template in ASKED]

    def share(username: str) -> float:
        answers = make_arm("scripted", world, loaded[username]).answer_all(asked)
        scores = [score(one, answer, WATCHED) for one, answer in zip(asked, answers, strict=True)]
        return sum(each.verdict == "exact" for each in scores) / len(scores)

    with standing_at(world.now):
        loaded = {"whole": load(world, "whole")}
        yield "", share("whole")
        for name in BREAKAGES:
            with broken(name):
                if name in AT_WRITING:
                    loaded[name] = load(world, name.replace(" ", "-"))
                yield name, share(name if name in AT_WRITING else "whole")


def main() -> int:
    logging.disable(logging.CRITICAL)
    with throw_away():
        print(json.dumps(dict(shares())))
    return 0


if __name__ == "__main__":
    sys.exit(main())
