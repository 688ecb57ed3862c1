"""The page of the web app: Vite's built `index.html`, with a fresh nonce and a strict CSP."""

import secrets
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

NONCE_PLACEHOLDER = "__CSP_NONCE__"  # vite.config.ts writes it: html.cspNonce


@lru_cache(maxsize=1)
def _page(modified: int) -> str:
    return (settings.FRONTEND_BUILD / "index.html").read_text()


def content_security_policy(nonce: str) -> str:
    """What the page may load: its own files; another ChatKit script only where configured."""
    elsewhere = "".join(f" {origin}" for origin in settings.CHATKIT_SCRIPT_ORIGINS)
    directives = {
        "default-src": "'none'",
        "script-src": f"'self'{elsewhere}",
        # Mantine writes its variables into a style element, which carries the nonce.
        "style-src": f"'self' 'nonce-{nonce}'",
        "img-src": "'self' data:",
        "font-src": "'self'",
        "connect-src": f"'self'{elsewhere}",
        "frame-src": elsewhere.strip() or "'none'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in directives.items())


@require_safe
@never_cache
def web_app(request: HttpRequest, status: int = 200) -> HttpResponse:
    """GET: the page; 503 while the web app has not been built."""
    try:
        modified = (settings.FRONTEND_BUILD / "index.html").stat().st_mtime_ns
    except FileNotFoundError:
        return HttpResponse(
            "The web app is not built yet. Run make run.", status=503, content_type="text/plain"
        )
    nonce = secrets.token_urlsafe(16)
    response = HttpResponse(_page(modified).replace(NONCE_PLACEHOLDER, nonce), status=status)
    response["Content-Security-Policy"] = content_security_policy(nonce)
    return response
