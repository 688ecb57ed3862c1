"""python -m spendo.assistant.analyst.understanding.fitting writes wordings/weights.json anew.

`make run` and `make test` do it when the material has changed, whose digest is in the file.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

from spendo.assistant.analyst.understanding.likeness import MATERIAL, Weights, fit, wordings

_LEAST = 0.04
"""Votes smaller than this say nothing."""


def digest() -> str:
    """Of all the material, by which the file of weights is known to be of it."""
    texts = sorted((f.name, f.read_bytes()) for f in MATERIAL.iterdir() if f.name.endswith(".txt"))
    return hashlib.sha256(repr(texts).encode()).hexdigest()


@cache
def _kept() -> dict[str, Any]:
    kept: dict[str, Any] = json.loads((MATERIAL / "weights.json").read_text(encoding="utf-8"))
    return kept


def kept_digest() -> str | None:
    """Of the material that was learned from; None when nothing was."""
    try:
        with (MATERIAL / "weights.json").open(encoding="utf-8") as file:
            return file.readline().split('"')[3]
    except FileNotFoundError:
        return None


@cache
def weights() -> Weights:
    blocks = _kept()["blocks"]
    rarity, votes = {}, {}
    for feature, (rare, *cast) in _kept()["features"].items():
        rarity[feature] = rare / 100
        votes[feature] = {
            blocks[block]: vote / 100 for block, vote in zip(cast[::2], cast[1::2], strict=True)
        }
    return Weights(rarity, votes)


def written(found: Weights) -> str:
    blocks = sorted(wordings())
    number = {plain: index for index, plain in enumerate(blocks)}
    features = {
        feature: [round(found.rarity[feature] * 100)]
        + [
            part
            for plain, vote in sorted(votes.items())
            if abs(vote) >= _LEAST
            for part in (number[plain], round(vote * 100))
        ]
        for feature, votes in sorted(found.votes.items())
    }
    lines = ",\n".join(
        f"{json.dumps(feature)}:{json.dumps(cast, separators=(',', ':'))}"
        for feature, cast in features.items()
    )
    head = f'{{"of":"{digest()}",\n"blocks":{json.dumps(blocks)},\n"features":{{\n'
    return f"{head}{lines}\n}}}}\n"


if __name__ == "__main__":
    Path(str(MATERIAL / "weights.json")).write_text(written(fit(wordings())), encoding="utf-8")
