"""One running Spendo for every test that only needs one, and its data for those that start more."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from spendo_process import Client, SpendoProcess, prepare


@pytest.fixture(scope="session")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with Spendo's database as it is before anybody comes."""
    folder = tmp_path_factory.mktemp("untouched")
    prepare(folder, tmp_path_factory.mktemp("making"))
    return folder


@pytest.fixture(scope="session")
def spendo(tmp_path_factory: pytest.TempPathFactory, untouched: Path) -> Iterator[SpendoProcess]:
    data = shutil.copytree(untouched, tmp_path_factory.mktemp("spendo") / "data")
    with SpendoProcess(data, SPENDO_ANALYST_PACE_MS="0") as process:
        yield process


@pytest.fixture
def prepared(untouched: Path, tmp_path: Path) -> Path:
    """A folder whose database is made and has the demo's data: Spendo starts faster there."""
    return shutil.copytree(untouched, tmp_path / "data")


@pytest.fixture
def client(spendo: SpendoProcess) -> Iterator[Client]:
    with Client(spendo.url) as client:
        yield client
