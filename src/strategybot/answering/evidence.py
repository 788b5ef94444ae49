"""Evidence: every candidate sentence of a query, described by features between 0 and 1 (cosines between -1 and 1)."""

import math
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from strategybot.answering.aspects import PATTERNS
from strategybot.questions.kinds import Kind, Want, share_held, wanted_values
from strategybot.questions.terms import load_vocabulary, longest_run, said_stems, soft_matches, stems
from strategybot.questions.understanding import Question
from strategybot.retrieval.retriever import Candidates
from strategybot.retrieval.standing import Standing, standing_on
from strategybot.schema import Metadata, Sentence

YEAR = re.compile(r"\b((?:19|20)\d\d)\b")
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
ADDRESS = re.compile(r"https?://\S+|www\.\S+")
RULE = re.compile(
    r"\b(must|only|cannot|can|eligible|qualif\w+|excluded?|at least|at most|up to|fewer|covers?|"
    r"open to|is for|are for)\b",
    re.I,
)
VALUE = re.compile(r"[£€$]\d|\d%|\bper cent\b")
OWN = (
    "meaning", "meaning_asking", "meaning_within", "passage", "document", "words", "words_with_headings", "predicate",
    "named", "name_run", "year", "in_force", "past_unasked", "values", "numbers", "novelty", "around", "rule", "value",
    "rule_if_eligibility", "value_if_eligibility", "change_if_status",
)  # fmt: skip
RELATIVE = (
    "meaning", "meaning_asking", "meaning_within", "words", "words_with_headings", "predicate", "passage", "name_run",
)  # fmt: skip
FEATURES = (*OWN, *(f"{name}_behind" for name in RELATIVE))
"""What is known of a sentence by itself, and how far it stays behind the best candidate: 0 for the best, else below."""
LONG_RUN = 4
LABEL_WORDS = 2


@dataclass(frozen=True, slots=True)
class Rarity:
    """How rare words are in the index: ``weight(stem)`` is its inverse document frequency, at least 0."""

    frequencies: Mapping[str, int]
    passages: int

    def weight(self, word: str) -> float:
        """Return log(1 + N / (0.5 + n)) for a stem held by n of N passages (a smoothed inverse document frequency).

        A short form is as frequent as it and the rarest word of its long form together.
        """
        held = self.frequencies.get(word, 0)
        long_form = load_vocabulary().long_stems.get(word)
        if long_form:
            held += min(self.frequencies.get(each, 0) for each in long_form)
        return math.log(1 + self.passages / (0.5 + held))

    def share(self, wanted: frozenset[str], found: frozenset[str]) -> float:
        """Return the share of the wanted stems' weight that is found, synonyms counting; 0 if none is wanted."""
        total = sum(self.weight(word) for word in wanted)
        held = sum(self.weight(word) for word in wanted if soft_matches(word, found))
        return held / total if total else 0.0


