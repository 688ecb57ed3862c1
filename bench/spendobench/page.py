"""The tables of a run, and README.md."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from bench.spendobench.run import Scored
from bench.spendobench.tally import Tally, table, tally


def _grouped(scored: Sequence[Scored], key: Callable[[Scored], str]) -> str:
    names = {id(each.score): key(each) for each in scored}
    return table([each.score for each in scored], lambda score: names[id(score)])


def tables(scored: Sequence[Scored]) -> str:
    """By kind, persona and size."""
    return "\n\n".join(
        _grouped(sorted(scored, key=key), key)
        for key in (
            lambda each: each.score.question.kind,
            lambda each: each.world.persona,
            lambda each: f"{each.world.size:,} rows",
        )
    )


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
                "world": each.world.name,
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


def worst(scored: Iterable[Scored]) -> Counter[str]:
    return Counter(
        f"{each.score.question.template}: {each.score.why}"
        for each in scored
        if each.score.verdict != "exact"
    )
