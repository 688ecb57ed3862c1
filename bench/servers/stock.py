"""D stock: D by Django's own way."""

from django.core.asgi import get_asgi_application

application = get_asgi_application()
