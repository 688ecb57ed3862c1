"""A page that is none shows only later, somewhere else: here it is named where it came from."""

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import ParamSpec

from chatkit.types import Page

P = ParamSpec("P")

PAGED = ("load_threads", "load_thread_items", "load_visible_items")


class NotAPage(TypeError):  # noqa: N818 (named for what is wrong)
    """A store method returned something that is not a usable ``Page``; the text names both."""


def check_pages(store: type) -> None:
    """Let the paging methods that this class defines raise ``NotAPage`` where they are wrong."""
    for name in PAGED:
        method = vars(store).get(name)
        if method is not None:
            setattr(store, name, _checked(method, f"{store.__name__}.{name}"))


def _checked(method: Callable[P, Awaitable[object]], name: str) -> Callable[P, Awaitable[object]]:
    @wraps(method)
    async def checked(*args: P.args, **kwargs: P.kwargs) -> object:
        page = await method(*args, **kwargs)
        if not isinstance(page, Page):
            raise NotAPage(
                f"{name} returned a {type(page).__name__}. Return chatkit.types.Page(data=[…], "
                "has_more=…, after=…)."
            )
        if page.has_more and not page.after:
            raise NotAPage(
                f"{name} says has_more without after: a client would ask for the same page for "
                "ever. Set after to the id of the last entry."
            )
        return page

    return checked
