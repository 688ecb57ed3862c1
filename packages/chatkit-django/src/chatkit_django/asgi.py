"""Django's ASGI application with a shorter way to the chat.

# asgi.py of the project
application = get_chatkit_application()  # in place of get_asgi_application()
"""

from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from chatkit_django.short_way import ChatKitASGIHandler


def get_chatkit_application() -> "ChatKitASGIHandler":
    """The project as an ASGI application, like Django's ``get_asgi_application``."""
    django.setup(set_prefix=False)
    from chatkit_django.short_way import ChatKitASGIHandler  # it needs the models

    return ChatKitASGIHandler()
