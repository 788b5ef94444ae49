"""A run of the evals, put together and written."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from evals.comparison import compare
from evals.questions import DEVELOPMENT, read_questions
from evals.records import Run
from evals.run import build_run, main, write_reports
from strategybot.settings import Settings
from tests.unit.evals.builders import a_row, a_run, a_system


def test_a_run_says_how_it_was_come_by_and_not_where() -> None:
    settings = Settings(home=Path("/somewhere/private"), chroma_url="http://user:secret@chroma:8000")

    run = build_run(
        [a_system(a_row())],
        asked=read_questions(DEVELOPMENT),
        settings=settings,
        started=datetime(2026, 11, 23, tzinfo=UTC),
    )

    assert run.question_set == "development"
    assert run.systems[0].index == "index-1"
    assert run.settings["embedder"] == "all-MiniLM-L6-v2"
    assert "private" not in run.model_dump_json()
    assert "secret" not in run.model_dump_json()
    assert run.figure("accuracy") is not None


def test_a_run_is_written_as_json_markdown_and_page_under_one_name(tmp_path: Path) -> None:
    run = a_run(a_system(a_row()))

    written = write_reports(run, compare(run, run), folder=tmp_path / "reports")

    assert [path.name for path in written] == [f"2026-11-23T0930-0a1b2c3.{kind}" for kind in ("json", "md", "html")]
    assert Run.read(written[0]) == run
    assert "Compared with" in written[1].read_text("utf-8")


def test_a_run_cannot_be_compared_with_what_is_no_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "old.json").write_text("{}", "utf-8")

    assert main(["--compare", str(tmp_path / "old.json")]) == 3
    assert "is not a run of the evals" in capsys.readouterr().err


def test_questions_that_cannot_be_read_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--questions", str(tmp_path / "absent.jsonl"), "--output", str(tmp_path)]) == 3
    assert "absent.jsonl" in capsys.readouterr().err
