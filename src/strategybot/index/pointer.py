"""The pointer: which vector index is published, changed by one atomic rename."""

import json
import os
from pathlib import Path

from pydantic import Field, ValidationError

from strategybot.schema import Frozen

NAME = "published.json"


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
