"""What a sentence asks: by its own words, or by the known wording it is like.

A kind's cues read what they know word by word; likeness reads what is put otherwise. Where both
read the same kind, likeness says which of its questions and the words fill in the details.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from spendo.assistant.analyst.kind import Family, Kind
from spendo.assistant.analyst.question import Question
from spendo.assistant.analyst.registry import all_kinds, chooser
from spendo.assistant.analyst.understanding.amounts import CURRENCIES
from spendo.assistant.analyst.understanding.choose import Candidate, common
from spendo.assistant.analyst.understanding.heard import Heard, hear
from spendo.assistant.analyst.understanding.lexicon import USUAL_CATEGORIES
from spendo.assistant.analyst.understanding.likeness import meanings
from spendo.assistant.analyst.understanding.reworded import Reworded, in_words, reworded
from spendo.assistant.analyst.understanding.taken import Left, left_out
from spendo.assistant.analyst.understanding.unexplained import FREE, unexplained

_KNOWN = 0.6
"""The share of its words that have to be known before a sentence is like anything."""
_DOUBTFUL = 0.05
"""A margin below which two questions are as likely."""
_CERTAIN = 92
"""Cues of this weight are never overruled: somebody else's money, what is no money at all."""
_PLAIN = 60
"""Cues of this weight read what likeness has passed over a word of."""
_USUAL = 50
"""Cues of this weight decide where likeness cannot."""
_MOST_READINGS = 3
"""Readings that are tried for what it may ask as well."""
_SUMMED = (Family.SPENDING, Family.INCOME, Family.SEARCH)
"""What a comparison of sums can stand for; not balances, nor what is moved."""
_OF_WORDS = (None, Left.NAMES, Left.AMOUNT, Left.MOVED)
"""What is left out is a word, and not how the message is built."""
_PLAINLY = ("^ how? much/what did ~i spend on/{time}", "^ spending on my/our")
CLEAR = 0.3
"""A margin from which likeness decides between questions of one kind."""


@cache
def ordinary_words() -> frozenset[str]:
    """What means something to the analyst, or carries no meaning of its own."""
    words = chooser().vocabulary | frozenset(meanings()) | FREE | USUAL_CATEGORIES
    return frozenset(word for word in words if word not in CURRENCIES)


def like(heard: Heard, *, follows: bool) -> Reworded | None:
    """The known wording it is like, if it is like any."""
    if not any(word.isalpha() for word in heard.words):
        return None  # "12"
    said = reworded(heard, follows=follows)
    if said is None or said.known < _KNOWN:
        return None
    return said if said.margin >= (CLEAR if said.common else 0) else None


def recognise(heard: Heard, said: Reworded | None) -> Question | None:
    """The question, or None if neither the words nor likeness say one. With the one that is next
    likely where it hangs on what its names are, or asked back where nothing speaks for either."""
    candidates = chooser().candidates(heard)
    question = _recognised(heard, said, candidates)
    if question is None or said is None:
        return question
    if question.instead is None and all_kinds()[question.kind].names_of in ("account", "nobody"):
        rival = _next(heard, said, question)
        instead = rival and _whole(heard, rival[1], rival[0], candidates)
        question = replace(question, instead=instead)
    if _is_certain(heard, question, candidates):
        return question
    return _asked_back(heard, said, question) or question


def _is_certain(heard: Heard, question: Question, candidates: Sequence[Candidate]) -> bool:
    """Whether its own words say it, whatever it is like; or two times and a word that compares."""
    two_times = question.kind == "compare" and len(heard.times.whens) > 1
    own = chooser().choose(heard)
    if own is not None and own[1].kind == question.kind and own[1].names == question.names:
        return True
    return any(
        (each.kind.becomes or each.kind.name) == question.kind
        and (two_times or each.weight >= _CERTAIN)
        for each in candidates
    )


def _next(heard: Heard, said: Reworded, question: Question) -> tuple[Reworded, Question] | None:
    """The likeliest reading that is another question about the user's money."""
    tried: list[str] = []
    for _ in range(_MOST_READINGS):
        other = chooser().choose(said.heard)
        if other is not None and not other[0].talk and _differ(other[1], question):
            return said, other[1]
        tried.append(said.plain)
        again = reworded(heard, follows=False, without=tried)
        if again is None:
            break
        said = again
    return None


def _differ(one: Question, other: Question) -> bool:
    return (one.kind, one.aspect, one.group_by) != (other.kind, other.aspect, other.group_by)


def _asked_back(heard: Heard, said: Reworded, question: Question) -> Question | None:
    """Where two questions are as likely: both to choose from."""
    if said.margin >= _DOUBTFUL or all_kinds()[question.kind].talk or said.follows:
        return None
    if _is_plain(heard, question):
        return None
    first = chooser().choose(said.heard)
    if first is None or first[0].talk or first[1].kind != question.kind:
        return None
    rival = _next(heard, said, question)
    readings = (said, rival[0]) if rival else ()
    choices = {text for reading in readings if (text := in_words(reading)) and _is_clear(text)}
    return Question("unclear", choices=tuple(sorted(choices))) if len(choices) > 1 else None


def _is_plain(heard: Heard, question: Question) -> bool:
    """Nothing could be said more plainly."""
    return question.kind == "spending" and heard.says_own(*_PLAINLY)


def _is_clear(choice: str) -> bool:
    """Whether it would not be asked back again."""
    said = like(hear(choice, chooser().vocabulary), follows=False)
    return said is not None and said.margin >= _DOUBTFUL


