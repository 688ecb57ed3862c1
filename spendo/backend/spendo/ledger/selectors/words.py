"""Comparing names as people write them: case, accents, plurals, small typos, synonyms."""

import re
import unicodedata

Words = tuple[str, ...]

_MAX_WORDS = 200
_APOSTROPHES_AND_BRACKETS = re.compile(r"['’`()]")
_WORD = re.compile(r"[^\W_]+")

_FILLERS = """
a about across all also am an and any are as at average be been between bought buy by can cost
could day did do does during each ever expense far for from gave get give go got had has have how
i in into is it last least less made make many may me money month more most much my need of off on
only or other our out over overall paid past per please purchase quarter recent see show since so
some spend spending spent sum tell than that the their them there these this those to today total
totally under until up us use via was we week were what when where which who why will with year
yesterday you your account transaction amount
january february march april june july august september october november december
"""
FILLERS = frozenset(_FILLERS.split())
"""Words of a question that name nothing by themselves (in the singular)."""

_SYNONYMS: tuple[tuple[str, ...], ...] = (
    (
        "groceries",
        "grocery store",
        "grocery shopping",
        "supermarket",
        "food shopping",
        "food shop",
        "food and groceries",
    ),
    (
        "restaurants",
        "dining",
        "dining out",
        "eating out",
        "eat out",
        "ate out",
        "meals out",
        "takeout",
        "takeaway",
        "restaurants and bars",
    ),
    ("coffee", "coffee shop", "cafe", "coffee house"),
    ("transport", "transportation", "transit", "public transport", "commute", "commuting"),
    ("fuel", "petrol", "gasoline", "gas station"),
    ("utilities", "utility bill"),
    ("rent", "rent payment"),
    ("clothing", "clothes", "apparel", "fashion"),
    ("health", "healthcare", "health care", "medical", "medical expense"),
    ("entertainment", "leisure", "fun"),
    ("travel", "trips", "vacation", "holidays", "traveling", "travelling"),
    ("gifts", "presents"),
    ("donations", "charity", "charitable giving"),
    ("fees", "bank fees", "bank charges", "charges"),
    ("fitness", "gym", "exercise"),
    ("education", "tuition"),
    ("pets", "pet care"),
    ("children", "kids", "childcare"),
    ("household", "home", "home goods"),
    ("taxes", "tax"),
    ("insurance", "insurance premium"),
    ("pay", "salary", "wage", "paycheck", "paycheque", "payroll", "earnings"),
    ("interest", "interest income", "interest earned"),
    ("dividends", "dividend income"),
    ("card payment", "credit card payment", "card bill", "credit card bill"),
    ("retirement contribution", "401k contribution", "pension contribution"),
)

KIND_WORDS: dict[str, tuple[str, ...]] = {
    "checking": ("checking", "chequing", "current account"),
    "credit_card": ("credit card",),
    "cash": ("cash", "wallet"),
    "savings": ("savings", "savings account"),
    "investment": ("investment", "brokerage", "brokerage account"),
    "retirement": ("retirement", "401k", "pension", "retirement account"),
    "loan": ("loan",),
    "property": ("property", "house", "real estate"),
}


def words_of(text: str) -> Words:
    """The words in the singular, without case, accents, apostrophes and punctuation."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    plain = _APOSTROPHES_AND_BRACKETS.sub("", plain)
    return tuple(_singular(word) for word in _WORD.findall(plain)[:_MAX_WORDS])


def naming_words(words: Words) -> Words:
    """Without the words of a question; all of them when nothing else is there."""
    return tuple(word for word in words if word not in FILLERS) or words


def asked_words(text: str) -> Words:
    """The words of a question that may name something; "pay" only where it is a noun."""
    words = words_of(text)
    return tuple(
        word
        for before, word in zip(("", *words), words, strict=False)
        if word not in FILLERS and (word != "pay" or before in {"", "my", "the", "of"})
    )


def synonyms_of(name: Words) -> list[Words]:
    """The other phrases for what `name` names; none when it is not a known concept."""
    return [phrase for phrases in _CONCEPTS if name in phrases for phrase in phrases - {name}]


def is_typo_of(written: str, meant: str) -> bool:
    """One slip in a word of five letters or more, two from eight; never in the first letter."""
    return any(_is_slip(written, form) for form in (meant, _plural(meant)))


def is_longer_form(one: str, other: str) -> bool:
    """Whether one word only goes on where the other, of seven letters or more, ends:
    "electricity" and "electric"."""
    short, long = sorted((one, other), key=len)
    return len(short) >= _STEM and len(long) - len(short) <= _ENDING and long.startswith(short)


_STEM, _ENDING = 7, 5


def _is_slip(written: str, meant: str) -> bool:
    shorter = min(len(written), len(meant))
    if shorter < 5 or written[0] != meant[0] or written.isdigit() or meant.isdigit():
        return False
    allowed = 2 if shorter >= 8 else 1
    return abs(len(written) - len(meant)) <= allowed and _slips(written, meant) <= allowed


def _slips(left: str, right: str) -> int:
    """Letters added, lost, changed, or swapped with their neighbour."""
    before: list[int] = []
    previous = list(range(len(right) + 1))
    for i, letter in enumerate(left, start=1):
        current = [i]
        for j, other in enumerate(right, start=1):
            cost = min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == right[j - 2] and left[i - 2] == other:
                cost = min(cost, before[j - 2] + 1)
            current.append(cost)
        before, previous = previous, current
    return previous[-1]


def _plural(word: str) -> str:
    return f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    if len(word) > 4 and word.endswith(("ses", "xes", "ches", "shes", "zes")):
        return word[:-2] if not word.endswith("ses") or word.endswith("sses") else word[:-1]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


_CONCEPTS = [
    frozenset(naming_words(words_of(phrase)) for phrase in phrases) for phrases in _SYNONYMS
]
