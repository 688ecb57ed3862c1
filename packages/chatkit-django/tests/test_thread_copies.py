"""A copy of a thread is equal to it, and stays as it is whatever becomes of the thread."""

from copy import deepcopy
from datetime import datetime

import pytest
from chatkit.types import ActiveStatus, LockedStatus, ThreadMetadata

from chatkit_django.thread_copies import copy_of

NOW = datetime(2026, 11, 2, 9, 30)  # noqa: DTZ001  local, as the SDK's helpers write it


def thread(**fields):
    return ThreadMetadata(id="thr_1", created_at=NOW, **fields)


def rename(one):
    one.title = "Other"


def count(one):
    one.metadata["steps"] = 1


def count_deeply(one):
    one.metadata.setdefault("deep", {"list": []})["list"].append(1)


def allow(one):
    one.allowed_image_domains = [*(one.allowed_image_domains or []), "x.test"]


def allow_in_place(one):
    if one.allowed_image_domains is None:
        one.allowed_image_domains = []
    one.allowed_image_domains.append("y.test")


def close(one):
    one.status = LockedStatus(reason="enough")


@pytest.mark.parametrize("change", [rename, count, count_deeply, allow, allow_in_place, close])
@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"title": "A", "metadata": {"deep": {"list": [0]}}, "allowed_image_domains": ["z.test"]},
        {"status": ActiveStatus(), "allowed_image_domains": []},
    ],
)
def test_what_becomes_of_the_thread_does_not_change_the_copy(change, fields):
    one, same = thread(**deepcopy(fields)), thread(**deepcopy(fields))
    copied = copy_of(one)
    assert copied == one
    change(one)
    assert copied != one
    assert copied == same


def test_a_reason_that_is_changed_in_place_does_not_change_the_copy():
    one = thread(status=LockedStatus(reason="enough"))
    copied = copy_of(one)
    one.status.reason = "more"
    assert copied.status.reason == "enough"


def test_a_thread_of_another_kind_is_copied_all_the_same():
    class Tagged(ThreadMetadata):
        tags: list[str]

    one = Tagged(id="thr_1", created_at=NOW, tags=["a"])
    copied = copy_of(one)
    one.tags.append("b")
    assert copied.tags == ["a"]
