"""chatkit-django (D) beside the stock SDK with a store in memory (R), a bare ASGI application (raw)
and Chainlit, all of them asked for the same work in turn.

    make bench
    PYTHONPATH=scripts .venv/bin/python bench/stream.py [--only PART …] [--rounds 5]

The servers of a part run side by side, and each round asks all of them, in alternating order, from
one client on loopback. Prints the tables for bench/README.md. Absolute figures depend on the
machine and its load; only the ratios are kept.
"""

import argparse
import gc
import os
import signal
import sys
import time
from collections.abc import Awaitable, Callable, Sequence

import uvloop

import crowd
import open_streams
import paced
from calls import PAGES
from machine import (
    FAST,
    FAST_PG,
    LOG_PG,
    LOG_VALKEY,
    NORMAL,
    ONE_WORKER,
    RAW,
    STOCK,
    TUNED,
    TWO_WORKERS,
    Machine,
    R,
    machine,
)
from peer_streams import CHAINLITS_NAME, TOKEN_CPU, TOKENS, tokens
from same import check_same
from setup import SetupError
from store import install_chainlit
from streams import FIRST, OF_CPU, RATE, first_event, streams
from tables import middle, print_ratios, print_table, with_range
from targets import CLIENTS_CPU, Target, interleaved

Part = Callable[[Machine, int], Awaitable[None]]


async def prepare(targets: Sequence[Target], on: Machine) -> None:
    """Sign in, see that all of them send the same, and let them load what is loaded once."""
    ours = [target for target in targets if target.is_ours]
    for target in targets:
        await target.prepare()
    on.recorded.write_bytes(await ours[0].answer())
    await check_same([one for one in targets if one.name != CHAINLITS_NAME])


async def pages(on: Machine, rounds: int) -> None:
    with on.servers(R, TUNED, STOCK, FAST, FAST_PG) as targets:
        await prepare(targets, on)
        for target in targets:
            await target.fill()
        await interleaved(targets, rounds, *PAGES)
    names = [name for name in targets[0].results if "p99" not in name]
    print_ratios(targets[2:], targets[:2], names)
    heads = ["p99 / p50, 16 at once", *(target.name for target in targets)]
    slow = [name for name in targets[0].results if "p99" in name]
    print_table(
        heads,
        ([name, *(f"{middle(target, name):.1f}" for target in targets)] for name in slow),
    )


# What PostgreSQL still does when it has answered, on the other core, slows down who is asked next:
# each database has a run of its own.
ON_SQLITE = STOCK, FAST, NORMAL
ON_POSTGRES = FAST_PG, LOG_PG, LOG_VALKEY


async def unpaced(on: Machine, rounds: int) -> None:
    for names in ON_SQLITE, ON_POSTGRES:
        await _unpaced(on, rounds, names)


async def _unpaced(on: Machine, rounds: int, names: Sequence[str]) -> None:
    with on.servers(R, TUNED, RAW, *names) as targets:
        await prepare(targets, on)
        for target in targets:
            await streams(target)
        await interleaved(targets, rounds, streams)
        await interleaved([one for one in targets if one.name != RAW], rounds, first_event)
    print_ratios(targets[3:], targets[:3], [RATE, OF_CPU])
    print_ratios(targets[3:], targets[:2], [FIRST])
    print_table(
        ["", "events/s", "µs of CPU for an event"],
        ([one.name, with_range(one, RATE), f"{1e6 / middle(one, OF_CPU):.1f}"] for one in targets),
    )


async def at_a_pace(on: Machine, rounds: int) -> None:
    for names in (FAST, NORMAL), ON_POSTGRES:
        await _at_a_pace(on, rounds, names)


