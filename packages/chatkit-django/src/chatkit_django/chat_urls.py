"""Where in the project's URLs the chats are."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver

from chatkit_django.views import ChatKitView


def chat_paths(patterns: list[Any], prefix: str) -> Iterator[tuple[str, Any]]:
    """Each path that leads to a ``ChatKitView``, and the function that serves it."""
    for pattern in patterns:
        path = prefix + str(pattern.pattern).lstrip("^")
        if isinstance(pattern, URLResolver):
            yield from chat_paths(pattern.url_patterns, path)
        elif isinstance(pattern, URLPattern):
            view = getattr(pattern.callback, "view_class", None)
            if isinstance(view, type) and issubclass(view, ChatKitView):
                yield path.rstrip("$"), pattern.callback
