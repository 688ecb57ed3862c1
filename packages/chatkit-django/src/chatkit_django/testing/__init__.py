"""For the tests of projects that use the package. Needs pytest and pytest-asyncio."""

from chatkit_django.testing.client import ChatKitClient, message, parse_events, read_events
from chatkit_django.testing.store_contract import StoreContract

__all__ = ["ChatKitClient", "StoreContract", "message", "parse_events", "read_events"]
