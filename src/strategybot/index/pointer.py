"""The pointer: which vector index is published, changed by one atomic rename, and what that was built from."""

import json
import os
from collections.abc import Mapping
from pathlib import Path

from pydantic import Field, ValidationError

from strategybot.schema import Frozen

NAME = "published.json"
VECTORS = "chroma"
"""Folder of the vector indexes and their listings in a home."""


class Pointer(Frozen):
    """The published vector index.

    ``files`` names the files of an embedded index with their sizes: a folder that no longer has them is not opened,
    since opening a damaged one can end the process.
    """

    name: str
    manifest: str
    embedder: str
    files: dict[str, int] = Field(default_factory=dict)


def read_pointer(home: Path) -> Pointer | None:
    """Return the pointer of a home, or None if nothing is published or it cannot be read."""
    try:
        return Pointer.model_validate_json((home / NAME).read_text("utf-8"))
    except (OSError, ValidationError):
        return None


def write_pointer(home: Path, pointer: Pointer) -> None:
    """Publish: write beside, flush to disk, rename."""
    temporary = home / f"{NAME}.{os.getpid()}"
    with temporary.open("w", encoding="utf-8") as file:
        json.dump(pointer.model_dump(), file)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(home / NAME)


def read_listing(home: Path, name: str) -> dict[str, str]:
    """Return the vector key of each passage id that a vector index was built from; none if it is not listed."""
    try:
        text = _listing(home, name).read_text("utf-8")
    except OSError:
        return {}
    return dict(line.split(" ") for line in text.splitlines())


def write_listing(home: Path, name: str, keys: Mapping[str, str]) -> None:
    """List what a vector index was built from, before it is published."""
    _listing(home, name).write_text("".join(f"{passage_id} {key}\n" for passage_id, key in keys.items()), "utf-8")


def _listing(home: Path, name: str) -> Path:
    return home / VECTORS / f"{name}.txt"
