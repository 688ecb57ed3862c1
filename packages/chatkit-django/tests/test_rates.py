"""What may be limited, whose request it is, and how a wait is told."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import RequestFactory

from chatkit_django.context import address_of
from chatkit_django.exceptions import TooManyRequests, in_words
from chatkit_django.rates import DEFAULTS, limits_of


def test_the_defaults_are_far_beyond_a_person():
    limits = limits_of({})
    assert limits["messages", "user"].amount >= 60
    assert limits["requests", "user"].amount >= 600
    assert limits["responses", "user"].amount >= 10
    assert ("budget", "user") not in limits
    assert set(DEFAULTS) == {"requests", "messages", "uploads", "responses", "budget"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"message": {"user": "1/day"}},
        {"messages": "1/day"},
        {"messages": {"users": "1/day"}},
        {"messages": {"user": "0/day"}},
        {"messages": {"user": "1/week"}},
        {"messages": {"user": 5}},
        {"responses": {"user": "5/minute"}},
        {"responses": {"user": 0}},
        {"responses": {"user": True}},
    ],
)
def test_a_wrong_limit_is_named(wrong):
    with pytest.raises(ImproperlyConfigured, match="CHATKIT_LIMITS"):
        limits_of(wrong)


def test_none_lifts_a_limit():
    assert ("messages", "user") not in limits_of({"messages": {"user": None}})


@pytest.mark.parametrize(
    ("proxies", "remote", "forwarded", "address"),
    [
        (0, "1.2.3.4", "6.6.6.6", "1.2.3.4"),
        (0, "127.0.0.1", "6.6.6.6", ""),
        (0, "10.1.2.3", "", ""),
        (0, "", "", ""),
        (0, "2600:1:2:3:4:5:6:7", "", "2600:1:2:3::/64"),
        (0, "::ffff:1.2.3.4", "", "1.2.3.4"),
        (1, "10.0.0.1", "6.6.6.6, 1.2.3.4", "1.2.3.4"),
        (2, "10.0.0.1", "6.6.6.6, 1.2.3.4, 10.0.0.2", "1.2.3.4"),
        (2, "10.0.0.1", "1.2.3.4", ""),
        (1, "10.0.0.1", "not an address", ""),
    ],
)
def test_the_address_is_the_one_a_trusted_proxy_saw(settings, proxies, remote, forwarded, address):
    settings.CHATKIT_PROXY_COUNT = proxies
    request = RequestFactory().get("/", REMOTE_ADDR=remote, headers={"X-Forwarded-For": forwarded})
    assert address_of(request) == address


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (1, "1 second"),
        (59, "59 seconds"),
        (119, "119 seconds"),
        (121, "3 minutes"),
        (7199, "120 minutes"),
        (7201, "3 hours"),
    ],
)
def test_a_wait_is_told_in_words_and_never_too_short(seconds, words):
    assert in_words(seconds) == words
    assert TooManyRequests(seconds).message == f"Too many requests. Try again in {words}."
