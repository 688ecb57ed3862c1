"""How the process serves the project."""

from config.asgi import Application


def test_the_chat_goes_the_short_way() -> None:
    """A new middleware that the package does not know would quietly make the chat slow again."""
    assert Application().django.unknown_middleware == ""
