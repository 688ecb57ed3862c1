"""The smallest project that uses the app. TEST_DATABASE_URL chooses the database, SPENDO_CACHE_URL
a Valkey or Redis as its cache; with TEST_SEVERAL_MACHINES that has the events too, and what takes
long is short."""

import os
import tempfile
from pathlib import Path

import dj_database_url

if "TEST_FOLDER" in os.environ:  # that of the test, for a process which it kills
    _FOLDER = Path(os.environ["TEST_FOLDER"])
else:
    _TEMPORARY = tempfile.TemporaryDirectory(prefix="chatkit-django-")
    _FOLDER = Path(_TEMPORARY.name)

BASE_DIR = _FOLDER  # the files of users go there
SECRET_KEY = "only for tests, and as long as the key of a real project is"
ALLOWED_HOSTS = ["*"]
USE_TZ = True
TIME_ZONE = "UTC"
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.admin",
    "chatkit_django",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
ROOT_URLCONF = "tests.urls"
CSRF_FAILURE_VIEW = "chatkit_django.views.csrf_failure"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
DATABASES = {
    "default": dj_database_url.config(
        "TEST_DATABASE_URL", default=f"sqlite:///{_FOLDER / 'project.sqlite3'}", conn_max_age=60
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, because the store works in other threads than the test.
    DATABASES["default"]["TEST"] = {"NAME": str(_FOLDER / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL",
    }
if "SPENDO_CACHE_URL" in os.environ and "PYTEST_XDIST_WORKER" in os.environ:
    # Tests that run beside each other have a cache each, as they have a database each.
    _server = os.environ["SPENDO_CACHE_URL"].rpartition("/")[0]
    _number = 1 + int(os.environ["PYTEST_XDIST_WORKER"].removeprefix("gw"))
    os.environ["SPENDO_CACHE_URL"] = f"{_server}/{_number}"
if cache_url := os.environ.get("SPENDO_CACHE_URL"):
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": cache_url,
        }
    }
# What Django answers with a 500 is said where the test's output shows it.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "loggers": {"django.request": {"handlers": ["stderr"], "level": "ERROR"}},
}
if "TEST_SEVERAL_MACHINES" in os.environ:
    CHATKIT_EVENT_LOG = cache_url
    CHATKIT_LEASE_SECONDS = 3
    CHATKIT_HEARTBEAT_SECONDS = 1
    CHATKIT_DRAIN_SECONDS = 1
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
if "TEST_DRAIN_SECONDS" in os.environ:
    CHATKIT_DRAIN_SECONDS = int(os.environ["TEST_DRAIN_SECONDS"])
if "TEST_CROWD" in os.environ:
    # One user of a live server stands for many.
    CHATKIT_LIMITS = {"responses": {"user": 400}, "messages": {"user": "1000/minute"}}