@dataclass(frozen=True, slots=True)
class Trait:
    """What a document lends to its sentences; all between 0 and 1 but year, which is -1 to 1."""

    document: float
    named: float
    name_run: float
    year: float
    in_force: float
    past_unasked: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """A candidate sentence and what is known about it for one question.

    Attributes:
        sentence: The candidate.
        metadata: Of its document.
        own: One value for each of OWN, shape (n_own,).
        features: One value for each of FEATURES, shape (n_features,).
        stems: Of its own words.
        wide_stems: Of its words, title and headings.
        vector: Its unit vector, shape (dimension,).
        direction: Unit vector of what it says beyond the mean of its document's candidates, zeros if nothing.
    """

    sentence: Sentence
    metadata: Metadata
    own: NDArray[np.float64]
    features: NDArray[np.float64]
    stems: frozenset[str]
    wide_stems: frozenset[str]
    vector: NDArray[np.float32]
    direction: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question, or a part of one, asks for, in the terms that sentences are compared in."""

    text: str
    stems: frozenset[str]
    implied: frozenset[str]
    numbers: frozenset[str]
    wants: frozenset[Want]
    years: frozenset[int]

    @classmethod
    def of(cls, question: Question) -> "Asked":
        """Read the terms of a question, what it leans on included."""
        text = f"{question.standalone} {question.mended}".strip()
        full = load_vocabulary().expand(text)
        asked = stems(load_vocabulary().shorten(text))
        return cls(full, asked, stems(full), numbers(question.standalone), question.wants, question.years)

    @classmethod
    def of_part(cls, text: str, *, without: frozenset[str] = frozenset()) -> "Asked":
        """Read the terms of a part of a question, leaving out those given."""
        full = load_vocabulary().expand(text)
        years = frozenset(int(year) for year in YEAR.findall(text))
        asked = stems(load_vocabulary().shorten(text)) - without
        return cls(full, asked, stems(full), numbers(text), wanted_values(text), years)


def numbers(text: str) -> frozenset[str]:
    """Return the numbers of a text as written, thousands commas dropped."""
    return frozenset(n.replace(",", "").rstrip(".") for n in NUMBER.findall(text))


def gather_evidence(
    question: Question,
    candidates: Candidates,
    *,
    documents: Mapping[str, Metadata],
    rarity: Rarity,
    as_of: date,
) -> list[Evidence]:
    """Describe every candidate sentence; empty if there is none.

    Sentences that give an address, the imprint of a digest and bare labels are left out: they say where a thing
    stands, not what it says.
    """
    scores = {hit.passage.id: hit.score for hit in candidates.passages}
    owners = {hit.passage.id: hit.passage.document_id for hit in candidates.passages}
    rows = [
        n
        for n, sentence in enumerate(candidates.sentences)
        if not ADDRESS.search(sentence.text)
        and not _is_imprint(sentence, documents[owners[sentence.passage_id]])
        and not _is_label(sentence.text)
    ]
    if not rows:
        return []
    asked = Asked.of(question)
    traits = _find_traits(asked, candidates, documents=documents, rarity=rarity, as_of=as_of)
    meanings = candidates.sentence_vectors @ candidates.view_vectors[:2].T
    top = max(scores.values()) or 1.0
    found = [candidates.sentences[n] for n in rows]
    around = _around(found, meanings[rows, 0])
    directions = _directions([owners[each.passage_id] for each in found], candidates.sentence_vectors[rows])
    within = directions @ candidates.view_vectors[0]
    plain: list[Evidence] = []
    for place, n in enumerate(rows):
        sentence = candidates.sentences[n]
        metadata = documents[owners[sentence.passage_id]]
        own, above = said_stems(sentence.text), said_stems(sentence.prefix)
        values = {
            **_compare(asked, sentence.text, (own, own | above), metadata=metadata, rarity=rarity),
            **_mean(meanings[n], float(within[place])),
            **_lend(traits[metadata.id]),
            "passage": scores[sentence.passage_id] / top,
            "novelty": _novelty(own, above),
            "around": around[place],
            **_manner(sentence.text, question.kind),
        }
        row = np.array([values[name] for name in OWN])
        vector = candidates.sentence_vectors[n]
        plain.append(Evidence(sentence, metadata, row, row, own, own | above, vector, directions[place]))
    features = with_relative(np.array([each.own for each in plain]))
    return [replace(each, features=features[n]) for n, each in enumerate(plain)]


def features_for_part(
    evidence: Sequence[Evidence], asked: Asked, vector: NDArray[np.float32], *, rarity: Rarity
) -> NDArray[np.float64]:
    """Describe the evidence anew for a part of the question, shape (n, n_features).

    What passages and documents score, and which are in force, stays as the whole question has it; a document that
    the part names itself counts as named.
    """
    runs = {each.metadata.id: _name_run(asked, each.metadata) for each in evidence}
    names_one = max(runs.values(), default=0.0) >= 2 / LONG_RUN
    rows = []
    for each in evidence:
        held = (each.stems, each.wide_stems)
        changed = _compare(asked, each.sentence.text, held, metadata=each.metadata, rarity=rarity)
        changed |= _mean(np.full(2, float(each.vector @ vector)), float(each.direction @ vector))
        if names_one:
            changed |= {
                "name_run": runs[each.metadata.id],
                "named": rarity.share(stems(each.metadata.title), asked.implied),
            }
            changed |= {"year": _year_fit(asked.years, each.metadata)}
        row = each.own.copy()
        for name, value in changed.items():
            row[OWN.index(name)] = value
        rows.append(row)
    return with_relative(np.array(rows))


def with_relative(own: NDArray[np.float64]) -> NDArray[np.float64]:
    """Add to own features, shape (n, len(OWN)), how far each stays behind the best; shape (n, len(FEATURES))."""
    columns = [OWN.index(name) for name in RELATIVE]
    return np.hstack([own, own[:, columns] - own[:, columns].max(axis=0)])


def stack(evidence: Sequence[Evidence]) -> NDArray[np.float64]:
    """Return the features of all evidence, shape (n, n_features)."""
    return np.array([each.features for each in evidence]).reshape(len(evidence), len(FEATURES))


def _compare(
    asked: Asked,
    text: str,
    held: tuple[frozenset[str], frozenset[str]],
    *,
    metadata: Metadata,
    rarity: Rarity,
) -> dict[str, float]:
    """Compare a sentence, the stems that it holds itself and with its headings, with what is asked."""
    own, wide = held
    said = numbers(text)
    return {
        "words": rarity.share(asked.stems, own),
        "words_with_headings": rarity.share(asked.stems, wide),
        "predicate": rarity.share(asked.stems - said_stems(metadata.title), own),
        "values": share_held(asked.wants, text),
        "numbers": len(asked.numbers & said) / len(asked.numbers) if asked.numbers else 0.0,
    }


def _mean(meaning: NDArray[np.float32], within: float) -> dict[str, float]:
    return {"meaning": float(meaning[0]), "meaning_asking": float(meaning[1]), "meaning_within": within}


def _directions(owners: Sequence[str], vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return what each sentence says beyond its document's mean, as unit vectors of shape (n, dimension).

    Sentences of a document share its subject; what is left tells them apart.
    """
    places: defaultdict[str, list[int]] = defaultdict(list)
    for n, owner in enumerate(owners):
        places[owner].append(n)
    beyond = np.zeros_like(vectors)
    for rows in places.values():
        beyond[rows] = vectors[rows] - vectors[rows].mean(axis=0)
    return np.asarray(beyond / np.maximum(np.linalg.norm(beyond, axis=1, keepdims=True), 1e-6), dtype=np.float32)


