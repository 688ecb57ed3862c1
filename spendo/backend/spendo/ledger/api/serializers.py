"""Accounts and transactions as JSON: amounts are decimal strings, never numbers."""

from typing import Any

from rest_framework import serializers

from spendo.users.api.serializers import PageSerializer


class AccountSerializer(serializers.Serializer[Any]):
    """An `AccountBalance`."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    institution = serializers.CharField()
    kind = serializers.CharField()
    group = serializers.CharField()
    currency = serializers.CharField()
    balance = serializers.CharField()
    pending = serializers.CharField()
    as_of = serializers.DateField()


class LeftOutSerializer(serializers.Serializer[Any]):
    """A `LeftOutCurrency`."""

    currency = serializers.CharField()
    balance = serializers.CharField(source="total")
    accounts = serializers.IntegerField()


class LeftOutRowsSerializer(serializers.Serializer[Any]):
    """A `LeftOutCurrency` of transactions."""

    currency = serializers.CharField()
    amount = serializers.CharField(source="total")
    transactions = serializers.IntegerField()


class TransactionPageSerializer(PageSerializer):
    """A page of transactions; with `totals` also what all rows of the filter add up to."""

    totals = serializers.BooleanField(default=False)


class TotalsSerializer(serializers.Serializer[Any]):
    """A `FilterTotals`."""

    currency = serializers.CharField()
    spending = serializers.CharField()
    income = serializers.CharField()
    net = serializers.CharField()
    count = serializers.IntegerField()
    pending = serializers.IntegerField()
    partial = serializers.BooleanField()  # type: ignore[assignment]  # a field, as all here
    left_out = LeftOutRowsSerializer(many=True)


class TransactionSerializer(serializers.Serializer[Any]):
    """A `TransactionRow`."""

    id = serializers.IntegerField()
    date = serializers.DateField()
    description = serializers.CharField()
    merchant = serializers.CharField()
    category = serializers.CharField(allow_null=True)
    account = serializers.CharField()
    amount = serializers.CharField()
    currency = serializers.CharField(source="amount.currency")
    pending = serializers.BooleanField()
    transfer = serializers.BooleanField()
