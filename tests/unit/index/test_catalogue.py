"""The catalogue: what is staged is not shown, what is published is, and nothing odd breaks it."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from strategybot.errors import IndexStaleError
from strategybot.index.catalogue import CATALOGUE, MIGRATIONS, Catalogue, Entry, vector_key
from strategybot.passages import split_passages, split_sentences
from strategybot.reading.blocks import Block
from strategybot.schema import Document, Feedback
from tests.fakes import document_of

EMBEDDER = "fake@1"
FERRIES = document_of(
    Block("heading", "Ferries", 1), Block("paragraph", "Ferries cross the river Aire twice a day. Tickets cost £3."),
    Block("list-item", "Café on board: naïve “quotes” AND operators NOT NEAR(x) prefix*."), id="ferries",
)  # fmt: skip
TRAMS = document_of(Block("paragraph", "Trams run in Leeds."), id="trams")


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    catalogue = Catalogue(tmp_path / CATALOGUE)
    yield catalogue
    catalogue.close()


def stage(catalogue: Catalogue, document: Document) -> None:
    passages = split_passages(document, count_tokens=lambda text: len(text.split()))
    entry = Entry(document.metadata, document.version, f"/{document.id}.md", "print")
    catalogue.stage(entry, document, passages, split_sentences(document, passages))


def publish(catalogue: Catalogue, *documents: Document) -> str:
    for document in documents:
        stage(catalogue, document)
    return catalogue.publish([], embedder=EMBEDDER)


def found(catalogue: Catalogue, *words: str) -> list[str]:
    rows = [row for row, _ in catalogue.matching(words, 10)]
    return [passage.document_id for passage in catalogue.passages(rows)]


def test_what_is_staged_is_not_shown(catalogue: Catalogue) -> None:
    stage(catalogue, FERRIES)

    assert catalogue.entries() == {}
    assert catalogue.current_passages() == []
    assert found(catalogue, "ferries") == []
    assert set(catalogue.staged()) == {"ferries"}


def test_what_is_published_is_shown_whole(catalogue: Catalogue) -> None:
    publish(catalogue, FERRIES)

    ((row, passage_id, document_id, key),) = catalogue.current_passages()
    (passage,) = catalogue.passages([row])
    assert (passage.id, passage.document_id) == (passage_id, document_id)
    assert key == vector_key(passage.embedded_text)
    assert catalogue.find_document("ferries") == FERRIES
    assert [s.text for s, _ in catalogue.sentences(row)] == [
        "Ferries cross the river Aire twice a day.", "Tickets cost £3.",
        "Café on board: naïve “quotes” AND operators NOT NEAR(x) prefix*.",
    ]  # fmt: skip
    assert catalogue.staged() == {}


def test_what_is_removed_is_no_longer_current(catalogue: Catalogue) -> None:
    publish(catalogue, FERRIES, TRAMS)

    catalogue.publish(["ferries"], embedder=EMBEDDER)

    assert set(catalogue.entries()) == {"trams"}
    assert found(catalogue, "ferries") == []
    assert catalogue.find_document("ferries", FERRIES.version) == FERRIES


def test_versions_that_were_published_are_listed_newest_first(catalogue: Catalogue) -> None:
    later = document_of(Block("paragraph", "Ferries cross hourly."), id="ferries")
    publish(catalogue, FERRIES)
    publish(catalogue, later)

    versions = catalogue.versions("ferries")

    assert [(v.version, v.current) for v in versions] == [(later.version, True), (FERRIES.version, False)]
    assert versions[0].first_seen >= versions[1].first_seen
    assert versions[0].first_seen.tzinfo is not None
    assert catalogue.versions("nothing") == ()


def test_a_version_that_was_only_staged_is_not_listed(catalogue: Catalogue) -> None:
    publish(catalogue, FERRIES)
    stage(catalogue, document_of(Block("paragraph", "Ferries cross hourly."), id="ferries"))
    stage(catalogue, TRAMS)

    assert [v.version for v in catalogue.versions("ferries")] == [FERRIES.version]
    assert catalogue.versions("trams") == ()


def test_a_removed_document_keeps_its_versions_none_of_them_current(catalogue: Catalogue) -> None:
    publish(catalogue, FERRIES)
    catalogue.publish(["ferries"], embedder=EMBEDDER)

    assert [(v.version, v.current) for v in catalogue.versions("ferries")] == [(FERRIES.version, False)]


def test_forgetting_what_was_staged_leaves_what_is_published(catalogue: Catalogue) -> None:
    manifest = publish(catalogue, FERRIES)
    stage(catalogue, TRAMS)

    catalogue.forget_staged(["trams"])

    assert catalogue.publish([], embedder=EMBEDDER) == manifest
    assert set(catalogue.entries()) == {"ferries"}


def test_the_manifest_is_that_of_documents_and_embedder(tmp_path: Path) -> None:
    manifests = []
    for number, documents in enumerate([(FERRIES, TRAMS), (TRAMS, FERRIES), (TRAMS,)]):
        catalogue = Catalogue(tmp_path / f"{number}.sqlite")
        manifests.append(publish(catalogue, *documents))
        other = catalogue.publish([], embedder="other@2")
        catalogue.close()
        assert other != manifests[-1]

    assert manifests[0] == manifests[1] != manifests[2]


def test_vectors_come_back_in_the_order_of_their_keys(catalogue: Catalogue) -> None:
    vectors = np.random.default_rng(1).standard_normal((1200, 8)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    keys = [vector_key(str(n)) for n in range(1200)]

    catalogue.save_vectors(keys, vectors, EMBEDDER)

    back = catalogue.vectors(keys[::-1], EMBEDDER)
    assert back.dtype == np.float32
    assert np.abs(back - vectors[::-1]).max() < 1e-3
    assert catalogue.missing_keys([*keys, "new"], EMBEDDER) == {"new"}
    assert catalogue.missing_keys(keys[:3], "other@2") == set(keys[:3])
    assert catalogue.vectors([], EMBEDDER).shape == (0, 0)


@pytest.mark.parametrize(
    ("words", "documents"),
    [
        (["ferry"], ["ferries"]),
        (["CAFE"], ["ferries"]),
        (["trams", "nothing"], ["trams"]),
        (['"quotes"'], ["ferries"]),
        (["AND"], ["ferries"]),
        (["£3"], ["ferries"]),
        (["prefix*"], ["ferries"]),
        (["lee*"], []),
        ([], []),
        (["", " ", '"', "\0", "*", "()"], []),
        (["\0leeds\0"], ["trams"]),
    ],
)
def test_words_are_matched_by_their_stems_and_are_never_operators(
    catalogue: Catalogue, words: list[str], documents: list[str]
) -> None:
    publish(catalogue, FERRIES, TRAMS)

    assert found(catalogue, *words) == documents


@given(words=st.lists(st.text(max_size=12), max_size=4))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_words_can_be_searched_for(catalogue: Catalogue, words: list[str]) -> None:
    if not catalogue.entries():
        publish(catalogue, FERRIES)

    assert set(found(catalogue, *words)) <= {"ferries"}


def test_the_best_match_comes_first_with_a_positive_score(catalogue: Catalogue) -> None:
    publish(catalogue, FERRIES, TRAMS, document_of(Block("paragraph", "Leeds, Leeds, Leeds."), id="leeds"))

    hits = catalogue.matching(["leeds"], 2)

    assert [p.document_id for p in catalogue.passages([row for row, _ in hits])] == ["leeds", "trams"]
    assert hits[0][1] > hits[1][1] > 0
    assert len(catalogue.matching(["leeds"], 1)) == 1


def test_stems_are_counted_by_passage(catalogue: Catalogue) -> None:
    publish(catalogue, FERRIES, TRAMS)

    assert catalogue.stem_frequencies()["ferri"] == 1
    assert catalogue.stem_frequencies()["leed"] == 1


def test_a_catalogue_is_opened_again_as_it_was(tmp_path: Path) -> None:
    for _ in range(2):
        catalogue = Catalogue(tmp_path / CATALOGUE)
        manifest = publish(catalogue, FERRIES)
        catalogue.close()

    again = Catalogue(tmp_path / CATALOGUE)
    assert (again.read_state("manifest"), again.read_state("embedder")) == (manifest, EMBEDDER)
    assert again.read_state("nothing") is None
    again.close()


def test_a_new_catalogue_has_every_migration(tmp_path: Path) -> None:
    Catalogue(tmp_path / CATALOGUE).close()

    with sqlite3.connect(tmp_path / CATALOGUE) as connection:
        (layout,) = connection.execute("PRAGMA user_version").fetchone()
    connection.close()

    assert layout == len(MIGRATIONS)


def test_a_newer_layout_is_refused_by_name(tmp_path: Path) -> None:
    Catalogue(tmp_path / CATALOGUE).close()
    with sqlite3.connect(tmp_path / CATALOGUE) as connection:
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    connection.close()

    with pytest.raises(IndexStaleError, match=rf"{CATALOGUE} was written by a newer strategybot"):
        Catalogue(tmp_path / CATALOGUE)


def test_feedback_is_kept(tmp_path: Path, catalogue: Catalogue) -> None:
    catalogue.save_feedback(Feedback(reply_id="r_1", helpful=False, reason="wrong", comment="No."))

    with sqlite3.connect(tmp_path / CATALOGUE) as connection:
        kept = connection.execute("SELECT reply_id, helpful, reason, comment FROM feedback").fetchall()
    connection.close()

    assert kept == [("r_1", 0, "wrong", "No.")]
