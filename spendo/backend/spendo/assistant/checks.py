"""What is wrong with the models and their settings, said by `manage.py check` and at the start."""

from __future__ import annotations

import os
from typing import Any

from django.core import checks

from spendo.assistant.analyst.understanding.fitting import digest, kept_digest
from spendo.assistant.choices import missing_for, read_list


@checks.register()
def check_models(**kwargs: Any) -> list[checks.CheckMessage]:
    """assistant.E001: an entry of SPENDO_MODELS names no model. assistant.W001: a model in it lacks
    the setting that its provider needs, and is not offered."""
    choices, wrong = read_list(os.environ.get("SPENDO_MODELS", ""))
    messages: list[checks.CheckMessage] = [
        checks.Error(
            f"SPENDO_MODELS has an entry that names no model: {entry[:60]!r}.",
            hint="Write analyst, openai:NAME, compatible:NAME or anthropic:NAME, and =LABEL.",
            id="assistant.E001",
        )
        for entry in wrong
    ]
    messages += [
        checks.Warning(
            f"SPENDO_MODELS lists {choice.id}, but {needed} is not set: it is not offered.",
            id="assistant.W001",
        )
        for choice in choices
        if (needed := missing_for(choice.provider))
    ]
    return messages


@checks.register()
def check_analyst(**kwargs: Any) -> list[checks.CheckMessage]:
    """assistant.E002: the analyst has not learned from its wordings, or from others."""
    if kept_digest() == digest():
        return []
    command = "python -m spendo.assistant.analyst.understanding.fitting"
    return [
        checks.Error(
            "The analyst has not learned its wordings.",
            hint=f"Run {command} in spendo/backend; make run and make test do.",
            id="assistant.E002",
        )
    ]
