"""Two runs side by side, question by question."""

from collections.abc import Iterator
from typing import Literal

from evals.measures import MEASURES
from evals.metrics import Estimate, ndcg_at, sign_test
from evals.questions import QuestionType
from evals.records import Row, Run
from strategybot.schema import Frozen

Outcome = Literal["gained", "lost", "otherwise wrong", "ranked better", "ranked worse"]


class Change(Frozen):
    """A question whose grade or ranking is not what it was; faults are None where the reply was right."""

    id: str
    type: QuestionType
    question: str
    outcome: Outcome
    before: str | None
    after: str | None
    ndcg_before: float
    ndcg_after: float


class Difference(Frozen):
    """One measure in both runs."""

    measure: str
    before: Estimate | None
    after: Estimate | None


class Comparison(Frozen):
    """What changed from one run to a later one, on the questions that both asked.

    Attributes:
        gained: Questions right only after; ``lost``: right only before.
        p_value: Of the sign test on gained against lost: small means that chance is a poor explanation.
        unmatched: Questions that only one of the runs asked.
    """

    before: str
    after: str
    differences: tuple[Difference, ...]
    changes: tuple[Change, ...]
    gained: int
    lost: int
    p_value: float
    unmatched: tuple[str, ...]


def compare(before: Run, after: Run) -> Comparison:
    """Compare the evaluated systems of two runs; changes stand in the order of the later run."""
    old = {row.id: row for row in before.systems[0].rows}
    new = {row.id: row for row in after.systems[0].rows}
    changes = tuple(change for row in new.values() if row.id in old for change in _changes(old[row.id], row))
    gained, lost = (sum(change.outcome == outcome for change in changes) for outcome in ("gained", "lost"))
    return Comparison(
        before=before.label,
        after=after.label,
        differences=tuple(_difference(measure.name, before, after) for measure in MEASURES),
        changes=changes,
        gained=gained,
        lost=lost,
        p_value=sign_test(gained, lost),
        unmatched=tuple(sorted(old.keys() ^ new.keys())),
    )


def _difference(measure: str, before: Run, after: Run) -> Difference:
    return Difference(measure=measure, before=before.figure(measure), after=after.figure(measure))


def _changes(before: Row, after: Row) -> Iterator[Change]:
    scores = ndcg_at(10, before.ranking, before.gold_docs), ndcg_at(10, after.ranking, after.gold_docs)
    outcome = _outcome(before, after, scores)
    if outcome:
        yield Change(
            id=after.id,
            type=after.type,
            question=after.question,
            outcome=outcome,
            before=before.fault,
            after=after.fault,
            ndcg_before=scores[0],
            ndcg_after=scores[1],
        )


def _outcome(before: Row, after: Row, scores: tuple[float, float]) -> Outcome | None:
    if before.right != after.right:
        return "gained" if after.right else "lost"
    if before.fault != after.fault:
        return "otherwise wrong"
    if scores[0] != scores[1]:
        return "ranked better" if scores[1] > scores[0] else "ranked worse"
    return None
