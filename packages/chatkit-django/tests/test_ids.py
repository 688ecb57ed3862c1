"""Ids are new, long, and sort by time; also in a process that was forked."""

import os
import time
import uuid

from chatkit_django.ids import new_id


def test_an_id_is_a_uuid_of_version_7_behind_its_kind():
    before = time.time_ns() // 1_000_000
    prefix, digits = new_id("thread").split("_")
    made = uuid.UUID(digits)
    assert (prefix, len(digits)) == ("thr", 32)
    assert (made.int >> 76 & 15, made.variant) == (7, uuid.RFC_4122)
    assert before <= made.int >> 80 <= time.time_ns() // 1_000_000


def test_of_many_each_is_another():
    assert len({new_id("message") for _ in range(10_000)}) == 10_000


def test_ids_of_later_milliseconds_sort_behind():
    earlier = new_id("message")
    time.sleep(0.002)
    assert earlier < new_id("message")


def test_two_processes_do_not_make_the_same():
    new_id("run")  # the randomness of some is asked for in advance
    reader, writer = os.pipe()
    if (child := os.fork()) == 0:
        os.write(writer, "".join(new_id("run")[-16:] for _ in range(300)).encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as said:
        theirs = said.read()
    os.waitpid(child, 0)
    ours = {new_id("run")[-16:] for _ in range(300)}
    assert len(theirs) == 300 * 16
    assert not ours & {theirs[start : start + 16] for start in range(0, len(theirs), 16)}
