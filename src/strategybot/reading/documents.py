"""Texts of files to Documents: metadata by precedence; and a file read here and now, without a child process."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml
from pydantic import ValidationError

from strategybot.errors import CorpusError
from strategybot.reading.faults import render_faults
from strategybot.reading.files import FileTask, FileText, Unread, read_file
from strategybot.reading.isolation import IsolatedPool, IsolationError, Limits
from strategybot.reading.unpacking import Closed, Source, expand
from strategybot.reading.values import parse_sidecar
from strategybot.schema import Document, Metadata

Listed = Mapping[str, Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class Opened:
    """A document that a file holds, or the reason why it cannot be read."""

    name: str
    document: Document | None = None
    reason: str | None = None


def load_listings(paths: Sequence[Path]) -> Listed:
    """Load the sources lists of folders, and of the folders of files, as one; the later wins.

    Raises:
        CorpusError: As in ``load_sources``.
    """
    merged: dict[str, Mapping[str, object]] = {}
    for path in paths:
        merged |= load_sources((path if path.is_dir() else path.parent) / "sources.toml")
    return merged


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
        for name, place, read in _read_all([path], pool, Path(folder)):
            if isinstance(read, Unread):
                yield Opened(name, reason=read.reason)
            else:
                yield Opened(name, document=describe(read, place, listed=listed))


def open_files(
    paths: Sequence[Path], *, listed: Listed | None = None, limits: Limits | None = None
) -> Iterator[Opened]:
    """Read the documents that files hold, several at a time; a file whose metadata is not valid is given with why."""
    with IsolatedPool(limits) as pool, TemporaryDirectory() as folder:
        for name, place, read in _read_all(paths, pool, Path(folder)):
            try:
                document = None if isinstance(read, Unread) else describe(read, place, listed=listed)
            except CorpusError as error:
                yield Opened(name, reason=error.reason)
                continue
            yield Opened(name, document=document, reason=read.reason if isinstance(read, Unread) else None)


def _read_all(paths: Sequence[Path], pool: IsolatedPool, folder: Path) -> Iterator[tuple[str, Path, FileText | Unread]]:
    """Yield name, path and text of what the files hold, in their order."""
    sources = list(expand(paths, pool, folder))
    opened = [source for source in sources if isinstance(source, Source)]
    texts = pool.map(read_file, [FileTask(source.path, source.plain_name) for source in opened])
    for source in sources:
        if isinstance(source, Closed):
            yield source.name, Path(source.name), Unread(source.reason)
            continue
        read = next(texts)
        yield source.name, source.path, Unread(str(read)) if isinstance(read, IsolationError) else read


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
        raise CorpusError(path, f"its metadata is not valid: {'; '.join(render_faults(error, values))}") from error


def _read_sidecar(path: Path) -> dict[str, object]:
    if not path.exists():
        return {}
    try:
        return _known(parse_sidecar(path.read_text("utf-8")))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise CorpusError(path, f"it is not valid YAML ({' '.join(str(error).split())})") from error
    except ValueError as error:
        raise CorpusError(path, str(error)) from error
