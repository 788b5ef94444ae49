"""A desk: documents, the home that they are indexed in, and what is asked of both."""

import shutil
from dataclasses import dataclass, field
from pathlib import Path

from strategybot.index.build import IngestOptions, IngestReport, ingest
from strategybot.index.live import LiveIndex, Snapshot
from strategybot.index.pointer import read_pointer
from tests.editions import expected_passages, write_edition
from tests.fakes import FakeEmbedder

ROUNDING = 1e-3


@dataclass
class Desk:
    """A folder of documents, the home that it is indexed in, and the embedder of its last ingest."""

    folder: Path
    home: Path
    embedder: FakeEmbedder = field(default_factory=FakeEmbedder)

    def ingest(self, *paths: Path, options: IngestOptions | None = None) -> IngestReport:
        self.embedder.encoded.clear()
        return ingest(paths or [self.folder], home=self.home, embedder=self.embedder, options=options)

    def live(self) -> LiveIndex:
        return LiveIndex(self.home, embedder_id=self.embedder.id)

    def snapshot(self) -> Snapshot:
        return self.live().snapshot()

    def nearest(self, text: str, snapshot: Snapshot | None = None) -> str:
        """Return the document whose passage is nearest to a text."""
        ((passage_id, _),) = (snapshot or self.snapshot()).nearest(FakeEmbedder().encode([text])[0], 1)
        return passage_id.partition("@")[0]

    def vector_folder(self) -> Path:
        pointer = read_pointer(self.home)
        assert pointer is not None
        return self.home / "chroma" / pointer.name

    def finds_all(self, snapshot: Snapshot | None = None) -> bool:
        """Tell whether every passage of the folder is the nearest to its own text, at no distance."""
        found = snapshot or self.snapshot()
        known = expected_passages(self.folder, self.embedder)
        vectors = FakeEmbedder().encode([known[i].embedded_text for i in sorted(known)])
        nearest = [found.nearest(vector, 1)[0] for vector in vectors]
        near = all(cosine > 1 - ROUNDING for _, cosine in nearest)
        return near and found.ids == [i for i, _ in nearest] == sorted(known)


def copy_home(desk: Desk, tmp_path: Path) -> Path:
    return shutil.copytree(desk.home, tmp_path / "home", ignore=shutil.ignore_patterns("*.lock"))


def write_shelf(folder: Path) -> Path:
    for number in range(24):
        write_edition(folder, number, 0)
    return folder
