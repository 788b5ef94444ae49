"""Ingest: what is new, changed and gone -> a published index.

Read and staged one by one, embedded in chunks, published in one transaction, then the vector index is built aside.
Whatever was done before a kill is kept and not done again; what was published before it goes on answering.
"""

import hashlib
import shutil
import time
from collections import ChainMap
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from filelock import FileLock, Timeout
from numpy.typing import NDArray

from strategybot.errors import ConfigurationError, CorpusError
from strategybot.index.catalogue import Catalogue, Entry
from strategybot.index.embedding import Embedder
from strategybot.index.pointer import Pointer, read_pointer, write_pointer
from strategybot.passages import split_passages, split_sentences
from strategybot.reading import Listed, find_files, load_sources, read_document
from strategybot.schema import Frozen

CATALOGUE = "catalogue.sqlite"
LOCK = "ingest.lock"
READING = "1"
"""Raised when reading or passages change, so that every file is read again."""
EMBED_CHUNK = 4096
REBUILD_SHARE = 0.1
Track = Callable[[Sequence[Any], str], Iterable[Any]]


class Failure(Frozen):
    """A file that could not be indexed, and why."""

    path: str
    reason: str


class IngestReport(Frozen):
    """What an ingest run did: document ids, and counts of texts embedded."""

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    failed: tuple[Failure, ...] = ()
    embedded: int = 0
    passages: int = 0
    rebuilt: bool = False
    index: str = ""
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class _Plan:
    """The files of a run, sorted by what became of them."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]
    failed: tuple[Failure, ...]


def _silent(values: Sequence[Any], _what: str) -> Iterable[Any]:
    return values


def ingest(
    paths: Sequence[Path],
    *,
    home: Path,
    embedder: Embedder,
    chroma_url: str | None = None,
    with_sentences: bool = True,
    track: Track = _silent,
) -> IngestReport:
    """Bring the index of a home up to date with files and folders.

    Files that were indexed from one of these folders and are gone from it are removed. Others stay.

    Args:
        paths: Files and folders; a ``sources.toml`` in a folder lists metadata of its documents.
        home: Folder of the state; made if missing.
        embedder: Makes the vectors.
        chroma_url: A Chroma server to publish to; an embedded index in the home if None.
        with_sentences: Whether to make sentence vectors too; without, the first question after pays for them.
        track: Wraps work in progress with a word for it, to show progress.

    Raises:
        ConfigurationError: Another ingest holds this home.
        CorpusError: A path does not exist.
    """
    started = time.monotonic()
    home.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(home / LOCK, timeout=0):
            catalogue = Catalogue(home / CATALOGUE)
            try:
                return _ingest(
                    catalogue,
                    paths,
                    home=home,
                    embedder=embedder,
                    options=(chroma_url, with_sentences),
                    track=track,
                    started=started,
                )
            finally:
                catalogue.close()
    except Timeout as error:
        message = f"another ingest is running in {home}; wait for it to end, or name another --home"
        raise ConfigurationError(message) from error


def _ingest(
    catalogue: Catalogue, paths: Sequence[Path], *, home: Path, embedder: Embedder,
    options: tuple[str | None, bool], track: Track, started: float,
) -> IngestReport:  # fmt: skip
    chroma_url, with_sentences = options
    plan = _stage_files(catalogue, paths, embedder=embedder, track=track)
    dirty = bool(plan.new or plan.changed or plan.removed) or catalogue.read_state("embedder") != embedder.id
    embedded = 0
    if dirty:
        embedded = _embed(catalogue, embedder, with_sentences=with_sentences, track=track)
        catalogue.publish(plan.removed, embedder=embedder.id)
    rebuilt = _publish_vectors(catalogue, home, embedder=embedder, chroma_url=chroma_url)
    return IngestReport(
        new=plan.new, changed=plan.changed, unchanged=plan.unchanged, removed=plan.removed, failed=plan.failed,
        embedded=embedded, passages=len(catalogue.current_passages()), rebuilt=rebuilt,
        index=catalogue.read_state("manifest") or "", seconds=round(time.monotonic() - started, 3),
    )  # fmt: skip


def _stage_files(catalogue: Catalogue, paths: Sequence[Path], *, embedder: Embedder, track: Track) -> _Plan:
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
                document_id = _stage_file(
                    catalogue, path, fingerprint, listed=listed, embedder=embedder, taken=ChainMap(seen, here)
                )
                state = "changed" if document_id in current else "new"
            _claim(seen, document_id, path)
            fate[state].append(document_id)
        except CorpusError as error:
            failed.append(Failure(path=str(path), reason=error.reason))
    removed = _gone(catalogue, paths, seen, failed)
    return _Plan(*(tuple(fate[s]) for s in ("new", "changed", "unchanged")), removed, tuple(failed))


def _stage_file(
    catalogue: Catalogue,
    path: Path,
    fingerprint: str,
    *,
    listed: Listed,
    embedder: Embedder,
    taken: Mapping[str, Path],
) -> str:
    document = read_document(path, listed=listed)
    _refuse_clash(taken, document.id, path)
    passages = split_passages(document, count_tokens=embedder.count_tokens, max_tokens=embedder.max_tokens)
    entry = Entry(document.metadata, document.version, str(path), fingerprint)
    catalogue.stage(entry, document, passages, split_sentences(document, passages))
    return document.id


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
    """Return the documents whose file, below one of the folders, is no longer there; an unreadable file keeps its old text."""
    folders = [path.resolve() for path in paths if path.is_dir()]
    unreadable = {failure.path for failure in failed}
    return tuple(
        document_id
        for document_id, entry in catalogue.entries().items()
        if document_id not in seen
        and entry.path not in unreadable
        and any(folder in Path(entry.path).parents for folder in folders)
    )


def _embed(catalogue: Catalogue, embedder: Embedder, *, with_sentences: bool, track: Track) -> int:
    texts = catalogue.texts_to_embed(with_sentences=with_sentences)
    missing = sorted(catalogue.missing_keys(texts, embedder.id), key=lambda key: (-len(texts[key]), key))
    # Saved chunk by chunk, so that a killed run need not embed the same texts again; each chunk is sorted by length.
    chunks = [missing[n : n + EMBED_CHUNK] for n in range(0, len(missing), EMBED_CHUNK)]
    counted = iter(track(missing, "Embedding"))
    for chunk in chunks:
        vectors = embedder.encode([texts[key] for key in chunk], track=lambda batches: _count(batches, counted))
        catalogue.save_vectors(chunk, vectors, embedder.id)
    for _ in counted:  # lets the progress bar reach its end
        pass
    return len(missing)


def _count(batches: Sequence[Sequence[int]], counted: Iterator[Any]) -> Iterator[Sequence[int]]:
    """Pass batches on, moving the progress over single texts by each batch's size."""
    for batch in batches:
        yield batch
        for _ in batch:
            next(counted, None)


