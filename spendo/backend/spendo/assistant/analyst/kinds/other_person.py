"""Somebody else's money."""

from __future__ import annotations

from spendo.assistant.analyst.kind import Family, Kind
from spendo.assistant.analyst.kinds.listing import answer as listing
from spendo.assistant.analyst.plan import AnswerNowError, Call, Plan, ask_all
from spendo.assistant.analyst.question import Name, Question
from spendo.assistant.analyst.understanding.heard import Heard
from spendo.assistant.analyst.understanding.lexicon import word_set
from spendo.assistant.tools.envelope import NamesEnvelope

OWN_ONLY = "I can only show your own records. What would you like to know about your money?"

_OWNED = word_set(
    """
    transaction transactions account accounts balance balances spending net income salary money
    purchase purchases expense expenses data finances payment payments savings debt debts budget
    """
)
_TIME_OWNERS = word_set(
    """
    today yesterday month week year quarter january february march april may june july august
    september october november december
    """
)
_NOBODY = word_set(
    "i we it you my our the that this a an me any not there all each these those § §time §amount "
    "§number"
)
_DOES = word_set("spend spent earn earned owe buy bought save saved")


def weigh(heard: Heard) -> int:
    if _owner(heard):
        return 92
    return 92 if _subject(heard.words) and not heard.first_person else 0


def _owner(heard: Heard) -> str | None:
    """The word before "'s" of something that somebody else may own: "Bob's transactions"."""
    words = heard.words
    for number, word in enumerate(heard.line.words):
        owner = word.raw.casefold().removesuffix("'s")
        if owner == word.raw.casefold() or owner in _TIME_OWNERS:
            continue
        if _OWNED & set(words[number + 1 : number + 4]):
            return word.raw
    return None


def _subject(words: tuple[str, ...]) -> bool:
    """ "How much did Alice spend"."""
    for number, word in enumerate(words):
        if word in ("did", "does", "has"):
            who = words[number + 1 : number + 4]
            if who and who[0] not in _NOBODY and _DOES & set(who[1:3]):
                return True
    return False


def read(question: Question, heard: Heard) -> Question | None:
    # A shop can end in 's as well; whether this one is known is asked before refusing.
    owner = _owner(heard)
    names = tuple(name for name in question.names if owner and name.text.casefold().endswith("'s"))
    return Question("other_person", names=names[:1], when=question.when)


def answer(question: Question) -> Plan:
    """Somebody's records are refused; "Trader Joe's transactions" are one's own at that shop."""
    if not question.names:
        yield from ()
        return OWN_ONLY
    owner = question.names[0]
    [match] = yield from ask_all(NamesEnvelope, [Call("match_names", {"text": owner.text})])
    if not match.merchants:
        raise AnswerNowError(OWN_ONLY)
    text = yield from listing(
        Question("listing", names=(Name(owner.text, "at"),), when=question.when)
    )
    return text


_PEOPLE = (
    "wife/husband/partner/girlfriend/boyfriend/friend/boss/mom/mum/dad/mother/father/brother/"
    "sister/son/daughter/neighbour/neighbor/roommate/colleague/ex/spouse/kids/parents"
)
_POSSESSED = "/".join(f"{person}'s" for person in _PEOPLE.split("/"))

KINDS = (
    Kind(
        name="other_person",
        names_of="nobody",
        family=Family.TALK,
        title="Somebody else's money",
        cues=f"""
            93 all/other/another/different the? user/users/people/person
            93 all/other/another/different the? customer/customers/client/clients
            93 all/other/another/different the? user's/users'/people's
            93 all/other/another/different the? person's/customer's/customers'
            93 someone/somebody/everyone/everybody/anyone
            93 anybody/someone's/somebody's/everyone's/anyone's
            93 user id? {{number}}
            93 user id? {"/".join(str(n) for n in range(1, 100))}
            93 his/her/their .. {"/".join(sorted(_OWNED))}
            93 my/our {_POSSESSED}
            93 did/does/has/is my/the/our {_PEOPLE} {"/".join(sorted(_DOES))}
        """,
        never="""
            twice/duplicate/duplicates/double/charge/charged/bill/billed
            2 times
        """,
        weigh=weigh,
        read=read,
        answer=answer,
        examples=(
            "show Bob's transactions",
            "what is my wife's balance",
            "how much did Alice spend last month",
            "show all users transactions",
            "what does user 5 have in their accounts",
            "his account balance",
            "how much does my boss earn",
        ),
        talk=True,
    ),
)
