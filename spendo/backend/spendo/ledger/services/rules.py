"""Rules that choose a category and a merchant. What users write is compared as text."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from spendo.ledger.changes import changing
from spendo.ledger.errors import LedgerError
from spendo.ledger.models import CategoryRule, Transaction
from spendo.ledger.services.checks import (
    BATCH,
    counted,
    known_choice,
    named,
    only,
    own,
    own_account,
    own_category,
    own_transactions,
    short,
)
from spendo.ledger.services.transactions import NewTransaction
from spendo.users.fields import fold
from spendo.users.models import User

_MAX_RULES = 1000
_FITS: dict[str, Callable[[str, str], bool]] = {
    "equals": lambda text, wanted: text == wanted,
    "starts_with": lambda text, wanted: text.startswith(wanted),
    "contains": lambda text, wanted: wanted in text,
}


@dataclass(frozen=True, slots=True)
class RuleEffect:
    """What a rule would make of a row; a value that stays is the same before and after."""

    transaction_id: int
    rule_id: int
    category_before: int | None
    category_after: int | None
    merchant_before: str
    merchant_after: str


def add_rule(
    user: User,
    *,
    field: str,
    match: str,
    text: str,
    category_id: int | None = None,
    merchant: str = "",
    account_id: int | None = None,
    position: int | None = None,
) -> CategoryRule:
    """A new rule, the last one or at `position` (1 is the first). Raises LedgerError.

    `field` is "merchant" or "description", `match` "equals", "starts_with" or "contains".
    """
    columns = _columns(
        user,
        {
            "field": field,
            "match": match,
            "text": text,
            "category_id": category_id,
            "merchant": merchant,
            "account_id": account_id,
        },
    )
    with changing(user, kind="add_rule", summary=f"Added a rule for {text[:80]}") as change:
        rules = list(CategoryRule.objects.filter(user=user))
        if len(rules) >= _MAX_RULES:
            raise LedgerError(f"There are {_MAX_RULES:,} rules already.")
        _require_effect(columns["category_id"], columns["merchant"])
        rule = CategoryRule(user=user, position=len(rules) + 1, **columns)
        change.create(rule)
        _put_in_order(user, rule, position)
        return rule


def edit_rule(user: User, rule_id: int, **fields: Any) -> CategoryRule:
    """Change what `add_rule` takes, or whether the rule is `active`."""
    only(fields, "field", "match", "text", "category_id", "merchant", "account_id", "position",
         "active")  # fmt: skip
    position = fields.pop("position", None)
    columns = _columns(user, fields)
    with changing(user, kind="edit_rule") as change:
        rule = own(user, CategoryRule, rule_id, "rule")
        change.summary = f"Changed the rule for {rule.text[:80]}"
        _require_effect(
            columns.get("category_id", rule.category_id), columns.get("merchant", rule.merchant)
        )
        change.update(rule, **columns)
        if position is not None:
            _put_in_order(user, rule, position)
        return rule


def delete_rule(user: User, rule_id: int) -> None:
    """Delete a rule; what it chose stays."""
    with changing(user, kind="delete_rule") as change:
        rule = own(user, CategoryRule, rule_id, "rule")
        change.summary = f"Deleted the rule for {rule.text[:80]}"
        change.delete(rule)


def preview_rules(
    user: User, ids: Iterable[int] | None = None, *, replace_categories: bool = False
) -> list[RuleEffect]:
    """What `apply_rules` would change, row by row, oldest first."""
    chosen = _Rules.of(user)
    effects = (_effect(chosen, row, replace_categories) for row in _rows(user, ids))
    return [effect for effect in effects if effect is not None]


def apply_rules(
    user: User, ids: Iterable[int] | None = None, *, replace_categories: bool = False
) -> int:
    """Apply the rules to these rows, or to all; how many that changed.

    A category that a row has stays, unless `replace_categories`; a merchant that a rule names is
    always taken.
    """
    with changing(user, kind="apply_rules") as change:
        effects = {
            effect.transaction_id: effect
            for effect in preview_rules(user, ids, replace_categories=replace_categories)
        }
        change.summary = f"Applied the rules to {counted(len(effects), 'transaction')}"
        return change.update_each(
            [
                (
                    row,
                    {
                        "category_id": effects[row.pk].category_after,
                        "merchant": effects[row.pk].merchant_after,
                    },
                )
                for row in _rows(user, list(effects))
            ]
        )


def with_rules(user: User, rows: Sequence[NewTransaction]) -> list[NewTransaction]:
    """New rows as the rules would have them; a category that a row brings along stays."""
    chosen = _Rules.of(user)
    return [_ruled(chosen, row) for row in rows]


def _ruled(rules: "_Rules", row: NewTransaction) -> NewTransaction:
    rule = rules.first_for(row.account_id, fold(row.merchant), row.description)
    if rule is None:
        return row
    return replace(
        row,
        category_id=rule.category_id if row.category_id is None else row.category_id,
        merchant=rule.merchant or row.merchant,
    )


class _Rules:
    """The active rules of a user in order, and what they chose for texts seen before."""

    def __init__(self, rules: list[CategoryRule]) -> None:
        self._rules = rules
        self._seen: dict[tuple[int, str, str], CategoryRule | None] = {}

    @classmethod
    def of(cls, user: User) -> "_Rules":
        return cls(list(CategoryRule.objects.filter(user=user, active=True)))

    def first_for(
        self, account_id: int, merchant_key: str, description: str
    ) -> CategoryRule | None:
        seen = (account_id, merchant_key, description)
        if seen not in self._seen:
            texts = {"merchant": merchant_key, "description": fold(description)}
            self._seen[seen] = next(
                (rule for rule in self._rules if _fits(rule, account_id, texts)), None
            )
        return self._seen[seen]


def _fits(rule: CategoryRule, account_id: int, texts: dict[str, str]) -> bool:
    if rule.account_id is not None and rule.account_id != account_id:
        return False
    return _FITS[rule.match](texts[rule.field], rule.text_key)


def _rows(user: User, ids: Iterable[int] | None) -> Iterator[Transaction]:
    """Rows that rules may change: those with parts are left to their parts."""
    rows = Transaction.objects.of(user).filter(is_split=False).order_by("date", "pk")
    if ids is None:
        yield from rows.iterator(chunk_size=BATCH)
        return
    found = own_transactions(user, ids)
    yield from sorted(
        (row for row in found if not row.is_split), key=lambda row: (row.date, row.pk)
    )


def _effect(rules: _Rules, row: Transaction, replace_categories: bool) -> RuleEffect | None:
    rule = rules.first_for(row.account_id, row.merchant_key, row.description)
    if rule is None:
        return None
    takes = rule.category_id is not None and (row.category_id is None or replace_categories)
    category = rule.category_id if takes else row.category_id
    merchant = rule.merchant or row.merchant
    if (category, merchant) == (row.category_id, row.merchant):
        return None
    return RuleEffect(row.pk, rule.pk, row.category_id, category, row.merchant, merchant)


def _columns(user: User, fields: dict[str, Any]) -> dict[str, Any]:
    columns: dict[str, Any] = {}
    for name, value in fields.items():
        match name:
            case "field":
                columns[name] = known_choice(value, CategoryRule.Field, "field")
            case "match":
                columns[name] = known_choice(value, CategoryRule.Match, "comparison")
            case "text":
                columns[name] = named(value, "text of the rule", 200)
            case "category_id":
                own_category(user, value)
                columns[name] = value
            case "account_id":
                columns[name] = None if value is None else own_account(user, value).pk
            case "merchant":
                columns[name] = short(value.strip(), "merchant", 200)
            case "active":
                columns[name] = bool(value)
    return columns


def _require_effect(category_id: int | None, merchant: str) -> None:
    if category_id is None and not merchant:
        raise LedgerError("A rule chooses a category, a merchant, or both.")


def _put_in_order(user: User, rule: CategoryRule, position: int | None) -> None:
    """Number the rules from 1, this one at `position`."""
    with changing(user, kind="order_rules", summary="Ordered the rules") as change:
        rules = [other for other in CategoryRule.objects.filter(user=user) if other.pk != rule.pk]
        place = len(rules) if position is None else max(0, position - 1)
        rules.insert(place, rule)
        change.update_each([(other, {"position": place + 1}) for place, other in enumerate(rules)])
