"""What the user has set up beside the rows: categories, tags, rules, rates, values, series."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count

from spendo.ledger.models import (
    Category,
    CategoryRule,
    ExchangeRate,
    RecurringSeries,
    Tag,
    Valuation,
)
from spendo.ledger.money import Money, from_minor
from spendo.users.models import User


@dataclass(frozen=True, slots=True)
class CategoryEntry:
    """`transactions`: how many are in it itself, not under it."""

    id: int
    name: str
    kind: str
    parent_id: int | None
    transactions: int


@dataclass(frozen=True, slots=True)
class TagEntry:
    id: int
    name: str
    transactions: int


@dataclass(frozen=True, slots=True)
class RuleEntry:
    """`position` 1 is tried first."""

    id: int
    position: int
    field: str
    match: str
    text: str
    account_id: int | None
    category_id: int | None
    merchant: str
    active: bool


@dataclass(frozen=True, slots=True)
class RateEntry:
    """1 `base` = `rate` `quote` on `date`."""

    id: int
    base: str
    quote: str
    date: date
    rate: Decimal


@dataclass(frozen=True, slots=True)
class ValuationEntry:
    id: int
    account_id: int
    account: str
    date: date
    value: Money


@dataclass(frozen=True, slots=True)
class SeriesEntry:
    """What the user has said of a series; see `RecurringSeries`."""

    id: int
    account_id: int
    merchant: str
    kind: str
    cadence: str
    status: str
    amount: Money
    first_on: date
    ended_on: date | None
    category_id: int | None


def list_categories(user: User) -> list[CategoryEntry]:
    """All categories by name; the tree is in their `parent_id`."""
    found = Category.objects.filter(user=user).annotate(count=Count("transactions"))
    return [
        CategoryEntry(node.pk, node.name, node.kind, node.parent_id, node.count)
        for node in found.order_by("name_key")
    ]


def list_tags(user: User) -> list[TagEntry]:
    found = Tag.objects.filter(user=user).annotate(count=Count("transactions"))
    return [TagEntry(tag.pk, tag.name, tag.count) for tag in found.order_by("name_key")]


def list_rules(user: User) -> list[RuleEntry]:
    """In the order in which they are tried."""
    return [
        RuleEntry(
            id=rule.pk,
            position=rule.position,
            field=rule.field,
            match=rule.match,
            text=rule.text,
            account_id=rule.account_id,
            category_id=rule.category_id,
            merchant=rule.merchant,
            active=rule.active,
        )
        for rule in CategoryRule.objects.filter(user=user)
    ]


def list_rates(user: User, *, base: str = "", quote: str = "", limit: int = 100) -> list[RateEntry]:
    """The newest rates, of two currencies or of all."""
    found = ExchangeRate.objects.filter(user=user).order_by("-date", "base", "quote")
    if base:
        found = found.filter(base=base)
    if quote:
        found = found.filter(quote=quote)
    return [
        RateEntry(rate.pk, rate.base, rate.quote, rate.date, rate.rate) for rate in found[:limit]
    ]


def list_valuations(user: User, *, account_id: int | None = None) -> list[ValuationEntry]:
    """What accounts were worth, newest first; of one account or of all."""
    found = Valuation.objects.filter(user=user).select_related("account").order_by("-date", "pk")
    if account_id is not None:
        found = found.filter(account_id=account_id)
    return [
        ValuationEntry(
            id=value.pk,
            account_id=value.account_id,
            account=value.account.name,
            date=value.date,
            value=from_minor(value.value_minor, value.account.currency),
        )
        for value in found
    ]


def list_series(user: User) -> list[SeriesEntry]:
    """What was said of series, by merchant."""
    found = RecurringSeries.objects.filter(user=user).select_related("account")
    return [
        SeriesEntry(
            id=series.pk,
            account_id=series.account_id,
            merchant=series.merchant,
            kind=series.kind,
            cadence=series.cadence,
            status=series.status,
            amount=from_minor(series.amount_minor, series.account.currency),
            first_on=series.first_on,
            ended_on=series.ended_on,
            category_id=series.category_id,
        )
        for series in found.order_by("merchant_key", "pk")
    ]
