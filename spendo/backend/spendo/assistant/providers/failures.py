"""Failures of a model, put into words for the user; the cause is for the log."""

from __future__ import annotations

import httpx2
from agents import AgentsException, MaxTurnsExceeded
from openai import APIConnectionError, APIStatusError, OpenAIError

BUSY = "The language model is busy. Wait a moment, then try again."
NO_ANSWER = "The language model did not answer. Try again."
REFUSED = "The language model cannot be used at the moment. Tell whoever runs this service."
TOO_LONG = "This question took too many steps. Try a smaller one."
UNUSABLE = "The language model gave an answer that cannot be used. Try again."
NOT_OFFERED = "This model is not offered any more. Choose another one and ask again."

# Packages whose exceptions are known by their status alone: they are imported only when used.
_OTHER_CLIENTS = frozenset({"anthropic", "any_llm", "httpx", "httpcore"})


class ModelUnavailableError(Exception):
    """The model gave no usable answer. `message` is for the user; the cause is for the log."""

    def __init__(self, message: str, *, retry: bool) -> None:
        super().__init__(message)
        self.message = message
        self.retry = retry


def unavailable(error: Exception) -> ModelUnavailableError | None:
    """What to tell the user about a failure of the model; None for a fault of our own."""
    match error:
        case ModelUnavailableError():
            return error
        case APIStatusError(status_code=status):
            return _of_status(status)
        case APIConnectionError() | httpx2.HTTPError():
            return ModelUnavailableError(NO_ANSWER, retry=True)
        case MaxTurnsExceeded():
            return ModelUnavailableError(TOO_LONG, retry=True)
        case OpenAIError() | AgentsException():
            return ModelUnavailableError(UNUSABLE, retry=True)
        case _ if type(error).__module__.partition(".")[0] in _OTHER_CLIENTS:
            given = getattr(error, "status_code", None)
            return _of_status(given if isinstance(given, int) else 503)
        case _:
            return None


def _of_status(status: int) -> ModelUnavailableError:
    if status == 429:
        return ModelUnavailableError(BUSY, retry=True)
    if status < 500 and status not in (408, 409):
        return ModelUnavailableError(REFUSED, retry=False)
    return ModelUnavailableError(NO_ANSWER, retry=True)
