"""How a line of the log is written."""

import logging
import os

_KEPT_OUT = (
    "OPENAI_API_KEY",
    "ANTHROPIC_API_KEY",
    "SPENDO_COMPATIBLE_KEY",
    "SPENDO_METRICS_TOKEN",
    "SPENDO_SECRET_KEY",
)
_SHORTEST = 8
"""Characters of a key; a shorter one is a placeholder, and would black out ordinary words."""


class KeylessFormatter(logging.Formatter):
    """Writes a secret of the environment as "[key]", also where a library's message or a traceback
    repeats what a server answered."""

    def format(self, record: logging.LogRecord) -> str:
        line = super().format(record)
        for name in _KEPT_OUT:
            secret = os.environ.get(name, "")
            if len(secret) >= _SHORTEST:
                line = line.replace(secret, "[key]")
        return line
