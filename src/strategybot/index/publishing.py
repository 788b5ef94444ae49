"""Publishing: the catalogue's vectors -> a vector index built aside and pointed to."""

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from strategybot.index.catalogue import Catalogue
from strategybot.index.embedding import Embedder
from strategybot.index.pointer import VECTORS, Pointer, read_listing, read_pointer, write_listing, write_pointer

REBUILD_SHARE = 0.1


def publish_vectors(catalogue: Catalogue, home: Path, *, embedder: Embedder, chroma_url: str | None) -> bool:
    """Build the vector index again if too much of it is out of date; return whether it was built."""
    from strategybot.index import vectors  # noqa: PLC0415 - chromadb is a heavy import, not needed when nothing changed

    manifest = catalogue.read_state("manifest") or ""
    current = catalogue.current_passages()
    pointer = read_pointer(home)
    if pointer and pointer.embedder == embedder.id and not _outdated(home, pointer, current, chroma_url):
        return False
    name = f"{vectors.COLLECTION}-{manifest}"
    rows = _vector_rows(catalogue, current, embedder.id)
    (home / VECTORS).mkdir(exist_ok=True)
    sizes: dict[str, int] = {}
    if chroma_url:
        vectors.build_on_server(chroma_url, name, rows)
    else:
        sizes = vectors.build_folder(home / VECTORS / name, rows)
    write_listing(home, name, {passage_id: key for _, passage_id, _, key in current})
    write_pointer(home, Pointer(name=name, manifest=manifest, embedder=embedder.id, files=sizes))
    _delete_others(home, keep={name, pointer.name if pointer else name}, chroma_url=chroma_url)
    return True


def _outdated(
    home: Path, pointer: Pointer, current: Sequence[tuple[int, str, str, str]], chroma_url: str | None
) -> bool:
    """Tell whether more than a tenth of the published vector index is no longer current, or it is not whole."""
    from strategybot.index import vectors  # noqa: PLC0415 - as above

    if chroma_url:
        whole = vectors.is_on_server(chroma_url, pointer.name)
    else:
        whole = vectors.is_whole(home / VECTORS / pointer.name, pointer.files)
    built = set(read_listing(home, pointer.name).items())
    now = {(passage_id, key) for _, passage_id, _, key in current}
    # A passage of the same span and another title counts: it has another vector.
    return not whole or len({passage_id for passage_id, _ in built ^ now}) > REBUILD_SHARE * len(now)


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
    for path in (home / VECTORS).iterdir():
        if path.is_dir() and path.name not in keep:
            shutil.rmtree(path, ignore_errors=True)
        elif path.suffix == ".txt" and path.stem not in keep:
            path.unlink(missing_ok=True)
    if chroma_url:
        from strategybot.index import vectors  # noqa: PLC0415 - as above

        vectors.delete_others_on_server(chroma_url, sorted(keep))
