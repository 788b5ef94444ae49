"""Documents to ingest: sections of about a hundred words, put together from the corpus' own sentences."""

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

from strategybot.passages import split_passages, split_sentences
from strategybot.reading import find_files, read_document

MOST_WORDS = 104
SECTIONS_PER_DOCUMENT = 50
_SEED = 5000


def read_sentences(corpus: Path) -> tuple[str, ...]:
    """Return the different sentences of a corpus in order.

    Raises:
        CorpusError: The corpus is missing or a file of it cannot be read.
    """
    documents = [read_document(path) for path in find_files([corpus])]
    passages = [(document, split_passages(document, count_tokens=_count_roughly)) for document in documents]
    found = [sentence.text for document, parts in passages for sentence in split_sentences(document, parts)]
    return tuple(dict.fromkeys(found))


def write_documents(folder: Path, sentences: Sequence[str], *, sections: int) -> None:
    """Write Markdown documents of 50 sections each; every section is one passage of at most 104 words.

    The same sentences and number give the same files on every machine.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for first in range(0, sections, SECTIONS_PER_DOCUMENT):
        numbers = range(first, min(first + SECTIONS_PER_DOCUMENT, sections))
        parts = [f"## Section {n}\n\n{_section(sentences, n)}" for n in numbers]
        text = "\n\n".join([f"# Report {first // SECTIONS_PER_DOCUMENT}", *parts]) + "\n"
        (folder / f"report-{first // SECTIONS_PER_DOCUMENT:04d}.md").write_text(text, "utf-8")


def _section(sentences: Sequence[str], number: int) -> str:
    return " ".join(_draw(sentences, random.Random(_SEED + number)))


def _draw(sentences: Sequence[str], source: random.Random) -> Iterator[str]:
    left = MOST_WORDS
    while True:
        sentence = source.choice(sentences)
        left -= len(sentence.split())
        if left < 0:
            return
        yield sentence


def _count_roughly(text: str) -> int:
    """Count words in place of tokens: sentences do not depend on where passages end."""
    return len(text.split())
