"""Spendo's settings where a test ends the server: what takes half a minute there takes seconds."""

from browser_settings import *  # noqa: F403

CHATKIT_LEASE_SECONDS = 3
CHATKIT_DRAIN_SECONDS = 0
