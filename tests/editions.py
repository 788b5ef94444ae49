"""A corpus that changes: documents of made-up words, each in an edition, so that every passage is one of a kind."""

import random
from pathlib import Path

from strategybot.index.embedding import Embedder
from strategybot.passages import split_passages
from strategybot.reading import find_files, read_document
from strategybot.schema import Passage
from tests.fakes import write_document

SYLLABLES = ("ba", "den", "fir", "gol", "hu", "kan", "lem", "mo", "nip", "ras", "ser", "tu", "vol", "wes")
SENTENCES = 7


def write_edition(folder: Path, number: int, edition: int) -> Path:
    """Write document ``number`` as its edition says: two sections, each a passage of its own."""
    dice = random.Random(f"{number}/{edition}")
    sections = [f"## Section {n}\n\n{_paragraph(dice, number, edition)}" for n in (1, 2)]
    return write_document(folder, f"plan-{number}", "\n\n".join(sections), title=f"Plan {number}")


def expected_passages(folder: Path, embedder: Embedder) -> dict[str, Passage]:
    """Return, by id, the passages that an index of the folder holds, worked out without any index."""
    documents = [read_document(path) for path in find_files([folder])]
    found = [p for document in documents for p in split_passages(document, count_tokens=embedder.count_tokens)]
    return {passage.id: passage for passage in found}


def _paragraph(dice: random.Random, number: int, edition: int) -> str:
    sentences = [" ".join(_word(dice) for _ in range(10)).capitalize() for _ in range(SENTENCES)]
    return f"Plan {number} stands in its edition {edition}. {'. '.join(sentences)}."


def _word(dice: random.Random) -> str:
    return "".join(dice.choice(SYLLABLES) for _ in range(3))
