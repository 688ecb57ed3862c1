"""Which of the user's accounts a file is about."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from spendo.ledger.errors import LedgerError, UnknownRow
from spendo.ledger.imports import ImportRefused
from spendo.ledger.models import Account
from spendo.ledger.money import Money, MoneyError, round_money
from spendo.ledger.services.accounts import add_account, add_institution, edit_account
from spendo.ledger.services.importing.survey import AccountFacts, Survey
from spendo.ledger.services.importing.types import AccountChoice, ImportChoices, TargetAccount
from spendo.users.fields import fold
from spendo.users.models import User

_NAME_LIMIT = 120
_INSTITUTION = "Imported"
_KIND_WORDS = {
    "credit_card": ("credit card", "card", "visa", "mastercard", "amex"),
    "savings": ("savings", "saving", "tagesgeld", "sparkonto"),
    "retirement": ("401k", "retirement", "pension", "ira"),
    "investment": ("brokerage", "investment", "investments", "depot"),
    "loan": ("loan", "mortgage", "kredit"),
    "cash": ("cash", "wallet", "bargeld", "petty cash"),
}


@dataclass(frozen=True, slots=True)
class NewAccount:
    """An account that the import makes."""

    name: str
    kind: str
    opening: Money
    opened_on: datetime.date
    institution: str
    external_id: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where the rows of one account of the file go. One of the two accounts is there."""

    facts: AccountFacts
    currency: str
    account: Account | None = None
    new: NewAccount | None = None

    @property
    def name(self) -> str:
        return self.account.name if self.account else self.new.name if self.new else ""

    def target(self) -> TargetAccount:
        closing = self.facts.closing
        return TargetAccount(
            name=self.name,
            currency=self.currency,
            account_id=self.account.pk if self.account else None,
            rows=self.facts.rows,
            first=self.facts.first,
            last=self.facts.last,
            stated_balance=closing.amount if closing else None,
            stated_on=closing.date if closing else None,
        )


def find_places(user: User, survey: Survey, choices: ImportChoices) -> dict[str, Place]:
    """The place of each account of the file, by its key.

    Raises ImportRefused with code "account" and the names to choose from where the user has to
    say it, and LedgerError for an account that is not the user's.
    """
    wanted = {key: facts for key, facts in survey.accounts.items() if facts.rows}
    own = list(Account.objects.of(user).select_related("institution").order_by("pk"))
    chosen = dict(choices.accounts)
    if of_all := AccountChoice(choices.account_id, choices.new_account):
        if len(wanted) > 1:
            raise ImportRefused(
                f"The file is about {len(wanted)} accounts and names them itself. Choose for each "
                "of them.",
                code="choices",
            )
        chosen = dict.fromkeys(wanted, of_all)
    taken = {each.account_id for each in chosen.values()}
    left = [each for each in own if each.pk not in taken]
    return {
        key: _chosen(user, own, facts, chosen[key])
        if key in chosen
        else _found(user, own, left, facts)
        for key, facts in wanted.items()
    }


def make_places(user: User, places: Mapping[str, Place]) -> dict[str, int]:
    """The ids of the accounts, those that are new made first. An account that was chosen by hand
    is known by the bank's number from then on."""
    ids: dict[str, int] = {}
    for key, place in places.items():
        if place.new is not None:
            institution = add_institution(user, name=place.new.institution)
            account = add_account(
                user,
                institution=institution,
                name=place.new.name,
                kind=place.new.kind,
                opening=place.new.opening,
                opened_on=place.new.opened_on,
                external_id=place.new.external_id,
            )
        else:
            account = _known(place)
            number = place.facts.account.external_id
            if number and not account.external_id:
                edit_account(user, account.pk, external_id=number)
        ids[key] = account.pk
    return ids


def _known(place: Place) -> Account:
    if place.account is None:
        raise LedgerError("There is no such account.")
    return place.account


def _chosen(user: User, own: list[Account], facts: AccountFacts, choices: AccountChoice) -> Place:
    if choices.account_id is None:
        return _planned(user, facts, name=choices.new_account)
    account = next((each for each in own if each.pk == choices.account_id), None)
    if account is None:
        raise UnknownRow("There is no such account.")
    return Place(facts, account.currency, account=account)


def _found(user: User, own: list[Account], left: list[Account], facts: AccountFacts) -> Place:
    """`left` are those that are not taken by another account of the file."""
    said = facts.account
    currency = facts.currency
    if said.external_id:
        for account in own:
            if account.external_id == said.external_id:
                return Place(facts, account.currency, account=account)
        might_be = [each for each in left if _may_be(each, facts)]
        if might_be:
            raise _ask(f"The file is about the account {_shown(said.name)}.", might_be, said.key)
        return _planned(user, facts, name=said.name)
    if not said.name:
        raise _ask("The file does not say which account it is about.", _in_currency(own, currency))
    named = [each for each in own if fold(each.name) == fold(said.name)]
    fitting = _in_currency(named, currency)
    if len(fitting) > 1:
        raise _ask(
            f"There are {len(fitting)} accounts called {_shown(said.name)}.", fitting, said.key
        )
    if named and not fitting:
        raise _ask(
            f"Your account {_shown(said.name)} is in {named[0].currency}, the file in {currency}.",
            _in_currency(own, currency),
            said.key,
        )
    return Place(facts, fitting[0].currency, account=fitting[0]) if fitting else _planned(
        user, facts, name=said.name
    )  # fmt: skip


def _may_be(account: Account, facts: AccountFacts) -> bool:
    """An account made by hand, that nobody has tied to a bank's number yet."""
    is_card = facts.account.kind == "credit_card"
    return (
        not account.external_id
        and account.currency == (facts.currency or account.currency)
        and (account.kind == "credit_card") == is_card
    )


def _in_currency(accounts: list[Account], currency: str) -> list[Account]:
    return [each for each in accounts if not currency or each.currency == currency]


def _planned(user: User, facts: AccountFacts, *, name: str) -> Place:
    said = facts.account
    currency = facts.currency or user.currency
    try:
        opening = round_money(facts.opening_amount(), currency)
    except MoneyError:
        raise ImportRefused(f"{_shown(currency)} is no currency.", code="currency") from None
    new = NewAccount(
        name=name.strip()[:_NAME_LIMIT],
        kind=said.kind or _kind_by_name(name),
        opening=opening,
        opened_on=facts.first or datetime.date(1970, 1, 1),
        institution=said.institution.strip()[:_NAME_LIMIT] or _INSTITUTION,
        external_id=said.external_id,
    )
    return Place(facts, currency, new=new)


def _kind_by_name(name: str) -> str:
    words = f" {fold(name)} "
    for kind, phrases in _KIND_WORDS.items():
        if any(f" {phrase} " in words for phrase in phrases):
            return kind
    return "checking"


def _ask(found: str, accounts: list[Account], key: str = "") -> ImportRefused:
    return ImportRefused(
        f"{found} Choose one of your accounts, or give a new one a name.",
        code="account",
        choices=tuple(account.name for account in accounts),
        account=key,
    )


def _shown(text: str) -> str:
    return f"“{text[:60]}”"
