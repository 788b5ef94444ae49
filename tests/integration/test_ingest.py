"""Ingest over a real catalogue and a real embedded Chroma: incremental, and honest about what it could not do."""

import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from filelock import FileLock

from strategybot.errors import ConfigurationError, CorpusError, IndexMissingError, IndexStaleError
from strategybot.index.build import LOCK, IngestOptions, IngestReport, ingest
from strategybot.index.live import LiveIndex, Snapshot
from strategybot.index.pointer import read_pointer
from tests.editions import expected_passages, write_edition
from tests.fakes import CLIMATE, GRANTS, FakeEmbedder, write_corpus, write_document

NOTICED_S = 2.0
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


@pytest.fixture
def fresh(tmp_path: Path) -> Desk:
    """Two documents, not indexed yet."""
    return Desk(write_corpus(tmp_path / "documents"), tmp_path / "home")


@pytest.fixture(scope="module")
def desks(tmp_path_factory: pytest.TempPathFactory) -> tuple[Desk, Desk]:
    """Index two corpora once; each test gets a copy of the home, and the documents as they were."""
    root = tmp_path_factory.mktemp("desks")
    desk = Desk(write_corpus(root / "two"), root / "home-of-two")
    shelf = Desk(write_shelf(root / "many"), root / "home-of-many")
    desk.ingest()
    shelf.ingest()
    return desk, shelf


@pytest.fixture
def desk(desks: tuple[Desk, Desk], tmp_path: Path) -> Desk:
    """Two documents, indexed."""
    shutil.rmtree(desks[0].folder)
    return Desk(write_corpus(desks[0].folder), copy_home(desks[0], tmp_path))


@pytest.fixture
def shelf(desks: tuple[Desk, Desk], tmp_path: Path) -> Desk:
    """Twenty-four documents of two passages each, indexed."""
    shutil.rmtree(desks[1].folder)
    return Desk(write_shelf(desks[1].folder), copy_home(desks[1], tmp_path))


def copy_home(desk: Desk, tmp_path: Path) -> Path:
    return shutil.copytree(desk.home, tmp_path / "home", ignore=shutil.ignore_patterns("*.lock"))


def write_shelf(folder: Path) -> Path:
    for number in range(24):
        write_edition(folder, number, 0)
    return folder


def test_the_first_ingest_indexes_everything_once(fresh: Desk) -> None:
    report = fresh.ingest()

    assert (report.new, report.changed, report.failed) == (("climate", "grants"), (), ())
    assert len(fresh.embedder.encoded) == len(set(fresh.embedder.encoded)) == report.embedded
    assert report.rebuilt
    assert fresh.finds_all()


def test_an_unchanged_corpus_is_not_embedded_again(desk: Desk) -> None:
    before = desk.snapshot().version

    report = desk.ingest()

    assert desk.embedder.encoded == []
    assert report.unchanged == ("climate", "grants")
    assert (report.embedded, report.rebuilt, report.index) == (0, False, before)


def test_the_same_documents_give_the_same_index_version_in_another_home(fresh: Desk) -> None:
    here = fresh.ingest().index

    there = ingest([fresh.folder], home=fresh.home.with_name("other"), embedder=FakeEmbedder()).index

    assert here == there


def test_a_changed_paragraph_is_embedded_and_nothing_else_is(desk: Desk) -> None:
    write_document(desk.folder, "climate", CLIMATE.replace("5,000 homes", "6,000 homes"), title="Climate plan",
                   kind="plan", published="2022-07")  # fmt: skip

    report = desk.ingest()

    assert report.changed == ("climate",)
    assert report.unchanged == ("grants",)
    assert desk.embedder.encoded
    assert all("6,000 homes" in text for text in desk.embedder.encoded)


def test_text_that_comes_back_is_not_embedded_again(desk: Desk) -> None:
    path = desk.folder / "climate.md"
    before = path.read_text("utf-8")
    path.write_text(before.replace("5,000", "6,000"), "utf-8")
    desk.ingest()
    path.write_text(before, "utf-8")

    report = desk.ingest()

    assert (report.changed, report.embedded) == (("climate",), 0)


