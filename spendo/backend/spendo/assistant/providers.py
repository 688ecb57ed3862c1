"""The one place that picks the model behind the agent, and that puts its failures into words.

Without OPENAI_API_KEY it is the built-in analyst, which opens no socket. Nothing else of the
environment sends anything anywhere: the SDK's tracing is off in every case.
"""

from __future__ import annotations

import asyncio
import os
from dataclasses import dataclass
from weakref import WeakKeyDictionary

import httpx2
from agents import (
    AgentsException,
    MaxTurnsExceeded,
    Model,
    ModelSettings,
    OpenAIResponsesModel,
    RunConfig,
    set_tracing_disabled,
)
from agents.models.default_models import get_default_model_settings
from openai import APIConnectionError, APIStatusError, AsyncOpenAI, OpenAIError

from spendo.assistant.analyst.model import Analyst

set_tracing_disabled(True)

DEFAULT_MODEL = "gpt-5.4-mini"
DEFAULT_PACE_MS = 8
DEFAULT_TIMEOUT_SECONDS = 60
RETRIES = 2
MAX_TURNS = 10
"""Model requests for one question. The analyst needs at most six."""


@dataclass(frozen=True)
class Provider:
    """`pace` is the pause before each word that is shown, in seconds."""

    model: Model
    settings: ModelSettings
    pace: float = 0.0


class ModelUnavailableError(Exception):
    """The model gave no usable answer. `message` is for the user; the cause is for the log."""

    def __init__(self, message: str, *, retry: bool) -> None:
        super().__init__(message)
        self.message = message
        self.retry = retry


def run_config() -> RunConfig:
    return RunConfig(tracing_disabled=True, trace_include_sensitive_data=False)


def pick_provider() -> Provider:
    """The model that the environment asks for."""
    if key := os.environ.get("OPENAI_API_KEY"):
        return _openai(key)
    pace = _number("SPENDO_ANALYST_PACE_MS", DEFAULT_PACE_MS) / 1000
    return Provider(Analyst(), ModelSettings(), pace)


def _openai(key: str) -> Provider:
    name = os.environ.get("SPENDO_MODEL") or DEFAULT_MODEL
    settings = get_default_model_settings(name).resolve(
        # Nothing of a user's finances is to stay with the provider; what a reasoning model needs
        # from its last step then has to travel with the request.
        ModelSettings(
            store=False,
            parallel_tool_calls=True,
            response_include=["reasoning.encrypted_content"] if _reasons(name) else None,
        )
    )
    return Provider(OpenAIResponsesModel(name, _client(key)), settings)


def _reasons(model: str) -> bool:
    return model.startswith(("gpt-5", "o1", "o3", "o4"))


# A client belongs to the event loop that its connections were opened on.
_clients: WeakKeyDictionary[asyncio.AbstractEventLoop, dict[tuple[str, ...], AsyncOpenAI]]
_clients = WeakKeyDictionary()


def _client(key: str) -> AsyncOpenAI:
    base_url = os.environ.get("OPENAI_BASE_URL") or None
    timeout = _number("SPENDO_MODEL_TIMEOUT_SECONDS", DEFAULT_TIMEOUT_SECONDS)
    clients = _clients.setdefault(asyncio.get_running_loop(), {})
    known = (key, base_url or "", str(timeout))
    if known not in clients:
        clients[known] = AsyncOpenAI(
            api_key=key,
            base_url=base_url,
            max_retries=RETRIES,
            timeout=httpx2.Timeout(timeout, connect=min(timeout, 10)),
        )
    return clients[known]


def _number(name: str, default: float) -> float:
    try:
        value = float(os.environ.get(name, default))
    except ValueError:
        return default
    return value if 0 <= value <= 3600 else default


BUSY = "The language model is busy. Wait a moment, then try again."
NO_ANSWER = "The language model did not answer. Try again."
REFUSED = "The language model cannot be used at the moment. Tell whoever runs this service."
TOO_LONG = "This question took too many steps. Try a smaller one."
UNUSABLE = "The language model gave an answer that cannot be used. Try again."


def unavailable(error: Exception) -> ModelUnavailableError | None:
    """What to tell the user about a failure of the model; None for a fault of our own."""
    match error:
        case APIStatusError(status_code=429):
            return ModelUnavailableError(BUSY, retry=True)
        case APIStatusError(status_code=status) if status < 500 and status not in (408, 409):
            return ModelUnavailableError(REFUSED, retry=False)
        case APIConnectionError() | APIStatusError() | httpx2.HTTPError():
            return ModelUnavailableError(NO_ANSWER, retry=True)
        case MaxTurnsExceeded():
            return ModelUnavailableError(TOO_LONG, retry=True)
        case OpenAIError() | AgentsException():
            return ModelUnavailableError(UNUSABLE, retry=True)
        case _:
            return None
