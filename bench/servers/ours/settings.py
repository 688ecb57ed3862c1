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
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous="
        f"{os.environ.get('BENCH_SYNCHRONOUS', 'FULL')};",
    }
else:
    # The few threads that talk to the database keep what they have opened and prepared.
    DATABASES["default"]["CONN_MAX_AGE"] = None
    DATABASES["default"]["OPTIONS"] = {"server_side_binding": True, "prepare_threshold": 3}
# Counted as ever, and high enough for one client that asks for more than any person does.
_HIGH = {"user": "1000000/minute", "address": "1000000/minute"}
CHATKIT_LIMITS = {
    **dict.fromkeys(("requests", "messages", "uploads"), _HIGH),
    "responses": {"user": 10_000, "address": 10_000},
}
CHATKIT_EVENT_LOG = os.environ.get("BENCH_EVENT_LOG", "process")
