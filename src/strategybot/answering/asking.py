"""Asking: the parts of a question as what sentences are scored by, and the sides of a comparison by their documents."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from strategybot.answering.evidence import OWN, Asked, Evidence, Rarity, features_for_part
from strategybot.answering.selection import Part
from strategybot.dates import render_date
from strategybot.questions.parts import split_sides
from strategybot.questions.terms import load_vocabulary, longest_run, said_stems, stems
from strategybot.questions.understanding import Question
from strategybot.retrieval.retriever import Encode
from strategybot.schema import Metadata

SIDE_SHARE = 0.5
"""Share of a part's words, by rarity, above which a document's title names it."""
MOST_PARTS = 8
Score = Callable[[NDArray[np.float64]], NDArray[np.float64]]
"""Features, shape (n, n_features), to probabilities, shape (n,)."""


@dataclass(frozen=True, slots=True)
class Scorer:
    """What parts are scored with."""

    score: Score
    rarity: Rarity
    encode: Encode


def score_parts(question: Question, evidence: Sequence[Evidence], *, scorer: Scorer) -> tuple[Part, ...]:
    """Return the parts of a question with how well each sentence answers them; none if it is single.

    Where the sides of a comparison are documents, a part is what is asked of one of them, and only its sentences count.
    """
    pieces = _pieces(question)
    sides = _find_sides(pieces, evidence, rarity=scorer.rarity, by_date=question.kind == "comparison")
    if len(sides) > 1:
        things = [piece for piece in pieces if piece not in sides] if question.kind == "comparison" else []
        return _of_sides(things or [question.text], evidence, sides, scorer=scorer)
    return _of_parts(question, evidence, scorer=scorer) if len(question.parts) > 1 else ()


def _pieces(question: Question) -> tuple[str, ...]:
    """Return the pieces of a question that may each name a document to look at."""
    if question.kind not in ("comparison", "eligibility"):
        return ()
    return question.parts if len(question.parts) > 1 else split_sides(question.asking)


def _of_parts(question: Question, evidence: Sequence[Evidence], *, scorer: Scorer) -> tuple[Part, ...]:
    # A part is understood in the light of the whole question.
    vectors = scorer.encode([f"{part} ({question.asking})" for part in question.parts])
    every = [stems(part) for part in question.parts]
    scored = []
    for n, text in enumerate(question.parts):
        others = frozenset().union(*(s for m, s in enumerate(every) if m != n)) - every[n]
        # The sides of a comparison share what is asked about them.
        whole = f"{text} {question.standalone}" if question.kind == "comparison" else text
        asked = Asked.of_part(whole, without=others if question.kind == "comparison" else frozenset())
        named = replace(asked, text=load_vocabulary().expand(text), implied=stems(load_vocabulary().expand(text)))
        features = features_for_part(evidence, named, vectors[n], rarity=scorer.rarity)
        scored.append(Part(text, asked.stems, scorer.score(features)))
    return tuple(scored)


def _of_sides(
    things: Sequence[str], evidence: Sequence[Evidence], sides: Mapping[str, str], *, scorer: Scorer
) -> tuple[Part, ...]:
    """Ask each document that is compared for each thing that is compared."""
    pairs = [(thing, side) for thing in things for side in sides][:MOST_PARTS]
    vectors = scorer.encode([f"{thing} {side}" for thing, side in pairs])
    scored = []
    for (thing, side), vector in zip(pairs, vectors, strict=True):
        asked = Asked.of_part(f"{thing} {side}")
        own = np.array([float(each.metadata.id == sides[side]) for each in evidence])
        features = features_for_part(evidence, asked, vector, rarity=scorer.rarity)
        scored.append(Part(f"{thing} {side}", asked.stems, scorer.score(features) * own))
    return tuple(scored)


def _find_sides(
    pieces: Sequence[str], evidence: Sequence[Evidence], *, rarity: Rarity, by_date: bool
) -> dict[str, str]:
    """Return the pieces of a question that name a document each, with its id: its title holds most of the words.

    With ``by_date`` a date alone names a document too: "2016 against 2019".
    """
    documents = {each.metadata.id: each for each in evidence}
    sides: dict[str, str] = {}
    for part in pieces:
        asked = frozenset(s for s in stems(load_vocabulary().shorten(part)) if s.isalpha() or s.isdigit())
        fits = {
            i: (rarity.share(asked, _named_by(each.metadata)), longest_run(each.metadata.title, part), _standing(each))
            for i, each in documents.items()
        }
        best = max(fits, key=lambda i: (*fits[i], i), default=None)
        if best is None or best in sides.values() or not (by_date or fits[best][1]):
            continue
        if fits[best][0] > SIDE_SHARE:
            sides[part] = best
    return sides


def _standing(evidence: Evidence) -> float:
    return float(evidence.own[OWN.index("document")])


def _named_by(metadata: Metadata) -> frozenset[str]:
    dates = (metadata.published, metadata.valid_from, metadata.valid_to)
    return said_stems(f"{metadata.title} {' '.join(render_date(date) for date in dates if date)}")
