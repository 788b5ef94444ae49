"""Question files and their rows."""

import json
from pathlib import Path

import pytest

from evals.questions import DEVELOPMENT, QUESTION_TYPES, read_questions
from strategybot.errors import CorpusError
from tests.unit.evals.builders import a_question


def test_the_development_questions_are_read_whole() -> None:
    asked = read_questions(DEVELOPMENT)

    assert len(asked.questions) == 210
    assert {question.type for question in asked.questions} == set(QUESTION_TYPES)
    assert asked.name == "development"


def test_blank_lines_and_line_separators_inside_strings_are_no_rows(tmp_path: Path) -> None:
    row = a_question(question="one\u2028two").model_dump_json()
    (tmp_path / "set.jsonl").write_text(f"\n{row}\n\n", "utf-8")

    assert [question.question for question in read_questions(tmp_path / "set.jsonl").questions] == ["one\u2028two"]


def test_an_empty_file_is_an_empty_set(tmp_path: Path) -> None:
    (tmp_path / "set.jsonl").touch()

    assert read_questions(tmp_path / "set.jsonl").questions == ()


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"absent\.jsonl"):
        read_questions(tmp_path / "absent.jsonl")


def test_a_row_that_is_no_question_is_refused(tmp_path: Path) -> None:
    (tmp_path / "set.jsonl").write_text(json.dumps({"id": "q1"}), "utf-8")

    with pytest.raises(CorpusError, match="Field required"):
        read_questions(tmp_path / "set.jsonl")


def test_an_id_that_stands_twice_is_refused(tmp_path: Path) -> None:
    row = a_question().model_dump_json()
    (tmp_path / "set.jsonl").write_text(f"{row}\n{row}\n", "utf-8")

    with pytest.raises(CorpusError, match="q1 stands twice"):
        read_questions(tmp_path / "set.jsonl")


def test_a_question_is_asked_on_its_own_day_with_its_history() -> None:
    query = a_question(history=({"role": "user", "content": "Hello"},)).query

    assert query.as_of.isoformat() == "2026-11-23"
    assert query.history[0].content == "Hello"
