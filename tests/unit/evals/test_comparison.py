"""Two runs side by side."""

import pytest

from evals.comparison import compare
from tests.unit.evals.builders import a_row, a_run, a_system


def test_changes_are_named_question_by_question() -> None:
    before = a_run(
        a_system(
            a_row(id="same"),
            a_row(id="gained", fault="lacks x"),
            a_row(id="lost"),
            a_row(id="other", fault="lacks x"),
            a_row(id="ranked", ranking=("other", "growth-fund")),
        )
    )
    after = a_run(
        a_system(
            a_row(id="same"),
            a_row(id="gained"),
            a_row(id="lost", fault="170 words"),
            a_row(id="other", fault="lacks y"),
            a_row(id="ranked"),
        )
    )

    found = compare(before, after)

    assert {change.id: change.outcome for change in found.changes} == {
        "gained": "gained",
        "lost": "lost",
        "other": "otherwise wrong",
        "ranked": "ranked better",
    }
    assert (found.gained, found.lost, found.p_value) == (1, 1, 1.0)
    assert [(change.before, change.after) for change in found.changes][:2] == [
        ("lacks x", None),
        (None, "170 words"),
    ]


def test_questions_of_only_one_run_are_named_and_left_out() -> None:
    found = compare(a_run(a_system(a_row(id="old"))), a_run(a_system(a_row(id="new"))))

    assert found.unmatched == ("new", "old")
    assert found.changes == ()


def test_every_measure_stands_before_and_after() -> None:
    found = compare(a_run(a_system(a_row(words=10))), a_run(a_system(a_row(words=20))))

    words = next(difference for difference in found.differences if difference.measure == "words_p50")
    assert words.before is not None
    assert words.after is not None
    assert (words.before.value, words.after.value) == (10, 20)


def test_a_run_does_not_differ_from_itself() -> None:
    run = a_run(a_system(a_row()))

    found = compare(run, run)

    assert found.changes == ()
    assert found.p_value == pytest.approx(1.0)


def test_empty_runs_can_be_compared() -> None:
    assert compare(a_run(a_system()), a_run(a_system())).changes == ()
