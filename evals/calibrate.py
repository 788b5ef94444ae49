"""Calibrate answering on the development questions and write its data file.

``python -m evals.calibrate --home HOME`` fits, by cross-validation over questions, which sentences answer (their gold
facts are known) and how likely a question can be answered at all; it prints what the held-out folds gave.
"""

import argparse
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.preprocessing import StandardScaler

from evals.public_sets import is_evidence, read_public_set
from strategybot.answering.answerability import SIGNALS, read_signals
from strategybot.answering.calibration import Calibration, Logistic
from strategybot.answering.evidence import FEATURES, Evidence, Rarity, gather_evidence, stack
from strategybot.answering.selection import Budget, SelectionWeights
from strategybot.assistant import CANDIDATES, load_embedder
from strategybot.index.live import LiveIndex, Snapshot
from strategybot.questions.understanding import Question, understand
from strategybot.retrieval.retriever import Encode, find_candidates
from strategybot.schema import Query
from strategybot.settings import Settings

ROOT = Path(__file__).parent
MORE = [ROOT / "questions/answerable.jsonl", ROOT / "questions/unanswerable.jsonl"]
OUTPUT = ROOT.parent / "src/strategybot/answering/calibration.json"
FOLDS = 10
POSITIVE_WEIGHT = 3.0
NEGATIVE_WEIGHT = 30.0
SEED = 7
SENTENCE_REGULARISATION = 0.03
REGULARISATION = 0.3
DECLINED = 0.815
UNANSWERABLE_WEIGHT = 1.0
PUBLIC_SHARE = 0.25
OWN_QUESTIONS = 200
PART_ABOVE = 0.1
BUDGETS = {
    "lookup": Budget(words=70, sentences=5, longest=130),
    "status": Budget(words=75, sentences=5, longest=130),
    "eligibility": Budget(words=100, sentences=8, longest=158),
    "comparison": Budget(words=145, sentences=10, longest=200),
    "drafting": Budget(words=370, sentences=21, longest=440),
}
PARTS_BUDGET = Budget(words=130, sentences=9, longest=190)


@dataclass(frozen=True, slots=True)
class Finder:
    """An opened index with what is needed to find evidence in it."""

    snapshot: Snapshot
    rarity: Rarity
    encode: Encode


@dataclass(frozen=True, slots=True)
class Example:
    """A question with what was found for it; ``gold`` marks the sentences that answer, ``weight`` counts in fitting."""

    source: str
    weight: float
    answerable: bool
    question: Question
    evidence: tuple[Evidence, ...]
    gold: NDArray[np.float64]
    finder: Finder