def _is_imprint(sentence: Sentence, metadata: Metadata) -> bool:
    """Tell whether a sentence stands before the first section of a digest, where it says what it is a digest of."""
    return metadata.form == "digest" and sentence.prefix == metadata.title


def _is_label(text: str) -> bool:
    """Tell whether a sentence is a label, as beside a bar of a chart: a word or two, or a figure, but not both."""
    told = any(c.isdigit() for c in text) and any(c.isalpha() for c in text)
    return len(text.split()) <= LABEL_WORDS and not told


def _around(sentences: Sequence[Sentence], meanings: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return for each sentence the mean meaning of the others under its heading, its own if it stands alone."""
    places: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for n, sentence in enumerate(sentences):
        places[(sentence.passage_id.partition("#")[0], sentence.prefix)].append(n)
    around = np.array(meanings, dtype=np.float64)
    for rows in places.values():
        if len(rows) > 1:
            around[rows] = (meanings[rows].sum() - meanings[rows]) / (len(rows) - 1)
    return around


def _manner(text: str, kind: Kind) -> dict[str, float]:
    """Tell whether a sentence sets a rule, names a value or tells of a change, and whether the kind asks for that."""
    rule, value = float(bool(RULE.search(text))), float(bool(VALUE.search(text)))
    eligibility, status = float(kind == "eligibility"), float(kind == "status")
    return {
        "rule": rule,
        "value": value,
        "rule_if_eligibility": rule * eligibility,
        "value_if_eligibility": value * eligibility,
        "change_if_status": status * bool(PATTERNS["change"].search(text)),
    }


def _lend(trait: Trait) -> dict[str, float]:
    return {
        "document": trait.document, "named": trait.named, "name_run": trait.name_run, "year": trait.year,
        "in_force": trait.in_force, "past_unasked": trait.past_unasked,
    }  # fmt: skip


def _novelty(own: frozenset[str], known: frozenset[str]) -> float:
    """Return the share of a sentence's stems that say more than title, headings and imprint."""
    return len(own - known) / len(own) if own else 0.0


def _find_traits(
    asked: Asked, candidates: Candidates, *, documents: Mapping[str, Metadata], rarity: Rarity, as_of: date
) -> dict[str, Trait]:
    best: defaultdict[str, float] = defaultdict(float)
    for hit in candidates.passages:
        best[hit.passage.document_id] = max(best[hit.passage.document_id], hit.score)
    top = max(best.values()) or 1.0
    return {
        i: _trait(asked, documents[i], score / top, rarity, standing_on(as_of, documents[i], documents))
        for i, score in best.items()
    }


def _trait(asked: Asked, metadata: Metadata, document: float, rarity: Rarity, standing: Standing) -> Trait:
    run, in_force = _name_run(asked, metadata), standing in ("in_force", "undated")
    return Trait(
        document=document,
        named=rarity.share(stems(metadata.title), asked.implied),
        name_run=run,
        year=_year_fit(asked.years, metadata),
        in_force=float(in_force),
        past_unasked=1.0 - run if standing in ("closed", "superseded") and not asked.years else 0.0,
    )


def _name_run(asked: Asked, metadata: Metadata) -> float:
    """Return how much of a document's title, in a row, is named: 1 for four words or the whole title."""
    run = longest_run(metadata.title, asked.text)
    return min(1.0, run / LONG_RUN)


def _year_fit(years: frozenset[int], metadata: Metadata) -> float:
    """Return 1 if a year asked for is one of the document's, -1 if it has other years only, 0 if none is asked for."""
    dates = (metadata.published, metadata.valid_from, metadata.valid_to)
    own = {int(d[:4]) for d in dates if d} | {int(y) for y in YEAR.findall(metadata.title)}
    if not years or not own:
        return 0.0
    return 1.0 if years & own else -1.0
