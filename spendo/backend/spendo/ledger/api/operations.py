"""The ledger over HTTP, described. Amounts and rates are decimal strings."""

from typing import Any

from drf_spectacular.types import OpenApiTypes
from rest_framework import serializers

from spendo.ledger.api import answers, bodies
from spendo.ledger.api.import_serializers import BatchSerializer, DraftSerializer, HeaderSerializer
from spendo.ledger.api.import_views import PreviewQuery
from spendo.ledger.api.serializers import (
    AccountSerializer,
    LeftOutRowsSerializer,
    LeftOutSerializer,
    TotalsSerializer,
    TransactionPageSerializer,
    TransactionSerializer,
)
from spendo.users.api.described import Operation, Operations, page_of, record
from spendo.users.api.serializers import PageSerializer

_WHOLE = serializers.IntegerField
_TEXT = serializers.CharField
_FLAG = serializers.BooleanField
_ANY = serializers.JSONField


def changed(name: str, **fields: Any) -> Any:
    """The answer to a change: `change_id` is what `changes/{change_id}/undo/` takes back."""
    return record(f"{name}Changed", **fields, change_id=_WHOLE(allow_null=True))


_ACCOUNT = changed("Account", account=answers.AccountDetailAnswer())
_TRANSACTION = changed("Transaction", transaction=answers.TransactionDetailAnswer())
_CATEGORY = changed("Category", category=answers.CategoryAnswer())
_TAG = changed("Tag", tag=answers.TagAnswer())
_RULE = changed("Rule", rule=answers.RuleAnswer())
_SERIES = changed("Series", series=answers.SeriesAnswer())
_COUNT = changed("Rows", count=_WHOLE())
_DONE = changed("Ledger")
_IMPORT = record(
    "Import",
    **dict(DraftSerializer().get_fields()),
    choices=_ANY(),
    progress=_ANY(allow_null=True),
    preview=_ANY(allow_null=True),
    needs=_ANY(allow_null=True),
)

ROWS = {
    "from": "a day: on it and later",
    "to": "a day: before it",
    "category": "ids with commas between, or none",
    "exact": "1: without the categories below",
    "merchant": "names with commas between",
    "account": "ids with commas between",
    "tag": "names with commas between",
    "text": "words in the merchant, the bank's text or the note",
    "direction": "in or out",
    "min": "the least amount, without its sign",
    "max": "the largest amount, without its sign",
    "transfers": "0: without moves between own accounts",
    "pending": "only or without",
    "id": "ids with commas between",
    "counted": "spending, income or net: what such a total counts",
    "sort": "newest, oldest or largest",
}
"""docs/reference/transactions-link.md"""

