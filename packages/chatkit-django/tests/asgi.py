"""The test project, served Django's own way and the package's."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
application = get_asgi_application()

from chatkit_django.asgi import get_chatkit_application  # noqa: E402

short_way = get_chatkit_application()
