"""Models that are reached over the network. Their keys come from the environment only."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from typing import TypeVar
from weakref import WeakKeyDictionary

import httpx2
from agents import Model, ModelSettings, OpenAIChatCompletionsModel, OpenAIResponsesModel
from agents.models.default_models import get_default_model_settings
from openai import AsyncOpenAI

DEFAULT_TIMEOUT_SECONDS = 60
DEFAULT_MOST_TOKENS = 8_000
"""Of one answer, what a model thinks before it speaks included."""
RETRIES = 2

T = TypeVar("T")

# A client belongs to the event loop that its connections were opened on.
_kept: WeakKeyDictionary[asyncio.AbstractEventLoop, dict[tuple[str, ...], object]]
_kept = WeakKeyDictionary()


def number(name: str, default: float) -> float:
    """A setting between 0 and 1,000,000; the default for anything else."""
    try:
        value = float(os.environ.get(name, default))
    except ValueError:
        return default
    return value if 0 <= value <= 1_000_000 else default


def openai_model(name: str) -> tuple[Model, ModelSettings]:
    """A model behind the Responses API."""
    client = _openai_client(os.environ.get("OPENAI_API_KEY", ""), os.environ.get("OPENAI_BASE_URL"))
    settings = get_default_model_settings(name).resolve(
        # Nothing of a user's finances is to stay with the provider; what a reasoning model needs
        # from its last step then has to travel with the request.
        ModelSettings(
            store=False,
            parallel_tool_calls=True,
            max_tokens=_most_tokens(),
            response_include=["reasoning.encrypted_content"] if _reasons(name) else None,
        )
    )
    return OpenAIResponsesModel(name, client), settings


def compatible_model(name: str) -> tuple[Model, ModelSettings]:
    """A model behind any server that speaks OpenAI's chat completions."""
    # Many such servers ask for no key; the client does.
    key = os.environ.get("SPENDO_COMPATIBLE_KEY") or "none"
    client = _openai_client(key, os.environ.get("SPENDO_COMPATIBLE_URL"))
    return OpenAIChatCompletionsModel(name, client), ModelSettings(max_tokens=_most_tokens())


def anthropic_model(name: str) -> tuple[Model, ModelSettings]:
    """A model of Anthropic, through any-llm, which is only imported here."""
    # Its own exceptions in place of those of each client: what will be the default.
    os.environ.setdefault("ANY_LLM_UNIFIED_EXCEPTIONS", "1")
    from agents.extensions.models.any_llm_model import AnyLLMModel

    key = os.environ.get("ANTHROPIC_API_KEY", "")
    base_url = os.environ.get("ANTHROPIC_BASE_URL") or None
    model = _keep(
        ("anthropic", name, key, base_url or ""),
        lambda: AnyLLMModel(
            f"anthropic/{name}", api_key=key, base_url=base_url, api="chat_completions"
        ),
    )
    # Its client tries again twice by itself, as the others do.
    return model, ModelSettings(max_tokens=_most_tokens(), extra_args={"timeout": _timeout()})


def _openai_client(key: str, base_url: str | None) -> AsyncOpenAI:
    timeout = _timeout()
    return _keep(
        ("openai", key, base_url or "", str(timeout)),
        lambda: AsyncOpenAI(
            api_key=key,
            base_url=base_url or None,
            max_retries=RETRIES,
            timeout=httpx2.Timeout(timeout, connect=min(timeout, 10)),
        ),
    )


def _keep(known: tuple[str, ...], make: Callable[[], T]) -> T:
    kept = _kept.setdefault(asyncio.get_running_loop(), {})
    if known not in kept:
        kept[known] = make()
    return kept[known]  # type: ignore[return-value]  # what `make` made for this key


def _timeout() -> float:
    return number("SPENDO_MODEL_TIMEOUT_SECONDS", DEFAULT_TIMEOUT_SECONDS)


def _most_tokens() -> int:
    return int(number("SPENDO_MODEL_MOST_TOKENS", DEFAULT_MOST_TOKENS)) or DEFAULT_MOST_TOKENS


def _reasons(model: str) -> bool:
    return model.startswith(("gpt-5", "o1", "o3", "o4"))
