"""Rows of the ledger as JSON: amounts and rates are decimal strings, never numbers."""

from typing import Any

from rest_framework import serializers

from spendo.ledger.api.bodies import DecimalField

Answer = serializers.Serializer[Any]


class AccountDetailAnswer(Answer):
    id = serializers.IntegerField()
    name = serializers.CharField()
    institution = serializers.CharField()
    kind = serializers.CharField()
    currency = serializers.CharField()
    opening = serializers.CharField()
    opened_on = serializers.DateField()
    credit_limit = serializers.CharField(allow_null=True)
    interest_rate = DecimalField(allow_null=True)
    minimum_payment = serializers.CharField(allow_null=True)
    external_id = serializers.CharField()
    hidden = serializers.BooleanField()


class LinkedRowAnswer(Answer):
    id = serializers.IntegerField()
    account = serializers.CharField()
    amount = serializers.CharField()
    currency = serializers.CharField(source="amount.currency")
    description = serializers.CharField()
    category_id = serializers.IntegerField(allow_null=True)


class TransactionDetailAnswer(Answer):
    id = serializers.IntegerField()
    account_id = serializers.IntegerField()
    account = serializers.CharField()
    date = serializers.DateField()
    value_date = serializers.DateField(allow_null=True)
    amount = serializers.CharField()
    currency = serializers.CharField(source="amount.currency")
    description = serializers.CharField()
    merchant = serializers.CharField()
    category_id = serializers.IntegerField(allow_null=True)
    category = serializers.CharField(allow_null=True)
    note = serializers.CharField()
    tags = serializers.ListField(child=serializers.CharField())
    pending = serializers.BooleanField()
    hidden = serializers.BooleanField()
    counts_as = serializers.CharField()
    parent_id = serializers.IntegerField(allow_null=True)
    parts = LinkedRowAnswer(many=True)
    transfer_with = LinkedRowAnswer(allow_null=True)
    refund_of = LinkedRowAnswer(allow_null=True)
    refunds = LinkedRowAnswer(many=True)
    external_id = serializers.CharField()
    import_batch_id = serializers.IntegerField(allow_null=True)


class CategoryAnswer(Answer):
    id = serializers.IntegerField()
    name = serializers.CharField()
    kind = serializers.CharField()
    parent_id = serializers.IntegerField(allow_null=True)
    transactions = serializers.IntegerField()


class TagAnswer(Answer):
    id = serializers.IntegerField()
    name = serializers.CharField()
    transactions = serializers.IntegerField()


class RuleAnswer(Answer):
    id = serializers.IntegerField()
    position = serializers.IntegerField()
    field = serializers.CharField()
    match = serializers.CharField()
    text = serializers.CharField()
    account_id = serializers.IntegerField(allow_null=True)
    category_id = serializers.IntegerField(allow_null=True)
    merchant = serializers.CharField()
    active = serializers.BooleanField()


class RuleEffectAnswer(Answer):
    transaction_id = serializers.IntegerField()
    rule_id = serializers.IntegerField()
    category_before = serializers.IntegerField(allow_null=True)
    category_after = serializers.IntegerField(allow_null=True)
    merchant_before = serializers.CharField()
    merchant_after = serializers.CharField()


class RateAnswer(Answer):
    id = serializers.IntegerField()
    base = serializers.CharField()
    quote = serializers.CharField()
    date = serializers.DateField()
    rate = DecimalField()


class ValuationAnswer(Answer):
    id = serializers.IntegerField()
    account_id = serializers.IntegerField()
    account = serializers.CharField()
    date = serializers.DateField()
    value = serializers.CharField()
    currency = serializers.CharField(source="value.currency")


class SeriesAnswer(Answer):
    id = serializers.IntegerField()
    account_id = serializers.IntegerField()
    merchant = serializers.CharField()
    kind = serializers.CharField()
    cadence = serializers.CharField()
    status = serializers.CharField()
    amount = serializers.CharField()
    currency = serializers.CharField(source="amount.currency")
    first_on = serializers.DateField()
    ended_on = serializers.DateField(allow_null=True)
    category_id = serializers.IntegerField(allow_null=True)


class ProposalAnswer(Answer):
    outflow_id = serializers.IntegerField()
    inflow_id = serializers.IntegerField()
    certain = serializers.BooleanField()
    reasons = serializers.ListField(child=serializers.CharField())


class ChangeAnswer(Answer):
    id = serializers.IntegerField()
    at = serializers.DateTimeField()
    kind = serializers.CharField()
    summary = serializers.CharField()
    source = serializers.CharField()  # type: ignore[assignment]  # DRF uses the name, too
    rows = serializers.IntegerField()
    undoes_id = serializers.IntegerField(allow_null=True)
    undone_by_id = serializers.IntegerField(allow_null=True)
