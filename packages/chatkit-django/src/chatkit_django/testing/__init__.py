"""For the tests of projects that use the package. Needs pytest, pytest-django and
pytest-asyncio."""

import pytest

pytest.register_assert_rewrite("chatkit_django.testing.contract")

from chatkit_django.testing.client import (  # noqa: E402
    ChatKitClient,
    message,
    parse_events,
    read_events,
)
from chatkit_django.testing.store_contract import StoreContract  # noqa: E402

__all__ = ["ChatKitClient", "StoreContract", "message", "parse_events", "read_events"]
