"""Texts of files to Documents: metadata by precedence; and a file read here and now, without a child process."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml
from pydantic import ValidationError

from strategybot.errors import CorpusError
from strategybot.reading.files import FileTask, FileText, Unread, read_file
from strategybot.reading.isolation import IsolatedPool, Limits
from strategybot.reading.unpacking import Closed, expand
from strategybot.schema import Document, Metadata

Listed = Mapping[str, Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class Opened:
    """A document that a file holds, or the reason why it cannot be read."""

    name: str
    document: Document | None = None
    reason: str | None = None


def load_sources(path: Path) -> Listed:
    """Load a sources list (``[[source]]`` tables, ``url`` for ``source_url``) by document id; none gives an empty one.

    Raises:
        CorpusError: The file is not valid TOML or an entry has no id.
    """
    if not path.exists():
        return {}
    try:
        entries = tomllib.loads(path.read_text("utf-8")).get("source", [])
        return {entry["id"]: _known({"source_url": entry.get("url"), **entry}) for entry in entries}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, AttributeError, TypeError) as error:
        raise CorpusError(path, f"it is not a list of [[source]] tables with an id each ({error})") from error


def read_document(path: Path, *, listed: Listed | None = None) -> Document:
    """Read one file in this process: for files that are trusted.

    Args:
        path: A file of a format that is read and that holds one document.
        listed: The sources list, by document id.

    Raises:
        CorpusError: The file cannot be read, holds no text, or its metadata is not valid.
    """
    read = read_file(FileTask(path))
    if isinstance(read, Unread):
        raise CorpusError(path, read.reason)
    return describe(read, path, listed=listed)


def open_file(path: Path, *, listed: Listed | None = None, limits: Limits | None = None) -> Iterator[Opened]:
    """Read the documents that a file holds, in child processes: one, or all of an archive or an e-mail.

    Raises:
        CorpusError: There is no such file, or metadata is not valid.
    """
    if not path.is_file():
        raise CorpusError(path, "there is no such file; name one that exists")
    with IsolatedPool(limits) as pool, TemporaryDirectory() as folder:
        for source in expand([path], pool, Path(folder)):
            if isinstance(source, Closed):
                yield Opened(source.name, reason=source.reason)
                continue
            (read,) = pool.map(read_file, [FileTask(source.path, source.plain_name)])
            if isinstance(read, FileText):
                yield Opened(source.name, document=describe(read, source.path, listed=listed))
            else:
                yield Opened(source.name, reason=read.reason if isinstance(read, Unread) else str(read))


def describe(read: FileText, path: Path, *, listed: Listed | None = None) -> Document:
    """Make a document of a file's text.

    Metadata comes from a sidecar ``NAME.meta.yaml``, then the sources list, then the file itself.

    Raises:
        CorpusError: The metadata is not valid.
    """
    own = {**read.inferred, **_known(read.stated)}
    return Document(
        metadata=_validate(path, own, listed or {}),
        version=read.version,
        text=read.text,
        paragraphs=read.paragraphs,
        remarks=read.remarks,
        original=read.original,
    )


def _known(values: Mapping[str, object]) -> dict[str, object]:
    """Keep the values that are ours to know and are given; lists become tuples, a single area a list of one."""
    kept = {name: value for name, value in values.items() if name in Metadata.model_fields and value is not None}
    for name in ("area", "audience", "earlier_docs"):
        if isinstance(kept.get(name), str):
            kept[name] = [kept[name]]
    for name in ("published", "valid_from", "valid_to"):
        if isinstance(kept.get(name), int):
            kept[name] = str(kept[name])
    return kept


def _validate(path: Path, own: Mapping[str, Any], listed: Listed) -> Metadata:
    sidecar = _read_sidecar(path.with_name(path.stem + ".meta.yaml"))
    identity = str(sidecar.get("id") or own["id"])
    values = {**own, **listed.get(identity, {}), **sidecar, "id": identity}
    try:
        return Metadata.model_validate(values)
    except ValidationError as error:
        faults = "; ".join(
            f"{'.'.join(map(str, e['loc']))}: {e['msg']} (it says {e['input']!r})" for e in error.errors()
        )
        raise CorpusError(path, f"its metadata is not valid: {faults}") from error


def _read_sidecar(path: Path) -> dict[str, object]:
    if not path.exists():
        return {}
    try:
        values = yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader) or {}
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise CorpusError(path, f"it is not valid YAML ({' '.join(str(error).split())})") from error
    if not isinstance(values, dict):
        raise CorpusError(path, "it is not a list of `name: value` lines")
    return _known(values)
