"""Echo's settings, and what more the showcase shows."""

from pathlib import Path

from examples.echo.settings import *  # noqa: F403
from examples.echo.settings import DATA

BASE_DIR = DATA  # where the files of visitors are
ROOT_URLCONF = "examples.showcase.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent],
    },
]
