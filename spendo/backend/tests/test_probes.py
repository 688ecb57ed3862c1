"""What a load balancer and Prometheus find."""

import pytest
from django.test import Client

from spendo.users.models import User


@pytest.mark.django_db
def test_the_site_says_that_it_is_alive_and_ready(client: Client) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    ready = client.get("/readyz")
    assert (ready.status_code, ready.json()["migrations"]) == (200, "ok")


@pytest.mark.django_db
def test_the_metrics_are_for_staff(client: Client) -> None:
    assert client.get("/metrics").status_code == 403
    client.force_login(
        User.objects.create_user("root", is_staff=True),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    assert b"chatkit_requests_total" in client.get("/metrics").content
