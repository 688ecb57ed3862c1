"""Sign-in, session and users, described."""

from rest_framework import serializers

from spendo.users.api.described import Operation, Operations, page_of, record
from spendo.users.api.serializers import (
    PageSerializer,
    SignInSerializer,
    SignUpSerializer,
    UserSerializer,
)

OPERATIONS: Operations = {
    ("GET", "csrf/"): Operation(
        "The token that every request which changes something sends as X-CSRFToken",
        answer=record("CsrfToken", csrfToken=serializers.CharField()),
    ),
    ("POST", "login/"): Operation("Sign in", body=SignInSerializer, answer=UserSerializer),
    ("POST", "logout/"): Operation("Sign out", status=204),
    ("GET", "me/"): Operation("Who is signed in", answer=UserSerializer),
    ("POST", "createuser/"): Operation(
        "Sign up", body=SignUpSerializer, answer=UserSerializer, status=201
    ),
    ("GET", "customusers/"): Operation(
        "All users, for staff", query=PageSerializer, answer=page_of("UserPage", UserSerializer)
    ),
    ("GET", "customuser/{username}/"): Operation(
        "One user: oneself, or any for staff", answer=UserSerializer
    ),
}
