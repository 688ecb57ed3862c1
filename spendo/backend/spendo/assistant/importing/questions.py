"""What the user is asked about a file, and what their answers mean.

The id of a question names the file that waits (`import-<draft>-<what>`). It was written by this
server into the thread, so an answer is about that file and no other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from chatkit.types import (
    StructuredInput,
    StructuredInputItem,
    StructuredInputMultipleChoice,
    StructuredInputMultipleChoiceOption,
)

from spendo.ledger.imports import ImportRefused

IMPORT, DROP = "Import {count}", "Do not import"
ANEW = "Read it differently"
REVERT, KEEP = "Take it back", "Keep it"
NEW_ACCOUNT = "A new account"
DAY_FIRST, MONTH_FIRST = "The day comes first", "The month comes first"
POINT, COMMA = "The point: 1,234.56", "The comma: 1.234,56"
NO_COLUMN = "Not in this file"
_NEEDED = {"date": "date", "amount": "amount", "description": "description"}
_MORE = {
    "debit": "money out, if it is apart",
    "credit": "money in, if it is apart",
    "category": "category",
    "currency": "currency",
    "account": "account",
}
_MAY_BE_MISSING = frozenset({"amount", *_MORE})
"""What columns can mean, by the names of a mapping (`ledger.imports.ColumnMapping`)."""
_ID = re.compile(r"import-([0-9a-f]{32}|[0-9]{1,18})-([a-z_]+)")
_MOST_OPTIONS = 30


def is_about_a_file(item: StructuredInputItem) -> bool:
    """Such questions quote the file, so no model is given them or their answers."""
    return any(question.id.startswith("import-") for question in item.inputs)


@dataclass(frozen=True, slots=True)
class Answers:
    """`subject` is the id of the draft or the number of the batch; texts by what was asked. A
    question that was skipped is not there."""

    subject: str
    texts: dict[str, str]


def answers_in(item: StructuredInputItem) -> Answers | None:
    """None when the questions were not about a file."""
    subject = ""
    texts: dict[str, str] = {}
    for question in item.inputs:
        found = _ID.fullmatch(question.id)
        if found is None:
            return None
        subject = found[1]
        answer = question.answer
        if answer is not None and not answer.skipped and answer.values:
            texts[found[2]] = answer.values[0]
    return Answers(subject, texts) if subject else None


def confirm_import(draft: str, count: str, *, remembered: bool) -> list[StructuredInput]:
    """`remembered`: the file is read as the last one with its header was."""
    options = (IMPORT.format(count=count), *([ANEW] if remembered else []), DROP)
    return [_choice(draft, "confirm", f"Import {count} now?", options)]


def confirm_revert(batch: int, question: str) -> list[StructuredInput]:
    return [_choice(str(batch), "revert", question, (REVERT, KEEP))]


def questions_for(draft: str, refused: ImportRefused) -> list[StructuredInput] | None:
    """What to ask so that the file can be read; None if no question helps."""
    match refused.code:
        case "account":
            options = (*refused.choices[: _MOST_OPTIONS - 1], NEW_ACCOUNT)
            text = "Which account is the file about? Your own words name a new one."
            return [_choice(draft, "account", text, options)]
        case "ambiguous_dates":
            text = f"{refused.message} Which comes first?"
            return [_choice(draft, "dates", text, (DAY_FIRST, MONTH_FIRST))]
        case "ambiguous_amounts":
            text = f"{refused.message} Which mark is it?"
            return [_choice(draft, "decimal", text, (POINT, COMMA))]
        case "encoding" if refused.choices:
            return [_choice(draft, "encoding", str(refused), refused.choices)]
        case "mapping" if len(refused.choices) >= 3:
            return _columns(draft, refused.choices[:_MOST_OPTIONS])
        case _:
            return None


def _columns(draft: str, columns: Sequence[str]) -> list[StructuredInput]:
    """What each column means; of a table with more than what a row needs, all that it may have."""
    more = len(columns) > len(_NEEDED)
    return [
        _choice(
            draft,
            f"column_{what}",
            f"Which column has the {words}?",
            columns if what not in _MAY_BE_MISSING or not more else (NO_COLUMN, *columns),
        )
        for what, words in (_NEEDED | _MORE if more else _NEEDED).items()
    ]


def choices_of(texts: dict[str, str], accounts: Sequence[tuple[int, str]]) -> dict[str, Any]:
    """What the answers say about the file, as `services.importing.choose` takes it."""
    said: dict[str, Any] = {}
    columns = {what: texts.get(f"column_{what}", NO_COLUMN) for what in _NEEDED | _MORE}
    mapping = {what: column for what, column in columns.items() if column != NO_COLUMN}
    if mapping:
        said["mapping"] = mapping
    if (first := texts.get("dates")) is not None:
        said["date_order"] = "mdy" if first == MONTH_FIRST else "dmy"
    if (mark := texts.get("decimal")) is not None:
        said["decimal_mark"] = "," if mark == COMMA else "."
    if (encoding := texts.get("encoding")) is not None:
        said["encoding"] = encoding
    if (account := texts.get("account")) is not None:
        known = [number for number, name in accounts if name == account]
        if len(known) == 1:
            said["account_id"] = known[0]
        else:
            said["new_account"] = "" if account == NEW_ACCOUNT else account[:120]
    return said


def _choice(
    subject: str, what: str, question: str, options: Sequence[str]
) -> StructuredInputMultipleChoice:
    return StructuredInputMultipleChoice(
        id=f"import-{subject}-{what}",
        question=question,
        options=[StructuredInputMultipleChoiceOption(value=option) for option in options],
    )
