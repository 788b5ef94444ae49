"""The published vector index: noticed anew, searched exactly where it is out of date, built again when damaged."""

import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.desk import Desk
from tests.editions import write_edition
from tests.fakes import write_document

NOTICED_S = 2.0


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
