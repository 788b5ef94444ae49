"""Evidence by hand, evidence found in a small index, and a calibration whose choices can be foreseen."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from strategybot.answering.answerability import SIGNALS
from strategybot.answering.calibration import Calibration, Logistic
from strategybot.answering.evidence import FEATURES, OWN, Evidence, Rarity, gather_evidence, with_relative
from strategybot.answering.quote import Setting, draft_reply
from strategybot.answering.selection import Budget, SelectionWeights
from strategybot.passages import split_passages
from strategybot.questions.terms import said_stems, stems
from strategybot.questions.understanding import Question, understand
from strategybot.reading.markdown import parse_markdown
from strategybot.retrieval.retriever import Candidates, find_candidates
from strategybot.schema import Document, Draft, Metadata, Query, Sentence, Turn
from tests.fakes import CLIMATE, GRANTS, FakeEmbedder, document_of
from tests.fakes_index import MemoryIndex

AS_OF = date(2026, 11, 23)
NOTHING: Mapping[str, float] = MappingProxyType({})


def a_document(text: str, **metadata: object) -> Document:
    return document_of(*parse_markdown(text).blocks, **metadata)


GRANT = a_document(
    GRANTS, id="grants", title="Growth grants", kind="support-scheme", published="2023-05-01", valid_to="2024-03-31"
)
PLAN = a_document(CLIMATE, id="climate", title="Climate plan", kind="plan", published="2022-07")


def a_metadata(document_id: str = "grants", **changes: object) -> Metadata:
    return Metadata.model_validate({"id": document_id, "title": "Growth grants", "kind": "support-scheme"} | changes)


def a_sentence(text: str, *, document_id: str = "grants", prefix: str = "Growth grants", start: int = 0) -> Sentence:
    name = f"{document_id}@{'0' * 12}#0-999"
    return Sentence(passage_id=name, start=start, end=start + len(text), text=text, prefix=prefix, paragraph=1)


def an_evidence(
    text: str,
    *,
    metadata: Metadata | None = None,
    prefix: str | None = None,
    own: Mapping[str, float] = NOTHING,
    start: int = 0,
) -> Evidence:
    """Make evidence whose own features are 0 but those given."""
    about = metadata or a_metadata()
    heading = about.title if prefix is None else prefix
    row = np.array([float(own.get(name, 0.0)) for name in OWN])
    said = said_stems(text)
    return Evidence(
        sentence=a_sentence(text, document_id=about.id, prefix=heading, start=start),
        metadata=about,
        own=row,
        features=with_relative(row[None, :])[0],
        stems=said,
        wide_stems=said | said_stems(heading),
        vector=FakeEmbedder().encode([text])[0],
        direction=np.zeros(FakeEmbedder.dimension, dtype=np.float32),
    )


def rarity_of(*documents: Document) -> Rarity:
    embedder = FakeEmbedder()
    passages = [p for each in documents for p in split_passages(each, count_tokens=embedder.count_tokens)]
    return Rarity(Counter(word for p in passages for word in stems(p.embedded_text)), len(passages))


@dataclass(frozen=True)
class Asking:
    """A question asked of documents, and what is found for it."""

    query: Query
    question: Question
    candidates: Candidates
    documents: Mapping[str, Metadata]
    rarity: Rarity

    def evidence(self) -> list[Evidence]:
        return gather_evidence(
            self.question, self.candidates, documents=self.documents, rarity=self.rarity, as_of=self.query.as_of
        )

    def draft(self, calibration: Calibration | None = None) -> Draft:
        setting = Setting(
            documents=self.documents,
            rarity=self.rarity,
            calibration=calibration or a_calibration(),
            encode=FakeEmbedder().encode,
            contact="the Growth Hub",
        )
        return draft_reply(self.question, self.candidates, query=self.query, setting=setting)


def asking(text: str, *documents: Document, history: Sequence[Turn] = (), as_of: date = AS_OF, k: int = 14) -> Asking:
    """Ask documents, the grant and the plan if none is given."""
    held = documents or (GRANT, PLAN)
    query, rarity, index = Query(text=text, history=tuple(history), as_of=as_of), rarity_of(*held), MemoryIndex(*held)
    question = understand(query, frequencies=rarity.frequencies)
    found = find_candidates(index, question.views, query=query, encode=FakeEmbedder().encode, k=k)
    return Asking(query, question, found, index.documents, rarity)


def a_logistic(names: Sequence[str], bias: float, **weights: float) -> Logistic:
    assert weights.keys() <= set(names)
    return Logistic(weights={name: weights.get(name, 0.0) for name in names}, bias=bias)


def a_calibration(**changes: object) -> Calibration:
    """Make a calibration that scores sentences by the words of the question, and replies by how many are covered."""
    budget = Budget(words=60, sentences=3, longest=140)
    fields: dict[str, object] = {
        "made_from": "the tests",
        "sentence": a_logistic(FEATURES, -3.0, words=4.0, predicate=3.0, document=1.0),
        "answerability": a_logistic(SIGNALS, -5.0, covered=9.0),
        "answer_above": 0.5,
        "scope_below": 0.05,
        "part_above": 0.3,
        "selection": SelectionWeights(),
        "budgets": dict.fromkeys(("lookup", "comparison", "eligibility", "status", "drafting"), budget),
        "parts_budget": Budget(words=120, sentences=6, longest=240),
    }
    return Calibration.model_validate(fields | changes)


def scores_of(*values: float) -> NDArray[np.float64]:
    return np.array(values, dtype=np.float64)
