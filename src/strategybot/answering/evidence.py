"""Evidence: every candidate sentence of a query, described by features between 0 and 1 (cosines between -1 and 1)."""

import math
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from strategybot.questions.kinds import Want, share_held
from strategybot.questions.terms import load_vocabulary, soft_matches, stems
from strategybot.questions.understanding import Question
from strategybot.retrieval.retriever import Candidates
from strategybot.schema import Metadata, Sentence

NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
FEATURES = (
    "meaning", "meaning_asking", "passage", "document", "words", "words_with_headings", "rare_word", "named", "values",
    "numbers", "novelty", "length",
)  # fmt: skip
LONG_WORDS = 30


@dataclass(frozen=True, slots=True)
class Rarity:
    """How rare words are in the index: ``weight(stem)`` is its inverse document frequency, at least 0."""

    frequencies: Mapping[str, int]
    passages: int

    def weight(self, stem: str) -> float:
        """Return log(1 + N / (0.5 + n)) for a stem held by n of N passages (a smoothed inverse document frequency)."""
        return math.log(1 + self.passages / (0.5 + self.frequencies.get(stem, 0)))

    def share(self, wanted: frozenset[str], found: frozenset[str]) -> float:
        """Return the share of the wanted stems' weight that is found, synonyms counting; 0 if none is wanted."""
        total = sum(self.weight(stem) for stem in wanted)
        held = sum(self.weight(stem) for stem in wanted if soft_matches(stem, found))
        return held / total if total else 0.0


@dataclass(frozen=True, slots=True)
class Evidence:
    """A candidate sentence and what is known about it for one question.

    Attributes:
        sentence: The candidate.
        metadata: Of its document.
        features: One value for each of FEATURES, shape (n_features,).
        stems: Of its own words.
        wide_stems: Of its words, title and headings.
        vector: Its unit vector, shape (dimension,).
    """

    sentence: Sentence
    metadata: Metadata
    features: NDArray[np.float64]
    stems: frozenset[str]
    wide_stems: frozenset[str]
    vector: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question asks for, in the terms that sentences are compared in."""

    stems: frozenset[str]
    implied: frozenset[str]
    numbers: frozenset[str]
    wants: frozenset[Want]

    @classmethod
    def of(cls, question: Question) -> "Asked":
        """Read the terms of a question, what it leans on included."""
        implied = " ".join(load_vocabulary().implied(question.standalone))
        return cls(stems(question.standalone), stems(f"{question.standalone} {implied}"), numbers(question.standalone), question.wants)


def numbers(text: str) -> frozenset[str]:
    """Return the numbers of a text as written, thousands commas dropped."""
    return frozenset(n.replace(",", "").rstrip(".") for n in NUMBER.findall(text))


def gather_evidence(
    question: Question, candidates: Candidates, *, documents: Mapping[str, Metadata], rarity: Rarity
) -> list[Evidence]:
    """Describe every candidate sentence; empty if there is none."""
    asked = Asked.of(question)
    scores = {hit.passage.id: hit.score for hit in candidates.passages}
    owners = {hit.passage.id: hit.passage.document_id for hit in candidates.passages}
    document_scores: defaultdict[str, float] = defaultdict(float)
    for passage_id, score in scores.items():
        document_scores[owners[passage_id]] = max(document_scores[owners[passage_id]], score)
    top = max(scores.values(), default=1.0) or 1.0
    names = {i: rarity.share(stems(documents[i].title), asked.implied) for i in document_scores}
    meanings = candidates.sentence_vectors @ candidates.view_vectors.T
    rows = []
    for sentence, vector, meaning in zip(candidates.sentences, candidates.sentence_vectors, meanings, strict=True):
        owner = owners[sentence.passage_id]
        own, above = stems(sentence.text), stems(sentence.prefix)
        ranks = (scores[sentence.passage_id] / top, document_scores[owner] / top, names[owner])
        features = _features(sentence, asked, meaning, ranks=ranks, rarity=rarity, terms=(own, above))
        rows.append(Evidence(sentence, documents[owner], features, own, own | above, vector))
    return rows


def _features(
    sentence: Sentence,
    asked: Asked,
    meaning: NDArray[np.float32],
    *,
    ranks: tuple[float, float, float],
    rarity: Rarity,
    terms: tuple[frozenset[str], frozenset[str]],
) -> NDArray[np.float64]:
    own, above = terms
    passage, document, named = ranks
    rarest = max(asked.stems, key=rarity.weight, default="")
    said = numbers(sentence.text)
    values = {
        "meaning": float(meaning[0]),
        "meaning_asking": float(meaning[1]),
        "passage": passage,
        "document": document,
        "words": rarity.share(asked.stems, own),
        "words_with_headings": rarity.share(asked.stems, own | above),
        "rare_word": float(bool(rarest) and soft_matches(rarest, own | above)),
        "named": named,
        "values": share_held(asked.wants, sentence.text),
        "numbers": len(asked.numbers & said) / len(asked.numbers) if asked.numbers else 0.0,
        "novelty": len(own - above) / len(own) if own else 0.0,
        "length": min(1.0, len(sentence.text.split()) / LONG_WORDS),
    }
    return np.array([values[name] for name in FEATURES])


def stack(evidence: Sequence[Evidence]) -> NDArray[np.float64]:
    """Return the features of all evidence, shape (n, n_features)."""
    return np.array([each.features for each in evidence]).reshape(len(evidence), len(FEATURES))
