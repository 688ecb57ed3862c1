"""The showcase for an ASGI server."""

from chatkit_django.asgi import get_chatkit_application

application = get_chatkit_application()
