from typing import Any

from axes.helpers import get_cool_off
from django.contrib.auth import authenticate, login, logout
from django.core.exceptions import ValidationError
from django.http import Http404
from django.middleware.csrf import get_token
from django.views.decorators.debug import sensitive_variables
from rest_framework import serializers
from rest_framework.permissions import AllowAny, BasePermission, IsAdminUser, IsAuthenticated
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from spendo.users.api.authentication import SignedInBySession
from spendo.users.api.errors import InvalidCredentials, TooManyAttempts, UsernameTakenError
from spendo.users.api.parsers import JsonBodyParser
from spendo.users.api.serializers import (
    PageSerializer,
    SignInSerializer,
    SignUpSerializer,
    UserSerializer,
)
from spendo.users.fields import fold
from spendo.users.models import User
from spendo.users.selectors import find_user, list_users
from spendo.users.services import Profile, UsernameTaken, create_user


class JsonView(APIView):
    """What every view of the API shares: session, CSRF, JSON in, JSON out, sign-in required."""

    authentication_classes = (SignedInBySession,)
    parser_classes = (JsonBodyParser,)
    renderer_classes = (JSONRenderer,)
    permission_classes: tuple[type[BasePermission], ...] = (IsAuthenticated,)

    def read(self, serializer: type[serializers.Serializer[Any]], data: Any) -> dict[str, Any]:
        """The checked values of `data`; a 400 with the faults by field otherwise."""
        checked = serializer(data=data)
        checked.is_valid(raise_exception=True)
        values: dict[str, Any] = checked.validated_data
        return values

    def signed_in(self, request: Request) -> User:
        assert isinstance(request.user, User)  # noqa: S101  (IsAuthenticated saw to it)
        return request.user


class CsrfView(JsonView):
    permission_classes = (AllowAny,)

    def get(self, request: Request) -> Response:
        return Response({"csrfToken": get_token(request._request)})


class SignInView(JsonView):
    permission_classes = (AllowAny,)

    @sensitive_variables()
    def post(self, request: Request) -> Response:
        values = self.read(SignInSerializer, request.data)
        known = find_user(values["username"])
        user = authenticate(
            request._request,
            # One spelling per name, so that "Ann" and "ANN" share their attempts.
            username=known.username if known else fold(values["username"]),
            password=values["password"],
        )
        if _locked(request):
            raise TooManyAttempts(wait=get_cool_off(request._request).total_seconds())
        if user is None:
            raise InvalidCredentials
        login(request._request, user)
        return Response(UserSerializer(user).data)


def _locked(request: Request) -> bool:
    """Whether axes refused; its middleware would answer in its own words if it saw the mark."""
    return bool(request._request.__dict__.pop("axes_locked_out", False))


class SignOutView(JsonView):
    permission_classes = (AllowAny,)

    def post(self, request: Request) -> Response:
        logout(request._request)
        return Response(status=204)


class MeView(JsonView):
    def get(self, request: Request) -> Response:
        return Response(UserSerializer(self.signed_in(request)).data)


class SignUpView(JsonView):
    permission_classes = (AllowAny,)

    @sensitive_variables()
    def post(self, request: Request) -> Response:
        values = self.read(SignUpSerializer, request.data)
        username, password = values.pop("username"), values.pop("password")
        try:
            user = create_user(username=username, password=password, profile=Profile(**values))
        except ValidationError as error:
            raise serializers.ValidationError({"password": error.messages}) from None
        except UsernameTaken:
            raise UsernameTakenError from None
        return Response(UserSerializer(user).data, status=201)


class UserListView(JsonView):
    permission_classes = (IsAdminUser,)

    def get(self, request: Request) -> Response:
        page = self.read(PageSerializer, request.query_params.dict())
        users = list(list_users(after=page["after"])[: page["limit"] + 1])
        has_more = len(users) > page["limit"]
        users = users[: page["limit"]]
        return Response(
            {
                "data": UserSerializer(users, many=True).data,
                "has_more": has_more,
                "after": users[-1].pk if has_more else None,
            }
        )


class UserView(JsonView):
    def get(self, request: Request, username: str) -> Response:
        return Response(UserSerializer(visible_user(request, find_user(username))).data)


def visible_user(request: Request, user: User | None) -> User:
    """`user`, if it is the one who asks or staff asks; otherwise 404, as if there were none."""
    asking = request.user
    if user is None or not (user == asking or (isinstance(asking, User) and asking.is_staff)):
        raise Http404
    return user
