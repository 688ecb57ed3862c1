"""One running Spendo for every test that only needs one, and its data for those that start more."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from spendo_process import Client, SpendoProcess


@pytest.fixture(scope="session")
def spendo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SpendoProcess]:
    with SpendoProcess(tmp_path_factory.mktemp("spendo"), SPENDO_ANALYST_PACE_MS="0") as process:
        yield process


@pytest.fixture
def client(spendo: SpendoProcess) -> Iterator[Client]:
    with Client(spendo.url) as client:
        yield client


@pytest.fixture
def prepared(spendo: SpendoProcess, tmp_path: Path) -> Path:
    """A folder whose database is made and has the demo's data: Spendo starts faster there."""
    spendo.copy_database(tmp_path)
    return tmp_path
