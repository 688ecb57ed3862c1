"""Categories, tags and rules: `/api/categories/`, `/api/tags/`, `/api/rules/`."""

from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from spendo.ledger.api.answers import CategoryAnswer, RuleAnswer, RuleEffectAnswer, TagAnswer
from spendo.ledger.api.base import LedgerView
from spendo.ledger.api.bodies import (
    ApplyRulesBody,
    ChangeRuleBody,
    EditCategoryBody,
    NewCategoryBody,
    NewRuleBody,
    TagBody,
)
from spendo.ledger.selectors import list_categories, list_rules, list_tags
from spendo.ledger.services import (
    add_category,
    add_rule,
    add_tag,
    apply_rules,
    delete_category,
    delete_rule,
    delete_tag,
    edit_category,
    edit_rule,
    preview_rules,
    rename_tag,
)
from spendo.users.models import User

_SHOWN = 100


class CategoriesView(LedgerView):
    def get(self, request: Request) -> Response:
        found = list_categories(self.signed_in(request))
        return Response({"categories": CategoryAnswer(found, many=True).data})

    def post(self, request: Request) -> Response:
        user = self.signed_in(request)
        values = self.read(NewCategoryBody, request.data)
        return self.change(
            lambda: add_category(user, **values),
            lambda made: _category(user, made.pk),
            status=201,
        )


class CategoryView(LedgerView):
    def patch(self, request: Request, category_id: int) -> Response:
        user = self.signed_in(request)
        values = self.read(EditCategoryBody, request.data)
        return self.change(
            lambda: edit_category(user, category_id, **values),
            lambda made: _category(user, made.pk),
        )

    def delete(self, request: Request, category_id: int) -> Response:
        user = self.signed_in(request)
        return self.change(lambda: delete_category(user, category_id), lambda _: {})


def _category(user: User, category_id: int) -> dict[str, Any]:
    (found,) = (entry for entry in list_categories(user) if entry.id == category_id)
    return {"category": CategoryAnswer(found).data}


class TagsView(LedgerView):
    def get(self, request: Request) -> Response:
        found = list_tags(self.signed_in(request))
        return Response({"tags": TagAnswer(found, many=True).data})

    def post(self, request: Request) -> Response:
        user = self.signed_in(request)
        name = self.read(TagBody, request.data)["name"]
        return self.change(
            lambda: add_tag(user, name), lambda made: _tag(user, made.pk), status=201
        )


class TagView(LedgerView):
    def patch(self, request: Request, tag_id: int) -> Response:
        user = self.signed_in(request)
        name = self.read(TagBody, request.data)["name"]
        return self.change(lambda: rename_tag(user, tag_id, name), lambda made: _tag(user, made.pk))

    def delete(self, request: Request, tag_id: int) -> Response:
        user = self.signed_in(request)
        return self.change(lambda: delete_tag(user, tag_id), lambda _: {})


def _tag(user: User, tag_id: int) -> dict[str, Any]:
    (found,) = (entry for entry in list_tags(user) if entry.id == tag_id)
    return {"tag": TagAnswer(found).data}


class RulesView(LedgerView):
    def get(self, request: Request) -> Response:
        found = list_rules(self.signed_in(request))
        return Response({"rules": RuleAnswer(found, many=True).data})

    def post(self, request: Request) -> Response:
        user = self.signed_in(request)
        values = self.read(NewRuleBody, request.data)
        return self.change(
            lambda: add_rule(user, **values), lambda made: _rule(user, made.pk), status=201
        )


class RuleView(LedgerView):
    def patch(self, request: Request, rule_id: int) -> Response:
        user = self.signed_in(request)
        values = self.read(ChangeRuleBody, request.data)
        return self.change(
            lambda: edit_rule(user, rule_id, **values), lambda made: _rule(user, made.pk)
        )

    def delete(self, request: Request, rule_id: int) -> Response:
        user = self.signed_in(request)
        return self.change(lambda: delete_rule(user, rule_id), lambda _: {})


def _rule(user: User, rule_id: int) -> dict[str, Any]:
    (found,) = (entry for entry in list_rules(user) if entry.id == rule_id)
    return {"rule": RuleAnswer(found).data}


class RulesPreviewView(LedgerView):
    """What applying the rules would change; nothing is changed."""

    def post(self, request: Request) -> Response:
        values = self.read(ApplyRulesBody, request.data)
        effects = preview_rules(
            self.signed_in(request),
            values.get("ids"),
            replace_categories=values["replace_categories"],
        )
        return Response(
            {
                "count": len(effects),
                "effects": RuleEffectAnswer(effects[:_SHOWN], many=True).data,
                "truncated": len(effects) > _SHOWN,
            }
        )


class RulesApplyView(LedgerView):
    def post(self, request: Request) -> Response:
        user = self.signed_in(request)
        values = self.read(ApplyRulesBody, request.data)
        return self.change(
            lambda: apply_rules(
                user, values.get("ids"), replace_categories=values["replace_categories"]
            ),
            lambda count: {"count": count},
        )
