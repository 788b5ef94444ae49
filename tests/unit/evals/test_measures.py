"""Which rows count for which measure."""

import pytest

from evals.measures import MEASURES, compute_figures
from evals.records import Run
from tests.unit.evals.builders import a_row, a_run, a_silent_row, a_system


@pytest.fixture
def run() -> Run:
    """Two answerable questions, one of them answered rightly; two not answerable, one of them answered."""
    return a_run(
        a_system(
            a_row(id="q1", ask_ms=10, words=30),
            a_row(
                id="q2",
                type="temporal",
                fault="lacks 2022",
                ranking=("other", "growth-fund"),
                words=50,
                ask_ms=30,
            ),
            a_silent_row(id="q3"),
            a_silent_row(id="q4", status="answered", fault="should abstain", words=40, breaches=("one", "two")),
        )
    )


@pytest.mark.parametrize(
    ("measure", "value", "count"),
    [
        ("accuracy", 0.5, 4),
        ("answerable", 0.5, 2),
        ("abstention_recall", 0.5, 2),
        ("abstention_precision", 1.0, 1),
        ("law_breaches", 2, 4),
        ("failures", 0, 4),
        ("recall_5", 1.0, 2),
        ("mrr", 0.75, 2),
        ("ndcg_10", (1 + 0.6309297535714575) / 2, 2),
        ("words_p50", 40, 3),
        ("words_p90", 48, 3),
        ("ask_p50", 35, 4),
        ("search_p95", 8, 4),
    ],
)
def test_each_measure_counts_its_own_rows(run: Run, measure: str, value: float, count: int) -> None:
    found = run.figure(measure)

    assert found is not None
    assert found.value == pytest.approx(value)
    assert found.count == count


def test_a_measure_of_no_rows_has_no_figure(run: Run) -> None:
    assert run.figure("verdicts") is None


def test_each_type_has_its_own_figures(run: Run) -> None:
    right = run.figure("accuracy", group="temporal")

    assert right is not None
    assert (right.value, right.count) == (0.0, 1)
    assert run.figure("accuracy", group="drafting") is None


def test_a_question_that_raised_is_a_failure_and_neither_an_abstention_nor_timed() -> None:
    run = a_run(a_system(a_row(status=None, fault="raised ValueError()", ask_ms=0, search_ms=0, words=0, ranking=())))

    assert run.figure("abstention_precision") is None
    assert run.figure("ask_p50") is None
    assert [run.figure(name).value for name in ("failures", "accuracy", "ndcg_10")] == [1, 0, 0]  # type: ignore[union-attr]  # all three have a row


def test_a_system_that_was_asked_nothing_has_every_measure_and_no_figure() -> None:
    figures = compute_figures(a_system())

    assert [figure.measure for figure in figures] == [measure.name for measure in MEASURES]
    assert not any(figure.estimate for figure in figures)
