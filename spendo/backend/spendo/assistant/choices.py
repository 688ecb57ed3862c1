"""Which models may answer: the list a user picks from. Read from the environment, light to import.

`SPENDO_MODELS` is that list, the default first, e.g. "analyst, openai:gpt-5.4-mini=GPT 5.4 mini,
anthropic:claude-sonnet-5, compatible:llama3.3:70b". Without it there is one: OpenAI's when there is
a key for it, else the built-in analyst.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, get_args

ProviderName = Literal["analyst", "openai", "compatible", "anthropic"]

DEFAULT_MODEL = "gpt-5.4-mini"
MOST_MODELS = 20
LONGEST_ID = 120

NEEDED = {
    "openai": "OPENAI_API_KEY",
    "compatible": "SPENDO_COMPATIBLE_URL",
    "anthropic": "ANTHROPIC_API_KEY",
}
"""What a provider cannot do without."""

_ENTRY = re.compile(r"(?P<provider>[a-z]+)(?::(?P<model>[\w./:@-]+))?(?:=(?P<label>[^=,]{1,60}))?")
_ANALYST_LABEL = "Built-in analyst"
_ABOUT = {
    "analyst": "Answers from your records, without a language model",
    "openai": "A language model of OpenAI",
    "compatible": "A language model on a server of its own",
    "anthropic": "A language model of Anthropic",
}


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """`id` is what a client sends, "openai:gpt-5.4-mini"; `model` is the provider's name for it."""

    id: str
    provider: ProviderName
    model: str
    label: str

    @property
    def description(self) -> str:
        return _ABOUT[self.provider]


class UnknownModelError(LookupError):
    """A model that is not in the list, or no longer."""


def offered_models() -> tuple[ModelChoice, ...]:
    """The models that can be chosen, the default first. Never empty."""
    written = os.environ.get("SPENDO_MODELS", "")
    if written.strip():
        usable = tuple(each for each in read_list(written)[0] if not missing_for(each.provider))
        return usable or (_choice("analyst"),)
    if os.environ.get("OPENAI_API_KEY"):
        return (_choice("openai", os.environ.get("SPENDO_MODEL") or DEFAULT_MODEL),)
    return (_choice("analyst"),)


def find_model(model_id: str | None) -> ModelChoice:
    """The model with this id, the default for None. Raises UnknownModelError."""
    offered = offered_models()
    if model_id is None:
        return offered[0]
    for each in offered:
        if each.id == model_id:
            return each
    raise UnknownModelError(model_id[:LONGEST_ID])


def read_list(written: str) -> tuple[list[ModelChoice], list[str]]:
    """The models of a list, and its entries that name none."""
    choices: dict[str, ModelChoice] = {}
    wrong: list[str] = []
    for entry in _entries(written):
        match = _ENTRY.fullmatch(entry)
        provider = _provider(match["provider"]) if match else None
        if match is None or provider is None or (provider != "analyst") != bool(match["model"]):
            wrong.append(entry)
            continue
        choice = _choice(provider, match["model"] or "", (match["label"] or "").strip())
        choices.setdefault(choice.id, choice)
    return list(choices.values())[:MOST_MODELS], wrong


def missing_for(provider: ProviderName) -> str | None:
    """The setting that this provider needs and that is not there."""
    needed = NEEDED.get(provider)
    return needed if needed and not os.environ.get(needed) else None


def _entries(written: str) -> Iterator[str]:
    for entry in written.split(","):
        if entry.strip():
            yield entry.strip()


def _provider(name: str) -> ProviderName | None:
    return next((each for each in get_args(ProviderName) if each == name), None)


def _choice(provider: ProviderName, model: str = "", label: str = "") -> ModelChoice:
    if provider == "analyst":
        return ModelChoice("analyst", provider, "", label or _ANALYST_LABEL)
    return ModelChoice(f"{provider}:{model}", provider, model, label or model)
