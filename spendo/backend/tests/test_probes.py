"""What a load balancer and Prometheus find."""

import pytest
from django.test import Client
from pytest_django import Settings

from spendo.ledger.demo import load_demo
from spendo.users.models import User

MODEL_BACKEND = "django.contrib.auth.backends.ModelBackend"


def read_metrics(client: Client, user: User) -> bytes | int:
    """The metrics, or the status of the refusal."""
    client.force_login(user, backend=MODEL_BACKEND)
    response = client.get("/metrics")
    return response.content if response.status_code == 200 else response.status_code


@pytest.mark.django_db
def test_the_site_says_that_it_is_alive_and_ready(client: Client) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    ready = client.get("/readyz")
    assert (ready.status_code, ready.json()["migrations"]) == (200, "ok")


@pytest.mark.django_db
def test_the_metrics_are_for_staff(client: Client) -> None:
    assert client.get("/metrics").status_code == 403
    root = User.objects.create_user("root", is_staff=True)
    found = read_metrics(client, root)
    assert isinstance(found, bytes)
    assert b"chatkit_requests_total" in found


@pytest.mark.django_db
def test_the_metrics_are_not_for_other_users(client: Client) -> None:
    load_demo()
    assert read_metrics(client, User.objects.get(username="demo")) == 403
    assert read_metrics(client, User.objects.create_user("ann")) == 403
    left = User.objects.create_user("left", is_staff=True, is_active=False)
    assert read_metrics(client, left) == 403


@pytest.mark.django_db
def test_a_prometheus_needs_the_token(client: Client, settings: Settings) -> None:
    def status(authorization: str) -> int:
        return client.get("/metrics", headers={"Authorization": authorization}).status_code

    assert status("Bearer ") == 403
    settings.CHATKIT_METRICS_TOKEN = "s3cret"
    assert status("Bearer s3cret") == 200
    assert [status(wrong) for wrong in ("Bearer ", "Bearer wrong", "s3cret", "")] == [403] * 4