def main() -> None:
    """Fit, report and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, default=Path(".strategybot"), help="home with the index of the corpus")
    parser.add_argument("--questions", type=Path, default=ROOT / "questions/development.jsonl")
    parser.add_argument("--more", nargs="*", type=Path, default=MORE, help="questions that only calibration uses")
    parser.add_argument("--output", type=Path, default=OUTPUT)
    parser.add_argument(
        "--public", nargs=2, type=Path, action="append", default=[], metavar=("HOME", "FOLDER"),
        help="also fit on a public set: a home with its texts indexed, and the folder of the set",
    )  # fmt: skip
    arguments = parser.parse_args()
    own = list(gather_examples(arguments.questions, arguments.home))
    own += [e for path in arguments.more for e in gather_examples(path, arguments.home)]
    others = [list(gather_public(folder, home)) for home, folder in arguments.public]
    examples = [e for part in (own, *others) for e in part]
    sentence, scores = fit_sentences(examples)
    answerability, probabilities = fit_answerability(examples, scores)
    start = 0
    for part in (own, *others):
        report_part(part[0].source, part, probabilities[start : start + len(part)])
        start += len(part)
    threshold = choose_threshold(own, probabilities[: len(own)])
    calibration = Calibration(
        made_from=f"{arguments.questions.name}, {len(examples)} questions, {FOLDS} folds",
        sentence=sentence,
        answerability=answerability,
        answer_above=threshold,
        scope_below=round(threshold / 4, 4),
        part_above=PART_ABOVE,
        selection=SelectionWeights(),
        budgets=BUDGETS,
        parts_budget=PARTS_BUDGET,
    )
    arguments.output.write_text(calibration.model_dump_json(indent=1) + "\n", "utf-8")


def gather_examples(questions: Path, home: Path) -> Iterable[Example]:
    """Find evidence for every question of a set."""
    finder = _open(home)
    keys = {row["fact_id"]: row for row in _rows(ROOT / "facts/facts.jsonl")}
    for row in _rows(questions):
        query = Query(text=row["question"], history=row["history"], as_of=row["as_of"])
        question, evidence = _find(finder, query)
        facts = [keys[i] for i in row.get("gold_fact_ids", []) if i in keys]
        gold = np.array([float(any(_states(each, fact) for fact in facts)) for each in evidence])
        yield Example("own", 1.0, row["answerable"], question, evidence, gold, finder)


def gather_public(folder: Path, home: Path) -> Iterable[Example]:
    """Find evidence for every question of a public set; all of one weigh as half of ours."""
    finder = _open(home)
    rows = list(read_public_set(folder))
    for row in rows:
        question, evidence = _find(finder, row.query)
        gold = np.array([float(is_evidence(each.sentence.text, row.evidence)) for each in evidence])
        weight = PUBLIC_SHARE * OWN_QUESTIONS / len(rows)
        yield Example(folder.name, weight, row.answerable, question, evidence, gold, finder)


def _open(home: Path) -> Finder:
    embedder = load_embedder(Settings(home=home))
    snapshot = LiveIndex(home, embedder_id=embedder.id).snapshot()
    return Finder(snapshot, Rarity(snapshot.stem_frequencies, snapshot.passage_count), embedder.encode)


def _find(finder: Finder, query: Query) -> tuple[Question, tuple[Evidence, ...]]:
    snapshot = finder.snapshot
    question = understand(query, frequencies=snapshot.stem_frequencies)
    found = find_candidates(snapshot, question.views, query=query, encode=finder.encode, k=CANDIDATES)
    evidence = gather_evidence(question, found, documents=snapshot.documents, rarity=finder.rarity, as_of=query.as_of)
    return question, tuple(evidence)


def report_part(name: str, part: Sequence[Example], probabilities: NDArray[np.float64]) -> None:
    """Print how well the folds that did not see them told the answerable questions of a set from the others."""
    labels = np.array([e.answerable for e in part])
    if 0 < labels.sum() < len(labels):
        print(f"  {name}: AUROC {roc_auc_score(labels, probabilities):.3f} over {len(part)} questions")


def fit_sentences(examples: Sequence[Example]) -> tuple[Logistic, list[NDArray[np.float64]]]:
    """Fit which sentences answer; return the model and every question's scores from folds that did not see it."""
    useful = [n for n, example in enumerate(examples) if example.answerable and example.gold.any()]

    def fit(chosen: Sequence[int]) -> Logistic:
        rows = np.vstack([stack(examples[n].evidence) for n in chosen])
        gold = np.concatenate([examples[n].gold for n in chosen])
        weights = np.concatenate([_even_weights(examples[n]) for n in chosen])
        return _fit(rows, gold, FEATURES, weights=weights, regularisation=SENTENCE_REGULARISATION)

    scores: list[NDArray[np.float64]] = [np.zeros(0)] * len(examples)
    for held_out in folds(len(examples)):
        model = fit([n for n in useful if n not in held_out])
        for n in held_out:
            scores[n] = model.probabilities(stack(examples[n].evidence))
    for source in dict.fromkeys(e.source for e in examples):
        own = [n for n in useful if examples[n].source == source]
        ranks = [1 + int(np.flatnonzero(examples[n].gold[np.argsort(-scores[n])])[0]) for n in own]
        print(f"sentences, {source}: MRR of the first gold {np.mean(1 / np.array(ranks)):.3f} over {len(own)}")
    return fit(useful), scores


