"""D: Django, `ChatKitView` and `DatabaseStore`, with sign-in and the owner's filter."""

import os

import dj_database_url

SECRET_KEY = "bench"  # noqa: S105 (a process that lives for one measurement)
ALLOWED_HOSTS = ["127.0.0.1"]
ROOT_URLCONF = "servers.ours.urls"
SILENCED_SYSTEM_CHECKS = ["chatkit_django.W005"]  # the key above
USE_TZ = True
TIME_ZONE = "UTC"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
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
DATABASES = {"default": dj_database_url.parse(os.environ["BENCH_DATABASE_URL"])}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    }
else:
    DATABASES["default"]["OPTIONS"] = {"pool": True}
# One client asks for more than any person does; R has no limits either.
_LIFTED = {"user": None, "address": None}
CHATKIT_LIMITS = dict.fromkeys(("requests", "messages", "uploads", "responses", "budget"), _LIFTED)
