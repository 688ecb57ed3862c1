"""The API as a browser speaks to it: cookies kept, CSRF token sent."""

import json
from dataclasses import dataclass
from typing import Any

from django.test import Client

from spendo.users.models import User

PASSWORD = "correct horse battery"


@dataclass(frozen=True)
class Answer:
    status: int
    body: Any
    headers: dict[str, str]

    @property
    def code(self) -> str:
        code: str = self.body["error"]["code"]
        return code

    @property
    def fields(self) -> dict[str, list[str]]:
        fields: dict[str, list[str]] = self.body["error"]["fields"]
        return fields


class Api:
    def __init__(self, client: Client) -> None:
        self.client = client

    def sign_in(self, user: User) -> "Api":
        self.client.force_login(user, "django.contrib.auth.backends.ModelBackend")
        return self

    def get(self, path: str) -> Answer:
        return self._answer(self.client.get(path))

    def post(self, path: str, data: Any = None, **extra: Any) -> Answer:
        return self.post_raw(path, json.dumps(data), **extra)

    def patch(self, path: str, data: Any) -> Answer:
        return self._send(self.client.patch, path, data)

    def delete(self, path: str) -> Answer:
        return self._send(self.client.delete, path, {})

    def post_raw(
        self,
        path: str,
        body: str | bytes,
        *,
        content_type: str = "application/json",
        token: str | None = "",
        **extra: Any,
    ) -> Answer:
        """`token`: "" for the page's own, None for none."""
        if token == "":
            token = self.client.get("/api/csrf/").json()["csrfToken"]
        headers = {} if token is None else {"X-CSRFToken": token}
        return self._answer(
            self.client.post(path, body, content_type=content_type, headers=headers, **extra)
        )

    def _send(self, method: Any, path: str, data: Any) -> Answer:
        headers = {"X-CSRFToken": self.client.get("/api/csrf/").json()["csrfToken"]}
        return self._answer(
            method(path, json.dumps(data), content_type="application/json", headers=headers)
        )

    def _answer(self, response: Any) -> Answer:
        body = response.json() if response.content else None
        return Answer(response.status_code, body, dict(response.headers))