def test_a_passage_that_did_not_change_keeps_its_vector(desk: Desk) -> None:
    long = "\n\n".join(f"## Part {n}\n\n" + f"Part {n} of the plan says word{n}. " * 12 for n in range(3))
    write_document(desk.folder, "parts", long)
    desk.ingest()
    before = desk.snapshot()
    write_document(desk.folder, "parts", long.replace("word2", "another2"))

    desk.ingest()

    after = desk.snapshot()
    (old_first, *_), (new_first, *_) = parts_of(before), parts_of(after)
    assert old_first.partition("#")[2] == new_first.partition("#")[2]
    assert old_first != new_first
    assert (before.passage_vectors([old_first]) == after.passage_vectors([new_first])).all()
    assert not any("word0" in text for text in desk.embedder.encoded)


def parts_of(snapshot: Snapshot) -> list[str]:
    own = [i for i in snapshot.ids if i.startswith("parts@")]
    return sorted(own, key=lambda i: int(i.partition("#")[2].partition("-")[0]))


def test_an_old_version_still_resolves_to_what_was_cited(desk: Desk) -> None:
    old = desk.snapshot().find_document("climate")
    assert old is not None
    (desk.folder / "climate.md").write_text(CLIMATE.replace("2038", "2040"), "utf-8")

    desk.ingest()

    snapshot = desk.snapshot()
    now, then = snapshot.find_document("climate"), snapshot.find_document("climate", old.version)
    assert now is not None
    assert then is not None
    assert now.version != old.version
    assert (then.text, then.paragraphs) == (old.text, old.paragraphs)
    assert snapshot.find_document("climate", "000000000000") is None


def test_a_removed_file_stops_answering_and_its_links_still_resolve(desk: Desk) -> None:
    old = desk.snapshot().find_document("grants")
    assert old is not None
    (desk.folder / "grants.md").unlink()

    report = desk.ingest()

    snapshot = desk.snapshot()
    assert report.removed == ("grants",)
    assert set(snapshot.documents) == {"climate"}
    assert desk.nearest("growth grant machines", snapshot) == "climate"
    assert snapshot.matching(["grant"], 10) == []
    assert snapshot.find_document("grants") is None
    assert snapshot.find_document("grants", old.version) == old


def test_what_was_indexed_from_elsewhere_stays(desk: Desk, tmp_path: Path) -> None:
    single = write_document(tmp_path / "elsewhere", "extra", "The extra page is about ferries.")

    report = desk.ingest(single)

    assert (report.new, report.removed) == (("extra",), ())
    assert set(desk.snapshot().documents) == {"climate", "extra", "grants"}


def test_an_unreadable_file_is_named_with_its_reason_and_stops_no_other(fresh: Desk) -> None:
    (fresh.folder / "broken.md").write_bytes(b"text\0with binary data")
    (fresh.folder / "empty.txt").write_bytes(b"")

    report = fresh.ingest()

    assert {Path(failure.path).name: failure.reason for failure in report.failed} == {
        "broken.md": "it holds binary data, not text; give it the suffix of its format",
        "empty.txt": "it is empty",
    }
    assert report.new == ("climate", "grants")
    assert set(fresh.snapshot().documents) == {"climate", "grants"}


def test_a_file_that_became_unreadable_answers_with_its_last_text(desk: Desk) -> None:
    (desk.folder / "grants.md").write_bytes(b"")

    report = desk.ingest()

    assert report.removed == ()
    assert [Path(failure.path).name for failure in report.failed] == ["grants.md"]
    assert desk.nearest("growth grant machines") == "grants"


def test_a_clash_of_ids_names_both_files(fresh: Desk) -> None:
    write_document(fresh.folder, "second", GRANTS, id="grants")

    report = fresh.ingest()

    (failure,) = report.failed
    assert failure.path.endswith("second.md")
    assert str(fresh.folder / "grants.md") in failure.reason
    assert "'grants'" in failure.reason
    assert set(fresh.snapshot().documents) == {"climate", "grants"}


