"""Spendo's settings in a browser: who signs in does not wait for a hash that is slow on purpose."""

from config.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
