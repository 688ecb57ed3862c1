"""Imports as JSON: amounts are decimal strings."""

from typing import Any

from rest_framework import serializers

from spendo.ledger.imports import ImportRefused, mapping_values
from spendo.ledger.services.importing import (
    ImportPreview,
    ImportResult,
    JudgedRow,
    TargetAccount,
)


class BatchSerializer(serializers.Serializer[Any]):
    """An `ImportRow`."""

    id = serializers.IntegerField()
    created_at = serializers.DateTimeField()
    file_name = serializers.CharField()
    file_format = serializers.CharField()
    status = serializers.CharField()
    added = serializers.IntegerField()
    known = serializers.IntegerField()
    settled = serializers.IntegerField()
    refused = serializers.IntegerField()


class DraftSerializer(serializers.Serializer[Any]):
    """A `DraftRow`, or the draft itself."""

    id = serializers.CharField()
    created_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()
    file_name = serializers.CharField()
    size = serializers.IntegerField()


class HeaderSerializer(serializers.Serializer[Any]):
    """A `HeaderRow`."""

    id = serializers.IntegerField()
    used_at = serializers.DateTimeField()
    columns = serializers.ListField(child=serializers.CharField())
    mapping = serializers.DictField()
    profile = serializers.CharField()
    date_order = serializers.CharField()
    decimal_mark = serializers.CharField()
    account_id = serializers.IntegerField(allow_null=True)
    account = serializers.CharField()
    several_accounts = serializers.BooleanField()


def refusal_json(refused: ImportRefused) -> dict[str, Any]:
    found: dict[str, Any] = {"code": refused.code, "message": refused.message}
    if refused.line is not None:
        found["line"] = refused.line
    if refused.choices:
        found["choices"] = list(refused.choices)
    if refused.account:
        found["account"] = refused.account
    if refused.samples:
        found["samples"] = list(refused.samples)
    return found


def preview_json(preview: ImportPreview) -> dict[str, Any]:
    return {
        "format": preview.format.value,
        "profile": preview.profile,
        "columns": list(preview.columns),
        "reading": mapping_values(preview.reading) if preview.reading else None,
        "remembered": preview.remembered,
        "counts": {verdict.value: count for verdict, count in preview.counts.items()},
        "accounts": [_account(each) for each in preview.accounts],
        "new_categories": list(preview.new_categories),
        "rows": [_row(each) for each in preview.rows],
        "truncated": preview.truncated,
    }


def result_json(result: ImportResult) -> dict[str, Any]:
    return {
        "id": result.batch_id,
        "added": result.added,
        "known": result.known,
        "settled": result.settled,
        "likely_duplicates": result.likely_duplicates,
        "refused": result.refused_count,
        "ignored": result.ignored,
        "accounts_made": list(result.accounts_made),
        "transfers": result.transfers,
        "refused_rows": [_row(each) for each in result.refused],
    }


def _account(account: TargetAccount) -> dict[str, Any]:
    return {
        "id": account.account_id,
        "name": account.name,
        "currency": account.currency,
        "rows": account.rows,
        "first": account.first.isoformat() if account.first else None,
        "last": account.last.isoformat() if account.last else None,
        "stated_balance": str(account.stated_balance) if account.stated_on else None,
        "stated_on": account.stated_on.isoformat() if account.stated_on else None,
    }


def _row(row: JudgedRow) -> dict[str, Any]:
    return {
        "line": row.line,
        "verdict": row.verdict.value,
        "reason": row.reason,
        "account": row.account,
        "date": row.date.isoformat() if row.date else None,
        "amount": None if row.amount is None else str(row.amount),
        "currency": None if row.amount is None else row.amount.currency,
        "description": row.description,
        "merchant": row.merchant,
        "category": row.category,
        "pending": row.pending,
        "match_id": row.match_id,
    }
