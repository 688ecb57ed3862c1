"""The page that carries the web app, and what it may load."""

import re
from pathlib import Path

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

PAGE = '<html><script nonce="__CSP_NONCE__" src="/static/app/a.js"></script></html>'


@pytest.fixture
def built(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(PAGE)
    settings.FRONTEND_BUILD = tmp_path


def policy(client: Client) -> dict[str, str]:
    header = client.get("/")["Content-Security-Policy"]
    return {part.split()[0]: part.split(" ", 1)[1] for part in header.split("; ")}


def test_nothing_is_loaded_from_elsewhere(client: Client, built: None) -> None:
    allowed = policy(client)
    assert allowed["default-src"] == "'none'"
    assert allowed["script-src"] == "'self'"
    assert allowed["connect-src"] == "'self'"
    assert allowed["frame-src"] == "'none'"
    assert allowed["frame-ancestors"] == "'none'"
    assert "unsafe" not in " ".join(allowed.values())


def test_another_chat_script_is_allowed_where_it_is_configured(
    client: Client, built: None, settings: Settings
) -> None:
    settings.CHATKIT_SCRIPT_ORIGINS = ["https://cdn.example"]
    allowed = policy(client)
    assert allowed["script-src"] == "'self' https://cdn.example"
    assert allowed["frame-src"] == "https://cdn.example"
    assert "https://cdn.example" in allowed["connect-src"]


def test_each_page_has_a_nonce_of_its_own(client: Client, built: None) -> None:
    nonces = set()
    for _ in range(2):
        response = client.get("/")
        (nonce,) = re.findall(r'nonce="([^"]+)"', response.content.decode())
        assert f"'nonce-{nonce}'" in response["Content-Security-Policy"]
        nonces.add(nonce)
    assert len(nonces) == 2


def test_the_page_is_never_kept_by_a_cache(client: Client, built: None) -> None:
    assert "no-store" in client.get("/")["Cache-Control"]


@pytest.mark.parametrize("address", ["/", "/sign-in", "/sign-up"])
def test_the_apps_own_addresses_are_pages(client: Client, built: None, address: str) -> None:
    assert client.get(address).status_code == 200
    assert client.post(address).status_code == 405


def test_without_a_build_the_page_says_what_to_do(
    client: Client, settings: Settings, tmp_path: Path
) -> None:
    settings.FRONTEND_BUILD = tmp_path
    response = client.get("/")
    assert response.status_code == 503
    assert "make run" in response.content.decode()
