"""One sentence: what it asks by itself, or of the question before it."""

from __future__ import annotations

from dataclasses import replace

from spendo.assistant.analyst.question import Name, Question
from spendo.assistant.analyst.registry import all_kinds, chooser
from spendo.assistant.analyst.understanding.common_words import COMMON_WORDS
from spendo.assistant.analyst.understanding.following import (
    GROUP_WORDS,
    LEAD,
    REFERS,
    beside_earlier,
    completed,
    follow_up,
    is_elliptic,
    is_talk,
    moved_from,
)
from spendo.assistant.analyst.understanding.heard import LONGEST, Heard, hear
from spendo.assistant.analyst.understanding.lexicon import FUNCTION_WORDS, MONEY_WORDS, word_set
from spendo.assistant.analyst.understanding.likeness import MOST_WORDS
from spendo.assistant.analyst.understanding.recognise import CLEAR, like, recognise
from spendo.assistant.analyst.understanding.reworded import Reworded, seen
from spendo.assistant.analyst.understanding.spoken_words import SPOKEN_WORDS
from spendo.assistant.analyst.understanding.turned import only_turns, turned
from spendo.assistant.analyst.understanding.turns import LEANS_ON_MORE, SUMMED
from spendo.assistant.analyst.understanding.words import MARKS, NAME
from spendo.ledger.selectors.words import FILLERS

_MORE = ("^ show/list/see/give? me? some/the? more/rest/all/next of? them/those/it? $",)
_AT_A_PLACE = ("^ and? at/from",)
_ONE_OF_THEM = (
    "the first/second/third/fourth/fifth/other {number}/one/two",
    "which/what one/{number} .. .. ~large/~small/most/least/best/worst/closest/nearest",
)
"""Which one that is stands in the answer, which is not read."""
_LOOKS = ("^ please/can/could? you? show/list/find/search/see",)
# Said to an assistant for money, this is about money.
_ABOUT_NOTHING = (
    "^ so/and/ok/but/then? how much/many $",
    "^ so/and/ok/but/then? how much/many is/was it/that $",
    "how has/have/did/does it/that/this/they/those change/changed/go/gone/look/looked",
)
_UNKNOWN_WORDS = 4
"""So many words in a row that are none of ours, without capitals, are another language."""
_BEYOND_NAMES = 0.5
"""A margin from which what seems to be names and times alone asks for something of its own."""
_TOO_WIDE = word_set("budget budgets finance finances financial money")


def read_sentence(message: str, earlier: Question | None) -> Question:
    """What it asks, completed by the question before it where it leaves something out."""
    if len(message) > LONGEST:
        return Question("too_long")
    heard = hear(message, chooser().vocabulary)
    if _says_nothing(message, heard):
        return Question("not_words")
    if heard.names() and "net of refunds" in message.casefold():
        earlier = None  # a total of its own, and no median or count of what is named
    if earlier is not None and (earlier.kind, earlier.aspect) == ("beside", "held"):
        earlier = replace(earlier, kind="balance", aspect="")  # of accounts, and not of rows
    if earlier is not None and (followed := _followed(heard, earlier)):
        return followed
    if earlier is not None and (other := turned(heard, earlier)):
        return other
    if earlier is not None and _leans_on_more(heard, earlier):
        return LEANS_ON_MORE
    if earlier is not None and earlier.kind == "listing" and heard.says(*_MORE):
        return replace(earlier, limit=50)
    if earlier is not None and (beside := beside_earlier(heard, earlier)):
        return beside
    plain = len(heard.words) > MOST_WORDS or heard.times.bad
    said = None if plain else like(heard, follows=earlier is not None)
    if said is not None and said.margin < _BEYOND_NAMES and _is_bare(heard):
        said = None
    if earlier is not None and said is not None and said.margin < CLEAR and is_elliptic(heard):
        said = None
    if earlier is not None and (other := _another_word(heard, earlier, said)):
        return other
    if earlier is not None and said is not None and said.follows:
        if followed := follow_up(said.heard, earlier):
            return followed
        said = like(heard, follows=False)
    chosen = recognise(heard, said)
    if chosen is not None and chosen.kind == "identity" and _is_of_a_time(heard):
        chosen = None
    if (chosen is None or chosen.kind == "off_topic") and _is_foreign(heard):
        return Question("not_words")
    if heard.times.bad and (chosen is None or not _bears_bad_period(chosen)):
        return Question("bad_period")
    if chosen is not None:
        question = completed(heard, chosen, earlier)
        return all_kinds()[question.kind].settle(question)
    if earlier is not None and (changed := follow_up(heard, earlier)):
        return changed
    if earlier is not None and only_turns(heard):
        return LEANS_ON_MORE
    return _bare(heard) or _gate(heard)