def _publish_vectors(catalogue: Catalogue, home: Path, *, embedder: Embedder, chroma_url: str | None) -> bool:
    """Build the vector index again if too much of it is out of date; return whether it was built."""
    from strategybot.index import vectors  # noqa: PLC0415 - chromadb is a heavy import, not needed when nothing changed

    manifest = catalogue.read_state("manifest") or ""
    current = catalogue.current_passages()
    pointer = read_pointer(home)
    if pointer and pointer.embedder == embedder.id and not _outdated(home, pointer, current, chroma_url):
        return False
    name = f"{vectors.COLLECTION}-{manifest}"
    rows = _vector_rows(catalogue, current, embedder.id)
    if chroma_url:
        vectors.build_on_server(chroma_url, name, rows)
        ids_file = home / "chroma" / f"{name}.txt"
        ids_file.parent.mkdir(parents=True, exist_ok=True)
        ids_file.write_text("\n".join(passage_id for _, passage_id, _, _ in current), "utf-8")
        sizes: dict[str, int] = {}
    else:
        sizes = vectors.build_folder(home / "chroma" / name, rows)
    write_pointer(home, Pointer(name=name, manifest=manifest, embedder=embedder.id, files=sizes))
    _delete_others(home, keep={name, pointer.name if pointer else name}, chroma_url=chroma_url)
    return True


def _outdated(
    home: Path, pointer: Pointer, current: Sequence[tuple[int, str, str, str]], chroma_url: str | None
) -> bool:
    """Tell whether more than a tenth of the published vector index is no longer current, or it is not whole."""
    listing = home / "chroma" / (f"{pointer.name}.txt" if chroma_url else f"{pointer.name}/passages.txt")
    if not listing.exists():
        return True
    if not chroma_url:
        from strategybot.index.vectors import vector_files  # noqa: PLC0415 - as above

        if vector_files(home / "chroma" / pointer.name) != pointer.files:
            return True
    built = set(listing.read_text("utf-8").split("\n")) - {""}
    now = {passage_id for _, passage_id, _, _ in current}
    return len(built ^ now) > REBUILD_SHARE * len(now)


def _vector_rows(
    catalogue: Catalogue, current: Sequence[tuple[int, str, str, str]], embedder_id: str
) -> Iterator[tuple[list[str], NDArray[np.float32]]]:
    for n in range(0, len(current), 2000):
        part = current[n : n + 2000]
        yield (
            [passage_id for _, passage_id, _, _ in part],
            catalogue.vectors([key for *_, key in part], embedder_id),
        )


def _delete_others(home: Path, *, keep: set[str], chroma_url: str | None) -> None:
    """Delete all vector indexes but the published one and the one before it, which a reader may still have open."""
    for path in (home / "chroma").iterdir():
        if path.is_dir() and path.name not in keep:
            shutil.rmtree(path, ignore_errors=True)
        elif path.suffix == ".txt" and path.stem not in keep:
            path.unlink(missing_ok=True)
    if chroma_url:
        from strategybot.index import vectors  # noqa: PLC0415 - as above

        vectors.delete_others_on_server(chroma_url, sorted(keep))


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