async def _at_a_pace(on: Machine, rounds: int, names: Sequence[str]) -> None:
    with on.servers(R, TUNED, RAW, *names) as targets:
        await prepare(targets, on)
        await interleaved(targets, min(rounds, 2), paced.cost)
    costs = [name for name in targets[0].results if name.startswith("CPU")]
    print_ratios(targets[2:], targets[:2], costs)
    print_table(
        ["20 ms for each delta", *(one.name for one in targets)],
        ([name, *(with_range(one, name, ".1f") for one in targets)] for name in targets[0].results),
    )


async def held(on: Machine, rounds: int) -> None:
    with on.servers(R, FAST, RAW) as targets:
        await prepare(targets, on)
        searches = await paced.search(targets)
    base, *_, raw = searches
    print_table(
        ["20 ms a delta", "streams held", "/ R", "/ raw", "client's load", "tried"],
        (
            [
                one.target.name,
                str(one.held),
                f"**{one.held / max(base.held, 1):.2f}**",
                f"{one.held / max(raw.held, 1):.2f}",
                f"{max(seen.clients_load for seen in one.tried.values()):.0%}",
                one.described(),
            ]
            for one in searches
        ),
    )


async def open_(on: Machine, rounds: int) -> None:
    with on.servers(R, FAST, FAST_PG) as targets:
        await prepare(targets, on)
        for target in targets:
            target.add(await open_streams.look(target))
    names = list(targets[-1].results)
    print_table(
        ["500 open streams, 200 ms", *(target.name for target in targets)],
        ([name, *(f"{one.results.get(name, [0])[0]:.0f}" for one in targets)] for name in names),
    )
    print_ratios(targets[1:], targets[:1], [open_streams.MEMORY])


async def crowded(on: Machine, rounds: int) -> None:
    with on.servers(ONE_WORKER, TWO_WORKERS) as targets:
        for target in targets:
            await target.prepare()
        await interleaved(targets, rounds, streams)
        seen = [
            (target, pace, await crowd.first_events(target, pace))
            for pace in crowd.PACES_MS
            for target in targets
        ]
    print_ratios(targets[1:], targets[:1], [RATE, OF_CPU])
    print_table(
        ["1,000 open streams", *seen[0][2]],
        (
            [f"{one.name}, {pace} ms a delta", *(f"{number:.0f}" for number in found.values())]
            for one, pace, found in seen
        ),
    )


async def beside_peer(on: Machine, rounds: int) -> None:
    try:
        install_chainlit()
    except SetupError as error:  # the other tables are right without it
        print(f"\n{error}", file=sys.stderr)
        return
    with on.servers(R, FAST, CHAINLITS_NAME) as targets:
        await prepare(targets, on)
        for target in targets:
            await tokens(target)
        await interleaved(targets, rounds, tokens)
    print_table(
        ["", TOKENS, TOKEN_CPU],
        ([one.name, with_range(one, TOKENS), with_range(one, TOKEN_CPU, ".1f")] for one in targets),
    )
    print_ratios(targets[1:2], targets[2:], [TOKENS, TOKEN_CPU])


PARTS: dict[str, Part] = {
    "pages": pages,
    "streams": unpaced,
    "paced": at_a_pace,
    "held": held,
    "open": open_,
    "crowd": crowded,
    "peer": beside_peer,
}


async def run(chosen: Sequence[str], rounds: int) -> None:
    gc.disable()  # of the client: what it collects it would see as the server's delay
    with machine() as on:
        for name in chosen:
            began, load = time.monotonic(), os.getloadavg()[0]
            print(f"\n## {name}", flush=True)
            await PARTS[name](on, rounds)
            spent = time.monotonic() - began
            print(f"\n({spent:.0f} s; load of the machine before it {load:.1f})", flush=True)
            gc.collect()


def main() -> None:
    parser = argparse.ArgumentParser(description="Ratios against reference servers.")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS), metavar="PART",
                        help=f"of {', '.join(PARTS)}")  # fmt: skip
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # and the servers end with it
    os.sched_setaffinity(0, {CLIENTS_CPU})
    uvloop.run(run(given.only, given.rounds))


if __name__ == "__main__":
    main()
