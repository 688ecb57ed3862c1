from django.contrib.auth.models import AnonymousUser
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request

from spendo.users.models import User


class CsrfFailed(PermissionDenied):
    default_detail = "The page's security token is missing or old. Reload the page and try again."
    default_code = "csrf_failed"


class SignedInBySession(SessionAuthentication):
    """Django's session, with CSRF checked on every unsafe request, signed in or not.

    DRF exempts the signed-out ones, which are the sign-in and the sign-up.
    """

    def authenticate(self, request: Request) -> tuple[User, None] | None:
        try:
            self.enforce_csrf(request)
        except PermissionDenied:
            raise CsrfFailed from None
        user = getattr(request._request, "user", AnonymousUser())
        if isinstance(user, User) and user.is_active:
            return user, None
        return None

    def authenticate_header(self, request: Request) -> str:
        """Makes DRF answer 401, not 403, to a request that is not signed in."""
        return "Session"
