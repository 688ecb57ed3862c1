"""Where the project's lines go."""

import logging

import pytest


@pytest.mark.parametrize(
    "name", ["django.request", "django.security.csrf", "spendo", "chatkit_django"]
)
def test_a_line_reaches_the_console_once(name: str) -> None:
    logger: logging.Logger | None = logging.getLogger(name)
    consoles = 0
    while logger is not None:
        consoles += sum(type(each) is logging.StreamHandler for each in logger.handlers)
        logger = logger.parent if logger.propagate else None
    assert consoles == 1
