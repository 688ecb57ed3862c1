"""The recordings that the TypeScript tests decode are what this package sends, byte for byte."""

import pytest

from tests.record import RECORDINGS
from tests.stories import STORIES, play


def test_there_is_a_folder_for_each_story_and_no_other():
    recorded = {folder.name for folder in RECORDINGS.iterdir() if folder.is_dir()}
    assert recorded == set(STORIES)


@pytest.mark.parametrize("name", STORIES)
async def test_the_recording_is_what_is_sent(name, ada):
    recorded = {file.name: file.read_bytes() for file in (RECORDINGS / name).iterdir()}
    assert await play(STORIES[name], ada) == recorded
