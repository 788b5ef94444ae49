"""Public question sets, read from a folder that is given: rows as ours, and which sentences are their evidence."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

from strategybot.schema import Frozen, Query, Turn

TURN = re.compile(r"^(user|agent): (.*?)(?=^user: |^agent: |\Z)", re.M | re.S)
WORD = re.compile(r"[a-z0-9£%']+")
GRAM = 4
HELD = 0.5


class PublicQuestion(Frozen):
    """A question of a public set with the texts that answer it; none if it cannot be answered."""

    id: str
    query: Query
    answerable: bool
    evidence: tuple[str, ...]


def read_public_set(folder: Path) -> Iterator[PublicQuestion]:
    """Read ``queries.jsonl`` and ``documents.jsonl`` of a public set."""
    documents = {row["doc_id"]: row for row in _rows(folder / "documents.jsonl")}
    for row in _rows(folder / "queries.jsonl"):
        turns = [
            Turn(role="user" if who == "user" else "assistant", content=said.strip())
            for who, said in TURN.findall(row.get("context", ""))
        ]
        text = row["question"] if turns or not row.get("context") else f"{row['context']}\n{row['question']}"
        sections = (documents[d]["sections"][n]["text"] for d, n in row.get("gold_sections", []) if d in documents)
        evidence = tuple(row.get("evidence") or sections)
        answerable = bool(row.get("answerable", True))
        yield PublicQuestion(
            id=row["id"],
            query=Query(text=text, history=tuple(turns)),
            answerable=answerable,
            evidence=evidence if answerable else (),
        )


def is_evidence(text: str, evidence: tuple[str, ...]) -> bool:
    """Tell whether at least half of a sentence's runs of four words stand in one of the texts."""
    own = _grams(text)
    return bool(own) and any(len(own & _grams(each)) >= HELD * len(own) for each in evidence)


def _grams(text: str) -> frozenset[tuple[str, ...]]:
    words = WORD.findall(text.lower().replace("’", "'"))
    size = min(GRAM, max(1, len(words)))
    return frozenset(tuple(words[n : n + size]) for n in range(len(words) - size + 1)) if words else frozenset()


def _rows(path: Path) -> list[dict]:  # type: ignore[type-arg]  # rows of any shape
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
