"""No key is written into the log."""

import logging
import sys

import pytest

from config.log_lines import KeylessFormatter


def test_a_key_is_left_out_of_lines_and_tracebacks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-test-0123456789")
    monkeypatch.setenv("SPENDO_COMPATIBLE_KEY", "none")
    try:
        raise RuntimeError("Incorrect API key provided: sk-test-0123456789")
    except RuntimeError:
        record = logging.LogRecord(
            "spendo", logging.ERROR, __file__, 1, "failed with %s, none", ("sk-test-0123456789",),
            sys.exc_info(),
        )  # fmt: skip
    line = KeylessFormatter("{message}", style="{").format(record)
    assert "sk-test-0123456789" not in line
    assert line.startswith("failed with [key], none")
    assert "Incorrect API key provided: [key]" in line


def test_the_console_writes_its_lines_so() -> None:
    formatters = [each.formatter for each in logging.getLogger().handlers]
    assert any(isinstance(each, KeylessFormatter) for each in formatters)
