"""Desks, indexed once for each file of tests."""

import shutil
from pathlib import Path

import pytest

from tests.desk import Desk, copy_home, write_shelf
from tests.fakes import write_corpus


@pytest.fixture
def fresh(tmp_path: Path) -> Desk:
    """Two documents, not indexed yet."""
    return Desk(write_corpus(tmp_path / "documents"), tmp_path / "home")


@pytest.fixture(scope="module")
def desks(tmp_path_factory: pytest.TempPathFactory) -> tuple[Desk, Desk]:
    """Index two corpora once; each test gets a copy of the home, and the documents as they were."""
    root = tmp_path_factory.mktemp("desks")
    desk = Desk(write_corpus(root / "two"), root / "home-of-two")
    shelf = Desk(write_shelf(root / "many"), root / "home-of-many")
    desk.ingest()
    shelf.ingest()
    return desk, shelf


@pytest.fixture
def desk(desks: tuple[Desk, Desk], tmp_path: Path) -> Desk:
    """Two documents, indexed."""
    shutil.rmtree(desks[0].folder)
    return Desk(write_corpus(desks[0].folder), copy_home(desks[0], tmp_path))


@pytest.fixture
def shelf(desks: tuple[Desk, Desk], tmp_path: Path) -> Desk:
    """Twenty-four documents of two passages each, indexed."""
    shutil.rmtree(desks[1].folder)
    return Desk(write_shelf(desks[1].folder), copy_home(desks[1], tmp_path))
