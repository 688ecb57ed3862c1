"""What a user says about a file, as JSON: of a request, or kept with a draft."""

from collections.abc import Mapping
from typing import Any

from spendo.ledger.imports import ImportRefused, ReadOptions, mapping_from
from spendo.ledger.imports.amounts import MARKS
from spendo.ledger.imports.dates import ORDERS
from spendo.ledger.services.importing.types import AccountChoice, ImportChoices

FIELDS = (
    "account_id",
    "new_account",
    "accounts",
    "with_duplicates",
    "as_remembered",
    "profile",
    "mapping",
    "date_order",
    "decimal_mark",
    "separator",
    "encoding",
)
_LONGEST = 120
_MOST_ACCOUNTS = 200


def choices_from(values: Mapping[str, Any]) -> ImportChoices:
    """Raises ImportRefused, with code "choices" or "mapping", for what cannot be meant."""
    for name in values:
        if name not in FIELDS:
            raise _refused(f"There is nothing called “{name[:40]}” to choose.")
    mapping = values.get("mapping")
    if mapping is not None and not isinstance(mapping, Mapping):
        raise _refused("The mapping is an object.")
    return ImportChoices(
        reading=ReadOptions(
            encoding=_text(values, "encoding"),
            separator=_text(values, "separator"),
            profile=_text(values, "profile"),
            mapping=mapping_from(mapping) if mapping else None,
            date_order=_one_of(values, "date_order", ORDERS),
            decimal_mark=_one_of(values, "decimal_mark", MARKS),
        ),
        account_id=_number(values, "account_id"),
        new_account=_text(values, "new_account").strip(),
        accounts=_accounts(values.get("accounts")),
        with_duplicates=_switch(values, "with_duplicates", usual=False),
        as_remembered=_switch(values, "as_remembered", usual=True),
    )


def _accounts(values: Any) -> dict[str, AccountChoice]:
    if values is None:
        return {}
    if not isinstance(values, Mapping) or len(values) > _MOST_ACCOUNTS:
        raise _refused("“accounts” is an object, with an account for each key.")
    return {key: _account(key, each) for key, each in values.items()}


def _account(key: str, values: Any) -> AccountChoice:
    if isinstance(values, Mapping) and set(values) <= {"account_id", "new_account"}:
        name = _text(values, "new_account").strip()
        if chosen := AccountChoice(_number(values, "account_id"), name):
            return chosen
    raise _refused(f"Give “{key[:40]}” an “account_id” or a “new_account”.")


def _text(values: Mapping[str, Any], name: str) -> str:
    value = values.get(name) or ""
    if not isinstance(value, str) or len(value) > _LONGEST or "\0" in value:
        raise _refused(f"“{name}” is a text of at most {_LONGEST} letters.")
    return value


def _number(values: Mapping[str, Any], name: str) -> int | None:
    value = values.get(name)
    if value is not None and (isinstance(value, bool) or not isinstance(value, int)):
        raise _refused(f"“{name}” is a number.")
    return value


def _switch(values: Mapping[str, Any], name: str, *, usual: bool) -> bool:
    value = values.get(name, usual)
    if not isinstance(value, bool):
        raise _refused(f"“{name}” is true or false.")
    return value


def _one_of(values: Mapping[str, Any], name: str, allowed: tuple[Any, ...]) -> Any:
    value = values.get(name)
    if value not in (None, "", *allowed):
        raise _refused(f"“{name}” is one of: {' '.join(allowed)}")
    return value or None


def _refused(message: str) -> ImportRefused:
    return ImportRefused(message, code="choices")