def _even_weights(example: Example) -> NDArray[np.float64]:
    """Weigh sentences so that all that answer count as one, and all others as one, whatever their number."""
    gold = example.gold
    share = np.where(gold == 1, 1 / max(1.0, gold.sum()), 1 / max(1.0, (1 - gold).sum()))
    return np.asarray(share * example.weight * np.array([POSITIVE_WEIGHT if g else NEGATIVE_WEIGHT for g in gold]))


def fit_answerability(
    examples: Sequence[Example], scores: Sequence[NDArray[np.float64]]
) -> tuple[Logistic, NDArray[np.float64]]:
    """Fit how likely a question can be answered; return the model and out-of-fold probabilities, shape (n,)."""
    asked = [n for n, example in enumerate(examples) if not example.question.refusal]
    labels = np.array([float(example.answerable) for example in examples])
    rows = np.array([_signals(e, s) for e, s in zip(examples, scores, strict=True)])
    weights = np.where(labels == 1, 1.0, UNANSWERABLE_WEIGHT) * [e.weight for e in examples]

    def fit(chosen: Sequence[int]) -> Logistic:
        return _fit(rows[chosen], labels[chosen], SIGNALS, weights=weights[chosen])

    probabilities = np.zeros(len(examples))
    for held_out in folds(len(examples)):
        model = fit([n for n in asked if n not in held_out])
        probabilities[held_out] = model.probabilities(rows[held_out])
    print(f"answerability: AUROC {roc_auc_score(labels[asked], probabilities[asked]):.3f} over {len(asked)} questions")
    return fit(asked), probabilities


def _signals(example: Example, scores: NDArray[np.float64]) -> NDArray[np.float64]:
    finder = example.finder
    return read_signals(example.question, example.evidence, scores=scores, rarity=finder.rarity, encode=finder.encode)


def choose_threshold(examples: Sequence[Example], probabilities: NDArray[np.float64]) -> float:
    """Return the lowest probability to answer from that declines enough, from out-of-fold probabilities.

    Of the questions that cannot be answered, the share DECLINED is to be declined.
    """
    labels = np.array([e.answerable for e in examples])
    refused = np.array([bool(e.question.refusal) for e in examples])

    def shares(threshold: float) -> tuple[float, float]:
        answered = (probabilities >= threshold) & ~refused
        return float(answered[labels].mean()), float((~answered)[~labels].mean())

    steps = [float(p) for p in np.unique(np.round(probabilities, 3))]
    best = next((step for step in steps if shares(step)[1] >= DECLINED), steps[-1])
    kept, declined = shares(best)
    print(f"threshold {best:.3f}: {kept:.3f} of the answerable answered, {declined:.3f} of the others declined")
    return best


def folds(count: int) -> list[NDArray[np.int64]]:
    """Return the questions of each fold, shuffled by a fixed seed."""
    order = np.random.default_rng(SEED).permutation(count)
    return np.array_split(order, FOLDS)


def _fit(
    rows: NDArray[np.float64],
    labels: NDArray[np.float64],
    names: Sequence[str],
    *,
    weights: NDArray[np.float64] | None = None,
    regularisation: float = REGULARISATION,
) -> Logistic:
    scaler = StandardScaler().fit(rows)
    model = LogisticRegression(C=regularisation, max_iter=5000)
    model.fit(scaler.transform(rows), labels, sample_weight=weights)
    slopes = model.coef_[0] / scaler.scale_
    bias = float(model.intercept_[0] - slopes @ scaler.mean_)
    return Logistic(
        weights={name: round(float(w), 5) for name, w in zip(names, slopes, strict=True)}, bias=round(bias, 5)
    )


def _states(evidence: Evidence, fact: dict[str, object]) -> bool:
    text = evidence.sentence.text.lower()
    keys = [str(key).lower() for key in fact["key"]]  # type: ignore[attr-defined]  # a list in the fact base
    return evidence.metadata.id == fact["doc"] and bool(keys) and all(key in text for key in keys)


def _rows(path: Path) -> list[dict]:  # type: ignore[type-arg]  # rows of any shape
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


if __name__ == "__main__":
    main()
