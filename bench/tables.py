"""Tables of Markdown."""

import statistics
from collections.abc import Iterable, Sequence

from targets import Target


def print_table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    print("\n| " + " | ".join(heads) + " |")
    print("|---" * len(heads) + "|")
    for row in rows:
        print("| " + " | ".join(row) + " |", flush=True)


def middle(target: Target, name: str) -> float:
    return statistics.median(target.results[name])


def ratio(one: Target, base: Target, name: str) -> str:
    """Of the medians, beside it the least and the most of the rounds: what makes a machine slower
    from one round to the next is the same for both sides of one round."""
    pairs = zip(one.results[name], base.results[name], strict=True)
    rounds = [mine / its for mine, its in pairs]
    whole = middle(one, name) / middle(base, name)
    return f"**{whole:.2f}** ({min(rounds):.2f}–{max(rounds):.2f})"


def with_range(target: Target, name: str, form: str = ",.0f") -> str:
    """The median, beside it the worst and the best round."""
    rounds = target.results[name]
    return f"{middle(target, name):{form}} ({min(rounds):{form}}–{max(rounds):{form}})"


def print_ratios(targets: Sequence[Target], bases: Sequence[Target], names: Sequence[str]) -> None:
    columns = [(target, base) for target in targets for base in bases]
    heads = ["measure", *(f"{one.name} / {base.name}" for one, base in columns)]
    print_table(heads, ([name, *(ratio(*pair, name) for pair in columns)] for name in names))
