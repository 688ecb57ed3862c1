"""Finding what a phrase of the user names."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, TypeVar

from django.db.models import Max, Q

from spendo.ledger.models import Account, Category, Total, Transaction
from spendo.ledger.prepared import ask, ask_models, names_of
from spendo.ledger.querysets import TotalQuerySet, TransactionQuerySet
from spendo.ledger.rollups import in_period
from spendo.ledger.selectors.filters import dated, like_rows
from spendo.ledger.selectors.rolled import can_answer
from spendo.ledger.selectors.totalled import VISIBLE, of_totals
from spendo.ledger.selectors.types import (
    AccountRef,
    CategoryRef,
    NameMatches,
    TransactionFilter,
)
from spendo.ledger.selectors.words import (
    KIND_WORDS,
    Words,
    asked_words,
    is_longer_form,
    is_typo_of,
    naming_words,
    synonyms_of,
    words_of,
)
from spendo.users.fields import fold, is_storable
from spendo.users.models import User

MOST = 10
"""The longest list that is returned of each kind."""

T = TypeVar("T")

_EXACT, _EXACT_SYNONYM, _NAMED, _NAMED_SYNONYM, _PART_OF_NAME, _TYPO = range(6)


@dataclass(frozen=True, slots=True)
class _Candidate(Generic[T]):
    """Something with a name: what to return, how to sort it, and the phrases for it."""

    ref: T
    label: str
    name: Words
    synonyms: list[Words]


@dataclass(frozen=True, slots=True)
class _Match(Generic[T]):
    """`start` and `end`: which words of the question it accounts for."""

    ref: T
    label: str
    quality: int
    start: int
    end: int

    def is_within(self, other: "_Match[object]") -> bool:
        return (
            other.start <= self.start
            and self.end <= other.end
            and other.end - other.start > self.end - self.start
        )

    def overlaps(self, other: "_Match[object]") -> bool:
        return self.start < other.end and other.start < self.end


def match_names(user: User, *, text: str) -> NameMatches:
    """The user's categories, merchants and accounts that `text` names, best first.

    `text` is a name, a part of one, another word for it, or a whole question. Whole words
    only; a longer match hides the shorter ones inside it, and a typo is considered only where
    nothing is spelled right. At most ten of each kind; hidden accounts are never named.
    """
    asked = asked_words(text)
    if not asked:
        return NameMatches([], [], [])
    categories = list(_matches(asked, _categories(user)))
    merchants = list(_matches(asked, _merchants(user)))
    accounts = list(_matches(asked, _accounts(user)))
    everything: list[_Match[object]] = [*categories, *merchants, *accounts]  # type: ignore[list-item]
    return NameMatches(
        categories=_best(categories, everything),
        merchants=_best(merchants, everything),
        accounts=_best(accounts, everything),
    )


def category_names(user: User) -> list[str]:
    return names_of(Category, "pk", where=Q(user_id=user.pk))


def merchant_names(user: User) -> list[str]:
    """One spelling of each merchant in visible rows."""
    return list(_spellings(user, TransactionFilter()))


def account_names(user: User) -> list[str]:
    """Those of the accounts that are not hidden."""
    return names_of(Account, "pk", where=Q(user_id=user.pk, hidden=False))


def category_called(user: User, name: str) -> CategoryRef | None:
    """The category of exactly this name, in any case: without looking at all there are."""
    if not is_storable(name):
        return None
    found = ask_models(Category, "pk", where=Q(user_id=user.pk, name_key=fold(name)))
    return next((CategoryRef(each.pk, each.name, each.kind) for each in found), None)


def accounts_called(user: User, name: str) -> list[AccountRef]:
    """The visible accounts of exactly this name, in any case: two banks may each have one."""
    return [
        AccountRef(each.pk, each.name, each.kind)
        for each in _visible_accounts(user)
        if fold(each.name) == fold(name)
    ]


def merchant_called(user: User, name: str) -> str | None:
    """The merchant of exactly this name, in any case, as it is spelled in visible rows."""
    if not fold(name) or not is_storable(name):
        return None
    return next(iter(_spellings(user, TransactionFilter(merchants=(name,)))), None)


def _categories(user: User) -> Iterator[_Candidate[CategoryRef]]:
    for category in ask_models(Category, "pk", where=Q(user_id=user.pk)):
        name = naming_words(words_of(category.name))
        ref = CategoryRef(category.pk, category.name, category.kind)
        yield _Candidate(ref, category.name, name, synonyms_of(name))


def _merchants(user: User) -> Iterator[_Candidate[str]]:
    for merchant in _spellings(user, TransactionFilter()):
        yield _Candidate(merchant, merchant, naming_words(words_of(merchant)), [])


def _spellings(user: User, where: TransactionFilter) -> Iterable[str]:
    """One spelling of each merchant, in the order of their keys."""
    if can_answer(user, where):
        rows = of_totals(user, Total.Scope.MERCHANT) & like_rows(user, where) & in_period(None)
        return [spelling for _, spelling in ask(_spelled, where=rows & VISIBLE)]
    return [
        spelling for _, spelling in _named(Transaction.objects.filter(dated(user, where)).visible())
    ]


def _spelled(where: Q) -> Any:
    return _named(Total.objects.filter(where))


def _named(rows: TotalQuerySet | TransactionQuerySet) -> Any:
    """The key and a spelling of each merchant."""
    named = rows.exclude(merchant_key="").values("merchant_key").annotate(spelling=Max("merchant"))
    return named.order_by("merchant_key").values_list("merchant_key", "spelling")


def _accounts(user: User) -> Iterator[_Candidate[AccountRef]]:
    for account in _visible_accounts(user):
        kind = [naming_words(words_of(phrase)) for phrase in KIND_WORDS[account.kind]]
        name = naming_words(words_of(account.name))
        yield _Candidate(
            AccountRef(account.pk, account.name, account.kind), account.name, name, kind
        )


def _visible_accounts(user: User) -> list[Account]:
    return ask_models(Account, "pk", where=Q(user_id=user.pk, hidden=False))


def _matches(asked: Words, candidates: Iterable[_Candidate[T]]) -> Iterator[_Match[T]]:
    for candidate in candidates:
        found = _match(asked, candidate)
        if found:
            quality, start, end = found
            yield _Match(candidate.ref, candidate.label, quality, start, end)


def _match(asked: Words, candidate: _Candidate[T]) -> tuple[int, int, int] | None:
    """The best way in which the question names the candidate: quality, first and last word."""
    same: Callable[[str, str], bool] = str.__eq__
    whole = (0, len(asked))
    phrases = [(candidate.name, False), *((phrase, True) for phrase in candidate.synonyms)]
    found: list[tuple[int, int, int]] = []
    for phrase, is_synonym in phrases:
        if span := _find(asked, phrase, same):
            exact = span == whole
            found.append(((_EXACT if exact else _NAMED) + is_synonym, *span))
    if not found and _is_part(asked, candidate.name, same):
        found.append((_PART_OF_NAME, *whole))
    if not found:
        similar = partial(_same_or_typo)
        spans = [_find(asked, phrase, similar) for phrase, _ in phrases]
        found = [(_TYPO, *span) for span in spans if span]
        if not found and _is_part(asked, candidate.name, similar):
            found.append((_TYPO, *whole))
    return min(found, key=lambda match: (match[0], match[1] - match[2]), default=None)


def _find(asked: Words, phrase: Words, same: Callable[[str, str], bool]) -> tuple[int, int] | None:
    """Where the words of `phrase` follow one another in the question."""
    length = len(phrase)
    if not length:
        return None
    for start in range(len(asked) - length + 1):
        if all(same(asked[start + i], phrase[i]) for i in range(length)):
            return start, start + length
    return None


def _is_part(asked: Words, name: Words, same: Callable[[str, str], bool]) -> bool:
    """Every word asked for is a word of the name: "green" for "Green Bowl"."""
    return len(asked) < len(name) and all(
        len(word) >= 3 and any(same(word, part) for part in name) for word in asked
    )


def _same_or_typo(written: str, meant: str) -> bool:
    return written == meant or is_typo_of(written, meant) or is_longer_form(written, meant)


def _best(matches: list[_Match[T]], everything: list[_Match[object]]) -> list[T]:
    spelled_right = [match for match in everything if match.quality < _TYPO]
    kept = [
        match
        for match in matches
        if not any(match.is_within(other) for other in spelled_right)
        and not (match.quality == _TYPO and any(match.overlaps(o) for o in spelled_right))
    ]
    kept.sort(key=lambda match: (match.quality, match.start - match.end, match.start, match.label))
    return [match.ref for match in kept[:MOST]]
