"""A user's ledger for a test, written down in a line per fact."""

from datetime import date
from decimal import Decimal

from spendo.ledger.models import Account, Category, Institution, Transaction, Transfer
from spendo.ledger.money import Money, to_minor
from spendo.users.models import User

DAY = date(2026, 5, 14)


class Book:
    def __init__(self, user: User) -> None:
        self.user = user
        self.bank = Institution.objects.create(user=user, name="Bank")
        self.categories: dict[str, Category] = {}
        self.accounts: dict[str, Account] = {}

    def account(
        self,
        name: str = "Checking",
        kind: str = "checking",
        *,
        currency: str = "USD",
        opening: str = "0",
        opened_on: date = date(2025, 1, 1),
        hidden: bool = False,
    ) -> Account:
        self.accounts[name] = Account.objects.create(
            user=self.user,
            institution=self.bank,
            name=name,
            kind=kind,
            currency=currency,
            opening_balance_minor=to_minor(Money(Decimal(opening), currency)),
            opened_on=opened_on,
            hidden=hidden,
        )
        return self.accounts[name]

    def category(self, name: str, kind: str = "expense") -> Category:
        self.categories[name] = Category.objects.create(user=self.user, name=name, kind=kind)
        return self.categories[name]

    def add(
        self,
        amount: str,
        category: str | None = None,
        *,
        account: str = "Checking",
        on: date = DAY,
        merchant: str = "",
        pending: bool = False,
        hidden: bool = False,
    ) -> Transaction:
        held_in = self.accounts[account]
        return Transaction.objects.create(
            user=self.user,
            account=held_in,
            date=on,
            amount_minor=to_minor(Money(Decimal(amount), held_in.currency)),
            description=merchant or "Something",
            merchant=merchant,
            category=self.categories[category] if category else None,
            status="pending" if pending else "posted",
            hidden=hidden,
        )

    def transfer(
        self,
        amount: str,
        source: str,
        target: str,
        *,
        category: str | None = None,
        on: date = DAY,
    ) -> Transfer:
        outflow = self.add(f"-{amount}", category, account=source, on=on)
        inflow = self.add(amount, category, account=target, on=on)
        return Transfer.objects.create(user=self.user, outflow=outflow, inflow=inflow)


def newest_id(user: User) -> int:
    return Transaction.objects.filter(user=user).latest("id").pk


def usd(amount: str) -> Money:
    return Money(Decimal(amount), "USD")
