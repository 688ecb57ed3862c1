"""Accounts and transactions as JSON: amounts are decimal strings, never numbers."""

from typing import Any

from rest_framework import serializers


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