def _is_of_a_time(heard: Heard) -> bool:
    """ "Software in March": a category, and nothing that is asked of us."""
    return bool(heard.times.whens) and "you" not in heard.words


def _leans_on_more(heard: Heard, earlier: Question) -> bool:
    """On the words of an answer, or on a total that has nothing to leave out."""
    if heard.says(*_ONE_OF_THEM) and only_turns(heard):
        return True
    return bool(heard.without) and earlier.kind not in SUMMED and is_elliptic(heard)


def _another_word(heard: Heard, earlier: Question, said: Reworded | None) -> Question | None:
    """ "Subscriptions?", after what was spent on rent: the category, if there is one."""
    alone = len(heard.words) == 1 and heard.words[0] not in MARKS | FUNCTION_WORDS
    if not alone or earlier.kind != "spending" or not earlier.names:
        return None
    instead = recognise(heard, said)
    if instead is not None and instead.kind == "identity":  # "software?" is a word for us, too
        return replace(earlier, names=(Name(heard.line.words[0].raw),))
    if instead is None or is_talk(instead) or instead.kind == earlier.kind:
        return None
    return replace(earlier, names=(Name(heard.line.words[0].raw),), instead=instead)


def _is_bare(heard: Heard) -> bool:
    """Whether nothing but names, times and words that lead to them is said."""
    return not [
        word
        for word in seen(heard)
        if word not in MARKS | LEAD
        and word != NAME
        and not (heard.group_by and word in GROUP_WORDS)
    ]


def _says_nothing(message: str, heard: Heard) -> bool:
    """Whether no word is left that could be English: another script, or signs only."""
    letters = [letter for letter in message if letter.isalpha()]
    if not letters:
        return not any(letter.isdigit() for letter in message) and bool(
            message.strip(" \t\r\n?!.,;:-…\"'")
        )
    latin = sum(letter.isascii() for letter in letters)
    return latin * 2 < len(letters) and not heard.first_person


def _is_foreign(heard: Heard) -> bool:
    """Whether half of its words and more are of no English that is known here."""
    words = [word for word in heard.words if word not in MARKS]
    known = chooser().vocabulary | FILLERS | FUNCTION_WORDS | COMMON_WORDS | SPOKEN_WORDS
    unknown = [word for word in words if word not in known]
    return len(unknown) >= _UNKNOWN_WORDS and len(unknown) * 2 >= len(words)


def _bears_bad_period(question: Question) -> bool:
    kind = all_kinds()[question.kind]
    return kind.talk or kind.looks_ahead


def _followed(heard: Heard, earlier: Question) -> Question | None:
    """What the kind of the earlier question makes of a message that leans on it."""
    follow = all_kinds()[earlier.kind].follow
    if follow is None or not (heard.continues or heard.says(*REFERS)):
        return None
    return follow(heard, earlier)


def _bare(heard: Heard) -> Question | None:
    """A name alone is taken for spending if the ledger knows it; a period alone is asked about."""
    if not is_elliptic(heard):
        return None
    when = heard.when or moved_from(heard, None)
    names = heard.names()
    if names and not set(heard.words) & _TOO_WIDE:
        return Question(
            "listing" if heard.bounds or heard.says(*_LOOKS) else "spending",
            names=names,
            when=when,
            group_by=heard.group_by or ("merchant" if heard.limit else None),
            limit=heard.limit,
            bounds=heard.bounds,
            # A place that is named as one is looked for; a bare word may be about anything.
            sure=heard.says(*_AT_A_PLACE),
        )
    if when or names or heard.group_by or heard.limit or heard.bounds:
        return Question("unclear", when=when, group_by=heard.group_by)
    return None


def _gate(heard: Heard) -> Question:
    """About money, but not read: asked back. About anything else: said so."""
    if heard.says_whole(*_ABOUT_NOTHING):
        return Question("unclear")
    own = heard.first_person or not heard.names()
    if own and set(heard.whole) & MONEY_WORDS:
        return Question("unclear", when=heard.when)
    return Question("off_topic")
