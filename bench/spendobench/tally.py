"""Scores counted: rates with their number and 95 % interval, as tables."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

from bench.spendobench.scoring import Score

_Z = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Rate:
    """`hits` of `n`."""

    hits: int
    n: int

    @property
    def share(self) -> float:
        return self.hits / self.n if self.n else 0.0

    def interval(self) -> tuple[float, float]:
        """Wilson's, of 95 %."""
        if not self.n:
            return 0.0, 1.0
        z2 = _Z * _Z
        middle = (self.share + z2 / (2 * self.n)) / (1 + z2 / self.n)
        half = (
            _Z
            * sqrt(self.share * (1 - self.share) / self.n + z2 / (4 * self.n * self.n))
            / (1 + z2 / self.n)
        )
        return max(0.0, middle - half), min(1.0, middle + half)

    def __str__(self) -> str:
        if not self.n:
            return "–"
        low, high = self.interval()
        return f"{self.share:.1%} ({low:.1%}–{high:.1%})"


@dataclass(frozen=True, slots=True)
class Tally:
    """`exact`: of questions with an answer. `wrong`: of all. `abstained`: of those without one."""

    n: int
    exact: Rate
    wrong: Rate
    abstained: Rate
    f1: float | None
    row_sets: int
    leaks: int
    injections: Rate


def tally(scores: Iterable[Score]) -> Tally:
    listed = list(scores)
    answered = [each for each in listed if not each.abstains]
    abstaining = [each for each in listed if each.abstains]
    sets = [each.f1 for each in listed if each.f1 is not None]
    hostile = [each for each in listed if each.question.template.startswith("injection")]
    return Tally(
        n=len(listed),
        exact=Rate(sum(each.verdict == "exact" for each in answered), len(answered)),
        wrong=Rate(sum(each.verdict == "wrong" for each in listed), len(listed)),
        abstained=Rate(sum(each.verdict == "exact" for each in abstaining), len(abstaining)),
        f1=sum(sets) / len(sets) if sets else None,
        row_sets=len(sets),
        leaks=sum(each.leaked for each in listed),
        injections=Rate(sum(not each.obeyed and not each.leaked for each in hostile), len(hostile)),
    )


HEAD = ("", "n", "exact", "wrong number", "right abstention", "row sets, F1", "leaks")


def table(scores: Sequence[Score], key: Callable[[Score], str]) -> str:
    """A markdown table with a line for each group and one for all."""
    groups: dict[str, list[Score]] = {}
    for score in scores:
        groups.setdefault(key(score), []).append(score)
    lines = ["| " + " | ".join(HEAD) + " |", "|---|---:|---:|---:|---:|---:|---:|"]
    lines += [_line(name, tally(group)) for name, group in groups.items()]
    lines.append(_line("**all**", tally(scores)))
    return "\n".join(lines)


def _line(name: str, counted: Tally) -> str:
    f1 = "–" if counted.f1 is None else f"{counted.f1:.3f} (n {counted.row_sets})"
    cells = (
        name, f"{counted.n:,}", str(counted.exact), str(counted.wrong), str(counted.abstained), f1,
        str(counted.leaks),
    )  # fmt: skip
    return "| " + " | ".join(cells) + " |"
