"""Ingest over a real catalogue and a real embedded Chroma: incremental, and honest about what it could not do."""

from pathlib import Path

import pytest
from filelock import FileLock

from strategybot.errors import ConfigurationError, CorpusError, IndexMissingError, IndexStaleError
from strategybot.index.build import LOCK, IngestOptions, ingest
from strategybot.index.live import LiveIndex, Snapshot
from tests.desk import Desk
from tests.fakes import CLIMATE, GRANTS, FakeEmbedder, write_document


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
