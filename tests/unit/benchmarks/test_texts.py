"""The documents that the ingest benchmark makes."""

from pathlib import Path

from benchmarks.texts import MOST_WORDS, read_sentences, write_documents
from strategybot.passages import split_passages
from strategybot.reading import find_files, read_document

SENTENCES = tuple(f"The fund number {n} pays {n} thousand pounds to firms in West Yorkshire." for n in range(40))


def test_every_section_is_one_passage_of_about_a_hundred_words(tmp_path: Path) -> None:
    write_documents(tmp_path, SENTENCES, sections=120)

    documents = [read_document(path) for path in find_files([tmp_path])]
    passages = [p for d in documents for p in split_passages(d, count_tokens=lambda text: len(text.split()))]
    assert len(documents) == 3
    assert len(passages) == 120
    assert all(80 <= len(passage.text.split()) <= MOST_WORDS for passage in passages)
    assert len({passage.embedded_text for passage in passages}) == 120


def test_the_same_sentences_give_the_same_documents(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_documents(tmp_path / name, SENTENCES, sections=10)

    assert (tmp_path / "one/report-0000.md").read_text() == (tmp_path / "two/report-0000.md").read_text()


def test_sentences_of_a_corpus_stand_once(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# A\n\nThe fund pays. The fund pays. Nobody asked.\n", "utf-8")

    assert read_sentences(tmp_path) == ("The fund pays.", "Nobody asked.")
