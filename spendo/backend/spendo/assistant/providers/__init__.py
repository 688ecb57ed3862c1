"""The one place that picks the model behind the agent, and that puts its failures into words.

Without a key it is the built-in analyst, which opens no socket. Nothing else of the environment
sends anything anywhere: the SDK's tracing is off in every case.
"""

from __future__ import annotations

from dataclasses import dataclass

from agents import Model, ModelSettings, RunConfig, set_tracing_disabled

from spendo.assistant.analyst.model import Analyst
from spendo.assistant.choices import DEFAULT_MODEL, UnknownModelError, find_model
from spendo.assistant.providers.clients import (
    RETRIES,
    anthropic_model,
    compatible_model,
    number,
    openai_model,
)
from spendo.assistant.providers.failures import (
    BUSY,
    NO_ANSWER,
    NOT_OFFERED,
    REFUSED,
    TOO_LONG,
    UNUSABLE,
    ModelUnavailableError,
    unavailable,
)

__all__ = [
    "BUSY",
    "DEFAULT_MODEL",
    "MAX_TURNS",
    "NOT_OFFERED",
    "NO_ANSWER",
    "REFUSED",
    "RETRIES",
    "TOO_LONG",
    "UNUSABLE",
    "ModelUnavailableError",
    "Provider",
    "pick_provider",
    "run_config",
    "unavailable",
]

set_tracing_disabled(True)

DEFAULT_PACE_MS = 8
MAX_TURNS = 10
"""Model requests for one question. The analyst needs at most six."""


@dataclass(frozen=True)
class Provider:
    """`pace` is the pause before each word that is shown, in seconds."""

    model: Model
    settings: ModelSettings
    pace: float = 0.0


def run_config() -> RunConfig:
    return RunConfig(tracing_disabled=True, trace_include_sensitive_data=False)


def pick_provider(model_id: str | None = None) -> Provider:
    """The model with this id of the list that is offered, for None its first.

    Raises ModelUnavailableError for one that is not in the list.
    """
    try:
        choice = find_model(model_id)
    except UnknownModelError:
        raise ModelUnavailableError(NOT_OFFERED, retry=False) from None
    match choice.provider:
        case "analyst":
            pace = number("SPENDO_ANALYST_PACE_MS", DEFAULT_PACE_MS) / 1000
            return Provider(Analyst(), ModelSettings(), pace)
        case "openai":
            return Provider(*openai_model(choice.model))
        case "compatible":
            return Provider(*compatible_model(choice.model))
        case "anthropic":
            return Provider(*anthropic_model(choice.model))
