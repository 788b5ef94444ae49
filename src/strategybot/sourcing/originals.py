"""Originals on disk: the file as it was published, and the sidecar that says what is known about it."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

import yaml

from strategybot.errors import CorpusError
from strategybot.reading import open_file, read_document
from strategybot.schema import Metadata
from strategybot.sourcing.entries import Entry
from strategybot.sourcing.state import write_whole

SIDECAR = ".meta.yaml"


@dataclass(frozen=True, slots=True)
class Reading:
    """What is read of a file: its paragraphs as the assistant sees them, and the metadata of its first document."""

    paragraphs: tuple[str, ...]
    metadata: Metadata

    @property
    def text(self) -> str:
        """All of it."""
        return "\n".join(self.paragraphs)


def read_safely(path: Path) -> Reading:
    """Read a file that nobody vouches for, in a child process; of an archive, all its documents.

    Raises:
        CorpusError: Nothing in it can be read.
    """
    opened = tuple(open_file(path))
    documents = [each.document for each in opened if each.document]
    if not documents:
        raise CorpusError(path, next((each.reason for each in opened if each.reason), "it holds no document"))
    paragraphs = tuple(d.text[p.start : p.end] for d in documents for p in d.paragraphs)
    return Reading(paragraphs, documents[0].metadata)


def read_body(body: bytes, name: str) -> Reading:
    """Read a body that is not kept yet, under the name that its file would have.

    Raises:
        CorpusError: Nothing in it can be read.
    """
    with tempfile.TemporaryDirectory(prefix="strategybot-") as folder:
        path = Path(folder) / name
        path.write_bytes(body)
        return read_safely(path)


def describe(entry: Entry, *, digests: Path | None, published: str | None) -> Metadata:
    """Put together what is known about an original.

    The sources list comes first, then the digest's own front matter, then the date that the page gives. A digest's note
    is about the digest and is left out.

    Args:
        entry: The entry.
        digests: Folder of the digests; None if there is none.
        published: Date that the page's markup gives.

    Raises:
        CorpusError: There is a digest and it cannot be read.
    """
    path = digests / f"{entry.id}.md" if digests else None
    known = entry.metadata.model_dump(include=entry.metadata.model_fields_set)
    if path and path.exists():
        digest = read_document(path).metadata
        known = {**digest.model_dump(include=digest.model_fields_set - {"note", "schemes"}), **known}
    own = {"id": entry.document_id, "form": "original", "source_url": entry.url}
    if not known.get("published"):
        known["published"] = published
    return Metadata.model_validate({**known, **own})


def write_sidecar(file: Path, metadata: Metadata, *, written: Metadata | None) -> None:
    """Write the sidecar of a file; what a person has changed in it since it was last written stays.

    Args:
        file: The original.
        metadata: What is known now.
        written: What was written last; None if nothing was.

    Raises:
        CorpusError: There is a sidecar that is not a list of YAML lines.
    """
    path = sidecar_of(file)
    present = _read_yaml(path)
    before, now = _lines(written), _lines(metadata)
    theirs = {name: value for name, value in present.items() if before.get(name) != value}
    # A line that was written and is gone was taken out by a person.
    dropped = set(before) - set(present) if path.exists() else set()
    kept = {name: value for name, value in {**now, **theirs}.items() if name not in dropped}
    write_whole(path, yaml.safe_dump(kept, sort_keys=False, allow_unicode=True, width=1000).encode())


def sidecar_of(file: Path) -> Path:
    """Return where the sidecar of a file lies."""
    return file.with_name(file.stem + SIDECAR)


def _lines(metadata: Metadata | None) -> dict[str, object]:
    """Return what a sidecar says: values that are given, lists in place of tuples."""
    return metadata.model_dump(mode="json", exclude_none=True, exclude_defaults=False) if metadata else {}


def _read_yaml(path: Path) -> dict[str, object]:
    if not path.exists():
        return {}
    try:
        values = yaml.safe_load(path.read_text("utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise CorpusError(path, f"it is not valid YAML ({' '.join(str(error).split())})") from error
    if not isinstance(values, dict):
        raise CorpusError(path, "it is not a list of `name: value` lines")
    return values
