"""Fakes: an embedder that needs no model, and small documents."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from strategybot.questions.terms import stems
from strategybot.reading.blocks import Block, join_blocks
from strategybot.schema import Document, Metadata

DIMENSION = 64


class FakeEmbedder:
    """Adds up a fixed random direction for each stem: texts that share words are near."""

    dimension = DIMENSION
    max_tokens = 256

    def __init__(self, model: str = "fake@1") -> None:
        self.id = model
        self.encoded: list[str] = []

    def count_tokens(self, text: str) -> int:
        return len(text.split()) + 2

    def encode(
        self, texts: Sequence[str], *, track: Callable[[Sequence[Any]], Iterable[Any]] = iter
    ) -> NDArray[np.float32]:
        self.encoded += texts
        vectors = np.zeros((len(texts), DIMENSION), dtype=np.float32)
        for batch in track([[row] for row in range(len(texts))]):
            for row in batch:
                vectors[row] = _direction(texts[row])
        return vectors


def _direction(text: str) -> NDArray[np.float32]:
    total = np.full(DIMENSION, 1e-3)
    for each in stems(text):
        seed = int.from_bytes(hashlib.sha256(each.encode()).digest()[:4], "big")
        total += np.random.default_rng(seed).standard_normal(DIMENSION)
    return np.asarray(total / np.linalg.norm(total), dtype=np.float32)


def write_document(folder: Path, name: str, body: str, **front: str) -> Path:
    """Write a Markdown document with front matter."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = [f"{key}: {value}" for key, value in {"id": name, "title": name.capitalize(), **front}.items()]
    path = folder / f"{name}.md"
    path.write_text("\n".join(["---", *lines, "---", "", body, ""]), "utf-8")
    return path


def document_of(*blocks: Block, **metadata: object) -> Document:
    """Make a document of blocks."""
    text, paragraphs = join_blocks(blocks)
    fields: dict[str, object] = {"id": "plan", "title": "Plan", **metadata}
    version = hashlib.sha256(text.encode()).hexdigest()[:12]
    return Document(metadata=Metadata.model_validate(fields), version=version, text=text, paragraphs=paragraphs)


GRANTS = """# Growth grants

## Who can apply

The growth grant is open to small and medium-sized businesses in Leeds, Bradford and Wakefield that have traded for at
least two years. Retailers and restaurants cannot apply for the growth grant. Firms need at least five employees.

## What it pays

The growth grant pays between £10,000 and £50,000, and covers up to 20% of the cost of new machines. The firm pays the
rest of the cost of the machines. Grants are paid after the machines have been bought.

## When it closes

The growth grant closed to new applications on 31 March 2024. The last grants were paid in June 2024.
"""
CLIMATE = """# Climate plan

## Target

The region is to have net zero carbon emissions by 2038. Emissions must fall by 14% in every year until 2038.

## Homes

The climate plan will insulate 5,000 homes by 2030. Tenants of social housing come first in the insulation of homes.
The climate plan gives £40 million to the insulation of homes and to heat pumps.
"""


def write_corpus(folder: Path) -> Path:
    """Write two documents: a closed grant and a climate plan."""
    write_document(
        folder, "grants", GRANTS, title="Growth grants", kind="support-scheme", publisher="Council",
        published="2023-05-01", valid_to="2024-03-31",
    )  # fmt: skip
    write_document(folder, "climate", CLIMATE, title="Climate plan", kind="plan", published="2022-07")
    return folder
