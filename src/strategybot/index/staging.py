"""Staging: files -> documents, passages and sentences in the catalogue, not yet shown to readers."""

import hashlib
import shutil
from collections import ChainMap
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from strategybot.errors import CorpusError
from strategybot.index.catalogue import Catalogue, Entry
from strategybot.index.embedding import Embedder
from strategybot.index.originals import ORIGINALS
from strategybot.passages import split_passages, split_sentences
from strategybot.reading import Listed, describe, find_files, load_listings
from strategybot.reading.files import FileTask, FileText, Unread, read_file
from strategybot.reading.isolation import IsolatedPool, Limits
from strategybot.reading.unpacking import INSIDE, Closed, Source, expand
from strategybot.schema import Frozen

READING = "4"
"""Raised when reading or passages change, so that every file is read again."""
MORE_ALLOWED = "STRATEGYBOT_READ_SECONDS and STRATEGYBOT_READ_MEGABYTES allow more"
UNPACKED = "unpacked"
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


@dataclass(frozen=True, slots=True)
class Workplace:
    """Where and how files are read: the folder of the state, and what reading one may take."""

    home: Path
    limits: Limits = field(default_factory=Limits)


def stage_files(
    catalogue: Catalogue, paths: Sequence[Path], *, embedder: Embedder, track: Track, place: Workplace
) -> Staged:
    """Read every file that is new or changed since it was last indexed, and stage what it says.

    Raises:
        CorpusError: A path does not exist. A file that cannot be read is reported, not raised.
    """
    files = find_files(paths)
    unpacked = place.home / UNPACKED
    shutil.rmtree(unpacked, ignore_errors=True)  # what a killed run left
    catalogue.forget_staged(list(catalogue.staged()))
    run = _Run(catalogue, embedder, load_listings(paths))
    try:
        with IsolatedPool(place.limits) as pool:
            found = list(expand(files, pool, unpacked))
            for missing in found:
                if isinstance(missing, Closed):
                    run.fail(missing.name, missing.reason)
            sources = [source for source in found if isinstance(source, Source)]
            _read_all(run, sources, pool, originals=place.home / ORIGINALS, track=track)
    finally:
        shutil.rmtree(unpacked, ignore_errors=True)
    return run.staged(paths)


class _Run:
    """The documents of a run as they come: what became of each, and whose id is whose."""

    def __init__(self, catalogue: Catalogue, embedder: Embedder, listed: Listed) -> None:
        self._catalogue = catalogue
        self._embedder = embedder
        self._listed = listed
        self._mark = _listing_mark(listed)
        self._current = catalogue.entries()
        self._elsewhere = {i: entry.path for i, entry in self._current.items() if _archive(entry.path).exists()}
        self._known = {entry.path: entry for entry in self._current.values()}
        self._seen: dict[str, str] = {}
        self._fate: dict[str, list[str]] = {"new": [], "changed": [], "unchanged": []}
        self.failed: list[Failure] = []

    def fail(self, name: str, reason: str) -> None:
        self.failed.append(Failure(path=name, reason=reason))

    def fingerprint(self, source: Source) -> str:
        return _fingerprint(source.path, self._mark)

    def is_unchanged(self, source: Source, fingerprint: str) -> bool:
        before = self._known.get(source.name)
        return before is not None and before.fingerprint == fingerprint

    def keep(self, source: Source) -> None:
        """Count a document whose file has not changed."""
        self._claim(self._known[source.name].metadata.id, source, "unchanged")

    def take(self, source: Source, read: FileText, fingerprint: str) -> None:
        """Stage what a file says."""
        document = describe(read, source.path, listed=self._listed)
        _refuse_clash(ChainMap(self._seen, self._elsewhere), document.id, source.name)
        passages = split_passages(
            document, count_tokens=self._embedder.count_tokens, max_tokens=self._embedder.max_tokens
        )
        entry = Entry(document.metadata, document.version, source.name, fingerprint)
        self._catalogue.stage(entry, document, passages, split_sentences(document, passages))
        self._claim(document.id, source, "changed" if document.id in self._current else "new")

    def staged(self, paths: Sequence[Path]) -> Staged:
        return Staged(
            new=tuple(self._fate["new"]), changed=tuple(self._fate["changed"]),
            unchanged=tuple(self._fate["unchanged"]), removed=self._gone(paths), failed=tuple(self.failed),
        )  # fmt: skip

    def _claim(self, document_id: str, source: Source, fate: str) -> None:
        _refuse_clash(self._seen, document_id, source.name)
        self._seen[document_id] = source.name
        self._fate[fate].append(document_id)

    def _gone(self, paths: Sequence[Path]) -> tuple[str, ...]:
        """Return the documents whose file below one of the paths is gone; an unreadable file keeps its old text."""
        folders = [str(path.resolve()) + ("/" if path.is_dir() else INSIDE) for path in paths]
        unreadable = [failure.path for failure in self.failed]
        return tuple(
            document_id
            for document_id, entry in self._current.items()
            if document_id not in self._seen
            and not any(entry.path == name or entry.path.startswith(name + INSIDE) for name in unreadable)
            and any(entry.path.startswith(folder) for folder in folders)
        )


def _read_all(run: _Run, sources: Sequence[Source], pool: IsolatedPool, *, originals: Path, track: Track) -> None:
    marks = {source.name: run.fingerprint(source) for source in sources}
    changed = [source for source in sources if not run.is_unchanged(source, marks[source.name])]
    texts = pool.map(read_file, [FileTask(source.path, source.plain_name, originals) for source in changed])
    for source in track(sources, "Reading"):
        try:
            if run.is_unchanged(source, marks[source.name]):
                run.keep(source)
                continue
            read = next(texts)
            if isinstance(read, FileText):
                run.take(source, read, marks[source.name])
            else:
                run.fail(source.name, read.reason if isinstance(read, Unread) else f"{read}; {MORE_ALLOWED}")
        except CorpusError as error:
            run.fail(source.name, error.reason)


def _archive(name: str) -> Path:
    """Return the file that a document stands in."""
    return Path(name.partition(INSIDE)[0])


def _refuse_clash(seen: Mapping[str, str], document_id: str, name: str) -> None:
    if seen.get(document_id, name) != name:
        raise CorpusError(
            name, f"its id {document_id!r} is that of {seen[document_id]} too; give one of them another id"
        )


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
