"""The list of what is measured: each measure takes values from a row, and makes a figure of all values."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from evals.grading import CLAIMING
from evals.metrics import Statistic, estimate, mean, ndcg_at, percentile, recall_at, reciprocal_rank, total
from evals.questions import QUESTION_TYPES
from evals.records import ALL, Figure, Row, System

Unit = Literal["share", "words", "ms", "count"]
Values = Callable[[Row], Iterable[float]]
"""The values of a row that count for a measure; none where the row says nothing of it."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure.

    Attributes:
        name: As the JSON of a run has it.
        title: As a person reads it.
        meaning: One sentence on what it says.
        values: What counts.
        statistic: What is made of all values.
        unit: Of its value. Of a share higher is better, of all else lower.
    """

    name: str
    title: str
    meaning: str
    values: Values
    statistic: Statistic = mean
    unit: Unit = "share"

    @property
    def better(self) -> Literal["higher", "lower"]:
        """Which way is better."""
        return "higher" if self.unit == "share" else "lower"


def _where(counts: Callable[[Row], object], value: Callable[[Row], float]) -> Values:
    return lambda row: (float(value(row)),) if counts(row) else ()


def _always(_row: Row) -> bool:
    return True


def _has_gold(row: Row) -> bool:
    return row.answerable and bool(row.gold_docs)


def _has_replied(row: Row) -> bool:
    return row.status is not None


def _claims(row: Row) -> bool:
    return row.status in CLAIMING


def _abstains(row: Row) -> bool:
    return _has_replied(row) and not _claims(row)


def _right(row: Row) -> float:
    return float(row.right)


MEASURES = (
    Measure("accuracy", "Right", "replies that are right, abstentions included", _where(_always, _right)),
    Measure(
        "answerable",
        "Right if answerable",
        "right replies to questions that the documents answer",
        _where(lambda row: row.answerable, _right),
    ),
    Measure(
        "abstention_recall",
        "Abstention recall",
        "questions that the documents do not answer and that got no claim",
        _where(lambda row: not row.answerable, _right),
    ),
    Measure(
        "abstention_precision",
        "Abstention precision",
        "abstentions that were due",
        _where(_abstains, lambda row: not row.answerable),
    ),
    Measure("verdicts", "Verdicts", "expected eligibility verdicts that were met", lambda row: row.verdicts),
    Measure(
        "law_breaches",
        "Law breaches",
        "breaches of the laws of a reply",
        _where(_has_replied, lambda row: len(row.breaches)),
        statistic=total,
        unit="count",
    ),
    Measure(
        "failures",
        "Failures",
        "questions that raised an error instead of a reply",
        _where(_always, lambda row: not _has_replied(row)),
        statistic=total,
        unit="count",
    ),
    Measure(
        "recall_5",
        "Recall@5",
        "gold documents among the first 5 found",
        _where(_has_gold, lambda row: recall_at(5, row.ranking, row.gold_docs)),
    ),
    Measure(
        "recall_10",
        "Recall@10",
        "gold documents among the first 10 found",
        _where(_has_gold, lambda row: recall_at(10, row.ranking, row.gold_docs)),
    ),
    Measure(
        "mrr",
        "MRR",
        "one over the rank of the first gold document",
        _where(_has_gold, lambda row: reciprocal_rank(row.ranking, row.gold_docs)),
    ),
    Measure(
        "ndcg_10",
        "nDCG@10",
        "gain of the first 10 documents against the best order",
        _where(_has_gold, lambda row: ndcg_at(10, row.ranking, row.gold_docs)),
    ),
    Measure(
        "words_p50",
        "Words, median",
        "length of replies that claim",
        _where(_claims, lambda row: row.words),
        statistic=percentile(0.5),
        unit="words",
    ),
    Measure(
        "words_p90",
        "Words, p90",
        "length that nine of ten such replies stay within",
        _where(_claims, lambda row: row.words),
        statistic=percentile(0.9),
        unit="words",
    ),
    Measure(
        "ask_p50",
        "Reply, median (ms)",
        "time of a whole reply",
        _where(_has_replied, lambda row: row.ask_ms),
        statistic=percentile(0.5),
        unit="ms",
    ),
    Measure(
        "ask_p95",
        "Reply, p95 (ms)",
        "time that 95 of 100 replies stay within",
        _where(_has_replied, lambda row: row.ask_ms),
        statistic=percentile(0.95),
        unit="ms",
    ),
    Measure(
        "search_p50",
        "Search, median (ms)",
        "time of search alone",
        _where(_has_replied, lambda row: row.search_ms),
        statistic=percentile(0.5),
        unit="ms",
    ),
    Measure(
        "search_p95",
        "Search, p95 (ms)",
        "time that 95 of 100 searches stay within",
        _where(_has_replied, lambda row: row.search_ms),
        statistic=percentile(0.95),
        unit="ms",
    ),
)


def compute_figures(system: System) -> tuple[Figure, ...]:
    """Return every measure of a system over all its rows, then over the rows of each question type it has."""
    by_type = {kind: [row for row in system.rows if row.type == kind] for kind in QUESTION_TYPES}
    groups = {ALL: list(system.rows)} | {kind: rows for kind, rows in by_type.items() if rows}
    return tuple(
        _figure(measure, rows, system=system.name, group=group)
        for group, rows in groups.items()
        for measure in MEASURES
    )


def _figure(measure: Measure, rows: Sequence[Row], *, system: str, group: str) -> Figure:
    values = [float(value) for row in rows for value in measure.values(row)]
    return Figure(system=system, group=group, measure=measure.name, estimate=estimate(values, measure.statistic))
