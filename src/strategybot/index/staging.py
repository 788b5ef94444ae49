"""Staging: files -> documents, passages and sentences in the catalogue, not yet shown to readers."""

import hashlib
from collections import ChainMap
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from strategybot.errors import CorpusError
from strategybot.index.catalogue import Catalogue, Entry
from strategybot.index.embedding import Embedder
from strategybot.passages import split_passages, split_sentences
from strategybot.reading import Listed, find_files, load_sources, read_document
from strategybot.schema import Document, Frozen

READING = "3"
"""Raised when reading or passages change, so that every file is read again."""
Track = Callable[[Sequence[Any], str], Iterable[Any]]
"""Wraps work in progress with a word for it, to show progress."""


class Failure(Frozen):
    """A file that could not be indexed, and why."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Staged:
    """The documents of a run, by id, sorted by what became of them, and the files that could not be read."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]
    failed: tuple[Failure, ...]


def stage_files(catalogue: Catalogue, paths: Sequence[Path], *, embedder: Embedder, track: Track) -> Staged:
    """Read every file that is new or changed since it was last indexed, and stage what it says.

    Raises:
        CorpusError: A path does not exist. A file that cannot be read is reported, not raised.
    """
    files = find_files(paths)
    listed = _listed(paths)
    mark = _listing_mark(listed)
    current = catalogue.entries()
    here = _paths_of(current)
    known = {entry.path: entry for entry in current.values()}
    catalogue.forget_staged(list(catalogue.staged()))
    fate: dict[str, list[str]] = {"new": [], "changed": [], "unchanged": []}
    failed: list[Failure] = []
    seen: dict[str, Path] = {}
    for path in track(files, "Reading"):
        fingerprint = _fingerprint(path, mark)
        before = known.get(str(path))
        try:
            if before and before.fingerprint == fingerprint:
                document_id, state = before.metadata.id, "unchanged"
            else:
                document = read_document(path, listed=listed)
                _refuse_clash(ChainMap(seen, here), document.id, path)
                _stage(catalogue, document, path, fingerprint, embedder=embedder)
                document_id, state = document.id, "changed" if document.id in current else "new"
            _claim(seen, document_id, path)
            fate[state].append(document_id)
        except CorpusError as error:
            failed.append(Failure(path=str(path), reason=error.reason))
    removed = _gone(catalogue, paths, seen, failed)
    return Staged(
        new=tuple(fate["new"]), changed=tuple(fate["changed"]), unchanged=tuple(fate["unchanged"]),
        removed=removed, failed=tuple(failed),
    )  # fmt: skip


def _stage(catalogue: Catalogue, document: Document, path: Path, fingerprint: str, *, embedder: Embedder) -> None:
    passages = split_passages(document, count_tokens=embedder.count_tokens, max_tokens=embedder.max_tokens)
    entry = Entry(document.metadata, document.version, str(path), fingerprint)
    catalogue.stage(entry, document, passages, split_sentences(document, passages))


def _claim(seen: dict[str, Path], document_id: str, path: Path) -> None:
    _refuse_clash(seen, document_id, path)
    seen[document_id] = path


def _paths_of(current: Mapping[str, Entry]) -> dict[str, Path]:
    return {document_id: Path(entry.path) for document_id, entry in current.items() if Path(entry.path).exists()}


def _refuse_clash(seen: Mapping[str, Path], document_id: str, path: Path) -> None:
    if seen.get(document_id, path) != path:
        raise CorpusError(
            path, f"its id {document_id!r} is that of {seen[document_id]} too; give one of them another id"
        )


def _gone(
    catalogue: Catalogue, paths: Sequence[Path], seen: Mapping[str, Path], failed: Sequence[Failure]
) -> tuple[str, ...]:
    """Return the documents whose file below one of the folders is gone; an unreadable file keeps its old text."""
    folders = [path.resolve() for path in paths if path.is_dir()]
    unreadable = {failure.path for failure in failed}
    return tuple(
        document_id
        for document_id, entry in catalogue.entries().items()
        if document_id not in seen
        and entry.path not in unreadable
        and any(folder in Path(entry.path).parents for folder in folders)
    )


def _listed(paths: Sequence[Path]) -> Listed:
    merged: dict[str, Mapping[str, object]] = {}
    for path in paths:
        merged |= load_sources((path if path.is_dir() else path.parent) / "sources.toml")
    return merged


def _listing_mark(listed: Listed) -> str:
    return hashlib.sha256(
        repr(sorted((name, sorted(entry.items(), key=str)) for name, entry in listed.items())).encode()
    ).hexdigest()


def _fingerprint(path: Path, listing_mark: str) -> str:
    """Hash everything that a document is made from: the file, its sidecar, the sources list, and how files are read."""
    sidecar = path.with_name(path.stem + ".meta.yaml")
    digest = hashlib.sha256(f"{READING}|{listing_mark}|".encode())
    for each in (path, sidecar):
        if each.is_file():
            digest.update(each.read_bytes())
    return digest.hexdigest()
