"""The guard of this folder's tests, tested."""

from __future__ import annotations

import socket

import pytest

from tests.assistant.conftest import OutsideError


@pytest.mark.parametrize("host", ["93.184.216.34", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"])
def test_no_test_can_connect_to_another_machine(host: str) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as outside, pytest.raises(OutsideError):
        outside.connect((host, 443))


def test_no_test_can_look_another_machine_up() -> None:
    with pytest.raises(OutsideError):
        socket.create_connection(("api.openai.com", 443), timeout=1)
