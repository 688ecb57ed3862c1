"""Echo's settings, and what more the showcase shows."""

from pathlib import Path

from examples.echo.settings import *  # noqa: F403

ROOT_URLCONF = "examples.showcase.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent],
    },
]
