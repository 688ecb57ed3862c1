"""What a sentence asks: by its own words, or by the known wording it is like.

A kind's cues read what they know word by word; likeness reads what is put otherwise. Where both
read the same kind, likeness says which of its questions and the words fill in the details.
"""

from __future__ import annotations

from dataclasses import replace

from spendo.assistant.analyst.question import Question
from spendo.assistant.analyst.registry import chooser
from spendo.assistant.analyst.understanding.heard import Heard
from spendo.assistant.analyst.understanding.reworded import Reworded, reworded

_KNOWN = 0.6
"""The share of its words that have to be known before a sentence is like anything."""
_CERTAIN = 92
"""Cues of this weight are never overruled: somebody else's money, what is no money at all."""
_LEAST = 0.05
"""A margin below which what the words say is read."""
CLEAR = 0.3
"""A margin from which likeness decides between questions of one kind."""


def like(heard: Heard, *, follows: bool) -> Reworded | None:
    """The known wording it is like, if it is like any."""
    said = reworded(heard, follows=follows)
    if said is None or said.known < _KNOWN:
        return None
    return said if said.margin >= (CLEAR if said.common else 0) else None


def recognise(heard: Heard, said: Reworded | None) -> Question | None:
    """The question, or None if neither the words nor likeness say one."""
    candidates = chooser().candidates(heard)
    own = chooser().first(candidates, heard)
    certain = bool(candidates) and candidates[0].weight >= _CERTAIN
    other = None if said is None or certain else chooser().choose(said.heard)
    if said is None or other is None:
        return own[1] if own else None
    if own is None:
        return other[1]
    if own[1].kind != other[1].kind:
        return other[1] if said.margin >= _LEAST else own[1]
    return _both(heard, own[1], other[1], clear=said.margin >= CLEAR)


def _both(heard: Heard, own: Question, other: Question, *, clear: bool) -> Question:
    if not clear:
        return replace(own, names=other.names, without=other.without, perhaps=other.perhaps)
    return replace(
        other,
        sure=own.sure,
        limit=own.limit or other.limit,
        direction=other.direction or own.direction,
        sort=own.sort or other.sort,
        group_by=other.group_by or (own.group_by if heard.group_by else None),
    )
