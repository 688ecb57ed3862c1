"""The real agent loop with a model that is a script: sensible calls, and an answer from what they
returned. Misstating, it says another amount than the tool's, to see whether that is caught."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from unittest.mock import patch

from agents import Model, ModelResponse, ModelSettings, Usage
from bench.spendobench.arms.spendo import SpendoArm
from bench.spendobench.expected import Answer, Question
from bench.spendobench.loader import Loaded
from openai.types.responses import (
    ResponseFunctionToolCall,
    ResponseOutputMessage,
    ResponseOutputText,
)

from spendo.assistant import providers, server, workflow  # noqa: F401  (patched by name below)

Call = tuple[str, dict[str, Any]]
Words = Callable[[dict[str, Any]], str]
OFF = Decimal("1.11")
"""What a misstating model is off by."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What to call for a question, and how to word what came back."""

    calls: Callable[[Question], Call]
    words: Words


def _money(part: dict[str, str]) -> str:
    return f"{part['currency']} {Decimal(part['amount']):,}"


def _total(result: dict[str, Any]) -> str:
    text = f"It comes to {_money(result['total'])} ({result['period']['words']})."
    return text + _left_out(result.get("excluded", {}).get("left_out", ()))


def _left_out(parts: Any) -> str:
    return "".join(f" Not included for want of a rate: {_money(part['total'])}." for part in parts)


def _groups(result: dict[str, Any]) -> str:
    lines = [f"| {group['label']} | {_money(group['total'])} |" for group in result["groups"]]
    head = "| What | Amount |\n|---|---:|\n"
    left_out = _left_out(result.get("excluded", {}).get("left_out", ()))
    return head + "\n".join(lines) + f"\n\n{left_out}"


def _count(result: dict[str, Any]) -> str:
    return f"There are {result['count']} of them ({result['period']['words']})."


def _worth(result: dict[str, Any]) -> str:
    return f"It is {_money(result['total'])}." + _left_out(result["left_out"])


def _accounts(result: dict[str, Any]) -> str:
    lines = [f"| {each['name']} | {_money(each['balance'])} |" for each in result["accounts"]]
    return "| Account | Balance |\n|---|---:|\n" + "\n".join(lines)


def _sum(*named: str, measure: str = "spending", **more: Any) -> Callable[[Question], Call]:
    """`named` are the slots that narrow it: category, merchant, account, day or period."""

    def calls(question: Question) -> Call:
        slots = question.slots
        arguments: dict[str, Any] = {"measure": measure, **more}
        if when := slots.get("period") or slots.get("day"):
            arguments["period"] = when
        for name, plural in (
            ("category", "categories"), ("merchant", "merchants"), ("account", "accounts"),
        ):  # fmt: skip
            if name in named:
                arguments[plural] = [slots[name]]
        return "sum_transactions", arguments

    return calls


def _counting(question: Question) -> Call:
    slots = question.slots
    return "count_transactions", {
        "period": slots["period"], "categories": [slots["category"]], "direction": "out",
    }  # fmt: skip


def _interest(question: Question) -> Call:
    return "sum_transactions", {
        "measure": "spending", "period": question.slots["period"],
        "categories": ["Loan interest"],
    }  # fmt: skip


SCENES: dict[str, Scene] = {
    "spent_period": Scene(_sum(), _total),
    "spent_category": Scene(_sum("category"), _total),
    "renamed_category": Scene(_sum("category"), _total),
    "net_refunds": Scene(_sum("category"), _total),
    "category_tree": Scene(_sum("category"), _total),
    "spent_merchant": Scene(_sum("merchant"), _total),
    "spent_two_spellings": Scene(_sum("merchant"), _total),
    "injection_merchant": Scene(_sum("merchant"), _total),
    "spent_account": Scene(_sum("account"), _total),
    "spent_on_day": Scene(_sum(), _total),
    "partial_total": Scene(_sum(), _total),
    "loan_interest": Scene(_interest, _total),
    "income_period": Scene(_sum(measure="income"), _total),
    "by_category": Scene(_sum(group_by="category"), _groups),
    "by_month": Scene(_sum(group_by="month"), _groups),
    "top_merchants": Scene(_sum(group_by="merchant"), _groups),
    "count_category": Scene(_counting, _count),
    "net_worth": Scene(lambda question: ("net_worth", {}), _worth),
    "accounts_list": Scene(lambda question: ("list_accounts", {}), _accounts),
}


class Script(Model):
    """One question: its call, then words around the result; again after being sent back."""

    def __init__(self, question: Question, *, misstates: bool) -> None:
        self._question = question
        self._misstates = misstates

    async def get_response(self, system_instructions: Any, input: Any, *_: Any, **__: Any) -> Any:  # noqa: A002
        result = _last_result(input)
        scene = SCENES[self._question.template]
        if result is None:
            tool, arguments = scene.calls(self._question)
            output: Any = ResponseFunctionToolCall(
                id="fc_1", call_id="call_1", type="function_call", name=tool,
                arguments=json.dumps(arguments), status="completed",
            )  # fmt: skip
        else:
            output = _message(self._worded(scene, result))
        return ModelResponse(output=[output], usage=Usage(), response_id=None)

    def stream_response(self, *_: Any, **__: Any) -> AsyncIterator[Any]:
        raise NotImplementedError("Only the workflow asks the script.")

    def _worded(self, scene: Scene, result: dict[str, Any]) -> str:
        if result["tool"] == "error":
            return "I cannot tell."
        return scene.words(_misstated(result) if self._misstates else result)


def _misstated(part: Any) -> Any:
    """The same with every amount off."""
    if isinstance(part, dict):
        if set(part) == {"amount", "currency"}:
            return part | {"amount": str(Decimal(part["amount"]) + OFF)}
        return {name: _misstated(value) for name, value in part.items()}
    if isinstance(part, list):
        return [_misstated(value) for value in part]
    return part


def _last_result(items: Any) -> dict[str, Any] | None:
    if isinstance(items, str):
        return None
    for item in reversed(items):
        kind = item.get("type") if isinstance(item, dict) else getattr(item, "type", "")
        if kind == "function_call_output":
            text = item["output"] if isinstance(item, dict) else item.output
            found: dict[str, Any] = json.loads(text)
            return found
    return None


def _message(text: str) -> ResponseOutputMessage:
    part = ResponseOutputText(type="output_text", text=text, annotations=[])
    return ResponseOutputMessage(
        id="msg_1", type="message", role="assistant", status="completed", content=[part]
    )


class ScriptedArm:
    """Only the templates that have a scene."""

    def __init__(self, loaded: Loaded, *, misstates: bool) -> None:
        self._spendo = SpendoArm(loaded)
        self._misstates = misstates

    def knows(self, question: Question) -> bool:
        return question.template in SCENES and len(question.messages) == 1

    def answer_all(self, questions: list[Question]) -> list[Answer]:
        async def run() -> list[Answer]:
            answers = []
            for question in questions:
                with _chosen(Script(question, misstates=self._misstates)):
                    answers.append(await self._spendo.answer(question))
            return answers

        return asyncio.run(run())


@contextmanager
def _chosen(model: Model) -> Iterator[None]:
    """Whoever picks a provider in the meantime gets this model."""
    provider = providers.Provider(model, ModelSettings())
    with ExitStack() as stack:
        for name, module in list(sys.modules.items()):
            if name.startswith("spendo.assistant") and hasattr(module, "pick_provider"):
                stack.enter_context(
                    patch.object(module, "pick_provider", lambda *_, **__: provider)
                )
        yield
