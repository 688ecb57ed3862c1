"""One running Spendo for every test that only needs one, and its data for those that start more."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from spendo_process import Client, SpendoProcess


@pytest.fixture(scope="session")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[SpendoProcess, Path]]:
    """The one that runs, and a folder with its database as it was before anybody came."""
    untouched = tmp_path_factory.mktemp("untouched")
    with SpendoProcess(tmp_path_factory.mktemp("spendo"), SPENDO_ANALYST_PACE_MS="0") as process:
        process.copy_database(untouched)
        yield process, untouched


@pytest.fixture(scope="session")
def spendo(started: tuple[SpendoProcess, Path]) -> SpendoProcess:
    return started[0]


@pytest.fixture
def prepared(started: tuple[SpendoProcess, Path], tmp_path: Path) -> Path:
    """A folder whose database is made and has the demo's data: Spendo starts faster there."""
    return shutil.copytree(started[1], tmp_path / "data")


@pytest.fixture
def client(spendo: SpendoProcess) -> Iterator[Client]:
    with Client(spendo.url) as client:
        yield client
