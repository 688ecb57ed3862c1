"""Which own accounts a bank's text names."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from spendo.ledger.matching.sides import OwnAccount, words_of

_COMMON = words_of(
    """
    account accounts bank my the of and credit card debit checking savings saving cash
    loan investment current main joint new old union national first federal
    """
)
"""Words of many names: alone they name nothing."""

_KINDS = {
    "checking": frozenset({"checking", "current"}),
    "savings": frozenset({"savings", "saving"}),
    "credit_card": frozenset({"card", "visa", "mastercard", "amex", "creditcard", "crd"}),
    "cash": frozenset({"cash", "atm"}),
    "loan": frozenset({"loan", "mortgage", "lending"}),
    "investment": frozenset({"brokerage", "investment", "investments", "invest"}),
    "retirement": frozenset({"retirement", "401k", "ira", "pension"}),
    "property": frozenset[str](),
}
_END_OF_NUMBER = 4


class AccountNames:
    """The names of a user's accounts, and what of them tells one from another."""

    def __init__(self, accounts: Sequence[OwnAccount]) -> None:
        self._accounts = accounts
        self._full = {account.id: words_of(account.name) for account in accounts}
        self._telling = _telling(self._full)
        self._institutions = _telling(
            {account.id: words_of(account.institution) for account in accounts}
        )
        kinds = [account.kind for account in accounts]
        self._by_kind = {
            account.id: _KINDS[account.kind]
            for account in accounts
            if kinds.count(account.kind) == 1
        }
        self.named_by = lru_cache(maxsize=4096)(self._named_by)

    def words(self, account_id: int) -> frozenset[str]:
        """All words of an account's and its institution's name."""
        return self._full[account_id] | self._institutions.get(account_id, frozenset())

    def _named_by(self, words: frozenset[str]) -> frozenset[int]:
        """The ids of the accounts that these words name; the closest kind of name decides."""
        for found in (
            self._by_number(words),
            self._by_name(words),
            self._where(self._by_kind, words),
            self._where(self._institutions, words),
        ):
            if found:
                return found
        return frozenset()

    def _by_number(self, words: frozenset[str]) -> frozenset[int]:
        ends = [word for word in words if len(word) >= _END_OF_NUMBER and word.isdecimal()]
        return frozenset(
            account.id
            for account in self._accounts
            if account.number and any(account.number.endswith(end) for end in ends)
        )

    def _by_name(self, words: frozenset[str]) -> frozenset[int]:
        """A whole name, unless a longer one is there as well; or a word only one account has."""
        whole = {number: full for number, full in self._full.items() if full and full <= words}
        longest = {
            number
            for number, full in whole.items()
            if not any(full < other for other in whole.values())
        }
        return frozenset(longest) | self._where(self._telling, words)

    def _where(self, names: dict[int, frozenset[str]], words: frozenset[str]) -> frozenset[int]:
        return frozenset(number for number, telling in names.items() if telling & words)


def _telling(names: dict[int, frozenset[str]]) -> dict[int, frozenset[str]]:
    """The words of each name that are of no other name, but for the same name again."""
    return {
        number: own - _COMMON - _of_others(own, names.values()) - _short(own)
        for number, own in names.items()
    }


def _of_others(own: frozenset[str], names: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset(word for name in names if name != own for word in name)


def _short(words: frozenset[str]) -> frozenset[str]:
    return frozenset(word for word in words if len(word) < 3)
