"""Ingest: what is new, changed and gone -> a published index.

Read and staged one by one, embedded in chunks, published in one transaction, then the vector index is built aside.
Whatever was done before a kill is kept and not done again; what was published before it goes on answering.
"""

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from strategybot.errors import ConfigurationError
from strategybot.index.catalogue import CATALOGUE, Catalogue
from strategybot.index.embedding import Embedder
from strategybot.index.impact import Impact, find_impact
from strategybot.index.originals import ORIGINAL
from strategybot.index.publishing import publish_vectors
from strategybot.index.staging import Failure, Staged, Track, Workplace, stage_files
from strategybot.reading.isolation import Limits
from strategybot.schema import Frozen

LOCK = "ingest.lock"
EMBED_CHUNK = 4096
REPLIES_KEPT = timedelta(days=730)
"""How long it is kept what a reply cited."""


class IngestOptions(Frozen):
    """How an index is made.

    Attributes:
        chroma_url: A Chroma server to publish to; an embedded index in the home if None.
        with_sentences: Whether to make sentence vectors too; without, the first question after pays for them.
        limits: What reading one file may take.
    """

    chroma_url: str | None = None
    with_sentences: bool = True
    limits: Limits = Limits()


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
    impact: tuple[Impact, ...] = ()
    index: str = ""
    seconds: float = 0.0


def _silent(values: Sequence[Any], _what: str) -> Iterable[Any]:
    return values


def ingest(
    paths: Sequence[Path],
    *,
    home: Path,
    embedder: Embedder,
    options: IngestOptions | None = None,
    track: Track = _silent,
) -> IngestReport:
    """Bring the index of a home up to date with files and folders.

    Files that were indexed from one of these folders and are gone from it are removed. Others stay.

    Args:
        paths: Files and folders; a ``sources.toml`` in a folder lists metadata of its documents.
        home: Folder of the state; made if missing.
        embedder: Makes the vectors.
        options: How the index is made.
        track: Wraps work in progress with a word for it, to show progress.

    Raises:
        ConfigurationError: Another ingest holds this home.
        CorpusError: A path does not exist.
    """
    started = time.monotonic()
    home.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(home / LOCK, timeout=0), closing(Catalogue(home / CATALOGUE)) as catalogue:
            index = _Index(catalogue, home, embedder, options or IngestOptions())
            report = _bring_up_to_date(index, paths, track=track)
    except Timeout as error:
        message = f"another ingest is running in {home}; wait for it to end, or name another --home"
        raise ConfigurationError(message) from error
    return report.model_copy(update={"seconds": round(time.monotonic() - started, 3)})


@dataclass(frozen=True, slots=True)
class _Index:
    """What an ingest writes to, and how."""

    catalogue: Catalogue
    home: Path
    embedder: Embedder
    options: IngestOptions


def _bring_up_to_date(index: _Index, paths: Sequence[Path], *, track: Track) -> IngestReport:
    catalogue, embedder = index.catalogue, index.embedder
    staged = stage_files(
        catalogue, paths, embedder=embedder, track=track, place=Workplace(index.home, index.options.limits)
    )
    changed = bool(staged.new or staged.changed or staged.removed)
    embedded = 0
    if changed or catalogue.read_state("embedder") != embedder.id:
        embedded = _embed(catalogue, embedder, with_sentences=index.options.with_sentences, track=track)
        catalogue.publish(staged.removed, embedder=embedder.id)
    catalogue.save_unread({f.path: f.reason for f in staged.failed}, below=[str(path.resolve()) for path in paths])
    catalogue.forget_replies(before=(datetime.now(UTC) - REPLIES_KEPT).isoformat(timespec="seconds"))
    rebuilt = publish_vectors(catalogue, index.home, embedder=embedder, chroma_url=index.options.chroma_url)
    return IngestReport(
        new=staged.new, changed=staged.changed, unchanged=staged.unchanged, removed=staged.removed,
        failed=staged.failed, embedded=embedded, passages=len(catalogue.current_passages()), rebuilt=rebuilt,
        impact=find_impact(catalogue, document_ids=_touched(staged)),
        index=catalogue.read_state("manifest") or "",
    )  # fmt: skip


def _touched(staged: Staged) -> frozenset[str]:
    """Return the documents whose words may have gone, and the digests whose original has come."""
    originals = (i.removesuffix(ORIGINAL) for i in staged.new if i.endswith(ORIGINAL))
    return frozenset([*staged.changed, *staged.removed, *originals])


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