def test_a_clash_with_a_file_of_another_folder_names_both(desk: Desk, tmp_path: Path) -> None:
    other = write_document(tmp_path / "elsewhere", "grants", "Another page about grants.")

    report = desk.ingest(other)

    (failure,) = report.failed
    assert failure.path == str(other)
    assert str(desk.folder / "grants.md") in failure.reason


def test_a_renamed_file_keeps_its_document(desk: Desk) -> None:
    (desk.folder / "grants.md").rename(desk.folder / "renamed.md")

    report = desk.ingest()

    assert (report.changed, report.removed, report.embedded) == (("grants",), (), 0)
    assert desk.finds_all()


def test_a_path_that_does_not_exist_is_refused_by_name(desk: Desk) -> None:
    with pytest.raises(CorpusError, match="nowhere"):
        desk.ingest(desk.folder / "nowhere")


def test_an_index_of_another_embedder_is_refused_by_name(desk: Desk) -> None:
    desk.ingest()

    with pytest.raises(IndexStaleError, match=r"fake@1.*not other@2"):
        LiveIndex(desk.home, embedder_id="other@2").snapshot()


def test_an_ingest_by_another_embedder_makes_its_own_vectors_and_is_searched_again(desk: Desk) -> None:
    desk.embedder = FakeEmbedder("other@2")

    report = desk.ingest()

    assert report.unchanged == ("climate", "grants")
    assert report.embedded > 0
    assert report.rebuilt
    assert desk.finds_all()


def test_an_empty_home_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(IndexMissingError, match="run `strategybot ingest`"):
        LiveIndex(tmp_path, embedder_id="fake@1").snapshot()


def test_a_home_whose_ingest_is_running_is_refused(fresh: Desk) -> None:
    fresh.home.mkdir()

    with FileLock(fresh.home / LOCK), pytest.raises(ConfigurationError, match="another ingest is running"):
        fresh.ingest()


def test_a_folder_without_documents_is_an_empty_index(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "documents", tmp_path / "home")
    desk.folder.mkdir()

    report = desk.ingest()

    snapshot = desk.snapshot()
    assert report.passages == 0
    assert snapshot.nearest(FakeEmbedder().encode(["anything"])[0], 5) == []
    assert snapshot.matching(["anything"], 5) == []


def cut_a_vector_file(folder: Path) -> None:
    path = max(folder.rglob("*.bin"), key=lambda p: p.stat().st_size)
    path.write_bytes(path.read_bytes()[:-8])


def delete_a_vector_file(folder: Path) -> None:
    max(folder.rglob("*.bin"), key=lambda p: p.stat().st_size).unlink()


def spoil_the_database(folder: Path) -> None:
    (folder / "chroma.sqlite3").write_bytes(b"not a database at all")


@pytest.mark.parametrize("damage", [shutil.rmtree, cut_a_vector_file, delete_a_vector_file, spoil_the_database])
def test_a_damaged_vector_index_is_searched_exactly_and_built_again(desk: Desk, damage: Callable[[Path], None]) -> None:
    damage(desk.vector_folder())

    assert desk.finds_all()
    report = desk.ingest()

    assert (report.embedded, report.rebuilt) == (0, True)
    assert desk.finds_all()
    assert not desk.ingest().rebuilt


def test_a_small_change_is_searched_exactly_without_building_again(shelf: Desk) -> None:
    built = shelf.vector_folder()
    write_edition(shelf.folder, 7, 1)

    report = shelf.ingest()

    assert report.changed == ("plan-7",)
    assert not report.rebuilt
    assert shelf.vector_folder() == built
    assert shelf.finds_all()


def test_a_change_of_more_than_a_tenth_is_built_again(shelf: Desk) -> None:
    built = shelf.vector_folder()
    for number in range(3):
        write_edition(shelf.folder, number, 1)

    report = shelf.ingest()

    assert report.rebuilt
    assert shelf.vector_folder() != built
    assert shelf.finds_all()


