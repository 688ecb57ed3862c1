"""What a request to change the ledger may say. Amounts are decimal strings, never numbers."""

import re
from decimal import Decimal
from typing import Any

from rest_framework import serializers

from spendo.users.api.serializers import TextField
from spendo.users.validators import validate_currency

MAX_ID = 2**63 - 1
MAX_IDS = 5000
_DECIMAL = re.compile(r"-?[0-9]{1,18}(\.[0-9]{1,12})?")


class Body(serializers.Serializer[dict[str, Any]]):
    """Only the fields that are named here; another one is a mistake worth telling."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, dict) and (unknown := set(data) - set(self.fields)):
            raise serializers.ValidationError(
                {str(name)[:50]: ["There is no such field."] for name in sorted(unknown)}
            )
        return super().to_internal_value(data)


class IdField(serializers.IntegerField):
    def __init__(self, **options: Any) -> None:
        super().__init__(min_value=1, max_value=MAX_ID, **options)

    def to_internal_value(self, data: Any) -> int:
        if not isinstance(data, int) or isinstance(data, bool):
            self.fail("invalid")
        return super().to_internal_value(data)


class FlagField(serializers.BooleanField):
    def to_internal_value(self, data: Any) -> bool:
        if not isinstance(data, bool):
            self.fail("invalid", input=str(data)[:20])
        return data


class DecimalField(serializers.Field[Decimal, Any, str, Any]):
    """An exact number in a string: "-12.30"."""

    default_error_messages = {"invalid": 'Send the number in a string, such as "-12.30".'}

    def to_internal_value(self, data: Any) -> Decimal:
        if not isinstance(data, str) or not _DECIMAL.fullmatch(data):
            self.fail("invalid")
        return Decimal(data)

    def to_representation(self, value: Decimal) -> str:
        return format(value, "f")


class CurrencyField(TextField):
    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=3, validators=[validate_currency], **options)


def id_list(**options: Any) -> serializers.ListField:
    return serializers.ListField(child=IdField(), min_length=1, max_length=MAX_IDS, **options)


class IdsBody(Body):
    ids = id_list()


class EditAccountBody(Body):
    name = TextField(max_length=120, required=False)
    kind = TextField(max_length=16, required=False)
    institution = TextField(max_length=120, required=False)
    opening = DecimalField(required=False)
    opened_on = serializers.DateField(required=False)
    credit_limit = DecimalField(required=False, allow_null=True)
    minimum_payment = DecimalField(required=False, allow_null=True)
    interest_rate = DecimalField(required=False, allow_null=True)
    external_id = TextField(max_length=100, required=False, allow_blank=True)
    hidden = FlagField(required=False)


class NewAccountBody(EditAccountBody):
    name = TextField(max_length=120)
    kind = TextField(max_length=16)
    institution = TextField(max_length=120)
    currency = CurrencyField()
    opening = DecimalField(default=Decimal(0))
    opened_on = serializers.DateField()


class EditCategoryBody(Body):
    name = TextField(max_length=120, required=False)
    kind = TextField(max_length=8, required=False)
    parent_id = IdField(required=False, allow_null=True)


class NewCategoryBody(EditCategoryBody):
    name = TextField(max_length=120)
    kind = TextField(max_length=8)


class TagBody(Body):
    name = TextField(max_length=60)


class EditRuleBody(Body):
    field = TextField(max_length=11, required=False)
    match = TextField(max_length=11, required=False)
    text = TextField(max_length=200, required=False)
    category_id = IdField(required=False, allow_null=True)
    account_id = IdField(required=False, allow_null=True)
    merchant = TextField(max_length=200, required=False, allow_blank=True)
    position = serializers.IntegerField(required=False, min_value=1, max_value=1000)


class NewRuleBody(EditRuleBody):
    field = TextField(max_length=11)
    match = TextField(max_length=11)
    text = TextField(max_length=200)


class ChangeRuleBody(EditRuleBody):
    active = FlagField(required=False)


class ApplyRulesBody(Body):
    """Without `ids` all rows are meant."""

    ids = id_list(required=False)
    replace_categories = FlagField(default=False)


class EditTransactionBody(Body):
    date = serializers.DateField(required=False)
    value_date = serializers.DateField(required=False, allow_null=True)
    amount = DecimalField(required=False)
    description = TextField(max_length=2000, required=False)
    merchant = TextField(max_length=200, required=False, allow_blank=True)
    category_id = IdField(required=False, allow_null=True)
    note = TextField(max_length=1000, required=False, allow_blank=True)
    hidden = FlagField(required=False)


class NewTransactionBody(Body):
    account_id = IdField()
    date = serializers.DateField()
    amount = DecimalField()
    description = TextField(max_length=2000)
    merchant = TextField(max_length=200, default="", allow_blank=True)
    category_id = IdField(default=None, allow_null=True)
    note = TextField(max_length=1000, default="", allow_blank=True)
    tags = serializers.ListField(child=TextField(max_length=60), default=list, max_length=20)
    pending = FlagField(default=False)


class CategoriseBody(IdsBody):
    category_id = IdField(allow_null=True)


class HideBody(IdsBody):
    hidden = FlagField()


class TagRowsBody(IdsBody):
    tag = TextField(max_length=60)


class PartBody(Body):
    amount = DecimalField()
    category_id = IdField(default=None, allow_null=True)
    description = TextField(max_length=2000, default="", allow_blank=True)


class SplitBody(Body):
    parts = serializers.ListField(child=PartBody(), min_length=2, max_length=100)


class SplitLoanBody(Body):
    principal = DecimalField()
    rest = serializers.ListField(child=PartBody(), min_length=1, max_length=99)
    loan_row_id = IdField(default=None, allow_null=True)
    principal_category_id = IdField(default=None, allow_null=True)


class RefundBody(Body):
    of_id = IdField()


class PairBody(Body):
    outflow_id = IdField()
    inflow_id = IdField()


class PairsBody(Body):
    pairs = serializers.ListField(child=PairBody(), min_length=1, max_length=500)


class SinceBody(Body):
    since = serializers.DateField(default=None, allow_null=True)


class RateBody(Body):
    base = CurrencyField()
    quote = CurrencyField()
    date = serializers.DateField()
    rate = DecimalField()


class RatesQuery(Body):
    base = CurrencyField(default="")
    quote = CurrencyField(default="")
    limit = serializers.IntegerField(min_value=1, max_value=1000, default=100)


class ValuationBody(Body):
    account_id = IdField()
    date = serializers.DateField()
    value = DecimalField()


class SeriesBody(Body):
    account_id = IdField()
    merchant = TextField(max_length=200)
    kind = TextField(max_length=12)
    cadence = TextField(max_length=15)
    amount = DecimalField()
    first_on = serializers.DateField()
    category_id = IdField(default=None, allow_null=True)
    decision = serializers.ChoiceField(choices=["confirmed", "dismissed"])


class EndSeriesBody(Body):
    ended_on = serializers.DateField()
