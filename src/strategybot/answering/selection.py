"""Selection: which sentences answer, found by their scores, by what they add, and by the parts of the question."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from strategybot.answering.evidence import OWN, Evidence, Rarity, numbers
from strategybot.questions.terms import stems
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
        section: For standing under the same heading as the first sentence.
        listing: For standing under the heading that lists what is asked for, if a list is asked for.
        aspect: For being the first to say something of the sort that the kind of question needs.
        repeat: Taken off where all of its own news was said before.
        length: Taken off for every hundred words.
        document: Taken off for citing one more document.
        whole: For answering the whole question, where the sentence that answers a part of it is chosen.
        floor: Share of the best probability below which a sentence is left out.
    """

    coverage: float = 0.4
    section: float = 0.05
    listing: float = 0.4
    aspect: float = 0.15
    repeat: float = 0.1
    length: float = 0.1
    document: float = 0.03
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
        aspects: Features of OWN that some sentence of a full answer has.
        listed: Stem of the noun of which several are asked for; None if no list is asked for.
        budget: How much may be said.
        weights: Of what a sentence adds.
    """

    stems: frozenset[str]
    parts: Sequence[Part]
    aspects: tuple[str, ...]
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
        self._news = [_news(each, wanted.stems) for each in evidence]
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
            self._said |= self._evidence[row].wide_stems | self._news[row]

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
        near = bool(self.chosen) and each.sentence.prefix == self._evidence[self.chosen[0]].sentence.prefix
        repeated = 0.0 if row in self._listed else self._repeated(row)
        cost = weights.repeat * repeated + weights.length * float(self._words[row]) / 100
        cost += weights.document * (bool(self.chosen) and each.metadata.id not in self._documents)
        listed = weights.listing * (row in self._listed)
        aspect = weights.aspect * any(self._is_first(name, row) for name in self._wanted.aspects)
        return score + weights.coverage * new + weights.section * near + listed + aspect - cost

    def _is_first(self, aspect: str, row: int) -> bool:
        """Tell whether a sentence has an aspect that none chosen before of its document has, if that is cited."""
        column, document = OWN.index(aspect), self._evidence[row].metadata.id
        if self.chosen and document not in self._documents:
            return False
        own = [n for n in self.chosen if self._evidence[n].metadata.id == document]
        return bool(self._evidence[row].own[column]) and not any(self._evidence[n].own[column] for n in own)

    def _repeated(self, row: int) -> float:
        """Return the share (0 to 1) of a sentence's news that was said before; all of it if it has no news."""
        if not self.chosen:
            return 0.0
        total = sum(self._rarity.weight(word) for word in self._news[row])
        return sum(self._rarity.weight(word) for word in self._news[row] & self._said) / total if total else 1.0


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
        best = next((int(n) for n in order if selection.fits(int(n))), None)
        answers.append(best)
        if best is not None:
            selection.add(best)
    pooled = np.max([scores, *(part.scores * selection.documents_cited() for part in wanted.parts)], axis=0)
    if wanted.listed:
        selection.follow_list(wanted.listed, pooled)
    while (row := _next(selection, pooled, wanted.weights.floor)) is not None:
        selection.add(row)
    return selection.chosen, tuple(answers)


def _next(selection: Selection, scores: NDArray[np.float64], floor: float) -> int | None:
    """Return the row that brings most; None if none reaches the floor and fits."""
    least = floor * float(scores.max(initial=0.0))
    rows = [n for n in range(len(scores)) if n not in selection.chosen and scores[n] >= least and selection.fits(n)]
    gains = [selection.gain(n, float(scores[n])) for n in rows]
    return rows[int(np.argmax(gains))] if gains and max(gains) > 0 else None


def _place(evidence: Evidence) -> tuple[str, str]:
    """Return the document and heading that a sentence stands under."""
    return evidence.metadata.id, evidence.sentence.prefix


def _news(evidence: Evidence, asked: frozenset[str]) -> frozenset[str]:
    """Return what a sentence says beyond the question and its own title: stems, and figures as written."""
    return (evidence.stems - asked - stems(evidence.metadata.title)) | numbers(evidence.sentence.text)
