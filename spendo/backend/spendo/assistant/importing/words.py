"""What the assistant says about a file. What the file itself says is only ever in the preview,
which no model reads."""

from __future__ import annotations

from datetime import date

from spendo.assistant.analyst.wording import counted, day, name, short_day, table
from spendo.ledger.imports import PROFILES, ImportRefused
from spendo.ledger.imports.reading_words import reading_words
from spendo.ledger.money import format_money
from spendo.ledger.services.importing import (
    ImportPreview,
    ImportResult,
    JudgedRow,
    TargetAccount,
    Verdict,
)

SHOWN = 8
_REFUSED_SHOWN = 5
_SHOWN_COLUMNS = 30
_TEXT = 60
_NEVER_KEPT = 3
_FORMATS = {"csv": "CSV", "ofx": "OFX", "qif": "QIF", "camt": "CAMT"}
_TITLES = {profile.name: profile.title for profile in PROFILES if profile.name != "plain"}


def preview_text(file_name: str, shown: ImportPreview) -> str:
    """Counts, accounts, and the first rows."""
    parts = [_opening(file_name, shown), _reading(shown), _counts(shown)]
    new = [row for row in shown.rows if row.verdict in (Verdict.NEW, Verdict.SETTLES)][:SHOWN]
    if new:
        parts.append(_rows(new))
        left = shown.counts[Verdict.NEW] + shown.counts[Verdict.SETTLES] - len(new)
        if left:
            parts.append(f"… and {left:,} more.")
    parts.append(_refused([row for row in shown.rows if row.verdict is Verdict.REFUSED]))
    return "\n\n".join(part for part in parts if part)


def refusal_text(file_name: str, refused: ImportRefused) -> str:
    return f"**{name(file_name)}** cannot be imported. {name(str(refused))}"


def asking_text(file_name: str, refused: ImportRefused) -> str:
    """Why something is asked, with the first row of a table whose columns are asked for."""
    text = f"**{name(file_name)}**: {name(refused.message)}"
    pairs = [pair for pair in zip(refused.choices, refused.samples, strict=False) if pair[1]]
    if not pairs:
        return text
    cells = ((name(column), name(sample[:_TEXT])) for column, sample in pairs[:_SHOWN_COLUMNS])
    return f"{text}\n\n{table(('Column', 'In the first row'), cells, right=())}"


def nothing_new(shown: ImportPreview) -> str:
    if shown.counts[Verdict.KNOWN]:
        return "There is nothing new in it, so there is nothing to import."
    return "None of its rows can be imported."


def result_text(result: ImportResult, accounts: tuple[TargetAccount, ...]) -> str:
    """What was done, and how to take it back."""
    where = " and ".join(f"**{name(account.name)}**" for account in accounts[:_NEVER_KEPT])
    if len(accounts) > _NEVER_KEPT:
        where = f"{len(accounts)} accounts"
    said = [f"Imported {counted(result.added + result.settled, 'transaction')} into {where}."]
    if result.settled:
        said.append(f"{counted(result.settled, 'pending one')} posted.")
    if result.known:
        verb = "was" if result.known == 1 else "were"
        said.append(f"{counted(result.known, 'row')} {verb} here already.")
    if result.likely_duplicates:
        duplicates = counted(result.likely_duplicates, "row")
        words = (
            "that looks like one you have was"
            if result.likely_duplicates == 1
            else ("that look like ones you have were")
        )
        said.append(f"{duplicates} {words} left out.")
    if result.refused_count:
        said.append(f"{counted(result.refused_count, 'row')} could not be read.")
    if result.transfers:
        pairs = counted(result.transfers, "transfer")
        verb = "was" if result.transfers == 1 else "were"
        said.append(f"{pairs} between your accounts {verb} paired.")
    said.append("Write “undo the import” to take it back.")
    return " ".join(said)


def _opening(file_name: str, shown: ImportPreview) -> str:
    what = _TITLES.get(shown.profile) or f"{_FORMATS[shown.format.value]} file"
    accounts = "; ".join(_account(account) for account in shown.accounts[:6])
    more = f"; and {len(shown.accounts) - 6} more accounts" if len(shown.accounts) > 6 else ""
    rows = counted(shown.total, "row")
    return f"**{name(file_name)}** ({what}) has {rows}: {accounts}{more}."


def _reading(shown: ImportPreview) -> str:
    if shown.remembered is None:
        return ""
    return f"It is read as the last file with these columns: {name(reading_words(shown.reading))}."


def _account(account: TargetAccount) -> str:
    made = "" if account.account_id else "a new account "
    between = _between(account.first, account.last)
    return f"{made}**{name(account.name)}** in {account.currency}{between}"


def _between(first: date | None, last: date | None) -> str:
    if first is None or last is None:
        return ""
    return f", {day(first)}" if first == last else f", {day(first)} to {day(last)}"


def _counts(shown: ImportPreview) -> str:
    words = {
        Verdict.NEW: "New",
        Verdict.SETTLES: "Pending ones that posted",
        Verdict.KNOWN: "Here already",
        Verdict.LIKELY_DUPLICATE: "Look like ones you have, left out",
        Verdict.REFUSED: "Cannot be read",
        Verdict.IGNORED: "Not transactions",
    }
    rows = [(words[each], f"{shown.counts[each]:,}") for each in words if shown.counts[each]]
    return table(("Rows", "Count"), rows, right=(1,))


def _rows(rows: list[JudgedRow]) -> str:
    return table(
        ("Date", "What", "Amount"),
        (
            (
                short_day(row.date, with_year=True) if row.date else "—",
                name((row.merchant or row.description)[:_TEXT])
                + (" (pending)" if row.pending else ""),
                format_money(row.amount) if row.amount is not None else "—",
            )
            for row in rows
        ),
        right=(2,),
    )


def _refused(rows: list[JudgedRow]) -> str:
    if not rows:
        return ""
    lines = [f"- line {row.line:,}: {name(row.reason)}" for row in rows[:_REFUSED_SHOWN]]
    return "Cannot be read:\n\n" + "\n".join(lines)
