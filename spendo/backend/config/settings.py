"""Django settings of Spendo.

Everything a deployment changes comes from the environment; the defaults are what `make run`
needs on one machine. `docs/reference/settings.md` lists the variables.
"""

import os
import secrets
from datetime import timedelta
from pathlib import Path

import dj_database_url
from corsheaders.defaults import default_headers

REPOSITORY = Path(__file__).resolve().parents[3]


def _flag(name: str, default: bool) -> bool:
    return os.environ.get(name, str(int(default))).strip().lower() in {"1", "true", "yes", "on"}


def _words(name: str, default: str = "") -> list[str]:
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def _secret_key(folder: Path) -> str:
    """The key of the environment, or one made once and kept readable to its owner only."""
    if key := os.environ.get("SPENDO_SECRET_KEY"):
        return key
    kept = folder / "secret_key"
    try:
        return kept.read_text().strip()
    except FileNotFoundError:
        key = secrets.token_urlsafe(50)
    try:
        with os.fdopen(os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(key)
    except FileExistsError:  # another process was first
        return kept.read_text().strip()
    return key


DATA = Path(os.environ.get("SPENDO_DATA", REPOSITORY / "var")).resolve()
DATA.mkdir(parents=True, exist_ok=True)

SECRET_KEY = _secret_key(DATA)
DEBUG = _flag("SPENDO_DEBUG", False)
ALLOWED_HOSTS = _words("SPENDO_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "corsheaders",
    "axes",
    "rest_framework",
    "chatkit_django",
    "spendo.users",
    "spendo.ledger",
    "spendo.budgets",
    "spendo.assistant",
]

MIDDLEWARE = [
    "config.errors.JsonErrorsMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
ASGI_APPLICATION = "config.asgi.application"
APPEND_SLASH = False  # a POST cannot follow the redirect; the routes say their slash themselves

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# --- Database and cache -------------------------------------------------------------------

DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("SPENDO_DATABASE_URL", f"sqlite:///{DATA / 'spendo.sqlite3'}"),
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # WAL lets readers go on beside the one writer; IMMEDIATE takes the write lock at the start of
    # a transaction, where SQLite can wait for it, instead of failing in its middle.
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    }
    # Tests write from several threads, which a database in memory cannot take.
    DATABASES["default"]["TEST"] = {"NAME": DATA / f"test-{os.getpid()}.sqlite3"}
else:
    # The chat works in a few threads of its own beside the requests: they share what is open.
    # While the database is away a request waits for it no longer than a person would; the pool
    # gives a lost connection up soon, so that the next request may open one.
    DATABASES["default"]["OPTIONS"] = {
        "pool": {"timeout": 5, "reconnect_timeout": 5},
        "server_side_binding": True,
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHE_URL = os.environ.get("SPENDO_CACHE_URL", "")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": CACHE_URL,
        "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1},
    }
    if CACHE_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}

# --- Users, sign-in -----------------------------------------------------------------------

AUTH_USER_MODEL = "users.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
# Several workers share the count through the database, or through Valkey/Redis where there is one.
AXES_HANDLER = (
    f"axes.handlers.{'cache.AxesCacheHandler' if CACHE_URL else 'database.AxesDatabaseHandler'}"
)

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "chatkit_django.views.csrf_failure"
HTTPS = _flag("SPENDO_HTTPS", False)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# --- Other origins ------------------------------------------------------------------------

VITE_DEV_SERVER = ["http://localhost:5173", "http://127.0.0.1:5173"]
CORS_ALLOWED_ORIGINS = [*_words("SPENDO_ORIGINS"), *(VITE_DEV_SERVER if DEBUG else [])]
CSRF_TRUSTED_ORIGINS = CORS_ALLOWED_ORIGINS
CORS_ALLOW_CREDENTIALS = True
CORS_ALLOW_HEADERS = [
    *default_headers,
    # What ChatKit's own clients send beside the page's headers.
    "chatkit-frame-instance-id",
    "chatkit-session-id",
    "chatkit-user-id",
    "chatkit-device-id",
    "idempotency-key",
    "last-event-id",
]
CORS_EXPOSE_HEADERS = ["ChatKit-Run", "Retry-After"]  # what they read of an answer

# --- API ----------------------------------------------------------------------------------

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "EXCEPTION_HANDLER": "spendo.users.api.errors.exception_handler",
    "DEFAULT_SCHEMA_CLASS": "config.described.SpendoSchema",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Spendo",
    "DESCRIPTION": "Accounts, transactions and the assistant's tools. Amounts are decimal strings.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SCHEMA_PATH_PREFIX": "/api/",
}

# So many proxies write X-Forwarded-For before this process: where to find the client's address.
CHATKIT_PROXY_COUNT = int(os.environ.get("SPENDO_PROXY_COUNT", "0"))
# Where a run's words are for other workers, and for the next process if this one is killed.
CHATKIT_EVENT_LOG = os.environ.get("SPENDO_EVENT_LOG") or CACHE_URL or "database"
# Signed-in staff may read /metrics; a Prometheus may with this bearer token.
CHATKIT_METRICS_TOKEN = os.environ.get("SPENDO_METRICS_TOKEN", "")

# Statements of banks may be attached to messages; they lie where nothing is published.
BASE_DIR = DATA
CHATKIT_ATTACHMENT_TYPES = "text/csv text/plain text/tab-separated-values application/xml"

# --- Language, time, files, logs ----------------------------------------------------------

LANGUAGE_CODE = "en-us"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"  # the ChatKit SDK stamps items with the process's local time

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
# The web app and the chat element are served from where their builds put them.
FRONTEND_BUILD = REPOSITORY / "spendo" / "frontend" / "dist"
ELEMENT_BUILD = REPOSITORY / "packages" / "chatkit-element" / "dist"
# Where the page may load another ChatKit script (and its frame) from; empty: from nowhere else.
CHATKIT_SCRIPT_ORIGINS = _words("SPENDO_CHATKIT_SCRIPT_ORIGINS")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "class": "config.log_lines.KeylessFormatter",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    # Django's own handler would say each of its lines a second time.
    "loggers": {"django": {"handlers": [], "propagate": True}},
    "root": {"handlers": ["console"], "level": os.environ.get("SPENDO_LOG_LEVEL", "WARNING")},
}