OPERATIONS: Operations = {
    ("GET", "customuser/{user_id}/accounts/"): Operation(
        "The visible accounts with their balances of today, and the totals",
        answer=record(
            "Accounts",
            accounts=AccountSerializer(many=True),
            currency=_TEXT(),
            total_balance=_TEXT(),
            cash_balance=_TEXT(),
            savings_balance=_TEXT(),
            investing_retirement=_TEXT(),
            property=_TEXT(),
            loans=_TEXT(),
            partial=_FLAG(),
            left_out=LeftOutSerializer(many=True),
        ),
    ),
    ("POST", "accounts/"): Operation(
        "Add an account", body=bodies.NewAccountBody, answer=_ACCOUNT, status=201
    ),
    ("GET", "accounts/{account_id}/"): Operation(
        "One account", answer=record("AccountRead", account=answers.AccountDetailAnswer())
    ),
    ("PATCH", "accounts/{account_id}/"): Operation(
        "Edit an account", body=bodies.EditAccountBody, answer=_ACCOUNT
    ),
    ("DELETE", "accounts/{account_id}/"): Operation("Delete an account", answer=_DONE),
    ("GET", "valuations/"): Operation(
        "What accounts were said to be worth",
        parameters={"account_id": "of this account"},
        answer=record("Valuations", valuations=answers.ValuationAnswer(many=True)),
    ),
    ("POST", "valuations/"): Operation(
        "Say what an account is worth on a day",
        body=bodies.ValuationBody,
        answer=changed("Valuation", id=_WHOLE()),
        status=201,
    ),
    ("DELETE", "valuations/{valuation_id}/"): Operation("Delete a valuation", answer=_DONE),
    ("GET", "categories/"): Operation(
        "All categories", answer=record("Categories", categories=answers.CategoryAnswer(many=True))
    ),
    ("POST", "categories/"): Operation(
        "Add a category", body=bodies.NewCategoryBody, answer=_CATEGORY, status=201
    ),
    ("PATCH", "categories/{category_id}/"): Operation(
        "Edit a category", body=bodies.EditCategoryBody, answer=_CATEGORY
    ),
    ("DELETE", "categories/{category_id}/"): Operation("Delete a category", answer=_DONE),
    ("GET", "tags/"): Operation(
        "All tags", answer=record("Tags", tags=answers.TagAnswer(many=True))
    ),
    ("POST", "tags/"): Operation("Add a tag", body=bodies.TagBody, answer=_TAG, status=201),
    ("PATCH", "tags/{tag_id}/"): Operation("Rename a tag", body=bodies.TagBody, answer=_TAG),
    ("DELETE", "tags/{tag_id}/"): Operation("Delete a tag", answer=_DONE),
    ("GET", "rules/"): Operation(
        "All rules, in the order they are tried",
        answer=record("Rules", rules=answers.RuleAnswer(many=True)),
    ),
    ("POST", "rules/"): Operation("Add a rule", body=bodies.NewRuleBody, answer=_RULE, status=201),
    ("POST", "rules/preview/"): Operation(
        "What applying the rules would change",
        body=bodies.ApplyRulesBody,
        answer=record(
            "RulesPreview",
            count=_WHOLE(),
            effects=answers.RuleEffectAnswer(many=True),
            truncated=_FLAG(),
        ),
    ),
    ("POST", "rules/apply/"): Operation(
        "Apply the rules", body=bodies.ApplyRulesBody, answer=_COUNT
    ),
    ("PATCH", "rules/{rule_id}/"): Operation(
        "Edit a rule", body=bodies.ChangeRuleBody, answer=_RULE
    ),
    ("DELETE", "rules/{rule_id}/"): Operation("Delete a rule", answer=_DONE),
    ("GET", "transactions/"): Operation(
        "A page of the transactions that a query names, and what all of them add up to",
        query=TransactionPageSerializer,
        parameters=ROWS,
        answer=page_of(
            "TransactionPage",
            TransactionSerializer,
            count=_WHOLE(),
            left_out=LeftOutRowsSerializer(many=True),
            totals=TotalsSerializer(required=False),
        ),
    ),
    ("POST", "transactions/"): Operation(
        "Add a transaction", body=bodies.NewTransactionBody, answer=_TRANSACTION, status=201
    ),
    ("GET", "transactions/{transaction_id}/"): Operation(
        "One transaction with its parts, its other side and its refunds",
        answer=record("TransactionRead", transaction=answers.TransactionDetailAnswer()),
    ),
    ("PATCH", "transactions/{transaction_id}/"): Operation(
        "Edit a transaction", body=bodies.EditTransactionBody, answer=_TRANSACTION
    ),
    ("DELETE", "transactions/{transaction_id}/"): Operation("Delete a transaction", answer=_COUNT),
    ("POST", "transactions/categorise/"): Operation(
        "Put transactions under a category", body=bodies.CategoriseBody, answer=_COUNT
    ),
    ("POST", "transactions/hide/"): Operation(
        "Hide transactions, or show them again", body=bodies.HideBody, answer=_COUNT
    ),
    ("POST", "transactions/delete/"): Operation(
        "Delete transactions", body=bodies.IdsBody, answer=_COUNT
    ),
    ("POST", "transactions/tag/"): Operation(
        "Put a tag on transactions", body=bodies.TagRowsBody, answer=_COUNT
    ),
    ("POST", "transactions/untag/"): Operation(
        "Take a tag off transactions", body=bodies.TagRowsBody, answer=_COUNT
    ),
    ("POST", "transactions/{transaction_id}/split/"): Operation(
        "Split a transaction into parts that sum to it", body=bodies.SplitBody, answer=_TRANSACTION
    ),
    ("POST", "transactions/{transaction_id}/split-loan/"): Operation(
        "Split a loan payment into principal and the rest",
        body=bodies.SplitLoanBody,
        answer=_TRANSACTION,
    ),
    ("POST", "transactions/{transaction_id}/join/"): Operation(
        "Join the parts of a transaction", answer=_TRANSACTION
    ),
    ("POST", "transactions/{transaction_id}/refund/"): Operation(
        "Say which purchase this is the refund of", body=bodies.RefundBody, answer=_TRANSACTION
    ),
    ("DELETE", "transactions/{transaction_id}/refund/"): Operation(
        "Say that this is no refund", answer=_TRANSACTION
    ),
    ("POST", "transactions/{transaction_id}/unpair/"): Operation(
        "Take the two sides of a transfer apart", answer=_TRANSACTION
    ),
    ("POST", "transfers/"): Operation(
        "Pair transactions that are one movement", body=bodies.PairsBody, answer=_COUNT
    ),
    ("GET", "transfers/suggestions/"): Operation(
        "What looks like a transfer",
        query=bodies.SinceBody,
        answer=record(
            "TransferSuggestions",
            count=_WHOLE(),
            suggestions=answers.ProposalAnswer(many=True),
            truncated=_FLAG(),
        ),
    ),
    ("POST", "transfers/match/"): Operation(
        "Pair what is certain",
        body=bodies.SinceBody,
        answer=changed("Transfers", count=_WHOLE(), suggestions=_WHOLE()),
    ),
    ("GET", "rates/"): Operation(
        "Exchange rates",
        query=bodies.RatesQuery,
        answer=record("Rates", rates=answers.RateAnswer(many=True)),
    ),
    ("POST", "rates/"): Operation(
        "Set the rate of a day",
        body=bodies.RateBody,
        answer=changed("Rate", rate=answers.RateAnswer()),
        status=201,
    ),
    ("DELETE", "rates/{rate_id}/"): Operation("Delete a rate", answer=_DONE),
    ("GET", "series/"): Operation(
        "What the user has said of payments that come again",
        answer=record("AllSeries", series=answers.SeriesAnswer(many=True)),
    ),
    ("POST", "series/"): Operation(
        "Confirm or dismiss a series", body=bodies.SeriesBody, answer=_SERIES, status=201
    ),
    ("DELETE", "series/{series_id}/"): Operation("Forget a series", answer=_DONE),
    ("POST", "series/{series_id}/end/"): Operation(
        "Say that a series has ended", body=bodies.EndSeriesBody, answer=_SERIES
    ),
    ("GET", "changes/"): Operation(
        "What was done, the newest first",
        query=PageSerializer,
        answer=page_of("ChangePage", answers.ChangeAnswer),
    ),
    ("POST", "changes/{change_id}/undo/"): Operation(
        "Take a change back", answer=changed("Undo", undone_id=_WHOLE())
    ),
    ("GET", "imports/"): Operation(
        "What was imported, and the files that wait",
        query=PageSerializer,
        answer=page_of("ImportPage", BatchSerializer, drafts=DraftSerializer(many=True)),
    ),
    ("POST", "imports/"): Operation(
        "Upload a statement; nothing is imported yet",
        body=record("ImportForm", file=serializers.FileField(), choices=_TEXT(required=False)),
        answer=_IMPORT,
        status=201,
    ),
    ("GET", "imports/headers/"): Operation(
        "What was said of the headers of tables, the last used first",
        answer=record("ImportHeaders", data=HeaderSerializer(many=True)),
    ),
    ("PATCH", "imports/headers/{header_id}/"): Operation(
        "Say otherwise how tables with a header are read",
        body=record("ImportHeaderChoices"),
        answer=HeaderSerializer,
    ),
    ("DELETE", "imports/headers/{header_id}/"): Operation(
        "Forget how tables with a header are read", answer=record("ImportHeaderForgotten")
    ),
    ("GET", "imports/{import_id}/"): Operation(
        "A file that waits, with a verdict for each row; or an import that was done",
        query=PreviewQuery,
        answer=_IMPORT,
    ),
    ("PATCH", "imports/{import_id}/"): Operation(
        "Say more about a file that waits", body=record("ImportChoices"), answer=_IMPORT
    ),
    ("DELETE", "imports/{import_id}/"): Operation(
        "Drop a file that waits, or take an import back",
        answer=record("ImportDropped", deleted=_WHOLE()),
    ),
    ("POST", "imports/{import_id}/commit/"): Operation(
        "Import the file",
        answer=record(
            "ImportResult",
            id=_WHOLE(),
            added=_WHOLE(),
            known=_WHOLE(),
            settled=_WHOLE(),
            likely_duplicates=_WHOLE(),
            refused=_WHOLE(),
            ignored=_WHOLE(),
            accounts_made=serializers.ListField(child=_TEXT()),
            transfers=_WHOLE(),
            refused_rows=serializers.ListField(child=_ANY()),
        ),
    ),
    ("GET", "export/ledger.json"): Operation(
        "The whole ledger as of one moment, to be read in again", answer=OpenApiTypes.OBJECT
    ),
    ("GET", "export/ledger.csv"): Operation(
        "All transactions as a table, formula cells escaped",
        answer=OpenApiTypes.STR,
        media="text/csv",
    ),
}