def test_small_changes_add_up_until_it_is_built_again(shelf: Desk) -> None:
    rebuilt = []
    for number in range(3):
        write_edition(shelf.folder, number, 1)
        rebuilt.append(shelf.ingest().rebuilt)

    assert rebuilt == [False, True, False]
    assert shelf.finds_all()


def test_passages_of_another_title_are_found_by_it(shelf: Desk) -> None:
    for number in range(24):
        path = shelf.folder / f"plan-{number}.md"
        path.write_text(
            path.read_text("utf-8").replace(f"title: Plan {number}", f"title: Scheme kind{number}"), "utf-8"
        )

    report = shelf.ingest()

    assert report.rebuilt
    assert shelf.finds_all()


def test_a_passage_whose_title_alone_changed_is_searched_by_its_new_vector(shelf: Desk) -> None:
    path = shelf.folder / "plan-7.md"
    path.write_text(path.read_text("utf-8").replace("title: Plan 7", "title: Zebra crossings"), "utf-8")

    report = shelf.ingest()

    assert not report.rebuilt
    assert shelf.finds_all()


def test_a_running_index_notices_a_new_one_within_two_seconds(desk: Desk) -> None:
    live = desk.live()
    before = live.snapshot()
    write_document(desk.folder, "ferries", "The ferry plan is about boats and harbours.")
    report = desk.ingest()

    deadline = time.monotonic() + NOTICED_S
    while live.snapshot().version == before.version and time.monotonic() < deadline:
        time.sleep(0.05)

    assert live.snapshot().version == report.index
    assert desk.nearest("boats and harbours", live.snapshot()) == "ferries"


def test_a_snapshot_that_is_held_stays_as_it_was(desk: Desk) -> None:
    held = desk.snapshot()
    ids, passages = held.ids, held.passages(held.ids)
    (desk.folder / "grants.md").unlink()
    (desk.folder / "climate.md").write_text("# Climate plan\n\nNothing is left of the plan.", "utf-8")

    desk.ingest()

    assert held.ids == ids
    assert held.passages(ids) == passages
    assert desk.nearest("growth grant machines", held) == "grants"
    assert len(held.sentences(ids)[0]) == len(held.sentences(ids)[1]) > 0


def test_a_running_index_follows_to_another_state_and_back(shelf: Desk) -> None:
    live = shelf.live()
    first = {path: path.read_bytes() for path in shelf.folder.iterdir()}
    for edition in (1, 0):
        for number in range(24):
            write_edition(shelf.folder, number, edition)
        shelf.ingest()
        time.sleep(1.1)
        assert shelf.finds_all(live.snapshot())

    assert {path: path.read_bytes() for path in shelf.folder.iterdir()} == first


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="open files are counted where the system lists them")
def test_a_running_index_lets_go_of_the_indexes_before_it(desk: Desk) -> None:
    live = desk.live()
    opened = []
    for count in range(4):
        write_document(desk.folder, "ferries", f"The ferry plan is about {count + 2} boats. " * 30)
        desk.ingest()
        time.sleep(1.1)
        assert desk.nearest("ferry boats", live.snapshot()) == "ferries"
        opened.append(len(list(Path("/proc/self/fd").iterdir())))

    assert opened[-1] - opened[0] < 10


def test_a_digest_yields_to_its_original(desk: Desk) -> None:
    digest = desk.snapshot().find_document("climate")
    assert digest is not None
    write_document(desk.folder, "climate--original", CLIMATE, title="Climate plan")

    desk.ingest()

    snapshot = desk.snapshot()
    assert set(snapshot.documents) == {"climate--original", "grants"}
    assert not any(i.startswith("climate@") for i in snapshot.ids)
    assert desk.nearest("net zero carbon emissions", snapshot) == "climate--original"
    assert all(i.startswith("climate--original@") for i, _ in snapshot.matching(["carbon"], 10))
    assert snapshot.find_document("climate", digest.version) is not None


def test_sentence_vectors_can_be_left_for_later(fresh: Desk) -> None:
    bare = fresh.ingest(options=IngestOptions(with_sentences=False))

    assert bare.embedded == bare.passages
