"""Questions about the records themselves: what they cover and what is missing."""

from __future__ import annotations

from spendo.assistant.analyst.question import Question, Topic
from spendo.assistant.analyst.reading.sentence import Sentence


def read_data(s: Sentence) -> Question | None:
    if s.has(
        r"(?:what|which|how much|how many) (?:\w+ )?(?:data|history|records)|how far back|"
        r"date range|"
        r"data (?:do you|range|covers?|are you|is)|since when|"
        r"what (?:\w+ )?(?:period|dates|months) (?:do|does|are|can)|"
        r"(?:records?|data|history|transactions) (?:goe?s?|starts?|begins?|covers?)|"
        r"what do you know about me|missing (?:data|transactions)|up to date"
    ):
        return Question(Topic.DATA)
    return None