def _recognised(
    heard: Heard, said: Reworded | None, candidates: Sequence[Candidate]
) -> Question | None:
    own = chooser().first(candidates, heard)
    certain = own is not None and _weight(candidates, own[0]) >= _CERTAIN
    other = None if said is None or certain else chooser().choose(said.heard)
    if own is not None and own[0].talk and other is not None and not other[0].talk:
        own = chooser().first([each for each in candidates if not each.kind.talk], heard)
    if other is not None and other[0].talk and _is_of_money(heard, said, own):
        other = None
    if said is None or other is None:
        first = own[1] if own else None
    elif own is None:
        first = other[1]
    elif own[1].kind != other[1].kind:
        by_words = _says(candidates, own[0], said) or _is_plain(heard, own[1])
        first = own[1] if by_words else other[1]
    else:
        first = _both(heard, own[1], other[1], clear=said.margin >= CLEAR)
    if first is None and len(heard.times.whens) > 1:
        return _compared(heard)
    if first is not None and first.kind == "spending" and first.currency is None:
        first = replace(first, currency=heard.currency)  # no wording of likeness has a code
    return first and _whole(heard, first, said, candidates)


def _says(candidates: Sequence[Candidate], own: Kind, said: Reworded) -> bool:
    """Whether its words decide, because hardly more speaks for one likeness than for the next."""
    usual = _weight(candidates, own) >= _USUAL
    return usual and said.margin < _DOUBTFUL and not own.talk


def _weight(candidates: Sequence[Candidate], kind: Kind) -> int:
    return next(each.weight for each in candidates if each.kind is kind)


def _is_of_money(heard: Heard, said: Reworded | None, own: tuple[Kind, Question] | None) -> bool:
    """Whether the words ask about the user's money and next to nothing speaks for small talk."""
    if own is None or said is None or own[0].talk or said.margin >= _DOUBTFUL:
        return False
    return heard.first_person


def _compared(heard: Heard) -> Question | None:
    """As a comparison of what it names or when, whatever its words are."""
    for name in ("beside", "compare"):
        kind = all_kinds()[name]
        question = kind.read(common(Candidate(kind, 0, frozenset()), heard), heard)
        if question is not None and (name == "compare" or (kind.weigh and kind.weigh(heard))):
            return question
    return None


def _whole(
    heard: Heard, first: Question, said: Reworded | None, candidates: Sequence[Candidate]
) -> Question:
    """The first reading that leaves nothing out of what was asked; if none, that is said."""
    missing = _left_out(first, heard)
    if said is not None and said.plain.startswith("compare"):
        family = all_kinds()[first.kind].family
        missing = missing or (Left.COMPARED if family in _SUMMED else None)
    word = _unexplained(first, heard, said, candidates)
    if missing is None and word is None:
        return first
    family = all_kinds()[first.kind].family
    families = {family}
    if family in _SUMMED or missing is Left.CHANGED:
        families.add(Family.COMPARISON)
    if missing is Left.PER:
        families.add(Family.SPENDING)
    if missing is Left.LARGEST:
        families.add(Family.SEARCH)
    doubtful = missing is None and said is not None and said.margin < _DOUBTFUL
    changed = doubtful and heard.says("by? how much ... ~change")
    plain = {each.kind.becomes or each.kind.name for each in candidates if each.weight >= _PLAIN}
    for question, other in _further(heard, said, candidates):
        kind = all_kinds()[question.kind]
        if kind.family is Family.COMPARISON and not (missing or changed or family is kind.family):
            continue  # nothing is compared
        both_summed = family in _SUMMED and kind.family in _SUMMED
        said_so = doubtful or (missing is None and (kind.name in plain or both_summed))
        by_words = other is None and said_so
        if kind.family not in families and not by_words:
            continue
        if other is not None and missing in _OF_WORDS and question.kind != first.kind:
            continue  # likeness has passed over that word once already
        if kind.talk or _left_out(question, heard) is not None:
            continue
        if _unexplained(question, heard, other, candidates) is None:
            return question
    if missing is not None:
        return Question("half_read", aspect=missing)
    return Question("half_read", aspect=Left.WORD, choices=(word or "",))


def _left_out(question: Question, heard: Heard) -> Left | None:
    return left_out(question, all_kinds()[question.kind], heard)


def _unexplained(
    question: Question, heard: Heard, said: Reworded | None, candidates: Sequence[Candidate]
) -> str | None:
    if heard.times.bad:
        return None
    kind = all_kinds()[question.kind]
    cues = [each.words for each in candidates if (each.kind.becomes or each.kind.name) == kind.name]
    return unexplained(question, kind, heard, said, frozenset().union(*cues))


def _further(
    heard: Heard, said: Reworded | None, candidates: Sequence[Candidate]
) -> Iterator[tuple[Question, Reworded | None]]:
    """Other readings: by the words, best first, then by the next likenesses."""
    if (compared := _compared(heard)) is not None:
        yield compared, None
    for candidate in candidates:
        if (read := chooser().first([candidate], heard)) is not None:
            yield read[1], None
    tried: list[str] = []
    while said is not None and len(tried) < _MOST_READINGS:
        tried.append(said.plain)
        said = reworded(heard, follows=False, without=tried)
        if said is not None and (read := chooser().choose(said.heard)) is not None:
            yield read[1], said


def _both(heard: Heard, own: Question, other: Question, *, clear: bool) -> Question:
    if not clear:
        return replace(own, names=other.names, without=other.without, perhaps=other.perhaps)
    return replace(
        other,
        sure=own.sure,
        limit=own.limit or other.limit,
        direction=other.direction or own.direction,
        sort=other.sort if own.sort in (None, "newest") else own.sort,
        group_by=other.group_by or (own.group_by if heard.group_by else None),
    )
