"""Floors only rise."""

from pathlib import Path

import pytest

from evals.floors import FLOORS_PATH, Floors, find_shortfalls, raise_floors, read_floors, render_floors
from strategybot.errors import CorpusError
from tests.unit.evals.builders import a_row, a_run, a_silent_row, a_system


def some_floors(**changes: float | str) -> Floors:
    fields: dict[str, float | str] = {
        "question_set": "development",
        "questions_sha256": "ab" * 32,
        "margin": 0.01,
        "answerable": 0.5,
        "abstention_recall": 1.0,
        "verdicts": 0.0,
        "ndcg_10": 0.9,
        "law_breaches": 0,
        "failures": 0,
    }
    return Floors.model_validate(fields | changes)


def test_a_run_that_reaches_the_floors_has_no_shortfall() -> None:
    assert find_shortfalls(some_floors(), a_run(a_system(a_row(), a_silent_row()))) == ()


def test_each_shortfall_is_named() -> None:
    run = a_run(
        a_system(a_row(fault="lacks x", ranking=()), a_silent_row(status="answered", fault="no", breaches=("one",)))
    )

    assert find_shortfalls(some_floors(), run) == (
        "answerable is 0.0000, below its floor of 0.5",
        "abstention_recall is 0.0000, below its floor of 1.0",
        "ndcg_10 is 0.0000, below its floor of 0.9",
        "law_breaches are 1, more than 0",
    )


def test_a_verdict_that_is_missed_is_a_shortfall() -> None:
    run = a_run(a_system(a_row(verdicts=(True, False)), a_silent_row()))

    assert find_shortfalls(some_floors(verdicts=0.75), run) == ("verdicts is 0.5000, below its floor of 0.75",)
    assert find_shortfalls(some_floors(verdicts=0.5), run) == ()


def test_the_margin_forgives_what_rounding_turns() -> None:
    run = a_run(a_system(a_row(), a_row(fault="lacks x"), a_silent_row()))

    assert find_shortfalls(some_floors(answerable=0.509), run) == ()
    assert len(find_shortfalls(some_floors(answerable=0.511), run)) == 1


def test_asking_nothing_reaches_no_floor() -> None:
    assert len(find_shortfalls(some_floors(), a_run(a_system()))) == 5


def test_a_run_of_other_questions_reaches_no_floor() -> None:
    (shortfall,) = find_shortfalls(some_floors(questions_sha256="cd" * 32), a_run(a_system(a_row())))

    assert "not the set" in shortfall


def test_floors_rise_to_what_was_reached_and_none_falls() -> None:
    run = a_run(a_system(a_row(ranking=("x", "growth-fund")), a_silent_row()))

    raised = raise_floors(some_floors(law_breaches=3), run)

    assert (raised.answerable, raised.ndcg_10, raised.law_breaches) == (1.0, 0.9, 0)


def test_other_questions_start_floors_anew() -> None:
    run = a_run(a_system(a_row(ranking=("x", "growth-fund")), a_silent_row()))

    raised = raise_floors(some_floors(questions_sha256="cd" * 32), run)

    assert raised.ndcg_10 == 0.6309
    assert raised.questions_sha256 == "ab" * 32


def test_floors_survive_being_written(tmp_path: Path) -> None:
    path = tmp_path / "floors.toml"
    path.write_text(render_floors(some_floors()), "utf-8")

    assert read_floors(path) == some_floors()


def test_a_file_without_the_floors_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"floors\.toml"):
        read_floors(tmp_path / "floors.toml")


def test_the_floors_of_the_project_are_written_by_the_command() -> None:
    assert FLOORS_PATH.read_text("utf-8") == render_floors(read_floors())
