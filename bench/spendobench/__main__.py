"""python -m bench.spendobench [--arm analyst] [--set dev|heldout] [--limit N] [--write]

Makes worlds, writes each into a throw-away database, asks, and prints tables. `--limit` is the
number of wordings of each template that are asked of a world; without it all of them. `--wordings`
takes the wordings of a file instead of those of the set. `--write` puts the tables into README.md:
it then asks everything that stands there, both sets and all arms, with `--limit` for the small
ledgers.
"""

import argparse
import json
import logging
import sys
from collections.abc import Sequence
from pathlib import Path

from bench.spendobench.database import throw_away
from bench.spendobench.generator import PERSONAS, SIZES

ARMS = ("analyst", "scripted", "misstating", "origin")


def _arguments(given: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.spendobench", description=__doc__)
    parser.add_argument("--arm", choices=ARMS, default="analyst")
    parser.add_argument("--set", choices=("dev", "heldout"), default="dev", dest="which")
    parser.add_argument("--wordings", type=Path, help="a file of others, for the set's worlds")
    parser.add_argument("--small", action="store_true", help="type all in small letters, names too")
    parser.add_argument("--limit", type=int, help="wordings of each template; all by default")
    parser.add_argument("--personas", nargs="+", choices=sorted(PERSONAS), default=list(PERSONAS))
    parser.add_argument("--sizes", nargs="+", type=int, choices=sorted(SIZES), default=[300, 3_000])
    parser.add_argument("--seed", type=int, help="of the worlds; each set has its own by default")
    parser.add_argument("--templates", nargs="+", help="only these")
    parser.add_argument("--broken", help="break the ledger in this way first: see breakage.py")
    parser.add_argument("--failures", type=Path, help="write what failed, as JSON lines")
    parser.add_argument("--json", action="store_true", help="print one line of JSON instead")
    parser.add_argument("--write", action="store_true", help="measure all of README.md anew")
    return parser.parse_args(given)


def main(given: Sequence[str] | None = None) -> int:
    asked = _arguments(given)
    logging.disable(logging.CRITICAL)  # a failed answer is counted, its log is not read
    with throw_away():
        # What needs Django can only be imported now.
        from bench.spendobench import page
        from bench.spendobench.run import Plan, run

        if asked.write:
            page.write(asked.limit)
            return 0
        plan = Plan(
            arm=asked.arm,
            which=asked.which,
            personas=tuple(asked.personas),
            sizes=tuple(asked.sizes),
            per_template=asked.limit,
            seed=asked.seed,
            templates=frozenset(asked.templates or ()),
            broken=asked.broken,
            worded=asked.wordings,
            small=asked.small,
        )
        scored = list(run(plan))
        if asked.failures:
            asked.failures.write_text(page.failures(scored), encoding="utf-8")
        if asked.json:
            print(json.dumps(page.summary(scored)))
        else:
            print(page.tables(scored))
    return 0


if __name__ == "__main__":
    sys.exit(main())
