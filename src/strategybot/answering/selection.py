"""Selection: which sentences answer, found by their scores, by what they add, and by the parts of the question."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from strategybot.answering.aspects import find_aspects
from strategybot.answering.evidence import Evidence, Rarity
from strategybot.schema import Frozen

LIST_LENGTH = 3
"""Sentences under one heading that make a list."""


class Budget(Frozen):
    """How much a reply may say.

    Attributes:
        words: Of the sentences together.
        sentences: Their number.
        longest: Words of the whole text, with notices, markers and fixed phrases.
    """

    words: int
    sentences: int
    longest: int


class SelectionWeights(Frozen):
    """How selection weighs what a sentence adds, all in units of probability; set by calibration.

    Attributes:
        coverage: For all of the question's words that nothing said before holds.
        listing: For standing under the heading that lists what is asked for, if a list is asked for.
        aspect: For being the first of its document to say something of the sort that the kind of question needs.
        main: For standing in a document that a draft is about.
        length: Taken off for every hundred words.
        document: Taken off for citing one more document.
        whole: For answering the whole question, where the sentence that answers a part of it is chosen.
        floor: Share of the best probability below which a sentence is left out.
    """

    coverage: float = 0.5
    listing: float = 0.4
    aspect: float = 0.2
    main: float = 0.15
    length: float = 0.1
    document: float = 0.15
    whole: float = 0.2
    floor: float = 0.05


@dataclass(frozen=True, slots=True)
class Part:
    """A question inside the question: its stems, and how well each candidate answers it, shape (n,)."""

    text: str
    stems: frozenset[str]
    scores: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What selection serves.

    Attributes:
        stems: Asked for.
        parts: Of the question; none if it is single.
        aspects: What a full answer says of each of its documents.
        main: Ids of the documents that a draft is about: all that they say is of use.
        listed: Stem of the noun of which several are asked for; None if no list is asked for.
        budget: How much may be said.
        weights: Of what a sentence adds.
    """

    stems: frozenset[str]
    parts: Sequence[Part]
    aspects: tuple[str, ...]
    main: frozenset[str]
    listed: str | None
    budget: Budget
    weights: SelectionWeights


class Selection:
    """Sentences chosen so far, and what they say."""

    def __init__(self, evidence: Sequence[Evidence], wanted: Wanted, rarity: Rarity) -> None:
        """Start with nothing chosen."""
        self.chosen: list[int] = []
        self._evidence = evidence
        self._wanted = wanted
        self._rarity = rarity
        self._said: frozenset[str] = frozenset()
        self._documents: set[str] = set()
        self._listed: frozenset[int] = frozenset()
        self._aspects = [find_aspects(each.sentence.text) for each in evidence]
        self._words = np.array([len(each.sentence.text.split()) for each in evidence])

    def follow_list(self, noun: str, scores: NDArray[np.float64]) -> None:
        """Find the heading that lists what is asked for: many sentences below it name it, and they score well."""
        places: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
        for n, each in enumerate(self._evidence):
            places[_place(each)].append(n)

        def fit(rows: Sequence[int]) -> float:
            naming = sum(noun in self._evidence[n].stems for n in rows) / len(rows)
            return float(np.mean(np.sort(scores[rows])[-LIST_LENGTH:])) + self._wanted.weights.listing * naming

        lists = [rows for rows in places.values() if len(rows) >= LIST_LENGTH]
        rows = max(lists, key=fit, default=[])
        naming = [n for n in rows if noun in self._evidence[n].stems]
        self._listed = frozenset(naming if len(naming) > 1 else rows)

    def add(self, row: int) -> None:
        """Choose a sentence, once."""
        if row not in self.chosen:
            self.chosen.append(row)
            self._documents.add(self._evidence[row].metadata.id)
            self._said |= self._evidence[row].wide_stems

    def documents_cited(self) -> NDArray[np.float64]:
        """Return 1 for each candidate whose document is cited so far, else 0, shape (n,)."""
        return np.array([float(each.metadata.id in self._documents) for each in self._evidence])

    def fits(self, row: int) -> bool:
        """Tell whether a sentence is within the budget, or is the first."""
        if row in self.chosen or not self.chosen:
            return True
        words = int(self._words[[*self.chosen, row]].sum())
        return len(self.chosen) < self._wanted.budget.sentences and words <= self._wanted.budget.words

    def gain(self, row: int, score: float) -> float:
        """Return what choosing a sentence would bring: its probability, and what it adds to what is said."""
        weights, each = self._wanted.weights, self._evidence[row]
        held = self._rarity.share(self._wanted.stems, self._said)
        new = self._rarity.share(self._wanted.stems, self._said | each.wide_stems) - held
        cost = weights.length * float(self._words[row]) / 100
        cost += weights.document * (bool(self.chosen) and each.metadata.id not in self._documents)
        listed = weights.listing * (row in self._listed)
        aspect = weights.aspect * any(self._is_first(name, row) for name in self._wanted.aspects)
        main = weights.main * (each.metadata.id in self._wanted.main)
        return score + weights.coverage * new + listed + aspect + main - cost

    def _is_first(self, aspect: str, row: int) -> bool:
        """Tell whether a sentence has an aspect that none chosen before of its document has, if that is cited."""
        document = self._evidence[row].metadata.id
        if aspect not in self._aspects[row] or (self.chosen and document not in self._documents):
            return False
        return not any(aspect in self._aspects[n] for n in self.chosen if self._evidence[n].metadata.id == document)


def select(
    evidence: Sequence[Evidence], scores: NDArray[np.float64], *, wanted: Wanted, rarity: Rarity
) -> tuple[list[int], tuple[int | None, ...]]:
    """Choose sentences: the best for each part, then what scores well and adds.

    Args:
        evidence: Candidates; none gives nothing.
        scores: Their probability of answering, shape (n,).
        wanted: What is asked for, and the limits.
        rarity: Of words in this index.

    Returns:
        The chosen rows in order of choice, and for each part the row that answers it, None if none fitted.
    """
    selection = Selection(evidence, wanted, rarity)
    answers: list[int | None] = []
    for part in wanted.parts:
        order = np.argsort(-part.scores - wanted.weights.whole * scores, kind="stable")
        best = next((int(n) for n in order if part.scores[n] > 0 and selection.fits(int(n))), None)
        answers.append(best)
        if best is not None:
            selection.add(best)
    pooled = np.max([scores, *(part.scores * selection.documents_cited() for part in wanted.parts)], axis=0)
    if wanted.listed:
        selection.follow_list(wanted.listed, pooled)
    least = np.array([wanted.weights.floor * (each.metadata.id not in wanted.main) for each in evidence])
    while (row := _next(selection, pooled, least * pooled.max(initial=0.0))) is not None:
        selection.add(row)
    return selection.chosen, tuple(answers)


def _next(selection: Selection, scores: NDArray[np.float64], least: NDArray[np.float64]) -> int | None:
    """Return the row that brings most; None if none reaches its least score and fits."""
    rows = [n for n in range(len(scores)) if n not in selection.chosen and scores[n] >= least[n] and selection.fits(n)]
    gains = [selection.gain(n, float(scores[n])) for n in rows]
    return rows[int(np.argmax(gains))] if gains and max(gains) > 0 else None


def _place(evidence: Evidence) -> tuple[str, str]:
    """Return the document and heading that a sentence stands under."""
    return evidence.metadata.id, evidence.sentence.prefix
