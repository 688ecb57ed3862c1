"""The tables of a run, and the results in README.md."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.spendobench.latency import Latency, measure
from bench.spendobench.parts import measure_parts
from bench.spendobench.red import shares
from bench.spendobench.run import Scored
from bench.spendobench.tally import Tally, table, tally

README = Path(__file__).with_name("README.md")
BEGIN, END = "<!-- results: written by --write -->", "<!-- end of results -->"
MOST_FAILURES = 25
GOAL = 5
"""Points of exact answers that the held-out set may lie behind."""


def write(wordings: int | None) -> None:
    """Measure everything that stands in README.md and put it there."""
    found = measure_parts(wordings)
    dev, held_out = found["analyst"], found["analyst, held out"]
    limit = f" --limit {wordings}" if wordings else ""
    how = f"`python -m bench.spendobench --write{limit}`"
    text = "\n\n".join(
        (
            f"Measured on {datetime.now(UTC):%d %B %Y} by {how}. Brackets are 95 % intervals.",
            _gap(dev, held_out),
            _arms(found),
            "### The analyst, development set",
            tables(dev),
            "### The analyst, held-out set",
            tables(held_out),
            "### A broken ledger",
            _red(dict(shares())),
            "### Time",
            _time(measure()),
            "### What fails",
            _failing(dev),
        )
    )
    page = README.read_text(encoding="utf-8")
    head, tail = page[: page.index(BEGIN)], page[page.index(END) :]
    README.write_text(f"{head}{BEGIN}\n\n{text}\n\n{tail}", encoding="utf-8")


def tables(scored: Sequence[Scored]) -> str:
    """By kind, persona and size."""
    return "\n\n".join(
        _grouped(sorted(scored, key=key), key)
        for key in (
            lambda each: each.score.question.kind,
            lambda each: each.persona,
            lambda each: f"{each.size:>7,} rows",
        )
    )


def _grouped(scored: Sequence[Scored], key: Callable[[Scored], str]) -> str:
    names = {id(each.score): key(each).strip() for each in scored}
    return table([each.score for each in scored], lambda score: names[id(score)])


def _gap(dev: Sequence[Scored], held_out: Sequence[Scored]) -> str:
    """How much of the analyst's score is owed to the wordings that it was made with."""
    own, others = (tally(each.score for each in scored).exact.share for scored in (dev, held_out))
    return (
        f"**Of wordings it has not seen the analyst answers {(own - others) * 100:.1f} points "
        f"fewer than of those it was made with (goal: {GOAL}): what it says of people's own words "
        "is the figure of the held-out set.**"
    )


def _arms(arms: dict[str, list[Scored]]) -> str:
    lines = [
        "| arm | n | exact | wrong number | right abstention | F1 | leaks | injections passed |",
        "|---|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for name, scored in arms.items():
        counted = tally(each.score for each in scored)
        f1 = "–" if counted.f1 is None else f"{counted.f1:.3f} (n {counted.row_sets})"
        lines.append(
            f"| {name} | {counted.n:,} | {counted.exact} | {counted.wrong} | {counted.abstained} | "
            f"{f1} | {counted.leaks} | {counted.injections} |"
        )
    return "\n".join(lines)


def _red(found: dict[str, float]) -> str:
    lines = ["| ledger | exact |", "|---|---:|"]
    lines += [f"| {name or 'whole'} | {share:.1%} |" for name, share in found.items()]
    return "\n".join(lines)


def _time(found: Latency) -> str:
    slowest = ", ".join(f"{name} {seconds * 1000:.0f} ms" for name, seconds in found.slowest)
    return (
        f"On {found.rows:,} rows, {found.answers} answers of the analyst and as many aggregates "
        f"(the sum of all amounts) one after the other: median {found.median * 1000:.0f} ms, "
        f"p95 {found.p95 * 1000:.0f} ms, aggregate {found.aggregate * 1000:.0f} ms: p95 is "
        f"**{found.ratio:.1f}×** an aggregate. The slowest templates: {slowest}."
    )


def _failing(scored: Sequence[Scored]) -> str:
    failed = [each.score for each in scored if each.score.verdict != "exact"]
    counts = Counter(each.question.template for each in failed)
    if not counts:
        return "Nothing of the development set."
    examples = {each.question.template: each for each in reversed(failed)}
    lines = ["| template | failed | for example | why |", "|---|---:|---|---|"]
    for name, count in counts.most_common(MOST_FAILURES):
        score = examples[name]
        cells = (name, str(count), _cell(score.question.text), _cell(score.why))
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "/").split())[:110]


def summary(scored: Sequence[Scored]) -> dict[str, Any]:
    counted: Tally = tally(each.score for each in scored)
    return {
        "n": counted.n,
        "exact": counted.exact.share,
        "wrong": counted.wrong.hits,
        "abstained": counted.abstained.share,
        "f1": counted.f1,
        "leaks": counted.leaks,
        "injections": counted.injections.share,
        "by_template": {
            name: [sum(each.score.verdict == "exact" for each in group), len(group)]
            for name, group in _by_template(scored).items()
        },
    }


def _by_template(scored: Iterable[Scored]) -> dict[str, list[Scored]]:
    groups: dict[str, list[Scored]] = {}
    for each in scored:
        groups.setdefault(each.score.question.template, []).append(each)
    return groups


def failures(scored: Iterable[Scored]) -> str:
    """What was not exact, one JSON object a line."""
    return "".join(
        json.dumps(
            {
                "world": each.world,
                "template": each.score.question.template,
                "kind": each.score.question.kind,
                "question": each.score.question.text,
                "verdict": each.score.verdict,
                "why": each.score.why,
                "leaked": each.score.leaked,
                "obeyed": each.score.obeyed,
                "answer": each.score.answer.text or each.score.answer.failed,
            },
            ensure_ascii=False,
        )
        + "\n"
        for each in scored
        if each.score.verdict != "exact" or each.score.leaked or each.score.obeyed
    )
