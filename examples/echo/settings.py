"""Settings of the smallest project: everything Django needs for sessions, and one app."""

import os
from pathlib import Path

FOLDER = Path(__file__).parent
DATA = Path(os.environ.get("EXAMPLE_DATA", FOLDER.parents[1] / "var" / "examples"))
DATA.mkdir(parents=True, exist_ok=True)

SECRET_KEY = "for this example only: it listens to this machine and keeps nothing of value"  # noqa: S105
ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
USE_TZ = True
TIME_ZONE = "UTC"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "chatkit_django",
]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
TEMPLATES = [
    {"BACKEND": "django.template.backends.django.DjangoTemplates", "DIRS": [FOLDER]},
]
ROOT_URLCONF = "examples.echo.urls"
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": DATA / "chat.sqlite3",
        "OPTIONS": {"timeout": 20, "init_command": "PRAGMA journal_mode=WAL"},
    }
}
